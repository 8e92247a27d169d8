"""Records as files: what loads, what is refused and in which words, and the canonical text."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import (
    KINDS,
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    Figure,
    Link,
    LinkKind,
    Measure,
    Modality,
    Relation,
    Source,
    Status,
    Topic,
)
from knowledge.records import (
    BadYaml,
    RecordErrors,
    digest,
    dump_record,
    load_records,
    read_documents,
    read_record,
)
from tests.properties import slugs

PRINT = "sha256:" + "0" * 64
TODAY = date(2026, 1, 1)

TOPIC = """\
id: shells
title: Artillery shells
unit: shells
measure: cumulative
description: Shells sent
command: shells
"""
ASSERTER = "id: dia\norganisation: DIA\n"
SOURCE = "id: paper\npublisher: Paper\ntitle: A title\npublished_on: '2024-02'\n"
CLAIM = f"""\
id: half
topic: shells
asserter: dia
statement: Some were sent.
figure:
  low: 3
  high: 3
  relation: about
  as_worded: three
asserted_on: '2024-02-23'
origin: report
citations:
- source: paper
  paragraph: 4
  fingerprint: {PRINT}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one good record of each kind."""
    write(tmp_path, "topics/shells", TOPIC)
    write(tmp_path, "asserters/dia", ASSERTER)
    write(tmp_path, "sources/paper", SOURCE)
    write(tmp_path, "claims/half", CLAIM)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    file = folder / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(RecordErrors) as refused:
        load_records(folder, today=TODAY)
    return str(refused.value).splitlines()


def parse(text: str) -> object:
    (document,) = read_documents(text)
    return document.data


def test_loads_each_kind_by_id(folder: Path) -> None:
    records = load_records(folder, today=TODAY)
    assert set(records.topics) == {"shells"}
    assert set(records.asserters) == {"dia"}
    assert set(records.sources) == {"paper"}
    assert records.claims["half"].figure == Figure(
        low=3, high=3, relation=Relation.ABOUT, as_worded="three"
    )
    assert [kind for kind, _ in records.each()] == ["topic", "asserter", "source", "claim"]


def test_names_every_problem_at_once(folder: Path) -> None:
    write(folder, "topics/shells", TOPIC.replace("unit: shells\n", ""))
    write(folder, "sources/paper", SOURCE.replace("title: A title\n", "titel: A title\n"))
    write(
        folder,
        "claims/half",
        CLAIM.replace("low: 3", "low: several").replace("2024-02-23", "2024-02-30"),
    )
    found = problems(folder)
    assert len(found) == 5
    assert any(
        line.startswith("topics/shells.yaml, line 1: shells: a qualitative topic") for line in found
    )
    assert "sources/paper.yaml, line 1: paper: title: is missing" in found
    assert (
        "sources/paper.yaml, line 3: paper: titel: is no field here; did you mean title?" in found
    )
    assert "claims/half.yaml, line 6: half: figure.low: several is not a number" in found
    assert any(
        "claims/half.yaml, line 10: half: asserted_on: '2024-02-30'" in line for line in found
    )


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("id: half", "id: Half Claim", "id: Half Claim does not fit: it is lower-case letters"),
        ("topic: shells", "topic: shels", "topic: there is no topic shels"),
        ("asserter: dia", "asserter: cia", "asserter: there is no asserter cia"),
        ("source: paper", "source: none", "citations[0].source: there is no source none"),
        ("relation: about", "relation: roughly", "figure.relation: roughly is not one of"),
        ("paragraph: 4", "paragraph: 0", "citations[0].paragraph: 0 is less than 1"),
        ("paragraph: 4", "paragraph: four", "citations[0].paragraph: four is not a whole number"),
        ("low: 3", "low: 1e999", "figure.low: 1e999 is no number that anything can amount to"),
        ("high: 3", "high: 2", "figure: 'about' has one number"),
        (PRINT, "sha256:1", "citations[0].fingerprint: sha256:1 does not fit: it is sha256:"),
        ("statement: Some were sent.", "statement: ''", "statement: is empty"),
        ("statement: Some were sent.", "statement: [a]", "statement: ['a'] is not one text"),
        ("origin: report", "origin: report\nstatus: gone", "status: gone is not one of"),
        ("'2024-02-23'", "'2027-02'", "asserted_on: 2027-02 lies in the future (today is 2026"),
        (
            "origin: report",
            "origin: report\nrelations:\n- {kind: retells, claim: other}",
            "relations[0].claim: there is no claim other",
        ),
        (
            "origin: report",
            "origin: report\nrelations:\n- {kind: denies, topic: other}",
            "relations[0].topic: there is no topic other",
        ),
        (
            "origin: report",
            "origin: report\nrelations:\n- {kind: supersedes, claim: half}",
            "relations[0].claim: the claim supersedes itself",
        ),
    ],
)
def test_refuses_a_claim_in_plain_words(folder: Path, before: str, after: str, line: str) -> None:
    write(folder, "claims/half", CLAIM.replace(before, after))
    found = problems(folder)
    assert len(found) == 1
    assert f": {line}" in found[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: !!python/object:os.system x", "has a tag"),
        ("id: &a x\ntitle: *a", "has an anchor or alias"),
        ("id: x\nid: y", "has the field id twice"),
        ("id: [[[[[[[[[[1]]]]]]]]]]", "is nested more than 8 deep"),
        ("id: x\n---\nid: y", "holds 2 records: a file holds one"),
        ("", "holds no records: a file holds one"),
        ("- id", "is no record: a claim is written as fields"),
        ("{a: b}: c", "has a field name that is not a plain word"),
        ("id: 'x", "is not YAML"),
        ("id: \x00", "is not YAML"),
        ("#" * 300_000, "is larger than 200,000 bytes"),
    ],
)
def test_refuses_text_that_is_no_plain_yaml(folder: Path, text: str, reason: str) -> None:
    write(folder, "claims/half", text)
    assert [reason in line for line in problems(folder)] == [True]


def test_refuses_bytes_that_are_no_text(folder: Path) -> None:
    (folder / "claims" / "half.yaml").write_bytes(b"id: half\nnote: \xff\xfe\n")
    assert problems(folder) == ["claims/half.yaml, line 2: half: is not UTF-8 text"]


def test_a_refused_record_is_not_called_missing_by_others(folder: Path) -> None:
    write(folder, "topics/shells", "id: shells\n:")
    assert all(line.startswith("topics/shells.yaml") for line in problems(folder))


def test_refuses_a_file_that_is_not_named_by_its_id(folder: Path) -> None:
    write(folder, "claims/other", CLAIM)
    (folder / "topics" / "shells.yaml").rename(folder / "topics" / "shells.yml")
    assert problems(folder) == [
        "claims/other.yaml, line 1: half: id: the id is already that of claims/half.yaml",
        "topics/shells.yml, line 1: shells: id: the file of this id is named topics/shells.yaml",
    ]


def test_refuses_an_empty_folder(tmp_path: Path) -> None:
    assert problems(tmp_path) == [f"{tmp_path}: holds no records"]


def test_refuses_a_figure_on_a_qualitative_topic(folder: Path) -> None:
    text = TOPIC.replace("unit: shells\n", "").replace("cumulative", "qualitative")
    write(folder, "topics/shells", text)
    assert problems(folder) == [
        (
            "claims/half.yaml, line 5: half: figure: "
            "the topic shells is qualitative, its claims have no figure"
        )
    ]


def test_refuses_a_share_outside_nought_to_one(folder: Path) -> None:
    write(folder, "topics/shells", TOPIC.replace("cumulative", "share"))
    assert problems(folder)[0] == (
        "claims/half.yaml, line 6: half: figure.low: 3 is no share: a share is a number from 0 to "
        "1, and 30 percent is 0.3. What may pass the whole has another measure: change, shown as "
        "118%, or ratio, shown as 1.18:1"
    )


def test_refuses_two_topics_with_one_command(folder: Path) -> None:
    write(folder, "topics/shots", TOPIC.replace("id: shells", "id: shots"))
    assert problems(folder) == [
        (
            "topics/shots.yaml, line 6: shots: command: "
            "/shells is already the command of the topic shells"
        )
    ]


def test_refuses_a_circle(folder: Path) -> None:
    for one, other in (("one", "two"), ("two", "three"), ("three", "one")):
        link = f"origin: report\nrelations:\n- {{kind: supersedes, claim: {other}}}"
        text = CLAIM.replace("id: half", f"id: {one}").replace("origin: report", link)
        write(folder, f"claims/{one}", text)
    assert [line.split(": ")[3] for line in problems(folder)] == ["closes a circle"] * 3


def test_a_retelling_shares_the_origin(folder: Path) -> None:
    link = "origin: elsewhere\nrelations:\n- {kind: retells, claim: half}"
    text = CLAIM.replace("id: half", "id: over-half").replace("origin: report", link)
    write(folder, "claims/over-half", text)
    assert problems(folder) == [
        (
            "claims/over-half.yaml, line 13: over-half: relations[0].claim: "
            "a retelling has the origin of what it retells: report"
        )
    ]


@pytest.mark.parametrize("written", ["2024", "2024-02", "2024-02-23", "'2024-02-23'", "2024-03~"])
def test_a_date_reads_the_same_without_quotes(folder: Path, written: str) -> None:
    write(folder, "claims/half", CLAIM.replace("'2024-02-23'", written))
    claim = load_records(folder, today=TODAY).claims["half"]
    assert str(claim.asserted_on) == written.strip("'")


def test_words_that_other_yaml_takes_for_values_stay_words(folder: Path) -> None:
    write(folder, "asserters/dia", "id: dia\nperson: On\nrole: 007\ncountry: NO\n")
    asserter = load_records(folder, today=TODAY).asserters["dia"]
    assert (asserter.person, asserter.role, asserter.country) == ("On", "007", "NO")


def test_dates_and_ambiguous_words_are_quoted() -> None:
    asserter = Asserter(id="a", person="on", role="2024", organisation="12 million", country="NO")
    assert dump_record(asserter) == (
        "id: a\nperson: 'on'\nrole: '2024'\norganisation: 12 million\ncountry: 'NO'\n"
    )


def test_letters_of_every_script_and_emoji_are_written_as_they_are() -> None:
    asserter = Asserter(id="a", person="국방정보본부", role="розвідка", aliases=("🚢 spotter",))
    assert dump_record(asserter) == (
        "id: a\nperson: 국방정보본부\nrole: розвідка\naliases:\n- 🚢 spotter\n"
    )


def test_fields_at_their_default_are_not_written() -> None:
    claim = read_record("claim", next(read_documents(CLAIM)), "")
    assert dump_record(claim) == CLAIM
    assert dump_record(claim.model_copy(update={"status": Status.ACTIVE})) == CLAIM


def test_digest_tells_contents_apart_and_not_how_they_are_written() -> None:
    one = read_record("claim", next(read_documents(CLAIM)), "")
    same = read_record("claim", next(read_documents(CLAIM.replace("low: 3", "low: 3.0"))), "")
    other = read_record("claim", next(read_documents(CLAIM.replace("Some", "Few"))), "")
    assert digest(one) == digest(same)
    assert digest(one) != digest(other)


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)
dates = st.sampled_from(["2024", "2024-02", "2024-03~", "2023-08/2025", "2023-08/..", "197X"])
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**7).map(float)
phrases = st.lists(
    st.sampled_from(["about", "1:10", "half", "#3", "-", "é"]), min_size=1, max_size=6
)
citations = st.builds(
    Citation,
    source=slugs(),
    via=st.lists(words, max_size=3).map(tuple),
    paragraph=st.integers(1, 999),
    fingerprint=st.just(PRINT),
    as_worded=st.none() | words,
)
links = st.builds(Link, kind=st.sampled_from(LinkKind), claim=slugs(), topic=st.none())
figures = st.builds(
    lambda number, as_worded: Figure(
        low=number, high=number, relation=Relation.ABOUT, as_worded=" ".join(as_worded)
    ),
    numbers,
    phrases,
)
claims = st.builds(
    Claim,
    id=slugs(),
    topic=slugs(),
    asserter=slugs(),
    statement=st.text(min_size=1, max_size=300).filter(str.strip) | words,
    figure=st.none() | figures,
    asserted_on=dates,
    period=st.none() | dates,
    assumption=st.none() | words,
    origin=slugs(),
    status=st.sampled_from(Status),
    qualifiers=st.dictionaries(slugs(), words, max_size=2),
    modality=st.sampled_from(Modality),
    rating=st.none() | words,
    relations=st.lists(links, max_size=2).map(tuple),
    citations=st.lists(citations, min_size=1, max_size=2).map(tuple),
    note=st.none() | words,
)
topics = st.builds(
    Topic,
    id=slugs(),
    title=words,
    unit=words,
    measure=st.sampled_from([kind for kind in Measure if kind is not Measure.QUALITATIVE]),
    description=words,
    command=st.none() | st.just("shells"),
    aliases=st.lists(words, max_size=3).map(tuple),
)
asserters = st.builds(
    Asserter, id=slugs(), person=words, role=st.none() | words, aliases=st.tuples(words)
)
sources = st.builds(Source, id=slugs(), publisher=words, title=words, published_on=dates)


@given(claims | topics | asserters | sources)
def test_every_record_survives_its_text(record: AnyRecord) -> None:
    text = dump_record(record)
    (document,) = read_documents(text)
    kind = next(kind for kind, model in KINDS.items() if isinstance(record, model))
    read = read_record(kind, document, "")
    assert read == record
    assert dump_record(read) == text
    assert digest(read) == digest(record)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        for document in read_documents(text):
            read_record("claim", document, "any.yaml")
    except (BadYaml, RecordErrors) as refused:
        assert str(refused)  # noqa: PT017 - either outcome is right, nothing else is
