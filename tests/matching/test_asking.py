"""Free-form questions: the right topic, window and asserter, or honest silence."""

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.contract import Answer
from knowledge.evaluation import evaluate_questions, read_questions
from knowledge.library import Lookup
from knowledge.matching.questions import Asker, EmptyQuestion
from knowledge.model import Figure, Measure
from knowledge.workspaces import Workspace
from tests import DATA, ROOT
from tests.bases.making import claim, library, topic
from tests.conftest import shipped

TODAY = date(2026, 1, 15)
OWN = DATA / "questions.jsonl"
SHARED = ROOT.parent / "shared" / "eval" / "questions.dev.jsonl"


def ask(workspace: Workspace, question: str) -> Answer:
    return workspace.ask(question, TODAY)


def test_a_plain_question_finds_its_topic(workspace: Workspace) -> None:
    answer = ask(workspace, "how many Norwegian sacks are there so far?")
    assert (answer.kind, answer.topic) == ("figures", "sacks")
    assert answer.confidence > 0.6


@pytest.mark.parametrize(
    ("question", "since", "until", "known_by"),
    [
        ("sacks since march 2024", date(2024, 3, 1), None, None),
        ("sacks by the end of March 2024", None, date(2024, 3, 31), None),
        ("sacks in june 2024", date(2024, 6, 1), date(2024, 6, 30), None),
        ("what was known by March 2024 about the sacks", None, None, date(2024, 3, 31)),
        ("Säcke seit März 2024", date(2024, 3, 1), None, None),
    ],
)
def test_the_window_is_read_out_of_the_question(
    workspace: Workspace,
    question: str,
    since: date | None,
    until: date | None,
    known_by: date | None,
) -> None:
    answer = ask(workspace, question)
    assert answer.topic == "sacks"
    assert (answer.filters.since, answer.filters.until) == (since, until)
    assert answer.filters.known_by == known_by


@pytest.mark.parametrize(
    ("question", "asserter"),
    [
        ("what does Kamaw say about the sacks", "kamau"),
        ("що каже Камау про мішки", "kamau"),
        ("sacks according to Rosa Vidahl", "vidal"),
        ("wagons, the Trade Department's estimate", "trade-department"),
    ],
)
def test_a_named_asserter_narrows_the_claims(
    workspace: Workspace, question: str, asserter: str
) -> None:
    answer = ask(workspace, question)
    assert answer.filters.by is not None
    assert {claim.asserter for claim in answer.claims} == {asserter}


def test_a_country_that_speaks_stands_for_its_asserters(workspace: Workspace) -> None:
    answer = ask(workspace, "how many sacks according to Kenya")
    assert {claim.asserter for claim in answer.claims} == {"kamau"}


def test_an_outlet_is_what_it_said_or_carried_claim_by_claim(workspace: Workspace) -> None:
    answer = ask(workspace, "how many sacks does Agency Savanna report")
    assert answer.filters.by == "Agency Savanna"
    assert answer.claims
    assert all(
        "Agency Savanna" in citation.via
        for claim in answer.claims
        for citation in claim.citations[:1]
    )


def test_a_group_that_is_named_is_meant_alone(tmp_path: Path) -> None:
    records = (
        topic("crews", title="Crews", aliases=("crews", "divers"), dimensions=("group",)),
        claim("divers", "1", topic="crews", qualifiers={"group": "divers"}),
        claim("drillers", "2", topic="crews", qualifiers={"group": "drillers"}),
    )
    with library(tmp_path / "crews.db", *records) as found:
        asked = [
            ask(Workspace(found), f"how many {whom} are there") for whom in ("divers", "crews")
        ]
    assert [[view.id for view in one.claims] for one in asked] == [
        ["divers"],
        ["divers", "drillers"],
    ]


def test_what_is_reported_stands_before_what_only_could_be(tmp_path: Path) -> None:
    day = "2024-02-26"
    vague = claim("vague", on=day)
    records = (
        claim("may-be-a", "3 million", on=day, modality="possible"),
        vague.model_copy(update={"figure": Figure(as_worded="several million")}),
        claim("may-be-b", "4 million", on=day, modality="possible"),
    )
    with library(tmp_path / "wells.db", *records) as found:
        answer = ask(Workspace(found), "how many wells")
    assert answer.claims[0].id == "vague"
    assert answer.latest is None


