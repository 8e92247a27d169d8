"""A base of earlier versions, brought to the present form: what is changed, asked and refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.interchange import export, read
from knowledge.migration import BadGuide, Guide, Migrated, migrate, read_guide, written_guide
from knowledge.model import AnyRecord, Claim, Figure, Measure, Modality, Relation, Status, Topic
from tests.bases.making import asserter, claim, source, topic
from tests.driving.command_line import runner
from tests.properties import examples

TODAY = date(2026, 1, 1)


def figure(words: str, low: float | None, high: float | None, relation: str = "about") -> Figure:
    return Figure(low=low, high=high, relation=Relation(relation), as_worded=words)


def old(key: str, made: Figure | None, on: str = "2024-01-15", **more: object) -> Claim:
    return Claim.model_validate({**dict(claim(key, on=on)), "figure": made, **more})


def renewed(*records: AnyRecord, guide: Guide | None = None) -> Migrated:
    return migrate([asserter(), source(), *records], guide or Guide(), TODAY)


def claims_of(made: Migrated) -> dict[str, Claim]:
    return {one.id: one for one in made.records if isinstance(one, Claim)}


def topics_of(made: Migrated) -> dict[str, Topic]:
    return {one.id: one for one in made.records if isinstance(one, Topic)}


def test_intervals_come_from_assumptions_and_from_the_words() -> None:
    made = renewed(
        topic(measure=Measure.SHARE),
        old("one", figure("0.23%", 0.0023, 0.0023), assumption="poor regions, 95% CI 0.1% to 0.4%"),
        old(
            "two",
            figure("0.68% (0.53%–0.82%)", 0.0068, 0.0068),
            assumption="interval 0.53 to 0.82%",
        ),
        old("three", figure("95 (90.3-97.6)", 0.903, 0.976, "between")),
    )
    one, two, three = claims_of(made).values()
    assert one.figure is not None
    assert (one.figure.low, one.figure.high, one.figure.value) == (0.001, 0.004, 0.0023)
    assert (one.figure.interval, one.figure.relation) == ("95%", Relation.ABOUT)
    assert one.assumption == "poor regions"
    assert two.figure is not None
    assert (two.figure.low, two.figure.value, two.assumption) == (0.0053, 0.0068, None)
    assert three.figure is not None
    assert (three.figure.low, three.figure.value) == (0.903, 0.95)
    assert made.open == {"poor regions": 1}
    assert made.problems == []


def test_units_come_from_the_words_where_they_have_the_same_number() -> None:
    made = renewed(
        topic(measure=Measure.LEVEL, unit="MWh"),
        old("rounded", figure("433,196 kWh", 433, 433)),
        old("same", figure("1287 MWh", 1287, 1287)),
        old("slip", figure("176 MWh in 2023", 160, 160)),
    )
    kept = {one.id: one.figure for one in claims_of(made).values()}
    assert kept["rounded"] == Figure(
        low=433196, high=433196, relation=Relation.ABOUT, unit="kWh", as_worded="433,196 kWh"
    )
    assert kept["same"] == figure("1287 MWh", 1287, 1287)
    assert kept["slip"] == figure("176 MWh in 2023", 160, 160)


def test_words_that_say_another_number_are_asked_about() -> None:
    made = renewed(topic(measure=Measure.LEVEL), old("slip", figure("176 wells", 160, 160)))
    assert [str(one) for one in made.questions] == [
        "slip: “176 wells” reads as 176, and the figure is 160"
    ]


def test_what_is_to_come_is_a_forecast() -> None:
    made = renewed(
        topic(measure=Measure.LEVEL),
        topic("start", Measure.LEVEL, unit="year of opening"),
        old("ahead", figure("945", 945, 945), period="2030"),
        old("past", figure("415", 415, 415), period="2023"),
        old("open", figure("By 2033", None, 2033, "up-to"), topic="start"),
        old("named", figure("7", 7, 7)),
        guide=Guide(forecasts=("named",)),
    )
    kinds = {one.id: one.modality for one in claims_of(made).values()}
    ahead = {name for name, kind in kinds.items() if kind is Modality.FORECAST}
    assert ahead == {"ahead", "open", "named"}
    assert topics_of(made)["start"].measure is Measure.DATE
    opening = claims_of(made)["open"].figure
    assert opening is not None
    assert opening.relation is Relation.BY


def test_a_statement_that_speaks_ahead_is_asked_about() -> None:
    made = renewed(topic(), old("told", figure("7", 7, 7), statement="7 wells are forecast."))
    assert [one.record for one in made.questions] == ["told"]
    assert claims_of(made)["told"].modality is Modality.REPORTED


def test_money_and_ratios_are_known_by_their_words() -> None:
    made = renewed(
        topic("cost", Measure.LEVEL, unit="pounds"),
        topic("return", Measure.RATE, unit="pounds per pound"),
        topic("mixed", Measure.LEVEL, unit="dollars"),
        old("a", figure("£33 billion", 33e9, 33e9), topic="cost"),
        old("b", figure("2.5:1", 2.5, 2.5), topic="return"),
        old("c", figure("$5", 5, 5), topic="mixed"),
        old("d", figure("€5", 5, 5), topic="mixed"),
    )
    topics = topics_of(made)
    assert topics["cost"].unit == "GBP"
    assert topics["return"].measure is Measure.RATIO
    assert topics["mixed"].unit == "dollars"


def test_percent_becomes_a_change_where_the_guide_says_so() -> None:
    growth = topic("growth", Measure.RATE, unit="percent by 2030")
    one = old("g", figure("160%", 160, 160), topic="growth")
    asked = renewed(growth, one)
    assert any("share (0.6), or change (1.6)" in str(question) for question in asked.questions)
    guide = Guide(topics={"growth": {"measure": "change"}})
    made = renewed(growth, one, guide=guide)
    changed = claims_of(made)["g"].figure
    assert changed is not None
    assert (changed.low, changed.high) == (1.6, 1.6)


def test_a_guide_makes_qualifiers_of_assumptions_and_leaves_the_rest() -> None:
    guide = read_guide(
        "assumptions:\n"
        "  in 2019 prices: {price-base: 2019 prices}\n"
        "  'Delta, by a model': {variant: Delta, assumption: by a model}\n"
        "  if all goes well: {}\n"
        "claims:\n  four: {status: retracted}\n",
        "guide.yaml",
    )
    texts = ("in 2019 prices", "Delta, by a model", "if all goes well", None)
    names = ("one", "two", "three", "four")
    some = [old(n, figure("7", 7, 7), assumption=t) for n, t in zip(names, texts, strict=True)]
    made = renewed(topic(), *some, guide=guide)
    after = claims_of(made)
    assert (after["one"].qualifiers, after["one"].assumption) == (
        {"price-base": "2019 prices"},
        None,
    )
    assert (after["two"].qualifiers, after["two"].assumption) == (
        {"variant": "Delta"},
        "by a model",
    )
    assert after["three"] == some[2]
    assert after["four"].status is Status.RETRACTED
    assert topics_of(made)["wells"].dimensions == ("price-base", "variant")
    assert made.open == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("assumptions:\n  in 2018 prices: {a: b}", "nothing in the records is “in 2018 prices”"),
        ("forecasts: [nowhere]", "forecasts: nothing in the records is “nowhere”"),
        ("topics:\n  nowhere: {unit: GBP}", "topics: nothing in the records is “nowhere”"),
        ("claims:\n  one: {colour: red}", "one: is no field here"),
        ("claims:\n  one: {modality: maybe}", "one: maybe is not one of"),
        ("topic: {}", "guide.yaml: topic"),
        ("- 1", "guide.yaml"),
        ("a: *b", "guide.yaml, line 1"),
        ("a: {}\n---\nb: {}", "not one YAML document"),
    ],
)
def test_a_guide_that_does_not_fit_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(BadGuide) as refused:
        renewed(topic(), old("one", figure("7", 7, 7)), guide=read_guide(text, "guide.yaml"))
    assert words in str(refused.value)


@examples(30)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), unique=True))
def test_a_guide_to_fill_in_names_every_assumption(texts: list[str]) -> None:
    guide = read_guide(written_guide(texts), "guide.yaml")
    assert guide == Guide(assumptions={text: {} for text in texts})


def test_from_old_records_to_new_ones_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runner(tmp_path / "claims.db", capsys, monkeypatch)
    base, new, guide = (tmp_path / name for name in ("old.yaml", "new.yaml", "guide.yaml"))
    one = old("one", figure("£33 billion", 33e9, 33e9), assumption="in 2019 prices")
    money = topic(measure=Measure.LEVEL, unit="pounds")
    records: list[AnyRecord] = [money, asserter(), source(), one]
    made = Migrated(records=records)
    base.write_text("".join(export(made.each(), "yaml")), "utf-8")
    told = run("migrate", base, new, "--guide", guide)
    assert told.code == 0
    assert "1 of “in 2019 prices”" in told.out
    assert f"Fill in {guide}" in told.out
    text = guide.read_text("utf-8").replace("prices': {}", "prices': {base: '2019'}")
    guide.write_text(text, "utf-8")
    assert "0 assumptions open" in run("migrate", base, new, "--guide", guide).out
    drafted = read(new.read_bytes(), "new.yaml")
    after = {entry.record.id: entry.record for entry in drafted.entries}["one"]
    assert isinstance(after, Claim)
    assert after.qualifiers == {"base": "2019"}
    assert run("import", new).code == 0
    assert run("migrate", base, base).code == 2
    guide.write_bytes(b"\xff")
    assert "not UTF-8" in run("migrate", base, new, "--guide", guide).err
    base.write_text("id: [", "utf-8")
    assert run("migrate", base, new).code == 2
