"""Drafts: what a person typed as a record, how it was understood, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.curation import (
    AsserterForm,
    ClaimForm,
    Draft,
    SourceForm,
    TopicForm,
    qualifiers_of,
    qualifiers_text,
)
from knowledge.curation.forms import typed_period
from knowledge.curation.placing import holds, passages
from knowledge.drafts import Article
from knowledge.model import Asserter, Claim, Edtf, Measure, Source, Topic, TopicWords
from knowledge.reading import BadDate
from knowledge.records import key_words, new_id
from knowledge.store import Where
from tests.bases.curating import ANNA, EVE, FORM, HERE, OWNER, TODAY, KnowledgeBase, base
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic, worded
from tests.properties import examples, slugs

pytestmark = on_both_engines


@pytest.fixture(scope="module")
def home(shared_where: Where) -> Iterator[KnowledgeBase]:
    """Open a small database that the tests only read."""
    with base(shared_where) as opened:
        with opened.store.change("test", "more") as change:
            change.put_all([topic("faults", Measure.SHARE), topic("moods", Measure.QUALITATIVE)])
            change.put(claim("chain", links=[("supersedes", "claim", "shared")]))
            change.put(asserter("lab", organisation="State Lab of Wells"))
            change.put(asserter("lab-two", organisation="State Lab of Wells", role="deputy"))
            change.put(source("paper", title="A long report", url="https://paper.example/1"))
        opened.workspaces.refresh()
        yield opened


def problem(draft: Draft) -> str:
    assert draft.record is None
    [found] = draft.problems
    return str(found)


def test_a_figure_is_shown_back_as_understood(home: KnowledgeBase) -> None:
    for typed, understood in [
        ("more than 1.5 million", "more than 1.5 million wells"),
        ("3–5 million", "between 3 and 5 million wells"),
        ("28,000", "28,000 wells"),
        ("several million", "“several million”, without a number"),
        ("", ""),
    ]:
        assert home.curation.draft_claim(ANNA, replace(FORM, figure=typed)).understood == understood
    half = home.curation.draft_claim(ANNA, replace(FORM, topic="faults", figure="about half"))
    assert half.understood == "about half"


def test_ids_are_short_and_readable(home: KnowledgeBase) -> None:
    ids = {home.drafted(actor).id for actor in (ANNA, EVE, OWNER)}
    assert ids == {"wells-ministry-2024-02"}
    record = home.drafted(OWNER)
    assert (record.origin, str(record.asserted_on)) == (record.id, "2024-02")
    assert record.citations[0].fingerprint is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"topic": "rockets"}, "topic: There is no topic “rockets” on file."),
        ({"asserter": "Nobody"}, "asserter: There is no asserter “Nobody” on file."),
        ({"asserter": "State Lab of Wells"}, "asserter: “State Lab of Wells” may be several"),
        ({"source": "unheard of"}, "source: There is no source “unheard of” on file."),
        ({"statement": " "}, "statement: is empty"),
        ({"figure": "great fun"}, "figure: “great fun” holds no figure that can be read"),
        ({"figure": "between 5 and 3"}, "figure: The low end stands above the high end."),
        ({"figure": "half"}, "figure: “half” is a share, and the topic counts wells."),
        ({"figure": "1e400"}, "figure: “1e400” holds no figure"),
        ({"asserted_on": "2999"}, "asserted_on: 2999 lies in the future"),
        ({"asserted_on": "2024-02-31"}, "asserted_on: '2024-02-31' is not a date"),
        ({"asserted_on": "soonish"}, "asserted_on: “soonish” is not a date"),
        ({"asserted_on": ""}, "asserted_on: There is no date."),
        ({"period": "2025/2023"}, "period: '2025/2023' is not a date"),
        ({"paragraph": "0"}, "paragraph: send the article, or say in which paragraph"),
        ({"paragraph": "three"}, "paragraph: send the article, or say in which paragraph"),
        ({"relation": "likes", "relates_to": "shared"}, "relation: “likes” is none of denies"),
        ({"relation": "denies", "relates_to": "gone"}, "relates_to: There is no topic “gone”"),
        ({"topic": "faults", "figure": "150%"}, "figure: 1.5 is no share"),
        ({"topic": "moods"}, "figure: the topic moods is qualitative"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(
    home: KnowledgeBase, wrong: dict[str, str], words: str
) -> None:
    assert problem(home.curation.draft_claim(ANNA, replace(FORM, **wrong))).startswith(words)


def test_every_problem_is_named_at_once(home: KnowledgeBase) -> None:
    fields = [one.field for one in home.curation.draft_claim(ANNA, ClaimForm()).problems]
    assert fields == ["topic", "asserter", "asserted_on", "source", "paragraph", "statement"]


def test_circles_are_refused(home: KnowledgeBase) -> None:
    [shared] = home.store.claims(["shared"])
    for target, words in (("shared", "supersedes itself"), ("chain", "closes a circle")):
        form = replace(FORM, relation="supersedes", relates_to=target)
        draft = home.curation.draft_claim(OWNER, form, editing=shared)
        assert words in problem(draft)


def test_editing_keeps_what_the_form_does_not_show(home: KnowledgeBase) -> None:
    [shared] = home.store.claims(["shared"])
    form = replace(FORM, paragraph="1", statement="Better said.")
    edited = home.curation.draft_claim(OWNER, form, editing=shared).record
    assert isinstance(edited, Claim)
    assert (edited.id, edited.origin, edited.status) == ("shared", "shared", shared.status)
    assert edited.citations == shared.citations
    moved = home.curation.draft_claim(OWNER, FORM, editing=shared).record
    assert isinstance(moved, Claim)
    assert moved.citations[0].fingerprint is None


def test_a_retelling_shares_the_origin(home: KnowledgeBase) -> None:
    form = replace(FORM, relation="retells", relates_to="shared")
    assert home.drafted(form=form).origin == "shared"


def test_sources_are_found_by_title_and_address(home: KnowledgeBase) -> None:
    for typed in ("paper", "a long report", "https://paper.example/1", "Paper: A Long Report"):
        made = home.drafted(form=replace(FORM, source=typed))
        assert made.citations[0].source == "paper"


def test_a_topic_is_drafted(home: KnowledgeBase) -> None:
    form = TopicForm(
        title="Pumps sold",
        unit="pumps",
        description="Pumps",
        command="Pumps!",
        aliases="pump, 펌프",
    )
    record = home.curation.draft_topic(OWNER, form).record
    assert isinstance(record, Topic)
    assert (record.id, record.command, record.measure) == ("pumps", "pumps", "cumulative")
    titled = home.curation.draft_topic(OWNER, replace(form, command="")).record
    assert titled is not None
    assert titled.id == "pumps-sold"
    assert record.aliases == ("pump", "펌프")
    wrong = replace(form, measure="speed")
    assert "measure: “speed” is none of cumulative" in problem(
        home.curation.draft_topic(OWNER, wrong)
    )
    assert [one.field for one in home.curation.draft_topic(OWNER, TopicForm()).problems] == [
        "title",
        "description",
    ]


def test_what_a_topic_is_about_and_narrowed_by_is_typed(home: KnowledgeBase) -> None:
    kept = topic("pumps", places=("SD",), dimensions=("group", "price-base"))
    form = TopicForm(
        title="Pumps",
        unit="pumps",
        measure="cumulative",
        description="About pumps",
        parties="Egypt",
        places="Sudan, SD",
        dimensions="Group; price base",
    )
    assert home.curation.draft_topic(OWNER, form, kept).record == kept
    wrong = replace(form, parties="Egypt, Nowhereland")
    assert "“Nowhereland” is no country" in problem(home.curation.draft_topic(OWNER, wrong))


def test_an_edit_keeps_the_translations_of_what_it_leaves(home: KnowledgeBase) -> None:
    words = TopicWords(title="Pumpen", unit="Pumpen", description="Über Pumpen")
    kept = topic("pumps", translations={"de": words})
    form = TopicForm(
        title="Pumps sold", unit="pumps", measure="cumulative", description="About pumps"
    )
    edited = home.curation.draft_topic(OWNER, form, kept).record
    assert isinstance(edited, Topic)
    assert edited.translations["de"].unit == "Pumpen"
    assert edited.translations["de"].title is None


def test_a_source_is_drafted(home: KnowledgeBase) -> None:
    form = SourceForm(publisher="The Herald", title="Wells run dry", published_on="Feb 2024")
    record = home.curation.draft_source(OWNER, form).record
    assert isinstance(record, Source)
    assert record.id == "herald-2024-02"
    undated = home.curation.draft_source(OWNER, replace(form, published_on="")).record
    assert isinstance(undated, Source)
    assert undated.id == "herald-wells-run-dry"
    assert undated.date_basis == "unknown"
    assert undated.date_reason
    bare = home.curation.draft_source(OWNER, replace(form, title=""))
    assert problem(bare) == "title: is empty"
    for address in ("https://paper.example/1", "paper.example/1", "http://www.paper.example/1/"):
        known = replace(form, url=address)
        told = problem(home.curation.draft_source(OWNER, known))
        assert "already that of the source paper" in told
    typed = home.curation.draft_source(OWNER, replace(form, url="herald.example/wells?id=1")).record
    assert isinstance(typed, Source)
    assert typed.url == "https://herald.example/wells?id=1"
    future = replace(form, published_on="2999")
    assert "lies in the future" in problem(home.curation.draft_source(OWNER, future))


def test_an_asserter_is_drafted(home: KnowledgeBase) -> None:
    form = AsserterForm(person="Ada Byrd", role="chief", country="Egypt", aliases="A. Byrd")
    record = home.curation.draft_asserter(ANNA, form).record
    assert isinstance(record, Asserter)
    assert (record.country, record.aliases) == ("EG", ("A. Byrd",))
    assert record.id == "ada-byrd"
    assert "no country" in problem(
        home.curation.draft_asserter(ANNA, replace(form, country="Nowhere"))
    )
    assert "a person, a role or an organisation" in problem(
        home.curation.draft_asserter(ANNA, AsserterForm())
    )


@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({name: st.text(max_size=40) for name in ClaimForm.__slots__}))
def test_whatever_is_typed_there_is_a_record_or_a_reason(
    home: KnowledgeBase, typed: dict[str, str]
) -> None:
    draft = home.curation.draft_claim(ANNA, ClaimForm(**typed))
    assert (draft.record is None) == bool(draft.problems)
    assert home.workspaces.of(HERE).library.revision == home.workspaces.revision


@given(st.text(max_size=80))
def test_whatever_is_typed_as_a_period_is_a_date_or_refused(typed: str) -> None:
    try:
        found = typed_period(typed, TODAY)
    except BadDate:
        return
    assert Edtf.parse(found.text) == found


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("by 2030", "2030"),
        ("before 2030", "2029-12-31"),
        ("by the end of 2025", "2025-12"),
        ("2023 to 2025", "2023-01/2025-12"),
        ("since May 2024", "2024-05/.."),
        ("2023-08/2024-01", "2023-08/2024-01"),
        ("2023-08~", "2023-08~"),
    ],
)
def test_periods_are_typed_as_people_write_them(typed: str, read: str) -> None:
    assert typed_period(typed, TODAY).text == read


@given(st.dictionaries(slugs(), st.text(min_size=1, max_size=30).filter(str.strip), max_size=4))
def test_qualifiers_are_read_as_they_were_written(values: dict[str, str]) -> None:
    given_ = {name: " ".join(value.split()) for name, value in values.items()}
    whole = {name: value for name, value in given_.items() if value.isprintable()}
    assert qualifiers_of(qualifiers_text(whole)) == whole


PRINTED = Article(
    "printed.txt",
    (
        "One",
        "About 1.5 million wells.",
        "Not 1.5 millions, but 21.5 million.",
        "And 1,500,000.",
    ),
)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("about 1.5 million", [2]),
        ("1.5 million", [2]),
        ("1.5 MILLION", [2]),
        ("1,500,000", [4]),
        ("21.5 million", [3]),
    ],
)
def test_a_figure_is_found_where_it_stands_whole(typed: str, numbers: list[int]) -> None:
    found = passages(PRINTED, worded(typed), typed, "")
    assert [one.number for one in found] == numbers


@given(st.text(max_size=40), st.text(max_size=60))
def test_whatever_is_typed_some_paragraph_is_offered(typed: str, statement: str) -> None:
    found = passages(PRINTED, None, typed, statement)
    assert [one.number for one in found] == [1, 2, 3, 4]
    holds(typed, statement)


@given(st.lists(st.text(max_size=60), max_size=3), st.text(max_size=60))
def test_ids_are_short_and_never_taken(parts: list[str], title: str) -> None:
    taken: set[str] = set()
    for _ in range(3):
        key = new_id([key_words(one, 24) for one in (*parts, title)], taken.__contains__)
        assert Topic(id=key, title="t", measure="qualitative", description="d").id == key
        assert len(key) <= 32
        assert key not in taken
        taken.add(key)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Share of US electricity used by data centres", "share-us-electricity"),
        ("The Guardian", "guardian"),
        ("Lawrence Berkeley National Laboratory", "lawrence-berkeley"),
        ("Кількість снарядів", "kilkist-snaryadiv"),
        ("of the", "of-the"),
    ],
)
def test_ids_hold_the_words_that_tell_something(title: str, key: str) -> None:
    assert key_words(title, 24) == key