def test_the_claim_with_the_number_asked_about_comes_first(workspace: Workspace) -> None:
    first = ask(workspace, "who came up with 3.6 million sacks?").claims[0]
    assert first.figure is not None
    assert first.figure.low == 3_600_000


def test_the_latest_comes_first_unless_the_first_is_asked_for(workspace: Workspace) -> None:
    newest = ask(workspace, "sacks").claims[0]
    oldest = ask(workspace, "the first figure on sacks").claims[0]
    assert newest.as_of > oldest.as_of


@pytest.mark.parametrize(
    "question",
    [
        "how many sacks has Peru delivered to Sweden",
        "dud rate of Belgian mortar bombs",
        "how many Norwegian soldiers have died",
        "what does one artillery sack cost",
        "how many workers are employed in China",
        "collecting sacks on the beach",
        "good morning everyone",
        "'; DROP TABLE claims; --",
        '"pearls" OR NEAR(* *) AND NOT',
        "🙂",
        "1234567",
        "مرحبا كيف حالك",
    ],
)
def test_what_is_not_on_file_gets_no_figure(workspace: Workspace, question: str) -> None:
    answer = ask(workspace, question)
    assert answer.kind == "no_match"
    assert not answer.claims
    assert answer.range is None


def test_silence_offers_the_nearest_topics_as_suggestions(workspace: Workspace) -> None:
    answer = ask(workspace, "how many sacks has Peru delivered to Sweden")
    assert answer.suggestions
    assert set(answer.suggestions) <= set(workspace.library.topics)


def test_a_known_topic_without_claims_in_the_window_says_so(workspace: Workspace) -> None:
    answer = ask(workspace, "drivers before 2020")
    assert (answer.kind, answer.topic) == ("no_match", "drivers")


def test_a_month_without_a_year_narrows_nothing_when_no_year_is_right(workspace: Workspace) -> None:
    assert ask(workspace, "sacks since august").claims


WINTER = (
    claim("winter", "40", "2022-06-20", period="2021-10/2022-03"),
    claim("later", "30", "2024-05-02", period="2023-10/2024-02"),
    claim("day", "20", "2023-03-22"),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        pytest.param("how many wells in june 2022", {"winter"}, id="said then"),
        pytest.param("how many wells in november 2021", {"winter"}, id="a part of its time"),
        pytest.param("how many wells on march 22", {"day"}, id="a day of another year"),
        pytest.param("how many wells in 2019", set(), id="another time"),
        pytest.param("how many wells on 22 january 2024", {"later"}, id="a day of its year"),
        pytest.param("how many wells on 22 march 2025", set(), id="a day with its year"),
    ],
)
def test_a_time_may_be_when_a_claim_was_made_or_within_its_period(
    tmp_path: Path, question: str, found: set[str]
) -> None:
    level = topic("wells", Measure.LEVEL, title="Wells", unit="wells")
    with library(tmp_path / "claims.db", level, *WINTER) as shelf:
        answer = Workspace(shelf).ask(question, TODAY)
    assert {one.id for one in answer.claims} == found
    assert answer.topic == "wells"


def test_a_topic_may_be_called_like_a_word_of_plain_speech(tmp_path: Path) -> None:
    with library(tmp_path / "claims.db", claim("count", "40")) as shelf:
        answer = Workspace(shelf).ask("how many wells", TODAY)
    assert (answer.kind, answer.topic) == ("figures", "wells")


def test_a_blank_question_is_refused_with_words(workspace: Workspace) -> None:
    for blank in ("", "   ", "\u200b\u200b"):
        with pytest.raises(EmptyQuestion, match="empty"):
            ask(workspace, blank)


def test_only_the_beginning_of_a_long_text_is_read(workspace: Workspace) -> None:
    answer = ask(workspace, "how many sacks? " + "x" * 6000)
    assert len(answer.question) <= 1000


@pytest.mark.parametrize("path", [OWN, SHARED], ids=["own", "shared"])
def test_questions_are_answered_by_words_alone(tmp_path: Path, path: Path) -> None:
    """Floors, some hundredths below what was measured with eight aliases a topic."""
    if not path.exists():
        pytest.skip("the shared questions are not in this checkout")
    with shipped(tmp_path / "claims.db") as base:
        report = evaluate_questions(read_questions(path), lambda q: base.workspace.ask(q, TODAY))
    assert (report.topic.rate or 0) >= 0.50
    assert (report.figure.rate or 0) >= 0.55
    assert (report.no_match.f1 or 0) >= 0.65


