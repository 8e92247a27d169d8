"""Quantities in free text and typed figures: what is read, what is passed over, never a crash."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Kind, Relation
from knowledge.reading import BadFigure, Quantity, find_quantities, parse_figure

R = Relation
PIECES = (
    "more than|about|at least|between|and|to|from|half|a|third|of|one|two|in|ten|1.5|12|3-5|million"
    "|thousand|k|m|+|-|%|$|152mm|2024|1970s|several|dozens|hundred|or more|years old|, |. |¼|만|300"
    "|1e400|0|-5|per cent|/|(|)|:|point|dozen|some|few|#12|10:30|v2|@me|\u200b|🙂|мільйонів|mil"
    "|£|US$|EUR|bn|kWh|tonnes of CO2eq|/yr|±|95% CI|[|]|,|rose|by|growth of|down|3/4|1.8:1|×|10^6"
    "|14·4|lakh|hours|square|km²|°C|page|tall|-plus|fourth|score|by 2033|CI"
).split("|")
messages = st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
glued_messages = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "relation"),
    [
        ("28,000 crates", 28_000, 28_000, R.EXACT),
        ("10-12,000 crates", 10_000, 12_000, R.BETWEEN),
        ("5–10,000 crates", 5000, 10_000, R.BETWEEN),
        ("10 to 12,000 crates", 10, 12_000, R.BETWEEN),
        ("10^6 crates", 1e6, 1e6, R.EXACT),
        ("as high as 3 million", None, 3e6, R.UP_TO),
        ("as many as 12 million", None, 12e6, R.UP_TO),
        ("up to 13,000", None, 13_000, R.UP_TO),
        ("not more than 7", None, 7, R.UP_TO),
        ("upwards of 7,000", 7000, None, R.MORE_THAN),
        ("more than 1.5 million", 1.5e6, None, R.MORE_THAN),
        ("well over 12 million", 12e6, None, R.MORE_THAN),
        (">3m", 3e6, None, R.MORE_THAN),
        ("at least 40", 40, None, R.AT_LEAST),
        ("12m+", 12e6, None, R.AT_LEAST),
        ("12+ million", 12e6, None, R.AT_LEAST),
        ("5 million or more", 5e6, None, R.AT_LEAST),
        ("under 10,000", None, 10_000, R.LESS_THAN),
        ("roughly 6,700", 6700, 6700, R.ABOUT),
        ("approximately 28,000", 28_000, 28_000, R.ABOUT),
        ("~5000", 5000, 5000, R.ABOUT),
        ("some 5,000", 5000, 5000, R.ABOUT),
        ("an estimated 10,000", 10_000, 10_000, R.ABOUT),
        ("at least about 50", 50, None, R.AT_LEAST),
        ("3-5 million", 3e6, 5e6, R.BETWEEN),
        ("3–5 million", 3e6, 5e6, R.BETWEEN),
        ("between 3 and 5 million", 3e6, 5e6, R.BETWEEN),
        ("from 3 to 5 million", 3e6, 5e6, R.BETWEEN),
        ("500,000 to 5 million", 5e5, 5e6, R.BETWEEN),
        ("two or three million", 2e6, 3e6, R.BETWEEN),
        ("one and a half million", 1.5e6, 1.5e6, R.EXACT),
        ("a million and a half", 1.5e6, 1.5e6, R.EXACT),
        ("half a million", 5e5, 5e5, R.EXACT),
        ("three quarters of a million", 750_000, 750_000, R.EXACT),
        ("two hundred and fifty thousand", 250_000, 250_000, R.EXACT),
        ("one million five hundred thousand", 1.5e6, 1.5e6, R.EXACT),
        ("one point five million", 1.5e6, 1.5e6, R.EXACT),
        ("1½ million", 1.5e6, 1.5e6, R.EXACT),
        ("two million and a half", 2.5e6, 2.5e6, R.EXACT),
        ("dos millones y medio", 2.5e6, 2.5e6, R.EXACT),
        ("half-million", 5e5, 5e5, R.EXACT),
        ("quarter of a million", 250_000, 250_000, R.EXACT),
        ("3 M crates", 3e6, 3e6, R.EXACT),
        ("500k", 500_000, 500_000, R.EXACT),
        ("6.7k", 6700, 6700, R.EXACT),
        ("1.5M", 1.5e6, 1.5e6, R.EXACT),
        ("1,500,000", 1.5e6, 1.5e6, R.EXACT),
        ("1.500.000", 1.5e6, 1.5e6, R.EXACT),
        ("1 500 000", 1.5e6, 1.5e6, R.EXACT),
        ("28.000 Kisten", 28_000, 28_000, R.EXACT),
        ("a dozen", 12, 12, R.EXACT),
        ("two dozen", 24, 24, R.EXACT),
        ("zero", 0, 0, R.EXACT),
        ("-5", -5, -5, R.EXACT),
        ("٣٠٠", 300, 300, R.EXACT),
        ("2024 crates", 2024, 2024, R.EXACT),
        ("PRs 3", 3, 3, R.EXACT),
        ("mehr als 12 Millionen", 12e6, None, R.MORE_THAN),
        ("1,5 Millionen", 1.5e6, 1.5e6, R.EXACT),
        ("más de 3 millones", 3e6, None, R.MORE_THAN),
        ("понад 6 мільйонів", 6e6, None, R.MORE_THAN),
        ("півтора мільйона", 1.5e6, 1.5e6, R.EXACT),
        ("дві цілих п'ять десятих мільйона", 2.5e6, 2.5e6, R.EXACT),
        ("одна ціла й двадцять п'ять сотих", 1.25, 1.25, R.EXACT),
        ("нуль цілих одна десята", 0.1, 0.1, R.EXACT),
        ("две целых пять десятых миллиона", 2.5e6, 2.5e6, R.EXACT),
        ("двох цілих", 2, 2, R.EXACT),
        ("약 480만", 4.8e6, 4.8e6, R.ABOUT),
        ("1만3000개", 13_000, 13_000, R.EXACT),
        ("300만 발 이상", 3e6, None, R.AT_LEAST),
        # parts, in digits and in words
        ("3/4 million", 750_000, 750_000, R.EXACT),
        ("3/4 of a million", 750_000, 750_000, R.EXACT),
        ("2 1/2 million", 2.5e6, 2.5e6, R.EXACT),
        ("one and three quarters million", 1.75e6, 1.75e6, R.EXACT),
        ("two and one-half", 2.5, 2.5, R.EXACT),
        # thousands behind a comma, an "and" or digits
        ("twelve thousand, five hundred", 12_500, 12_500, R.EXACT),
        ("two million, three hundred thousand", 2.3e6, 2.3e6, R.EXACT),
        ("2 million 300 thousand", 2.3e6, 2.3e6, R.EXACT),
        ("2 million and 50 thousand", 2_050_000, 2_050_000, R.EXACT),
        # marks of other customs, scales of other countries
        ("14·4 million", 14.4e6, 14.4e6, R.EXACT),
        ("12,34,567", 1_234_567, 1_234_567, R.EXACT),
        ("47 lakh", 4.7e6, 4.7e6, R.EXACT),
        ("1 crore 20 lakh", 12e6, 12e6, R.EXACT),
        ("3 × 10^6", 3e6, 3e6, R.EXACT),
        ("3 x 10⁶", 3e6, 3e6, R.EXACT),
        ("3 Mrd. gingen verloren", 3e9, 3e9, R.EXACT),
        ("we sent 12 mil of them", 12e6, 12e6, R.EXACT),
        ("dos mil cajas", 2000, 2000, R.EXACT),
        ("5,000-plus", 5000, None, R.AT_LEAST),
        ("just over 5 million", 5e6, None, R.MORE_THAN),
        ("it fell short of 5 million", None, 5e6, R.LESS_THAN),
        ("the party was short of 9,529 votes", 9529, 9529, R.EXACT),
        ("5 max", None, 5, R.UP_TO),
        ("est. 5 million", 5e6, 5e6, R.ABOUT),
        ("about 5 to 6 million", 5e6, 6e6, R.BETWEEN),
        ("1 ½ million", 1.5e6, 1.5e6, R.EXACT),
        ("dreihunderttausend Kisten", 300_000, 300_000, R.EXACT),
        ("treinta y cinco cajas", 35, 35, R.EXACT),
        ("двісті п'ятдесят тисяч", 250_000, 250_000, R.EXACT),
        ("über 5 Mio. Menschen", 5e6, None, R.MORE_THAN),
        ("3만 5천", 35_000, 35_000, R.EXACT),
        ("1조 2천억", 1.2e12, 1.2e12, R.EXACT),
    ],
)
def test_amounts(text: str, low: float | None, high: float | None, relation: Relation) -> None:
    found = only(text)
    assert (found.low, found.high, found.relation) == (low, high, relation)
    assert (found.kind, found.unit, found.vague) == (Kind.AMOUNT, None, False)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("half of them", 0.5, 0.5),
        ("a quarter to a third of the crates", 1 / 4, 1 / 3),
        ("every second crate", 1 / 2, 1 / 2),
        ("Jede dritte Kiste fehlt", 1 / 3, 1 / 3),
        ("Кожен другий ящик порожній", 1 / 2, 1 / 2),
        ("over half", 0.5, None),
        ("two thirds", 2 / 3, 2 / 3),
        ("a third of the crates", 1 / 3, 1 / 3),
        ("three quarters", 0.75, 0.75),
        ("1 in 10", 0.1, 0.1),
        ("nine out of ten", 0.9, 0.9),
        ("2/3 of them", 2 / 3, 2 / 3),
        ("50%", 0.5, 0.5),
        ("0.5 %", 0.005, 0.005),
        ("50 per cent", 0.5, 0.5),
        ("150%", 1.5, 1.5),
        ("50-60%", 0.5, 0.6),
        ("between 50 and 60 percent", 0.5, 0.6),
        ("½", 0.5, 0.5),
        ("die Hälfte", 0.5, 0.5),
        ("절반", 0.5, 0.5),
        ("절반이", 0.5, 0.5),
        ("절반은", 0.5, 0.5),
        ("절반가량이", 0.5, 0.5),
        ("3분의 1", 1 / 3, 1 / 3),
        ("4분의 3", 0.75, 0.75),
        ("two-thirds of them", 2 / 3, 2 / 3),
        ("one-fourth of the crates", 0.25, 0.25),
        ("A fourth of the crates", 0.25, 0.25),
        ("three-quarters", 0.75, 0.75),
        ("nine-tenths", 0.9, 0.9),
        ("one out of every five", 0.2, 0.2),
        ("5 per 1000", 0.005, 0.005),
        ("0.5‰", 0.0005, 0.0005),
        ("18 to 25 percent", 0.18, 0.25),
        ("half a percent", 0.005, 0.005),
        ("a quarter of one percent", 0.0025, 0.0025),
        ("2/3rds of them", 2 / 3, 2 / 3),
        ("a 1-in-3 chance", 1 / 3, 1 / 3),
        ("третина ящиків", 1 / 3, 1 / 3),
    ],
)
def test_shares_are_numbers_from_0_to_1(text: str, low: float, high: float | None) -> None:
    found = only(text)
    assert (found.low, found.high, found.kind) == (low, high, Kind.SHARE)


@pytest.mark.parametrize(
    ("text", "low", "kind", "unit"),
    [
        ("3 m", 3, Kind.MEASURE, "m"),
        ("152mm", 152, Kind.MEASURE, "mm"),
        ("122-millimeter", 122, Kind.MEASURE, "mm"),
        ("10 km", 10, Kind.MEASURE, "km"),
        ("$500", 500, Kind.MEASURE, "$"),
        ("5 million dollars", 5e6, Kind.MEASURE, "$"),
        ("two months", 2, Kind.MEASURE, "months"),
        ("half a year", 0.5, Kind.MEASURE, "years"),
        ("50 years old", 50, Kind.AGE, "years"),
        ("a 50-year-old", 50, Kind.AGE, "years"),
        ("42 GWh", 42, Kind.MEASURE, "GWh"),
        ("945TWh", 945, Kind.MEASURE, "TWh"),
        ("190 terawatt-hours", 190, Kind.MEASURE, "TWh"),
        ("415 TWh/yr", 415, Kind.MEASURE, "TWh/yr"),
        ("64 billion liters", 64e9, Kind.MEASURE, "litres"),
        ("0.26 ml", 0.26, Kind.MEASURE, "ml"),
        ("24.7 tonnes of CO2eq", 24.7, Kind.MEASURE, "tonnes CO2"),
        ("5 MtCO2e", 5, Kind.MEASURE, "Mt CO2"),
        ("85t of rice", 85, Kind.MEASURE, "tonnes"),
        ("I'm 1.8m tall", 1.8, Kind.MEASURE, "m"),
        ("a 1/4 inch gap", 0.25, Kind.MEASURE, "inches"),
        ("one and one-half miles", 1.5, Kind.MEASURE, "miles"),
        ("forty kilogrammes", 40, Kind.MEASURE, "kg"),
        ("3 square kilometres", 3, Kind.MEASURE, "km²"),
        ("20 °C", 20, Kind.MEASURE, "°C"),
        ("12 мільйонів тонн", 12e6, Kind.MEASURE, "tonnes"),
        ("1.8:1", 1.8, Kind.RATIO, None),
        ("a 4-to-1 majority", 4, Kind.RATIO, None),
        ("£2.30 for every £1", 2.3, Kind.RATIO, None),
        ("£2.30 of benefit for each pound", 2.3, Kind.RATIO, None),
        ("3 Euro für jeden Euro", 3, Kind.RATIO, None),
        ("£3 for every mile", 3, Kind.MEASURE, "£"),
        ("$5 per barrel", 5, Kind.MEASURE, "$"),
    ],
)
def test_units(text: str, low: float, kind: Kind, unit: str) -> None:
    found = only(text)
    assert (found.low, found.kind, found.unit) == (low, kind, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("£106bn", 106e9, 106e9, "GBP"),
        ("$81bn–$88bn", 81e9, 88e9, "USD"),
        ("from $81bn to $88bn", 81e9, 88e9, "USD"),
        ("a $ 100 check", 100, 100, "USD"),
        ("US$4.7 billion", 4.7e9, 4.7e9, "USD"),
        ("A$5m", 5e6, 5e6, "AUD"),
        ("EUR5m", 5e6, 5e6, "EUR"),
        ("USD 5 million", 5e6, 5e6, "USD"),
        ("5 million US dollars", 5e6, 5e6, "USD"),
        ("Rs. 47 lakh", 4.7e6, 4.7e6, "INR"),
        ("500 €", 500, 500, "EUR"),
        ("3 Mrd. Euro", 3e9, 3e9, "EUR"),
        ("5bn yuan", 5e9, 5e9, "CNY"),
        ("$5t", 5e12, 5e12, "USD"),
        ("€500m-€600m", 5e8, 6e8, "EUR"),
    ],
)
def test_money_has_a_currency(text: str, low: float, high: float, currency: str) -> None:
    found = only(text)
    assert (found.low, found.high, found.currency) == (low, high, currency)
    assert found.kind is Kind.MEASURE


def test_a_sign_belongs_to_the_number_behind_it() -> None:
    found = find_quantities("they have two $ 500 checks")
    assert [(q.low, q.currency) for q in found] == [(2, None), (500, "USD")]


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "interval"),
    [
        ("14.9 million, 13.3 to 16.6", 14.9e6, 13.3e6, 16.6e6, "range"),
        ("14.9 million (95% CI 13.3–16.6)", 14.9e6, 13.3e6, 16.6e6, "95%"),
        ("5.2 million [4.1–6.3]", 5.2e6, 4.1e6, 6.3e6, "range"),
        ("95% (90.3–97.6)", 0.95, 0.903, 0.976, "range"),
        ("3.5 ± 0.2", 3.5, 3.3, 3.7, "range"),
        ("12 million +/- 2 million", 12e6, 10e6, 14e6, "range"),
        ("14.9 million lost lives (13.3 to 16.6 million)", 14.9e6, 13.3e6, 16.6e6, "range"),
    ],
)
def test_a_value_has_its_interval(
    text: str, value: float, low: float, high: float, interval: str
) -> None:
    for found in (only(text), parse_figure(text)):
        assert (found.value, found.interval) == (value, interval)
        assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text", ["5 million (6–7 million)", "sent 5, 3 to 7 arrived", "3 (in 2 days)", "9 (4)"]
)
def test_what_does_not_hold_the_value_is_no_interval_of_it(text: str) -> None:
    assert [q for q in find_quantities(text) if q.value is not None] == []


@pytest.mark.parametrize(
    ("text", "change", "low"),
    [
        ("it rose by 3,000", 1, 3000),
        ("growth of 160%", 1, 1.6),
        ("prices fell 12%", -1, 0.12),
        ("they make up 95%", 0, 0.95),
        ("up to 12%", 0, None),
        ("grew 12 million crates", 0, 12e6),
    ],
)
def test_what_something_rose_or_fell_by(text: str, change: int, low: float | None) -> None:
    found = only(text)
    assert (found.change, found.low) == (change, low)


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("122 and 152mm", [("122", 122, "mm"), ("152mm", 152, "mm")]),
        ("5 and 6 mg", [("5", 5, "mg"), ("6 mg", 6, "mg")]),
        ("5 and 6 million crates", [("5", 5e6, None), ("6 million", 6e6, None)]),
        ("5 and 6 percent", [("5", 0.05, None), ("6 percent", 0.06, None)]),
        ("5, 6 million crates", [("5", 5, None), ("6 million", 6e6, None)]),
    ],
)
def test_a_unit_or_scale_is_shared_by_the_number_before_it(
    text: str, worded: list[tuple[str, float, str | None]]
) -> None:
    assert [(q.as_worded, q.low, q.unit) for q in find_quantities(text)] == worded


def test_a_decade_is_a_span_of_years() -> None:
    for text in ("made in the 1970s", "from the seventies"):
        found = only(text)
        assert (found.kind, found.low, found.high) == (Kind.DECADE, 1970, 1979)


@pytest.mark.parametrize(
    "words",
    [
        "several million",
        "at least several million",
        "hundreds",
        "hundreds of thousands",
        "dozens",
        "a lot of",
        "a couple of",
        "many millions",
        "some million",
        "3 mil",
    ],
)
def test_a_vague_amount_keeps_its_words_and_gets_no_number(words: str) -> None:
    found = only(f"{words} crates")
    assert found.vague
    assert found.as_worded == words
    assert (found.low, found.high, found.relation) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "at 10:30",
        "10am",
        "#123",
        "ABC-123",
        "the 1st one",
        "call +1 555 123 4567",
        "555-1234",
        "v2.3.1",
        "2.3.1",
        "https://example.org/12",
        "<@123456789>",
        "@user5",
        "in 2024",
        "crates 2023",
        "since 2024-02",
        "half-full",
        "the first half",
        "half past",
        "a third party",
        "one of them",
        "no one",
        "how many",
        "24/7",
        "1e400",
        "9" * 6000,
        "3rd",
        "KN-23 and T72",
        "1.2.3",
        "",
        "back at 2.15pm",
        "as shown[3] before",
        "on page 6005",
        "No. 5",
        "Boeing 747",
        "another third of them",
        "a fourth shipment",
    ],
)
def test_what_only_looks_like_a_quantity(text: str) -> None:
    assert find_quantities(text) == []


def test_several_in_one_message() -> None:
    text = "They sent about 5 million crates, 3 trains and half of them in two months."
    assert [q.as_worded for q in find_quantities(text)] == [
        "about 5 million",
        "3",
        "half",
        "two months",
    ]


@pytest.mark.parametrize("count", ["5 million", "12", "three"])
def test_half_of_an_amount_is_not_added_to_it(count: str) -> None:
    found = find_quantities(f"they sent {count} and half were broken")
    assert [(q.as_worded, q.kind) for q in found] == [(count, Kind.AMOUNT), ("half", Kind.SHARE)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("it rose from 7,000 to 10,000", [(7000, 0), (10_000, 0)]),
        ("the number increased 3,000 to 13,000", [(3000, 1), (13_000, 0)]),
        ("sales decreased $1.2 million to $3.5 million", [(1.2e6, -1), (3.5e6, 0)]),
    ],
)
def test_a_change_is_no_range(text: str, read: list[tuple[float, int]]) -> None:
    found = find_quantities(text)
    assert [(q.low, q.change) for q in found] == read
    assert {q.relation for q in found} == {R.EXACT}


def test_a_share_rises_by_a_range() -> None:
    found = only("prices rose 5 to 10 percent")
    assert (found.low, found.high, found.relation) == (0.05, 0.1, R.BETWEEN)


def test_passes_over_what_is_excluded() -> None:
    text = "12 crates in the first half of 2000"
    start = text.index("in the")
    found = find_quantities(text, [(start, len(text)), (-4, 900), (5, 5)])
    assert [q.as_worded for q in found] == ["12"]


def test_a_number_longer_than_any_count_is_still_read() -> None:
    assert only("1" + "0" * 28).low == 1e28


@given(messages | glued_messages)
def test_finding_never_raises_and_its_offsets_hold(text: str) -> None:
    found = find_quantities(text)
    assert found == find_quantities(text)
    floor = 0
    for one in found:
        assert floor <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.as_worded
        floor = one.end


@given(messages | glued_messages)
def test_what_is_found_is_a_proper_interval(text: str) -> None:
    for one in find_quantities(text):
        sides = [side for side in (one.low, one.high) if side is not None]
        assert all(math.isfinite(side) for side in sides)
        assert one.vague == (not sides) == (one.relation is None)
        assert sides == sorted(sides)
        open_high = one.relation in {R.MORE_THAN, R.AT_LEAST}
        open_low = one.relation in {R.UP_TO, R.LESS_THAN}
        assert one.vague or (one.high is None) == open_high
        assert one.vague or (one.low is None) == open_low


@given(messages | glued_messages)
def test_parsing_raises_nothing_but_bad_figure(text: str) -> None:
    try:
        read = parse_figure(text)
    except BadFigure:
        return
    assert text[read.start : read.end] == read.as_worded


@given(st.integers(0, 10**9), st.sampled_from(["{:,}", "{}", "{:_}"]))
def test_grouped_digits(value: int, template: str) -> None:
    text = template.format(value).replace("_", " ")
    assert parse_figure(text).low == value


@pytest.mark.parametrize(
    "piece",
    "1 222 |1-|a.|1,|(123) |several |+1 22 |<@|one hundred and |half a |3 to |between |million |"
    "one |about |'|1.|-|5 and 5mm |5 (|5, 3 |5 a b c |± |$ |1/2 |1:1|2 million 3 |"
    "twelve thousand, |rose by |95% CI |× 10^|page 5 |a fourth |$1 to ".split("|"),
)
def test_long_repetitive_messages_come_to_an_end(piece: str) -> None:
    text = (piece * 6000)[:6000]
    assert len(find_quantities(text)) <= len(text)
