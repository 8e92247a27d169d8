"""Dates in words: a command's option, and phrases in questions and messages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import (
    BadDate,
    Bound,
    DatePhrase,
    UnclearDate,
    find_date_phrases,
    find_unclear_date,
    parse_date_option,
)

TODAY = date(2026, 11, 22)
PIECES = (
    "since|by|before|in|from|to|until|between|and|or|known|the|end of|mid|first half of|last|3|12"
    "|weeks|ago|summer|winter|Feb|march|may|August|2024|1975|2024-02|2024-02-30|23|1st|Q2|-|,|.|/"
    "|1970s|2023/24|10:30|лютого|2월|2024년|이후|seit|März|desde|año|🙂|\u200b|'24|on"
    "|or later|99999|Mon|friday|second|twenty|quarter|week|of the|day|31|to date|vor|de|02/03/2024"
    "|W08|Q1|1Q24|past|hours|before|next|a couple|and a half|decade|FY|2.5|half"
).split("|")
messages = st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
glued_messages = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
todays = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def only(text: str) -> DatePhrase:
    found = find_date_phrases(text, TODAY)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-23", "2024-02-23", "2024-02-23"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("february 2024", "2024-02-01", "2024-02-29"),
        ("23 Feb 2024", "2024-02-23", "2024-02-23"),
        ("Feb 23, 2024", "2024-02-23", "2024-02-23"),
        ("23rd of February 2024", "2024-02-23", "2024-02-23"),
        ("23.02.2024", "2024-02-23", "2024-02-23"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("Feb", "2026-02-01", "2026-02-28"),
        ("december", "2025-12-01", "2025-12-31"),
        ("today", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("last summer", "2026-06-01", "2026-08-31"),
        ("last February", "2026-02-01", "2026-02-28"),
        ("last 3 months", "2026-08-22", "2026-11-22"),
        ("3 weeks ago", "2026-11-01", "2026-11-01"),
        ("two months ago", "2026-09-22", "2026-09-22"),
        ("summer 2024", "2024-06-01", "2024-08-31"),
        ("winter 2023/24", "2023-12-01", "2024-02-29"),
        ("mid 2024", "2024-06-01", "2024-06-30"),
        ("early 2024", "2024-01-01", "2024-03-31"),
        ("late 2024", "2024-10-01", "2024-12-31"),
        ("end of 2023", "2023-12-01", "2023-12-31"),
        ("first half of 2024", "2024-01-01", "2024-06-30"),
        ("Q2 2024", "2024-04-01", "2024-06-30"),
        ("2024년 2월", "2024-02-01", "2024-02-29"),
        ("Лютий 2024", "2024-02-01", "2024-02-29"),
        ("März 2024", "2024-03-01", "2024-03-31"),
        # year first, in digits and with the month's name
        ("1973.02.16", "1973-02-16", "1973-02-16"),
        ("2024/2/3", "2024-02-03", "2024-02-03"),
        ("20240223", "2024-02-23", "2024-02-23"),
        ("2024-02-23T10:30:00Z", "2024-02-23", "2024-02-23"),
        ("2024 Aug", "2024-08-01", "2024-08-31"),
        ("2023 Sept", "2023-09-01", "2023-09-30"),
        ("2024, May", "2024-05-01", "2024-05-31"),
        ("2024 August 5", "2024-08-05", "2024-08-05"),
        ("2024-W08", "2024-02-19", "2024-02-25"),
        # hyphens, slashes, and years of two digits
        ("13-Jan-2018", "2018-01-13", "2018-01-13"),
        ("19-Nov-12", "2012-11-19", "2012-11-19"),
        ("13-Jan-98", "1998-01-13", "1998-01-13"),
        ("Feb-23-2024", "2024-02-23", "2024-02-23"),
        ("23-02-2024", "2024-02-23", "2024-02-23"),
        ("23/02/2024", "2024-02-23", "2024-02-23"),
        ("02/23/24", "2024-02-23", "2024-02-23"),
        ("3/3/2024", "2024-03-03", "2024-03-03"),
        ("23.02.24", "2024-02-23", "2024-02-23"),
        # days in words
        ("April first 2021", "2021-04-01", "2021-04-01"),
        ("March one 2020", "2020-03-01", "2020-03-01"),
        ("May eighth, 2010", "2010-05-08", "2010-05-08"),
        ("May eighth", "2026-05-08", "2026-05-08"),
        ("january twenty fourth 2024", "2024-01-24", "2024-01-24"),
        ("the twenty-third of February, 2024", "2024-02-23", "2024-02-23"),
        ("dreiundzwanzigsten Februar 2024", "2024-02-23", "2024-02-23"),
        ("dos de mayo de 2024", "2024-05-02", "2024-05-02"),
        ("двадцять третього лютого 2024 року", "2024-02-23", "2024-02-23"),
        # several days, and days of the week
        ("23-25 February 2024", "2024-02-23", "2024-02-25"),
        ("February 23-25, 2024", "2024-02-23", "2024-02-25"),
        ("26 Feb to 3 March 2024", "2024-02-26", "2024-03-03"),
        ("Wed, Jan 20th, 2016", "2016-01-20", "2016-01-20"),
        ("Tuesday, 5 March 2024", "2024-03-05", "2024-03-05"),
        ("last Monday", "2026-11-16", "2026-11-16"),
        ("last Sunday", "2026-11-15", "2026-11-15"),
        # pieces of a period, and quarters
        ("the 1st of last month", "2026-10-01", "2026-10-01"),
        ("Last day of July", "2026-07-31", "2026-07-31"),
        ("first week of 2024", "2024-01-01", "2024-01-07"),
        ("last week of July 2024", "2024-07-25", "2024-07-31"),
        ("end of the month", "2026-11-21", "2026-11-30"),
        ("beginning of the year", "2026-01-01", "2026-01-31"),
        ("Q3/2020", "2020-07-01", "2020-09-30"),
        ("1Q24", "2024-01-01", "2024-03-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("Quarter 1 2018", "2018-01-01", "2018-03-31"),
        ("Q1-Q3 2024", "2024-01-01", "2024-09-30"),
        ("1. Quartal 2024", "2024-01-01", "2024-03-31"),
        ("перший квартал 2024 року", "2024-01-01", "2024-03-31"),
        ("KW 8 2024", "2024-02-19", "2024-02-25"),
        # counted back from today
        ("past week", "2026-11-15", "2026-11-22"),
        ("past year", "2025-11-22", "2026-11-22"),
        ("past 24 hours", "2026-11-21", "2026-11-22"),
        ("the day before yesterday", "2026-11-20", "2026-11-20"),
        ("a fortnight ago", "2026-11-08", "2026-11-08"),
        ("vor drei Wochen", "2026-11-01", "2026-11-01"),
        ("hace 2 meses", "2026-09-22", "2026-09-22"),
        ("2022 to date", "2022-01-01", "2026-11-22"),
        ("in 2024", "2024-01-01", "2024-12-31"),
        ("year to date", "2026-01-01", "2026-11-22"),
        ("Q4 last year", "2025-10-01", "2025-12-31"),
        ("Oct 2 last year", "2025-10-02", "2025-10-02"),
        ("the year 2012", "2012-01-01", "2012-12-31"),
        ("24. 2. 2024", "2024-02-24", "2024-02-24"),
        # words, marks and times around a date
        ("from Feb to May 2024", "2024-02-01", "2024-05-31"),
        ("between july 13 and 15", "2026-07-13", "2026-07-15"),
        ("by end of march", "2026-03-21", "2026-03-31"),
        ("10 Feb 2020 at 5pm", "2020-02-10", "2020-02-10"),
        ("1st October 2016 09:00", "2016-10-01", "2016-10-01"),
        ("“Feb 2024”", "2024-02-01", "2024-02-29"),
        ("mid August", "2026-08-11", "2026-08-20"),
    ],
)
def test_options(text: str, start: str, end: str) -> None:
    span = parse_date_option(text, TODAY)
    assert (span.start, span.end) == (day(start), day(end))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "0",
        "0000",
        "99999",
        "1066",
        "2024-13",
        "2024-02-30",
        "31 April 2024",
        "Feb 2024 or so",
        "since",
        "12:30",
        "مرحبا",
        "🙂🙂",
        "@everyone",
        "`2024`; DROP TABLE",
        "x" * 6000,
        "2024 " * 1200,
    ],
)
def test_a_bad_option_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadDate, match="Write it like 2024-02, 2024-02-23, Feb 2024") as refused:
        parse_date_option(text, TODAY)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("02/03/2024", "2024-03-02", "2024-02-03"),
        ("5-6-2024", "2024-06-05", "2024-05-06"),
        ("1/2/24", "2024-02-01", "2024-01-02"),
    ],
)
def test_where_day_and_month_may_be_either_the_person_is_asked_back(
    text: str, first: str, second: str
) -> None:
    with pytest.raises(UnclearDate, match=f"Write {first} or {second}"):
        parse_date_option(text, TODAY)
    found = find_unclear_date(f"how many crates in {text}?", TODAY)
    assert found is not None
    assert first in str(found)
    assert find_date_phrases(f"how many crates in {text}?", TODAY) == []


@pytest.mark.parametrize("text", ["23/02/2024", "3/3/2024", "50/6/2018", "1.2.2024", "24/7", "2/3"])
def test_nobody_is_asked_back_about_what_is_one_day_or_none(text: str) -> None:
    assert find_unclear_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "bound", "start", "end"),
    [
        ("crates since 2024-02", Bound.SINCE, "2024-02-01", "2024-02-29"),
        ("crates since Feb", Bound.SINCE, "2026-02-01", "2026-02-28"),
        ("crates after July 2024", Bound.SINCE, "2024-07-01", "2024-07-31"),
        ("from March 2024 on", Bound.SINCE, "2024-03-01", "2024-03-31"),
        ("2023 or later", Bound.SINCE, "2023-01-01", "2023-12-31"),
        ("seit Februar 2024", Bound.SINCE, "2024-02-01", "2024-02-29"),
        ("desde febrero de 2024", Bound.SINCE, "2024-02-01", "2024-02-29"),
        ("з лютого 2024", Bound.SINCE, "2024-02-01", "2024-02-29"),
        ("2024년 2월 이후", Bound.SINCE, "2024-02-01", "2024-02-29"),
        ("by April 2024", Bound.UNTIL, "2024-04-01", "2024-04-30"),
        ("by the end of february 2024", Bound.UNTIL, "2024-02-19", "2024-02-29"),
        ("by mid 2024", Bound.UNTIL, "2024-06-01", "2024-06-30"),
        ("as of March 2024", Bound.UNTIL, "2024-03-01", "2024-03-31"),
        ("up to June 2024", Bound.UNTIL, "2024-06-01", "2024-06-30"),
        ("until June 2024", Bound.UNTIL, "2024-06-01", "2024-06-30"),
        ("before march 2024", Bound.UNTIL, "2024-02-29", "2024-02-29"),
        ("before 2024-03-15", Bound.UNTIL, "2024-03-14", "2024-03-14"),
        ("bis März 2024", Bound.UNTIL, "2024-03-01", "2024-03-31"),
        ("2024년 2월까지", Bound.UNTIL, "2024-02-01", "2024-02-29"),
        ("known before march 2024", Bound.KNOWN_BY, "2024-02-29", "2024-02-29"),
        ("reported by May 2024", Bound.KNOWN_BY, "2024-05-01", "2024-05-31"),
        ("as known in March 2024", Bound.KNOWN_BY, "2024-03-01", "2024-03-31"),
        ("reported in June 2024", Bound.DURING, "2024-06-01", "2024-06-30"),
        ("in may or june 2023", Bound.DURING, "2023-05-01", "2023-06-30"),
        ("in may, june or july 2024", Bound.DURING, "2024-05-01", "2024-07-31"),
        ("in december or january 2024", Bound.DURING, "2023-12-01", "2024-01-31"),
        ("between march and august 2024", Bound.DURING, "2024-03-01", "2024-08-31"),
        ("from 2022 to 2023", Bound.DURING, "2022-01-01", "2023-12-31"),
        ("mid 2024", Bound.DURING, "2024-06-01", "2024-07-31"),
        ("last summer", Bound.DURING, "2026-06-01", "2026-08-31"),
        ("crates, march 2024", Bound.DURING, "2024-03-01", "2024-03-31"),
        ("crates 2023", Bound.DURING, "2023-01-01", "2023-12-31"),
        ("in 2023 crates", Bound.DURING, "2023-01-01", "2023-12-31"),
        ("у лютому 2024 року", Bound.DURING, "2024-02-01", "2024-02-29"),
        ("в феврале 2024", Bound.DURING, "2024-02-01", "2024-02-29"),
        ("in may 3 crates came", Bound.DURING, "2026-05-01", "2026-05-31"),
        ("before the end of 2024", Bound.UNTIL, "2024-12-31", "2024-12-31"),
        ("by the end of the month", Bound.UNTIL, "2026-11-21", "2026-11-30"),
        ("since the beginning of the year", Bound.SINCE, "2026-01-01", "2026-01-31"),
        ("not before 2029", Bound.SINCE, "2029-01-01", "2029-12-31"),
        ("by 2033", Bound.UNTIL, "2033-01-01", "2033-12-31"),
        ("since last friday", Bound.SINCE, "2026-11-20", "2026-11-20"),
        ("since Monday", Bound.SINCE, "2026-11-16", "2026-11-16"),
        ("crates in Quarter 1 2018", Bound.DURING, "2018-01-01", "2018-03-31"),
        ("crates in Q1/2024", Bound.DURING, "2024-01-01", "2024-03-31"),
        ("in Q3", Bound.DURING, "2026-07-01", "2026-09-30"),
        ("in the third quarter", Bound.DURING, "2026-07-01", "2026-09-30"),
        ("crates in 2024.02", Bound.DURING, "2024-02-01", "2024-02-29"),
        ("crates since Feb-23-2024", Bound.SINCE, "2024-02-23", "2024-02-23"),
        ("from 28th to 30th jan", Bound.DURING, "2026-01-28", "2026-01-30"),
        ("between 5 and 7 May 2024", Bound.DURING, "2024-05-05", "2024-05-07"),
        ("from 2 March to 5 March 2024", Bound.DURING, "2024-03-02", "2024-03-05"),
        ("de 2008 a 2011", Bound.DURING, "2008-01-01", "2011-12-31"),
        ("del 5 al 7 de mayo de 2024", Bound.DURING, "2024-05-05", "2024-05-07"),
        ("vom 5. bis 7. Mai 2024", Bound.DURING, "2024-05-05", "2024-05-07"),
        ("von 2008 bis 2011", Bound.DURING, "2008-01-01", "2011-12-31"),
        ("since 2022 to date", Bound.DURING, "2022-01-01", "2026-11-22"),
        ("in the 3rd week of May 2024", Bound.DURING, "2024-05-15", "2024-05-21"),
        ("in 2024 may have been", Bound.DURING, "2024-01-01", "2024-12-31"),
        ("in July 42 people came", Bound.DURING, "2026-07-01", "2026-07-31"),
        ("made in the 1970s", Bound.VINTAGE, "1970-01-01", "1979-12-31"),
        ("from the seventies", Bound.VINTAGE, "1970-01-01", "1979-12-31"),
        ("the '80s", Bound.VINTAGE, "1980-01-01", "1989-12-31"),
        ("made in 1975", Bound.VINTAGE, "1975-01-01", "1975-12-31"),
    ],
)
def test_phrases(text: str, bound: Bound, start: str, end: str) -> None:
    found = only(text)
    assert (found.bound, found.span.start, found.span.end) == (bound, day(start), day(end))


def test_offsets_take_in_the_words_that_bound_the_date() -> None:
    text = "so how many crates from March 2024 onwards, please"
    found = only(text)
    assert text[found.start : found.end] == "from March 2024 onwards"


def test_two_bounds_in_one_question() -> None:
    found = find_date_phrases("crates after july 2024 and before march 2025", TODAY)
    assert [(one.bound, one.span.end) for one in found] == [
        (Bound.SINCE, day("2024-07-31")),
        (Bound.UNTIL, day("2025-02-28")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2024 crates",
        "2024 rusty iron crates",
        "more than 2000",
        "about 1950 crates",
        "they sent 2000",
        "at 12:30",
        "v2024.1",
        "#2024",
        "ABC-2024",
        "$2024",
        "2024%",
        "they may send 3",
        "they march on",
        "in Mar-a-Lago",
        "in 10 days",
        "between 3 and 5 million",
        "70s of them",
        "sent by then",
        "on Monday",
        "the second may be",
        "the two may have",
        "a third of the crates",
        "the first of them",
        "a third quarter profit",
        "in the second half",
        "at the end of the day",
        "he sat. The sun",
        "page 6005 of 629",
        "score 3-2",
        "",
        "مرحبا 🙂",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_date_phrases(text, TODAY) == []


@given(messages | glued_messages, todays)
def test_finding_never_raises_and_its_offsets_hold(text: str, today: date) -> None:
    found = find_date_phrases(text, today)
    assert found == find_date_phrases(text, today)
    floor = 0
    for one in found:
        assert floor <= one.start < one.end <= len(text)
        assert one.span.start <= one.span.end
        floor = one.end


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("letzten Monat", "2025-08-01", "2025-08-31"),
        ("letzte Woche", "2025-09-08", "2025-09-14"),
        ("dieses Jahr", "2025-01-01", "2025-12-31"),
        ("im August 2024", "2024-08-01", "2024-08-31"),
        ("zu Beginn 2024", "2024-01-01", "2024-01-31"),
        ("vor einem Jahr", "2024-09-15", "2024-09-15"),
        ("지난달", "2025-08-01", "2025-08-31"),
        ("지난 달", "2025-08-01", "2025-08-31"),
        ("작년", "2024-01-01", "2024-12-31"),
        ("재작년", "2023-01-01", "2023-12-31"),
        ("이번 주", "2025-09-15", "2025-09-21"),
        ("2024년 여름", "2024-06-01", "2024-08-31"),
        ("2024년 말", "2024-12-01", "2024-12-31"),
        ("2024년 하반기", "2024-07-01", "2024-12-31"),
        ("3개월 전", "2025-06-15", "2025-06-15"),
        ("2024. 2. 23.", "2024-02-23", "2024-02-23"),
        ("минулого місяця", "2025-08-01", "2025-08-31"),
        ("торік", "2024-01-01", "2024-12-31"),
        ("рік тому", "2024-09-15", "2024-09-15"),
        ("на початку 2024", "2024-01-01", "2024-01-31"),
        ("наприкінці 2024 року", "2024-12-01", "2024-12-31"),
        ("у серпні 2024", "2024-08-01", "2024-08-31"),
    ],
)
def test_an_option_may_be_typed_in_the_language_of_the_reader(
    typed: str, start: str, end: str
) -> None:
    span = parse_date_option(typed, date(2025, 9, 15))
    assert (str(span.start), str(span.end)) == (start, end)


@given(messages | glued_messages, todays)
def test_an_option_is_read_or_refused(text: str, today: date) -> None:
    try:
        span = parse_date_option(text, today)
    except BadDate:
        return
    assert span.start <= span.end


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), todays)
def test_every_day_is_read_in_every_usual_form(when: date, today: date) -> None:
    forms = "%Y-%m-%d|%d %B %Y|%B %d, %Y|%d.%m.%Y|%d %b %Y|%Y.%m.%d|%Y %B %d|%d-%b-%Y|%a, %d %b %Y"
    for form in forms.split("|"):
        span = parse_date_option(when.strftime(form), today)
        assert (span.start, span.end) == (when, when)


@given(st.sampled_from(["Feb", "june", "December"]), todays)
def test_a_month_alone_is_never_in_the_future(month: str, today: date) -> None:
    assert parse_date_option(month, today).start <= today


@pytest.mark.parametrize(
    "piece",
    "the |end of |first half of |last |may, |may or |since |2024-|2024 |1.|23 |2월|from 2022 to |"
    "known |q1 |1 ago |of |99999 days ago |last day of |mon first of |week 1 of |first of |3 to |"
    "twenty |1-|2024 may |last last |the day before |1/1/".split("|"),
)
def test_long_repetitive_messages_come_to_an_end(piece: str) -> None:
    text = (piece * 6000)[:6000]
    assert len(find_date_phrases(text, TODAY)) <= len(text)


@pytest.mark.parametrize(
    ("text", "bound", "start", "end"),
    [
        ("from 28 February to 2 March 2024", "during", "2024-02-28", "2024-03-02"),
        ("Feb 28 - Mar 2, 2024", "during", "2024-02-28", "2024-03-02"),
        ("two and a half years ago", "during", "2022-11-14", "2022-11-14"),
        ("2.5 years ago", "during", "2022-11-14", "2022-11-14"),
        ("3.0 weeks ago", "during", "2025-04-23", "2025-04-23"),
        ("half a year ago", "during", "2024-11-14", "2024-11-14"),
        ("a year and a half ago", "during", "2023-11-14", "2023-11-14"),
        ("a couple of weeks ago", "during", "2025-04-30", "2025-04-30"),
        ("2 yrs ago", "during", "2023-05-14", "2023-05-14"),
        ("over the past decade", "during", "2015-05-14", "2025-05-14"),
        ("in den letzten zwei Jahrzehnten", "during", "2005-05-14", "2025-05-14"),
        ("by the end of next year", "until", "2026-12-01", "2026-12-31"),
        ("next May", "during", "2026-05-01", "2026-05-31"),
        ("next June", "during", "2025-06-01", "2025-06-30"),
        ("within the next two years", "during", "2025-05-14", "2027-05-14"),
        ("nächstes Jahr", "during", "2026-01-01", "2026-12-31"),
        ("наступного року", "during", "2026-01-01", "2026-12-31"),
        ("다음 달", "during", "2025-06-01", "2025-06-30"),
        ("in FY2023", "during", "2023-01-01", "2023-12-31"),
        ("at the end of this quarter", "during", "2025-06-01", "2025-06-30"),
        ("in the second half of May 2024", "during", "2024-05-16", "2024-05-31"),
        ("did it start in October 2024", "during", "2024-10-01", "2024-10-31"),
        ("at the start of October 2024", "during", "2024-10-01", "2024-10-10"),
    ],
)
def test_spans_are_read_as_they_are_meant(text: str, bound: str, start: str, end: str) -> None:
    (found,) = find_date_phrases(text, date(2025, 5, 14))
    read = (found.bound.value, str(found.span.start), str(found.span.end))
    assert read == (bound, start, end)


@pytest.mark.parametrize("text", ["weeks ago", "in the past few years", "2.7 years ago"])
def test_a_vague_span_is_no_date(text: str) -> None:
    assert find_date_phrases(text, date(2025, 5, 14)) == []