words = st.sampled_from(
    "sacks spoilt since 2024 by Santiago не wagons of half and 자루 @everyone".split()
)
texts = st.one_of(
    st.text(min_size=1, max_size=200),
    st.lists(words, min_size=1, max_size=12).map(" ".join),
    st.text(alphabet=string.punctuation + "aß포й", min_size=1, max_size=80),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
def test_any_text_gets_an_answer_whose_claims_are_all_on_file(
    workspace: Workspace, text: str
) -> None:
    try:
        answer = ask(workspace, text)
    except EmptyQuestion:
        return
    assert all(workspace.library.claim(claim.id) for claim in answer.claims)
    assert all(claim.citations for claim in answer.claims)
    assert 0 <= answer.confidence <= 1
    assert (answer.kind == "no_match") == (not answer.claims)


@pytest.mark.parametrize("question", ["sacks per wagon", "how many sacks in a wagon?"])
def test_so_many_for_each_of_another_is_doubted(workspace: Workspace, question: str) -> None:
    found = workspace.ask(question, TODAY)
    assert found.topic != "wagons"
    assert "wagons" in found.suggestions


@pytest.mark.parametrize("question", ["sacks", "how many sacks", "how many wagons"])
def test_the_plainest_question_is_not_doubted(workspace: Workspace, question: str) -> None:
    found = workspace.ask(question, TODAY)
    assert found.outcome == "answer"
    assert not found.suggestions


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("what did Kamau say", "kamau"),
        ("was sagt Norwegen", "Norway"),
        ("що каже Камау", "kamau"),
        ("Kamau", "kamau"),
    ],
)
def test_whoever_is_named_alone_is_asked_for_with_all_that_they_said(
    workspace: Workspace, question: str, who: str
) -> None:
    found = workspace.ask(question, TODAY)
    assert (found.outcome, found.suggestions) == ("offer", ())
    named = workspace.lookup.by(found.speaker or "")
    assert named.asserters == workspace.lookup.by(who).asserters


TREATY = topic(
    "treaty",
    title="Water that Egypt gets",
    aliases=("1959 treaty share", "Egypt's water"),
    description="How much water Egypt has by the treaty of 1959",
)
THEFTS = topic(
    "thefts",
    title="Accounts stolen from Merlin",
    aliases=("Merlin", "Merlin accounts"),
    parties=(),
    dimensions=("theft",),
)
YEARS = (
    claim("water", "55", topic="treaty", on="2020-05-01"),
    claim("water-later", "56", topic="treaty", on="2023-05-01"),
    claim("older", "3000", topic="thefts", on="2017-10-03", qualifiers={"theft": "2013"}),
    claim("newer", "500", topic="thefts", on="2016-09-22", qualifiers={"theft": "2014"}),
    claim("told-then", "900", topic="thefts", on="2014-02-01", qualifiers={"theft": "2013"}),
)


@pytest.mark.parametrize(
    ("question", "since", "until", "found"),
    [
        ("1959 treaty share", None, None, {"water", "water-later"}),
        ("so what is the 1959 treaty share", None, None, {"water", "water-later"}),
        ("1959 treaty share since 2022", date(2022, 1, 1), None, {"water-later"}),
        ("Egypt's water by the treaty of 1959", None, None, {"water", "water-later"}),
        ("Egypt's water in 2020", date(2020, 1, 1), date(2020, 12, 31), {"water"}),
        ("Egypt's water in 1931", None, date(1931, 12, 31), set()),
        ("Merlin 2014 how many", None, None, {"newer"}),
        ("Merlin accounts in 2013", None, None, {"older", "told-then"}),
        ("Merlin accounts stolen in 2013 and 2014", None, None, {"older", "newer", "told-then"}),
        ("Merlin accounts since 2017", date(2017, 1, 1), None, {"older"}),
    ],
)
def test_a_year_that_is_the_topics_own_is_no_window(
    tmp_path: Path, question: str, since: date | None, until: date | None, found: set[str]
) -> None:
    with library(tmp_path / "claims.db", TREATY, THEFTS, *YEARS) as shelf:
        answer = Asker(shelf, Lookup(shelf)).ask(question, TODAY)
    assert answer.topic in {"treaty", "thefts"}
    assert {one.id for one in answer.claims} == found
    assert (answer.filters.since, answer.filters.until) == (since, until)
