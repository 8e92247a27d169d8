"""Quantities of several words: number words in each language, units together, relations."""

import pytest

from knowledge.model import Kind, Relation
from knowledge.reading import BadFigure, Quantity, find_quantities, parse_figure

R = Relation


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Es waren zweihundertfünfzigtausend Kisten.", 250_000),
        ("Es waren siebentausendsechshundertvier Kisten.", 7604),
        ("Es waren hundertundfünf Kisten.", 105),
        ("Es waren achtzehnhundert Kisten.", 1800),
        ("Es waren achtzehnhundertzwölf Kisten.", 1812),
        ("Es waren tausend Kisten.", 1000),
        ("Es waren drei Millionen vierhunderttausend Kisten.", 3_400_000),
        ("Es waren viereinhalb Millionen Kisten.", 4_500_000),
        ("Es waren 2 Bio. Kisten.", 2e12),
        ("Había mil doscientas cajas.", 1200),
        ("Había mil millones de cajas.", 1e9),
        ("Было три с половиной миллиона ящиков.", 3_500_000),
        ("Було два з половиною мільйони ящиків.", 2_500_000),
        ("Було від ста ящиків.", 100),
        ("상자 4천 2백만 개", 42_000_000),
        ("상자 6만 3천 개", 63_000),
        ("상자 7백 개", 700),
        ("상자 1조 2천 3백억 개", 1.23e12),
        ("seventy-two hundred and forty crates", 7240),
        ("seventy-two hundred crates", 7200),
        ("Es waren eine Million dreihunderttausend Kisten.", 1_300_000),
        ("Había un millón trescientas mil cajas.", 1_300_000),
        ("Была одна тысяча триста ящиков.", 1300),
        ("Було тридцять дев\u02bcять ящиків.", 39),
        ("a thousand and three crates", 1003),
        ("9 300,125 crates", 9300.125),
    ],
)
def test_number_words_are_added_up(text: str, number: float) -> None:
    found = only(text)
    assert (found.low, found.high, found.unit) == (number, number, None)


@pytest.mark.parametrize("text", ["ein Jahrtausendwerk", "Hunderte kamen", "das Jahrhundert"])
def test_words_that_only_hold_a_number_word_are_none(text: str) -> None:
    assert [one for one in find_quantities(text) if not one.vague] == []


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("a mast of 6 ft 3 in", 6.25, "feet"),
        ("a mast of 6ft 3in", 6.25, "feet"),
        ("a mast of 6 feet, 3 inches", 6.25, "feet"),
        ("a mast of 6'3\"", 6.25, "feet"),
        ("a mast of 6′ 3″", 6.25, "feet"),
        ("the mast is 6' tall", 6, "feet"),
        ("the gap is 2 in.", 2, "inches"),
        ("it took 3 hours and 15 minutes", 3.25, "hours"),
        ("it took 3 weeks 3.5 days", 3.5, "weeks"),
        ("a toll of 7 dollars 25 cents", 7.25, "$"),
        ("a toll of seven dollars and twenty-five cents", 7.25, "$"),
        ("a toll of 7 Euro 25 Cent", 7.25, "€"),
        ("a toll of 40¢", 0.4, "$"),
        ("a toll of 40 pence", 0.4, "£"),
        ("un peaje de 40 céntimos", 0.4, "€"),
        ("a toll of 40 k€", 40_000, "€"),
        ("a toll of 40 MEUR", 40_000_000, "€"),
        ("a toll of 40 TEUR", 40_000, "€"),
        ("a toll of 40 USD million", 40_000_000, "$"),
        ("a toll of NZ $40", 40, "NZ$"),
        ("a pool of 40 m^3", 40, "m³"),
        ("a pull of 40 m/s^2", 40, "m/s²"),
        ("a dose of 40 μg", 40, "µg"),
        ("ein Weg von 40 Meilen", 40, "miles"),
        ("ein Feld von 40 Quadratkilometern", 40, "km²"),
        ("요금은 40달러를 넘지 않는다", 40, "$"),
        ("길이는 40km이다", 40, "km"),
    ],
)
def test_units_that_stand_together(text: str, number: float, unit: str) -> None:
    found = only(text)
    assert found.low == found.high == pytest.approx(number)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2 hours, 90 minutes", [2, 90]),
        ("it cost 5 dollars and 3 crates", [5, 3]),
        ("20 and 30 cents", [0.2, 0.3]),
        ("he had 5 in the box", [5]),
    ],
)
def test_units_that_stand_apart(text: str, numbers: list[float]) -> None:
    assert [one.low for one in find_quantities(text)] == numbers


