"""Figures held against their like: of the same time, the same span, the same thing, one speaker."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.markdown import render
from commands.cards import CheckCard, ask_card, figures_card
from knowledge.answers import figures
from knowledge.contract import Check
from knowledge.library import Library, Lookup, Window
from knowledge.matching.checking import Checker
from knowledge.matching.questions import Asker
from knowledge.model import AnyRecord, Claim, Figure, Measure, Relation, Topic
from tests.answers.test_fair_answers import TODAY, ahead
from tests.bases.making import asserter, claim, library, topic


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


@contextmanager
def checking(path: Path, *records: AnyRecord) -> Iterator[tuple[Library, Checker]]:
    with library(path, *records) as shelf:
        yield shelf, Checker(shelf, Asker(shelf, Lookup(shelf)))


def verdicts(check: Check) -> list[tuple[str, str]]:
    return [(one.topic, one.verdict) for one in check.assertions]


def money(key: str, measure: Measure, title: str, **more: object) -> Topic:
    return topic(key, measure, unit="GBP", title=title, **more)


def pounds(key: str, billions: float, about: str) -> Claim:
    figure = Figure(
        low=billions * 1e9, high=billions * 1e9, relation=Relation.ABOUT, as_worded="so much"
    )
    return claim(key, topic=about).model_copy(update={"figure": figure})


COST = money("cost", Measure.LEVEL, "Cost of the tunnel", aliases=("tunnel cost",))
SPENT = money(
    "spent",
    Measure.CUMULATIVE,
    "Money spent on the tunnel so far",
    aliases=("tunnel spending", "cost of the tunnel so far"),
)
TUNNEL = (COST, SPENT, ahead(pounds("planned", 100, "cost")), pounds("paid", 40, "spent"))


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("Egypt's tunnel has cost £40bn so far.", [("spent", "matches")]),
        ("Egypt has already spent £90bn on the tunnel.", [("spent", "above-range")]),
        ("Egypt's tunnel will cost £100bn.", [("cost", "matches")]),
        ("Egypt's tunnel will cost £300bn.", [("cost", "above-range")]),
    ],
)
def test_what_was_spent_is_not_held_against_what_all_will_cost(
    path: Path, message: str, found: list[tuple[str, str]]
) -> None:
    with checking(path, *TUNNEL) as (_, checker):
        assert verdicts(checker.check(message, TODAY)) == found


def test_what_has_been_is_neither_above_nor_below_what_is_foreseen(path: Path) -> None:
    with checking(path, COST, ahead(pounds("planned", 100, "cost"))) as (_, checker):
        (one,) = checker.check("Egypt's tunnel has cost £40bn so far.", TODAY).assertions
        assert (one.verdict, one.range) == ("nothing-on-file", None)
        assert [claim.id for claim in one.claims] == ["planned"]
        (plan,) = checker.check("Egypt's tunnel will cost £40bn.", TODAY).assertions
        assert plan.verdict == "below-range"


@pytest.mark.parametrize(
    "message",
    ["Egypt's tunnel costs £100bn a year.", "The annual cost of Egypt's tunnel is £100bn."],
)
def test_so_much_a_year_is_not_the_whole(path: Path, message: str) -> None:
    with checking(path, *TUNNEL) as (_, checker):
        assert verdicts(checker.check(message, TODAY)) == []


def test_a_month_is_reckoned_as_the_years_of_the_topic(path: Path) -> None:
    power = topic("power", Measure.LEVEL, unit="TWh per year", title="Electricity of the pumps")
    with checking(path, power, claim("used", "12", topic="power")) as (_, checker):
        for message, verdict in (
            ("The electricity of Egypt's pumps is 12 TWh a year.", "matches"),
            ("The electricity of Egypt's pumps is 1 TWh a month.", "matches"),
            ("The electricity of Egypt's pumps is 12 TWh a month.", "above-range"),
        ):
            assert verdicts(checker.check(message, TODAY)) == [("power", verdict)]


def test_what_another_topic_counts_is_not_held_against_this_one(path: Path) -> None:
    total, yearly = Measure.CUMULATIVE, Measure.RATE
    crates = topic("crates", total, title="Crates sent from Egypt", unit="crates")
    pumps = topic("pumps", yearly, title="Pumps sent from Egypt a year", unit="pumps a year")
    given = (claim("c", "300", topic="crates"), claim("p", "900", topic="pumps"))
    with checking(path, crates, pumps, *given) as (_, checker):
        assert verdicts(checker.check("Egypt sent 900 pumps a year.", TODAY)) == [
            ("pumps", "matches")
        ]
        assert verdicts(checker.check("Egypt sent 300 crates a year.", TODAY)) == []


OPENING = topic("opening", Measure.DATE, unit="year of opening", title="Opening of the tunnel")


def year(key: str, low: int | None, high: int | None, relation: str, on: str) -> Claim:
    figure = Figure(low=low, high=high, relation=Relation(relation), as_worded="that year")
    return ahead(claim(key, topic="opening", on=on).model_copy(update={"figure": figure}))


def test_a_year_is_not_after_itself(path: Path) -> None:
    late = year("late", 2033, None, "after", on="2025-06-01")
    with checking(path, OPENING, late, year("old", None, 2033, "by", on="2023-03-01")) as (
        _,
        checker,
    ):
        (one,) = checker.check("The opening of Egypt's tunnel will be in 2033.", TODAY).assertions
        assert one.verdict == "matches"
        assert one.claims[0].id == "old"
        assert [found.id for found in one.later] == ["late"]


LEVEL = topic("wells", Measure.LEVEL, unit="wells")


def test_what_is_reported_of_now_is_no_match_for_a_time_to_come(path: Path) -> None:
    then = ahead(claim("then", "9", period="2030"))
    with checking(path, LEVEL, claim("now", "5"), then) as (_, checker):
        assert verdicts(checker.check("By 2030 Egypt has 5 wells.", TODAY)) == [
            ("wells", "below-range")
        ]
    with checking(path.with_name("b.db"), LEVEL, claim("now", "5")) as (_, checker):
        assert verdicts(checker.check("By 2030 Egypt has 5 wells.", TODAY)) == [
            ("wells", "nothing-on-file")
        ]
        assert verdicts(checker.check("In 2026 Egypt has 5 wells.", TODAY)) == [
            ("wells", "matches")
        ]


def test_a_message_about_a_time_to_come_is_held_against_what_was_said_of_it(path: Path) -> None:
    unmarked = claim("then", "9", period="2030")
    with checking(path, LEVEL, claim("now", "5"), unmarked) as (_, checker):
        (one,) = checker.check("By 2030 Egypt has 9 wells.", TODAY).assertions
        assert (one.verdict, one.standing) == ("matches", "forecast")


PEOPLE = (
    asserter("health", organisation="Ministry of Health"),
    asserter("rival", person="Amal Nour", organisation="River Party", role="opposition politician"),
    asserter("board", organisation="World Wells Board", country=None),
)


@pytest.mark.parametrize(
    ("message", "verdict", "who"),
    [
        ("Egypt's government says that it has 9 wells.", "attributed-otherwise", "rival"),
        ("Egypt's government says that it has 4 wells.", "matches", "ministry"),
        ("Egypt says that it has 9 wells.", "matches", "rival"),
    ],
)
def test_a_government_is_not_anybody_of_its_country(
    path: Path, message: str, verdict: str, who: str
) -> None:
    counted = (claim("own", "4"), claim("other", "9", asserter="rival"))
    with checking(path, *PEOPLE, asserter(), LEVEL, *counted) as (shelf, checker):
        (one,) = checker.check(message, TODAY).assertions
        assert one.verdict == verdict
        assert one.claims[0].asserter == who
        if verdict == "attributed-otherwise":
            head = render(CheckCard(checker.check(message, TODAY), shelf).card().description).plain
            assert "On file, but not from Government of Egypt" in head


MODELS = ("model",)


def test_a_value_that_only_another_topic_has_is_none_of_the_others(path: Path) -> None:
    drills = topic("drills", Measure.LEVEL, title="Power of a drill", unit="kW", dimensions=MODELS)
    noise = topic("noise", Measure.LEVEL, title="Weight of a drill", unit="kg", dimensions=MODELS)
    given = (
        claim("p", "7", topic="drills", qualifiers={"model": "Mole-3"}),
        claim("n", "7", topic="noise", qualifiers={"model": "Mole-4"}),
    )
    with checking(path, drills, noise, *given) as (_, checker):
        for message, verdict in (
            ("The power of the Mole-3 drill of Egypt is 7 kW.", "matches"),
            ("The power of the Mole-4 drill of Egypt is 7 kW.", "nothing-on-file"),
            ("The power of the drill of Egypt is 7 kW.", "matches"),
        ):
            assert verdicts(checker.check(message, TODAY)) == [("drills", verdict)]


def test_below_what_is_open_below_is_not_below_everything(path: Path) -> None:
    share = topic("share", Measure.SHARE, title="Share of dry wells", unit="share of the wells")
    with checking(path, share, claim("most", "up to half", topic="share")) as (shelf, checker):
        check = checker.check("20% of Egypt's wells are dry wells.", TODAY)
        assert verdicts(check) == [("share", "below-range")]
        head = render(CheckCard(check, shelf).card().description).plain
    assert "Below the lowest on file" in head


GROUPS = topic("crews", title="Crews sent", aliases=("crew", "crews"), dimensions=("group",))
CREWS = tuple(
    claim(group, count, topic="crews", qualifiers={"group": group})
    for group, count in (("divers", "about 1,000"), ("drillers", "about 5,000"))
)


def lead(path: Path, question: str, *records: AnyRecord) -> str:
    with library(path, *records) as shelf:
        answer = Asker(shelf, Lookup(shelf)).ask(question, TODAY)
        return render(ask_card(shelf, answer).card().description).plain


def test_of_several_groups_none_is_the_closest_unless_it_is_meant(path: Path) -> None:
    asked = lead(path, "how many crews", GROUPS, *CREWS)
    assert "Closest to the question" not in asked
    assert "Divers: about 1,000" in asked
    assert "Drillers: about 5,000" in asked
    named = lead(path.with_name("b.db"), "who sent 1,000 crews", GROUPS, *CREWS)
    assert "Closest to the question: Divers: about 1,000" in named
    alone = lead(path.with_name("c.db"), "how many crews of divers", GROUPS, *CREWS)
    assert "Latest: Divers: about 1,000" in alone


def test_who_repeats_a_figure_later_is_not_the_closest_to_a_plain_question(path: Path) -> None:
    first = claim("first", "9", origin="one")
    again = claim("again", "9", on="2024-06-01", origin="one", asserter="board")
    text = lead(path, "how many wells", LEVEL, PEOPLE[2], asserter(), first, again)
    assert "Latest: 9 wells (15 January 2024)" in text
    assert "Closest" not in text


def test_a_country_after_according_to_speaks_whatever_the_topic_is_about(path: Path) -> None:
    board = claim("theirs", "7", on="2025-01-01", asserter="board")
    text = lead(
        path,
        "how many wells according to Egypt",
        LEVEL,
        *PEOPLE,
        asserter(),
        claim("own", "4"),
        board,
    )
    assert "by Egypt" in text
    assert "World Wells Board" not in text


def test_a_start_in_a_month_is_not_the_start_of_it(path: Path) -> None:
    with library(path, LEVEL, claim("own", "4", on="2024-10-20")) as shelf:
        asker = Asker(shelf, Lookup(shelf))
        for question in ("did the wells start in october 2024", "wells that end in october 2024"):
            bounds = asker.read(question, TODAY).bounds()
            assert [str(day) for day in bounds if day] == ["2024-10-01", "2024-10-31"]


def test_what_a_claim_is_at_odds_with_is_named_where_that_is_out_of_sight(path: Path) -> None:
    begun = topic("begun", Measure.QUALITATIVE, title="Begin of the work")
    early = claim("early", topic="begun", period="2023-08", asserter="board")
    late = claim("late", topic="begun", on="2025-07-01", period="2024-10").model_copy(
        update={"relations": claim("x", links=[("disputes", "claim", "early")]).relations}
    )
    with library(path, begun, PEOPLE[2], asserter(), early, late) as shelf:
        some = figures(shelf, "begun", Window(since=late.period.earliest if late.period else None))
        text = " ".join(render(figures_card(shelf, some).page().card.description).plain.split())
        every = figures_card(shelf, figures(shelf, "begun")).page().card.description
    assert "at odds with World Wells Board" in text
    assert "at odds with Ministry" in render(every).plain


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("Egypt says that it dug at least several million wells.", "matches"),
        ("Egypt dug several million wells.", "matches"),
        (
            "The World Wells Board says that Egypt dug several million wells.",
            "attributed-otherwise",
        ),
        ("Egypt dug dozens of wells.", None),
        ("Egypt planted several million trees.", None),
        ("Did Egypt dig several million wells?", None),
    ],
)
def test_an_amount_without_a_number_is_held_against_its_like(
    path: Path, message: str, found: str | None
) -> None:
    vague = Figure(as_worded="at least several million wells")
    many = claim("many").model_copy(update={"figure": vague})
    later = claim("later", "9 million", on="2025-01-01")
    trees = topic("trees", title="Trees planted", unit="trees")
    known = (*PEOPLE, asserter(), topic(), trees, claim("t", "5", topic="trees"))
    with checking(path, *known, many, later) as (shelf, checker):
        check = checker.check(message, TODAY)
        assert [one.verdict for one in check.assertions] == ([found] if found else [])
        if found is None:
            assert len(check.uncovered) == 1
            return
        assert [one.id for one in check.assertions[0].claims] == ["many"]
        assert [one.id for one in check.assertions[0].later] == ["later"]
        assert check.assertions[0].standing == "reported"
        told = render(CheckCard(check, shelf).card().description).plain
        assert "“at least several million wells”" in " ".join(told.split())


@pytest.mark.parametrize(
    ("message", "verdict", "by"),
    [
        ("The well inspector says that Egypt has 4 wells.", "attributed-otherwise", None),
        ("The well inspector says that Egypt has 9 wells.", "matches", "Amal Nour"),
        ("Geologists confirm that Egypt has 4 wells.", "attributed-otherwise", None),
        ("Geologists say that Egypt has 7 wells.", "matches", "unnamed geologists"),
        ("The inspector says that Egypt has 4 wells.", "matches", None),
        ("Reports say that Egypt has 4 wells.", "matches", None),
    ],
)
def test_an_office_or_a_group_that_is_on_file_speaks_for_itself(
    path: Path, message: str, verdict: str, by: str | None
) -> None:
    people = (
        asserter("inspector", person="Amal Nour", organisation=None, role="well inspector"),
        asserter("some", organisation=None, country=None, role="unnamed geologists in reports"),
        asserter(),
    )
    counted = (
        claim("own", "4"),
        claim("hers", "9", asserter="inspector"),
        claim("theirs", "7", asserter="some"),
    )
    with checking(path, *people, LEVEL, *counted) as (_, checker):
        (one,) = checker.check(message, TODAY).assertions
        assert one.verdict == verdict
        assert (by or "") in (one.by or "")
        assert bool(one.by) is bool(by)


def test_a_promise_does_not_lead_among_statements(path: Path) -> None:
    said = topic("said", Measure.QUALITATIVE, title="Reactions to the wells")
    praise = claim("praise", topic="said")
    promise = ahead(claim("promise", topic="said", on="2024-05-01"))
    text = lead(path, "reactions to the wells", said, praise, promise)
    assert "Forecast:" not in text
    assert "Closest to the question" not in text
    assert "Statement of praise." in text
    assert "Statement of promise." in text


def test_what_was_published_after_the_day_that_is_known_by_is_named(path: Path) -> None:
    with library(path, LEVEL, claim("own", "4", on="2024-10-20")) as shelf:
        for day, later in ((date(2024, 11, 1), True), (date(2026, 1, 1), False)):
            some = figures(shelf, "wells", Window(known_by=day))
            told = render(figures_card(shelf, some).page().card.description).plain
            assert ("Said by that day, but published later: [1]." in told) is later


def test_who_speaks_of_what_bears_their_name_is_what_it_is_about(path: Path) -> None:
    def hit(name: str) -> Topic:
        title = f"Customers hit by the {name} breach"
        aliases = (f"{name} breach", f"{name} customers")
        return topic(name.casefold(), unit="customers", title=title, aliases=aliases, parties=())

    named = ("Harbour", "Orchard")
    records: list[AnyRecord] = [
        *(hit(name) for name in named),
        *(asserter(name.casefold(), organisation=name) for name in named),
        claim("h", "70 million", topic="harbour", asserter="harbour"),
        claim("o", "560 million", topic="orchard", asserter="orchard"),
    ]
    with checking(path, *records) as (_, checker):
        said = checker.check("Harbour said that 70 million customers were hit.", TODAY)
        assert verdicts(said) == [("harbour", "matches")]
        other = checker.check("Orchard said that 70 million customers were hit.", TODAY)
        assert ("orchard", "matches") not in verdicts(other)
        assert "harbour" not in dict(verdicts(other))


THEFTS = topic("thefts", title="Accounts stolen from Merlin", parties=(), dimensions=("theft",))
OLDER = claim("older", "3000", topic="thefts", on="2017-10-03", qualifiers={"theft": "2013"})
NEWER = claim("newer", "500", topic="thefts", on="2016-09-22", qualifiers={"theft": "2014"})


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("Merlin's 2014 theft: 500 accounts stolen", "matches"),
        ("500 accounts were stolen from Merlin in 2014", "matches"),
        ("3,000 accounts were stolen from Merlin in 2014", "above-range"),
        ("3,000 accounts were stolen from Merlin in 2013", "matches"),
        ("3,000 accounts were stolen from Merlin in 2012", "nothing-on-file"),
    ],
)
def test_a_year_that_tells_figures_apart_is_no_day_by_which_they_stood(
    path: Path, message: str, verdict: str
) -> None:
    with checking(path, THEFTS, OLDER, NEWER) as (_, checker):
        assert verdicts(checker.check(message, TODAY)) == [("thefts", verdict)]
