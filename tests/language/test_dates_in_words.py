"""Dates as people write them: years in words, marks and short forms, spans counted back."""

from datetime import date

import pytest

from knowledge.reading import BadDate, Bound, find_date_phrases, parse_date_option

TODAY = date(2025, 9, 17)  # a Wednesday


def phrases(text: str) -> list[tuple[str, str, str]]:
    return [
        (one.bound.value, str(one.span.start), str(one.span.end))
        for one in find_date_phrases(text, TODAY)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("08-21-19", "2019-08-21", "2019-08-21"),
        ("2019/Oct/21", "2019-10-21", "2019-10-21"),
        ("2019_10_21", "2019-10-21", "2019-10-21"),
        ("October 21,2019", "2019-10-21", "2019-10-21"),
        ("Oct 21, 2019, 5:12 PM (6 years ago)", "2019-10-21", "2019-10-21"),
        ("Oct 21 2019 512pm", "2019-10-21", "2019-10-21"),
        ("2019-10-21 05:12:00 +0200", "2019-10-21", "2019-10-21"),
        ("Mon Oct 21 05:12:00 UTC 2019", "2019-10-21", "2019-10-21"),
        ("Oct/99", "1999-10-01", "1999-10-31"),
        ("21OCT19", "2019-10-21", "2019-10-21"),
        ("21.10.", "2024-10-21", "2024-10-21"),
        ("21.8", "2025-08-21", "2025-08-21"),
        ("achter März", "2025-03-08", "2025-03-08"),
        ("Mrz 2019", "2019-03-01", "2019-03-31"),
        ("21 сен. 2019", "2019-09-21", "2019-09-21"),
        ("21 октября 2019 г.", "2019-10-21", "2019-10-21"),
        ("next Monday", "2025-09-22", "2025-09-22"),
        ("next Wednesday", "2025-09-24", "2025-09-24"),
        ("last August 3", "2025-08-03", "2025-08-03"),
        ("last December 3", "2024-12-03", "2024-12-03"),
        ("last August third", "2025-08-03", "2025-08-03"),
        ("2 years and 3 months ago", "2023-06-17", "2023-06-17"),
        ("1 week 2 days ago", "2025-09-08", "2025-09-08"),
        ("half a year ago", "2025-03-17", "2025-03-17"),
        ("vor 2 Monaten und 3 Tagen", "2025-07-14", "2025-07-14"),
        ("vor anderthalb Jahren", "2024-03-17", "2024-03-17"),
        ("vor einem halben Jahr", "2025-03-17", "2025-03-17"),
        ("hace un año y medio", "2024-03-17", "2024-03-17"),
        ("hace medio año", "2025-03-17", "2025-03-17"),
        ("полгода назад", "2025-03-17", "2025-03-17"),
        ("полтора года назад", "2024-03-17", "2024-03-17"),
        ("півтора року тому", "2024-03-17", "2024-03-17"),
    ],
)
def test_typed_dates(text: str, first: str, last: str) -> None:
    span = parse_date_option(text, TODAY)
    assert (str(span.start), str(span.end)) == (first, last)


@pytest.mark.parametrize("text", ["31.2.", "45.1.", "13-45-19", "2 months 3 years ago"])
def test_typed_dates_that_are_none(text: str) -> None:
    with pytest.raises(BadDate):
        parse_date_option(text, TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in nineteen seventy-four", [("during", "1974-01-01", "1974-12-31")]),
        ("since twenty fifteen", [("since", "2015-01-01", "2015-12-31")]),
        ("by two thousand and nine", [("until", "2009-01-01", "2009-12-31")]),
        ("in June nineteen seventy-four", [("during", "1974-06-01", "1974-06-30")]),
        ("desde mil novecientos setenta y cuatro", [("since", "1974-01-01", "1974-12-31")]),
        ("seit zweitausendfünfzehn", [("since", "2015-01-01", "2015-12-31")]),
        ("in two thousand and nine towns", []),
        ("nineteen seventy-four", []),
        (
            "from nineteen seventy to nineteen eighty-two",
            [("during", "1970-01-01", "1982-12-31")],
        ),
    ],
)
def test_years_in_words(text: str, found: list[tuple[str, str, str]]) -> None:
    assert phrases(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("am 3.7. war es so", [("during", "2025-07-03", "2025-07-03")]),
        ("bis 21.10. war es so", [("until", "2024-10-21", "2024-10-21")]),
        ("it grew by 3.7.", []),
        ("from Mar 3, 9:15 AM to Mar 8, 5 PM", [("during", "2025-03-03", "2025-03-08")]),
        ("с 3 марта 2019 г. по 8 июня 2020 г.", [("during", "2019-03-03", "2020-06-08")]),
        ("sooner than 2019", [("until", "2018-12-31", "2018-12-31")]),
        ("starting on 3 March 2019", [("since", "2019-03-03", "2019-03-03")]),
        ("ending on 3 March 2019", [("until", "2019-03-03", "2019-03-03")]),
        ("half a year ago", [("during", "2025-03-17", "2025-03-17")]),
        ("half the towns", []),
    ],
)
def test_dates_in_texts(text: str, found: list[tuple[str, str, str]]) -> None:
    assert phrases(text) == found


def test_a_rest_in_a_greater_unit_belongs_to_something_else() -> None:
    """Of "2 months, 3 years ago" only the last is counted back."""
    found = find_date_phrases("it took 2 months, 3 years ago", TODAY)
    assert [(one.bound, one.span.start) for one in found] == [(Bound.DURING, date(2022, 9, 17))]
