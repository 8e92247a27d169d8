"""Forms: what a person types into the fields of a record, and how single fields are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.model import (
    MAX_PHRASE_WORDS,
    BadEdtf,
    Edtf,
    Figure,
    ForPeople,
    Kind,
    Measure,
    Relation,
    Topic,
)
from knowledge.reading import (
    BadDate,
    BadFigure,
    Bound,
    Quantity,
    find_date_phrases,
    in_unit,
    parse_date_option,
    parse_figure,
    unit_problem,
)

_APART = re.compile(r"\s*(?:,|;|→|->|\n)\s*")
_BACKWARDS = re.compile(
    r"(?P<first>\d[\d,.]*(?:\s*%)?)(?P<between>\s*(?:-|–|—|\bto\b|\band\b)\s*)(?P<second>\d[\d,.]*)"
)
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
"""An address as it stands on paper: `example.org/news`."""
_LONGEST_PERIOD = 60
"""Characters of a typed period, as of a date."""
_COUNTED = frozenset({Measure.CUMULATIVE, Measure.LEVEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimForm:
    """A claim as typed; empty is what was not given.

    `topic`, `asserter` and `source` take ids and names, `via` the outlets it came through,
    `relates_to` the id of a claim, or a topic; `unit` is for a figure whose words have none, and
    `qualifiers` stand a line each: "group: sappers".
    """

    topic: str = ""
    asserter: str = ""
    statement: str = ""
    figure: str = ""
    unit: str = ""
    qualifiers: str = ""
    modality: str = ""
    asserted_on: str = ""
    period: str = ""
    source: str = ""
    paragraph: str = ""
    via: str = ""
    assumption: str = ""
    note: str = ""
    relation: str = ""
    relates_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicForm:
    """A topic as typed; aliases, countries and dimensions stand between commas."""

    title: str = ""
    unit: str = ""
    measure: str = ""
    description: str = ""
    command: str = ""
    aliases: str = ""
    parties: str = ""
    places: str = ""
    dimensions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceForm:
    """A source as typed; `date_reason` says why a date was inferred, or is missing."""

    publisher: str = ""
    title: str = ""
    published_on: str = ""
    url: str = ""
    archive_url: str = ""
    date_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsserterForm:
    """An asserter as typed; `country` is a code or a name."""

    person: str = ""
    role: str = ""
    organisation: str = ""
    country: str = ""
    aliases: str = ""


def parts_of(text: str) -> tuple[str, ...]:
    """Cut what stands between commas, semicolons, arrows or line ends."""
    return tuple(dict.fromkeys(part for part in _APART.split(text.strip()) if part))


def typed_date(text: str, today: date) -> Edtf:
    """Read a date that a person typed, as EDTF or in words.

    Raises:
        BadDate: it cannot be read, or there is no such day; the message gives examples.
    """
    typed = text.strip()
    if not typed:
        raise BadDate("There is no date. Write it like 2024-02-23, Feb 2024 or 2024.")
    try:
        return Edtf.parse(typed)
    except BadEdtf as error:
        try:
            span = parse_date_option(typed, today)
        except BadDate:
            if typed[0].isdigit() and typed[:4].isdecimal():
                raise BadDate(str(error)) from None
            raise
    return Edtf.of_days(span.start, span.end)


def typed_period(text: str, today: date) -> Edtf:
    """Read the time that a claim speaks of: "2030", "by 2030", "2023 to 2025", "since May 2024".

    Raises:
        BadDate: it cannot be read.
    """
    typed = text.strip()
    if len(typed) <= _LONGEST_PERIOD:
        whole = [
            one
            for one in find_date_phrases(typed, today)
            if (one.start, one.end) == (0, len(typed))
        ]
        if whole and whole[0].bound is Bound.SINCE:
            return Edtf.parse(f"{Edtf.of_days(whole[0].span.start, whole[0].span.end)}/..")
        if whole and whole[0].bound is Bound.UNTIL:
            return Edtf.of_days(whole[0].span.start, whole[0].span.end)
    return typed_date(text, today)


def typed_address(text: str) -> str | None:
    """Return a web address as it is kept: one that was typed without `https://` gets it."""
    typed = text.strip()
    return f"https://{typed}" if _BARE_ADDRESS.fullmatch(typed) else typed or None


class BadQualifier(ForPeople):
    """What narrows a figure cannot be read; the message says how it is written."""


def qualifiers_of(text: str) -> dict[str, str]:
    """Read what narrows a figure, a line each: "group: sappers".

    Raises:
        BadQualifier: a line names no dimension, or no value of it.
    """
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        dimension, colon, value = (part.strip() for part in line.partition(":"))
        if not (dimension and colon and value):
            raise BadQualifier(f"“{line[:60]}” is written like this: group: sappers")
        found[dimension] = value
    return found


def qualifiers_text(qualifiers: Mapping[str, str]) -> str:
    """Write qualifiers as `qualifiers_of` reads them."""
    return "\n".join(f"{dimension}: {value}" for dimension, value in qualifiers.items())


def read_figure(text: str, topic: Topic | None, unit: str = "") -> Figure:
    """Read a figure that a person typed for a topic; `unit` is its own where its words have none.

    Raises:
        BadFigure: it cannot be read, is upside down, or does not fit the topic.
        pydantic.ValidationError: its words are too many.
    """
    try:
        read = parse_figure(text, calendar=bool(topic and topic.measure is Measure.DATE))
    except BadFigure:
        _refuse_backwards(text)
        raise
    counted = topic is not None and topic.measure in _COUNTED
    if counted and topic is not None and read.kind is Kind.SHARE:
        raise BadFigure(f"“{read.as_worded}” is a share, and the topic counts {topic.unit}.")
    if len(read.as_worded.split()) > MAX_PHRASE_WORDS:
        raise BadFigure(f"Write the figure in at most {MAX_PHRASE_WORDS} words.")
    return Figure(
        low=read.low,
        high=read.high,
        value=read.value,
        interval=read.interval,
        relation=read.relation,
        unit=_unit_as_printed(read, topic, unit.strip()),
        as_worded=read.as_worded,
    )


def _unit_as_printed(read: Quantity, topic: Topic | None, typed: str) -> str | None:
    """Return the unit of a figure where it is not that of the topic.

    Raises:
        BadFigure: it measures something else than the topic.
    """
    printed = read.unit if read.kind is Kind.MEASURE else None
    unit = typed or printed
    if unit is None or topic is None or not topic.unit:
        return None
    problem = unit_problem(unit, topic.unit)
    if not problem and typed and printed:
        problem = unit_problem(printed, typed)
        problem = problem or (None if in_unit(1.0, printed, typed) == 1.0 else _two_units(read))
    if problem:
        raise BadFigure(f"The unit does not fit the topic: {problem}.")
    return None if in_unit(1.0, unit, topic.unit) == 1.0 else unit


def _two_units(read: Quantity) -> str:
    return f"“{read.as_worded}” names a unit of its own"


def _refuse_backwards(text: str) -> None:
    """Say so when a figure would be read if its ends were swapped."""
    swapped = _BACKWARDS.sub(r"\g<second>\g<between>\g<first>", text, count=1)
    if swapped == text:
        return
    try:
        read = parse_figure(swapped)
    except BadFigure:
        return
    if read.relation is not Relation.BETWEEN and read.value is None:
        return
    raise BadFigure(f"The low end stands above the high end. Did you mean “{swapped.strip()}”?")
