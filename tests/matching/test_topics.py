"""Deciding on topics: names, persons, kinds of figures, and what a base of any make gets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from babel.core import get_global
from babel.numbers import get_currency_name
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.contract import Answer
from knowledge.language import Wanted
from knowledge.library import Lookup, Window
from knowledge.matching.questions import (
    SUMMARY,
    WORD_FEATURES,
    Asker,
    Judge,
    Tree,
    features_of,
    fitted,
    kind_of,
    summary,
)
from knowledge.matching.questions.judging import Trees, Vocabulary, outdone
from knowledge.model import AnyRecord, Measure, TopicWords
from knowledge.words import wanted, words_of
from tests.bases.making import asserter, claim, library, topic

TODAY = date(2026, 1, 15)
WELLS = topic("wells", title="Wells dug in the oasis", aliases=("wells", "dug wells"))
COST = topic(
    "bridge-cost",
    Measure.LEVEL,
    unit="dollars",
    title="Cost of the Sunde bridge",
    aliases=("bridge cost", "Sunde bridge", "price of the bridge"),
    parties=(),
)
OPENING = topic(
    "bridge-opening",
    Measure.DATE,
    unit="year of opening",
    title="Opening of the Sunde bridge",
    aliases=("bridge opening", "opening date"),
    parties=(),
)
ASKED = (
    claim("dug-1", "1200", statement="The ministry counts 1,200 wells dug in the oasis."),
    claim(
        "cost-1", "5 million", topic="bridge-cost", statement="The Sunde bridge costs 5 million."
    ),
    claim("opens-1", "2033", topic="bridge-opening", statement="The bridge is to open in 2033."),
)
FRAMES = ("{}", "so whats the {} nowadays guys", "any news about {}?", "{} pls")


@contextmanager
def asking(path: Path, *more: AnyRecord) -> Iterator[Asker]:
    with library(path / "claims.db", WELLS, COST, OPENING, *more, *ASKED) as shelf:
        yield Asker(shelf, Lookup(shelf))


def answer(asker: Asker, question: str) -> Answer:
    return asker.ask(question, TODAY)


def test_a_title_in_another_language_is_a_name(tmp_path: Path) -> None:
    words = TopicWords(title="Speicherhöhe", description="Wie voll der Stausee ist", unit="Meter")
    levels = topic("levels", title="Reservoir level", translations={"de": words})
    with asking(tmp_path, levels, claim("level-1", "7", topic="levels")) as asker:
        assert answer(asker, "Speicherhöhe").topic == "levels"
        found = asker.match(asker.read("Stausee", TODAY))
        assert found.fits[0].topic == "levels"


def test_a_name_of_ordinary_words_is_a_name_where_it_is_written_as_one(tmp_path: Path) -> None:
    with asking(tmp_path) as asker:
        assert answer(asker, "how many wells are there, ever").outcome == "answer"
        assert answer(asker, "how many wells does the Ever Given carry").outcome != "answer"


def test_of_topics_with_one_name_the_others_are_mentioned(tmp_path: Path) -> None:
    more = topic("quarry", title="Wells dug in the quarry", aliases=("dug wells",))
    with asking(tmp_path, more, claim("quarry-1", "40", topic="quarry")) as asker:
        found = answer(asker, "dug wells")
        assert {found.topic, *found.suggestions} >= {"wells", "quarry"}


def test_what_is_much_likelier_than_the_topic_named_outdoes_it() -> None:
    likely = np.array([0.99, 0.4, 0.2])
    places = [4, 2, 7]
    assert outdone({2}, places, likely)
    assert not outdone({4}, places, likely)
    assert not outdone({2}, places, np.array([0.9, 0.4, 0.2]))
    assert not outdone((), places, likely)


def test_a_speaker_on_one_thing_alone_means_that(tmp_path: Path) -> None:
    surveyor = asserter("surveyor", person="Ines Okafor", role="surveyor", organisation=None)
    told = claim("told", "1300", asserter="surveyor", statement="Ines Okafor counts 1,300 wells.")
    with asking(tmp_path, surveyor, told) as asker:
        assert answer(asker, "Okafor number").topic == "wells"


@pytest.mark.parametrize("frame", FRAMES)
def test_a_name_is_answered_as_it_is_and_in_ordinary_words(tmp_path: Path, frame: str) -> None:
    with asking(tmp_path) as asker:
        for one in (WELLS, COST, OPENING):
            for name in (one.title, *one.aliases):
                found = answer(asker, frame.format(name))
                assert (found.outcome, found.topic) == ("answer", one.id), name


@pytest.mark.parametrize(
    ("name", "question", "wanted"),
    [
        ("Sunde", "Sunde bridge", "bridge-cost"),
        ("Mark Will", "bridge cost will", "bridge-cost"),
        ("Will Wells", "wells", "wells"),
        ("The Opening Company", "opening date", "bridge-opening"),
    ],
)
def test_one_more_person_on_file_silences_nothing(
    tmp_path: Path, name: str, question: str, wanted: str
) -> None:
    person = asserter("stranger", person=name, organisation=None, aliases=(name[:4],))
    with asking(tmp_path, person) as asker:
        found = answer(asker, question)
    assert (found.outcome, found.topic) == ("answer", wanted)
    assert found.filters.by is None


def test_who_says_something_is_still_a_speaker(tmp_path: Path) -> None:
    person = asserter("vidal", person="Rosa Vidal", organisation=None)
    said = claim("said", "1500", asserter="vidal", statement="Vidal speaks of 1,500 wells.")
    with asking(tmp_path, person, said) as asker:
        found = answer(asker, "what does Vidal say about the wells")
    assert [one.id for one in found.claims] == ["said"]


@pytest.mark.parametrize(
    ("question", "claims"),
    [
        ("what does Sunde say about the bridge cost", 1),
        ("bridge cost according to Sunde", 1),
        ("Sunde's statement on the bridge cost", 1),
        ("what do the states say about the bridge cost at Sunde", 2),
        ("what did Sunde pay the states, bridge cost", 2),
    ],
)
def test_who_shares_a_topics_name_speaks_only_where_it_is_they_who_say_something(
    tmp_path: Path, question: str, claims: int
) -> None:
    company = asserter("sunde", person=None, organisation="Sunde", aliases=())
    told = claim("told", "6 million", topic="bridge-cost", asserter="sunde")
    with asking(tmp_path, company, told) as asker:
        found = answer(asker, question)
        assert found.topic == "bridge-cost"
        assert len(found.claims) == claims


def test_money_is_not_asked_of_what_only_shares_the_word(tmp_path: Path) -> None:
    with asking(tmp_path) as asker:
        assert answer(asker, "what do the wells cost").topic != "wells"


def test_a_speaker_and_days_alone_mean_the_topic_spoken_on_then(tmp_path: Path) -> None:
    lund = asserter("lund", person="Astrid Lund", aliases=())
    said = (
        claim("lund-1", "1300", "2021-05-01", asserter="lund"),
        claim("lund-2", "9 million", "2023-05-01", topic="bridge-cost", asserter="lund"),
    )
    with asking(tmp_path, lund, *said) as asker:
        asked = ("lund 2021", "whats lunds figure for 2023", "lund since 2020")
        found = [answer(asker, question) for question in asked]
    assert [one.topic for one in found] == ["wells", "bridge-cost", None]
    assert [one.id for each in found for one in each.claims] == ["lund-1", "lund-2"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how many wells are there", {Wanted.MANY}),
        ("how many billions went into it", {Wanted.MONEY}),
        ("how many millions went into it", {Wanted.MUCH}),
        ("how many million dollars went into it", {Wanted.MONEY}),
        ("how many million people drink from it", {Wanted.MANY}),
        ("how many percent of the wells are dry", {Wanted.SHARE}),
        ("when does the bridge open", {Wanted.WHEN}),
        ("hey when the bridge opens", {Wanted.WHEN}),
        ("any news about when it opens", {Wanted.WHEN}),
        ("bridge opening when", {Wanted.WHEN}),
        ("how many wells were dry when they began", {Wanted.MANY}),
        ("what did the bridge cost when it opened", {Wanted.MONEY}),
    ],
)
def test_what_a_question_asks_for(question: str, asked: set[Wanted]) -> None:
    assert wanted(question) == asked


def test_a_figure_in_what_is_counted_speaks_for_its_topic(tmp_path: Path) -> None:
    with asking(tmp_path) as asker:
        found = asker.evidence("how many dollars did they put into it", TODAY)
        topics = [one.id for one in asker.topics.sheets.topics]
    assert [topics[at] for at in np.flatnonzero(found.counted_unit)] == ["bridge-cost"]


TOLL = topic("toll", title="Toll of the 1959 storm", aliases=("storm",), dimensions=("storm",))
LATER = (
    claim("toll-1", "12", "2020-03-05", topic="toll", status="superseded"),
    claim("toll-2", "14", "2021-08", topic="toll", qualifiers={"storm": "1987"}),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("storm", {"wells", "bridge-cost", "bridge-opening", "toll"}),
        ("storm in 2024", {"wells", "bridge-cost", "bridge-opening"}),
        ("storm in 2021", {"toll"}),
        ("storm since 2030", {"bridge-opening"}),
        ("storm in 2020", set()),
        ("storm in august", {"bridge-opening", "toll"}),
        ("storm of 1959", {"toll"}),
        ("storm in 1987", {"toll"}),
        ("as of 2022 the storm", {"toll"}),
    ],
)
def test_topics_that_have_something_for_the_days_asked_for(
    tmp_path: Path, question: str, found: set[str]
) -> None:
    with asking(tmp_path, TOLL, *LATER) as asker:
        marks = asker.evidence(question, TODAY).on_days
        topics = [one.id for one in asker.topics.sheets.topics]
    assert {topics[at] for at in np.flatnonzero(marks)} == found


YEARS = st.integers(2018, 2040)


@settings(max_examples=40, deadline=None)
@given(since=YEARS, until=YEARS)
def test_what_is_on_file_for_days_is_what_a_window_would_show(
    evidence_base: Asker, since: int, until: int
) -> None:
    first, last = sorted((since, until))
    found = evidence_base.evidence(f"storm between {first} and {last}", TODAY)
    sheets = evidence_base.topics.sheets
    window = Window(date(first, 1, 1), date(last, 12, 31))
    shown = [bool(window.select_on(one, sheets.library.table(one.id))) for one in sheets.topics]
    assert found.on_days.astype(bool).tolist() == shown


def test_another_country_is_not_answered(tmp_path: Path) -> None:
    with asking(tmp_path) as asker:
        assert answer(asker, "how many wells are there in Norway").outcome != "answer"


def test_a_claim_is_found_by_its_own_text(tmp_path: Path) -> None:
    rated = topic("reviews", Measure.QUALITATIVE, title="Imported reviews", aliases=("reviews",))
    texts = {
        "r1": "A picture shows a shark swimming on a flooded motorway",
        "r2": "Drinking hot water with lemon cures every cold within a day",
        "r3": "The mayor of Sunde has sold the town hall to a circus",
    }
    reviews = [claim(key, topic="reviews", statement=text) for key, text in texts.items()]
    with asking(tmp_path, rated, *reviews) as asker:
        for key, text in {**texts, "dug-1": ASKED[0].statement}.items():
            found = answer(asker, text)
            assert found.outcome == "answer"
            assert found.claims[0].id == key


def test_outcomes_are_said_in_the_contract(tmp_path: Path) -> None:
    with asking(tmp_path) as asker:
        answered, silent = answer(asker, "bridge cost"), answer(asker, "good morning everyone")
        offered = answer(asker, "how long did they dig for all the wells in winter")
    assert (answered.kind, answered.outcome) == ("figures", "answer")
    assert (silent.kind, silent.outcome, silent.suggestions) == ("no_match", "silence", ())
    if offered.outcome == "offer":
        assert offered.kind == "no_match"
        assert 0 < len(offered.suggestions) <= 3
        assert not offered.claims


def test_topics_may_be_narrowed_to_some(tmp_path: Path) -> None:
    with asking(tmp_path) as asker:
        found = asker.match(asker.read("bridge cost", TODAY), among=["wells"])
    assert [fit.topic for fit in found.fits] == ["wells"]


def test_a_new_claim_is_understood_at_once(tmp_path: Path) -> None:
    new = claim("new", "7", statement="Seven boreholes count as wells.")
    with library(tmp_path / "claims.db", WELLS, *ASKED[:1]) as shelf:
        asker = Asker(shelf, Lookup(shelf))
        before = asker.evidence("borehole", TODAY).claimed
        shelf.apply([new])
        asker.topics.note([new])
        after = asker.evidence("borehole", TODAY).claimed
        assert asker.topics.sheets.known["new"] == new
    assert not before.any()
    assert after.any()


def test_of_many_new_claims_the_latest_are_learnt_as_at_a_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.matching.questions.judging.sheets.MOST_CLAIMS", 2)
    days = {"boreholes": "2021-01-01", "pits": "2022-01-01", "shafts": "2023-01-01"}
    more = [claim(word, "7", day, statement=f"Seven {word}.") for word, day in days.items()]
    with library(tmp_path / "claims.db", WELLS, more[1]) as shelf:
        asker = Asker(shelf, Lookup(shelf))
        shelf.apply([more[0], more[2]])
        asker.topics.note([more[0], more[2]])
        known = [word for word in days if asker.evidence(word, TODAY).claimed.any()]
    assert known == ["pits", "shafts"]


def test_one_topic_alone_is_a_base(tmp_path: Path) -> None:
    with library(tmp_path / "claims.db", WELLS, ASKED[0]) as shelf:
        asker = Asker(shelf, Lookup(shelf))
        assert answer(asker, "dug wells").topic == "wells"
        assert answer(asker, "who won the game last night").outcome != "answer"


def test_a_base_in_korean_is_served(tmp_path: Path) -> None:
    korean = topic("우물".encode().hex(), title="오아시스의 우물", aliases=("우물", "우물 수"))
    dug = claim("k1", "1200", topic=korean.id, statement="오아시스에 우물 1200개가 있다.")
    with library(tmp_path / "claims.db", korean, dug) as shelf:
        assert answer(Asker(shelf, Lookup(shelf)), "우물 수는?").topic == korean.id


@pytest.mark.parametrize(
    ("unit", "measure", "kind"),
    [
        ("dollars a year", Measure.RATE, "money"),
        ("GBP", Measure.LEVEL, "money"),
        ("riyals a month", Measure.RATE, "money"),
        ("year of opening", Measure.LEVEL, "date"),
        ("share of answers", Measure.SHARE, "share"),
        ("wells", Measure.CUMULATIVE, "count"),
        ("gold bars", Measure.LEVEL, "count"),
    ],
)
def test_the_kind_of_a_figure_is_read_from_its_unit(unit: str, measure: Measure, kind: str) -> None:
    assert kind_of(topic("any", measure).model_copy(update={"unit": unit})) == kind


@settings(max_examples=60)
@given(
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from("how many wells cost the bridge £5 2033 우물 мост Norway will %".split()),
        max_size=9,
    ).map(" ".join)
)
def test_any_text_has_features_that_are_numbers(evidence_base: Asker, text: str) -> None:
    evidence = evidence_base.evidence(text, TODAY)
    rows = features_of(evidence, range(evidence.topics))
    assert rows.shape == (3, len(WORD_FEATURES))
    assert np.isfinite(rows).all()
    judge = Judge(fitted()["words"])
    likely = judge.likelihoods(rows)
    assert 0 <= judge.confidence(rows, likely) <= 1


@pytest.fixture(scope="module")
def evidence_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with asking(tmp_path_factory.mktemp("evidence")) as asker:
        yield asker


@given(st.lists(st.text(alphabet="abcdeéжї우물 ", min_size=1, max_size=30), min_size=1, max_size=8))
def test_every_word_of_a_text_is_found_again(texts: list[str]) -> None:
    known = Vocabulary(len(texts))
    for at, text in enumerate(texts):
        known.add(at, [text])
    for at, text in enumerate(texts):
        for word in words_of(text):
            row = known.row(word)
            assert row[at] == 1
            assert ((row >= 0) & (row <= 1)).all()


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_trees_side_by_side_give_what_one_after_the_other_gives(row: list[float]) -> None:
    trees = [
        Tree(
            column=[0, -1, 1, -1, -1],
            limit=[0.5, 0, -1.0, 0, 0],
            low=[1, 0, 3, 0, 0],
            high=[2, 0, 4, 0, 0],
            value=[0, 1.0, 0, 2.0, 4.0],
        ),
        Tree(column=[-1], limit=[0], low=[0], high=[0], value=[8.0]),
    ]
    expected = 8.0 + (1.0 if row[0] <= 0.5 else 2.0 if row[1] <= -1.0 else 4.0)
    assert Trees(trees, 0.0).sum(np.array(row)) == expected


def test_the_summary_is_of_the_likeliest_topic() -> None:
    rows = np.array([[1.0, 2.0], [3.0, 4.0]])
    found = summary(rows, np.array([0.2, 0.9]), np.zeros(2))
    assert found[len(SUMMARY) :].tolist() == [3.0, 4.0, 2.0, 2.0]
    assert found[1] > 0
    alone = summary(rows[:1], np.array([0.2]), np.array([0.5, 0.5]))
    assert alone[len(SUMMARY) :].tolist() == [1.0, 2.0, 0.5, 1.5]


def test_a_topic_of_an_earlier_version_is_still_read() -> None:
    written = WELLS.model_dump() | {"terms": ["well", "dug"]}
    assert type(WELLS).model_validate(written) == WELLS


def test_every_currency_in_use_is_money() -> None:
    used = get_global("territory_currencies").values()
    for code in {code for some in used for code, _, until, tender in some if tender and not until}:
        for unit in (code, get_currency_name(code, count=2, locale="en")):
            of = kind_of(topic("any", Measure.LEVEL).model_copy(update={"unit": unit}))
            assert of == "money" or unit.endswith(" gold"), unit