def test_a_range_of_hundredths() -> None:
    found = only("between 20 and 30 cents")
    assert (found.low, found.high, found.unit, found.relation) == (0.2, 0.3, "$", R.BETWEEN)


@pytest.mark.parametrize(
    ("text", "low", "high", "relation"),
    [
        ("the load was larger than 40", 40, None, R.MORE_THAN),
        ("not even 40 crates", None, 40, R.LESS_THAN),
        ("nicht einmal 40 Kisten", None, 40, R.LESS_THAN),
        ("ni siquiera 40 cajas", None, 40, R.LESS_THAN),
        ("½–1 crate", 0.5, 1, R.BETWEEN),
        ("the load exceeded 40", 40, None, R.MORE_THAN),
        ("the load did not exceed 40", None, 40, R.UP_TO),
        ("the load doesn't exceed 40", None, 40, R.UP_TO),
        ("a load smaller than 40", None, 40, R.LESS_THAN),
        ("a load less than or equal to 40", None, 40, R.UP_TO),
        ("a load greater than or equal to 40", 40, None, R.AT_LEAST),
        ("es waren gut 40 Kisten", 40, None, R.MORE_THAN),
        ("es waren nicht mehr als 40 Kisten", None, 40, R.UP_TO),
        ("es waren maximal 40 Kisten", None, 40, R.UP_TO),
        ("es waren wenigstens 40 Kisten", 40, None, R.AT_LEAST),
        ("eran cajas superiores a 40", 40, None, R.MORE_THAN),
        ("eran como máximo 40 cajas", None, 40, R.UP_TO),
        ("eran no menos de 40 cajas", 40, None, R.AT_LEAST),
        ("было до 40 ящиков", None, 40, R.UP_TO),
        ("их число выросло до 40", 40, 40, R.EXACT),
        ("было больше чем 40 ящиков", 40, None, R.MORE_THAN),
        ("було не більше ніж 40 ящиків", None, 40, R.UP_TO),
        ("їх кількість зросла до 40", 40, 40, R.EXACT),
        ("було від 40 до 50 ящиків", 40, 50, R.BETWEEN),
        ("적어도 40 상자", 40, None, R.AT_LEAST),
    ],
)
def test_relations_in_words(
    text: str, low: float | None, high: float | None, relation: Relation
) -> None:
    found = only(text)
    assert (found.low, found.high, found.relation) == (low, high, relation)


@pytest.mark.parametrize(
    ("text", "number"),
    [("$1,300 /crate", 1300), ("5 ft 6 in", 5.5), ("thirty-one hundred and six", 3106)],
)
def test_figures_that_are_typed(text: str, number: float) -> None:
    assert parse_figure(text).low == pytest.approx(number)


@pytest.mark.parametrize("text", ["5 hundred and twenty-2x", "eins zwei drei"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(BadFigure):
        parse_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "For every pound spent the bridge returns 70 pence.",
        "For every £1 spent, the bridge returns £0.70.",
        "The bridge returns 70 pence for every pound.",
    ],
)
def test_a_sum_for_every_pound_is_a_ratio_in_either_order(text: str) -> None:
    found = only(text)
    assert (found.low, found.kind) == (0.7, Kind.RATIO)


def test_a_number_behind_the_name_of_a_part_counts_nothing() -> None:
    assert find_quantities("phase two and stage three") == []


@pytest.mark.parametrize(
    "text",
    [
        "since 9/11",
        "a 50/50 chance",
        "they lost 3-1",
        "won 2–0",
        "every second",
        "every second week",
        "every third May",
    ],
)
def test_what_is_a_name_or_a_time_is_no_amount(text: str) -> None:
    assert find_quantities(text) == []
