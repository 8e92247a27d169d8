"""Every form of export reads back as the same records, whatever they hold."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.interchange import FORMS, OWN_FILE, export, read
from knowledge.interchange.forms import write_record
from knowledge.model import (
    KINDS,
    LONGEST_EXAMPLE,
    AnyRecord,
    Asserter,
    AsserterWords,
    Citation,
    Claim,
    ClaimWords,
    Example,
    Figure,
    Link,
    LinkKind,
    Measure,
    Modality,
    RecordKind,
    Relation,
    Source,
    Status,
    Topic,
    TopicWords,
)
from knowledge.records import dump_record
from knowledge.store import open_store
from tests.bases.valley import VALLEY
from tests.properties import examples, slugs

PRINT = "sha256:" + "0" * 64
Named = Sequence[tuple[RecordKind, AnyRecord]]

signs = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
hard = st.sampled_from(
    [
        *("=1+1", "'=1", "''@x", "-5", "+4 x", "@here", "\tx", "a;b", "a\\;b", "a\\", "null", "y"),
        *("2024-02", "1e5", "0x1f", "12:30", "a: b", "a #b", "'tis", '"q"', "it's: so", "6,700"),
        *(
            "a\r\nb",
            "---",
            "- x",
            "…",
            "🚢",
            "國防部: x",
            "topic",
            "\ufeffx",
            "＝x",
            "%x",
            "x:",
            "~",
        ),
    ]
)
texts = hard | st.text(signs, min_size=1, max_size=60)
words = texts.filter(lambda text: bool(text.strip()))
prose = st.lists(words, min_size=1, max_size=8).map(" ".join).filter(lambda text: len(text) <= 600)
names = slugs() | st.just("topic")
dates = st.sampled_from(["2024", "2024-02", "2024-03~", "2023-08/2025", "2023-08/..", "197X"])
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**7).map(float)
phrases = words.map(lambda text: " ".join(text.split()[:6])).filter(bool)


def figure(number: float, as_worded: str) -> Figure:
    return Figure(low=number, high=number, relation=Relation.ABOUT, as_worded=as_worded)


def estimate(number: float, unit: str, as_worded: str) -> Figure:
    return Figure(
        low=number - 1,
        high=number + 1,
        value=number,
        interval="95%",
        relation=Relation.ABOUT,
        unit=unit,
        as_worded=as_worded,
    )


figures = (
    st.builds(figure, numbers, phrases)
    | st.builds(estimate, numbers, words, phrases)
    | st.builds(Figure, as_worded=phrases)
)


def translated(model: type[object], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(["de", "uk"]), st.builds(model, **fields), max_size=2)


citations = st.builds(
    Citation,
    source=names,
    via=st.lists(words, max_size=3).map(tuple),
    paragraph=st.integers(1, 999),
    fingerprint=st.just(PRINT),
    as_worded=st.none() | words,
)
links = st.builds(Link, kind=st.sampled_from(LinkKind), claim=names, topic=st.none()) | st.builds(
    Link, kind=st.sampled_from([LinkKind.DENIES, LinkKind.DISPUTES]), topic=names
)
claims = st.builds(
    Claim,
    id=names,
    topic=names,
    asserter=names,
    statement=prose,
    figure=st.none() | figures,
    asserted_on=dates,
    period=st.none() | dates,
    assumption=st.none() | prose,
    origin=names,
    status=st.sampled_from(Status),
    qualifiers=st.dictionaries(names, words, max_size=2),
    modality=st.sampled_from(Modality),
    rating=st.none() | words,
    relations=st.lists(links, max_size=2).map(tuple),
    citations=st.lists(citations, min_size=1, max_size=3).map(tuple),
    note=st.none() | prose,
    translations=translated(ClaimWords, assumption=st.none() | prose, qualifiers=st.just({})),
)
topics = st.builds(
    Topic,
    id=names,
    title=words,
    unit=words,
    measure=st.sampled_from([kind for kind in Measure if kind is not Measure.QUALITATIVE]),
    description=texts,
    command=st.none() | st.just("wells"),
    aliases=st.lists(words, max_size=3).map(tuple),
    parties=st.just(("NO", "EG")),
    translations=translated(TopicWords, title=words, unit=st.none() | words),
)
asserters = st.builds(
    Asserter,
    id=names,
    person=words,
    role=st.none() | words,
    aliases=st.lists(words).map(tuple),
    translations=translated(AsserterWords, role=words),
)
sources = st.builds(
    Source, id=names, publisher=words, title=words, published_on=dates, url=st.just("https://a.b/")
)
kept = st.builds(
    Example,
    id=names,
    topic=names,
    question=prose.filter(lambda text: len(text) <= LONGEST_EXAMPLE),
    language=st.none() | st.just("de"),
    status=st.sampled_from(Status),
)


def each_once(records: list[AnyRecord]) -> Named:
    """Sort records by kind, as a database gives them, one for each id."""
    found = {(kind, record.id): record for record in records for kind in [kind_of(record)]}
    order = list(KINDS)
    return sorted(
        ((kind, record) for (kind, _), record in found.items()),
        key=lambda named: (order.index(named[0]), named[1].id),
    )


def kind_of(record: AnyRecord) -> RecordKind:
    return next(kind for kind, model in KINDS.items() if isinstance(record, model))


databases = st.lists(claims | topics | asserters | sources | kept, min_size=1, max_size=5).map(
    each_once
)


def written(records: Named, form: str) -> str:
    return "".join(export(records, form))


def read_back(text: str, form: str) -> Named:
    draft = read(text.encode(), "file", form, limits=OWN_FILE)
    assert list(draft.problems) == []
    return [(entry.kind, entry.record) for entry in draft.entries]


KEPT: Named = list(VALLEY.each())


@pytest.mark.parametrize("form", FORMS)
def test_the_records_of_a_base_read_back_the_same(form: str) -> None:
    text = written(KEPT, form)
    assert read_back(text, form) == KEPT
    assert written(read_back(text, form), form) == text


@pytest.mark.parametrize("form", FORMS)
@examples(30)
@given(records=databases)
def test_any_records_read_back_the_same(form: str, records: Named) -> None:
    text = written(records, form)
    assert read_back(text, form) == records
    assert written(read_back(text, form), form) == text


@examples(20)
@given(records=databases)
def test_a_form_that_is_not_named_is_recognised(records: Named) -> None:
    for form in ("yaml", "csv", "json", "jsonld"):
        draft = read(written(records, form).encode(), "file.txt")
        assert draft.form == form
        assert [(entry.kind, entry.record) for entry in draft.entries] == records


@given(claims | topics | asserters | sources)
def test_yaml_is_written_byte_for_byte_as_the_canonical_form(record: AnyRecord) -> None:
    assert write_record(record) == dump_record(record)


def test_a_language_that_nothing_is_said_in_is_no_translation() -> None:
    asserter = Asserter.model_validate({"id": "a", "person": "Ann", "translations": {"de": {}}})
    assert read_back(written([("asserter", asserter)], "yaml"), "yaml") == [("asserter", asserter)]


def test_long_texts_fold_as_in_the_canonical_form() -> None:
    plain = "word " * 110
    for note in (plain, f"so: {plain}", f"it's {plain}", "x" * 300 + " y", "a " * 299):
        asserter = Asserter(id="a", person=note[:119].strip(), aliases=(note[:119].strip(),))
        assert write_record(asserter) == dump_record(asserter)
        cited = Citation(source="s", paragraph=1, fingerprint=PRINT, as_worded=note[:119].strip())
        claim = Claim.model_validate(
            {"id": "c", "topic": "t", "asserter": "a", "statement": note.strip(), "origin": "o"}
            | {"asserted_on": "2024", "citations": [cited], "note": note.strip()}
        )
        assert write_record(claim) == dump_record(claim)


def test_yaml_through_a_database_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    text = written(KEPT, "yaml")
    store = open_store(tmp_path / "claims.db")
    with store.change("test", "import") as change:
        for entry in read(text.encode(), "all.yaml").entries:
            change.put(entry.record)
    assert written(list(store.all_records()), "yaml") == written(by_id(KEPT), "yaml")
    store.close()


def by_id(records: Named) -> Named:
    order = list(KINDS)
    return sorted(records, key=lambda named: (order.index(named[0]), named[1].id))


def test_no_cell_of_a_table_begins_as_a_formula() -> None:
    names = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\u200b=x", "＝1")
    asserters: Named = [
        ("asserter", Asserter(id=f"a{n}", person=name, role=f"x {name}", aliases=(name, "b")))
        for n, name in enumerate(names)
    ]
    text = written(asserters, "csv")
    for cell in text.replace("\r\n", ",").split(","):
        assert not cell.lstrip('"').startswith(("=", "+", "-", "@", "\t", "＝"))


def test_a_negative_number_in_a_table_stays_a_number() -> None:
    claim = Claim.model_validate(
        {"id": "c", "topic": "t", "asserter": "a", "statement": "Colder.", "origin": "o"}
        | {"asserted_on": "2024", "figure": figure(-5, "minus five")}
        | {"citations": [Citation(source="s", paragraph=1, fingerprint=PRINT)]}
    )
    assert ",-5,-5,,,about," in written([("claim", claim)], "csv")


def test_linked_data_has_a_claim_for_each_claim_with_its_chain() -> None:
    graph = json.loads(written(KEPT, "jsonld"))["@graph"]
    found = {node["@id"]: node for node in graph if node["@type"] == "Claim"}
    kept = {record.id: record for kind, record in KEPT if kind == "claim"}
    assert set(found) == {f"urn:claimbot:claim:{claim}" for claim in kept}
    for claim in kept.values():
        assert isinstance(claim, Claim)
        node = found[f"urn:claimbot:claim:{claim.id}"]
        assert node["text"] == claim.statement
        assert node["claimbot:assertedOn"] == str(claim.asserted_on)
        assert node["author"]["name"]
        chains = [cited["claimbot:via"] for cited in node["claimbot:citation"]]
        assert chains == [list(cited.via) for cited in claim.citations]


def test_linked_data_invents_no_rating() -> None:
    graph = json.loads(written(KEPT, "jsonld"))["@graph"]
    reviews = [node for node in graph if node["@type"] == "ClaimReview"]
    assert reviews
    for review in reviews:
        assert set(review["reviewRating"]) == {"@type", "alternateName"}
        assert review["reviewRating"]["alternateName"] in {"Denied", "Disputed", "Supported"}
        assert review["claimReviewed"]
        assert review["author"]["name"]


def test_an_uncertain_date_stands_as_edtf_only() -> None:
    graph = json.loads(written(KEPT, "jsonld"))["@graph"]
    nodes = {node["@id"]: node for node in graph}
    inferred = nodes["urn:claimbot:source:radio-fjord-2024-03"]
    assert inferred["claimbot:publishedOn"] == "2024-03~"
    assert "datePublished" not in inferred
