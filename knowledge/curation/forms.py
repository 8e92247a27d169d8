"""Forms: what a person types into the fields of a record, and how single fields are read."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.model import MAX_PHRASE_WORDS, BadEdtf, Edtf, Figure, Kind, Measure, Relation, Topic
from knowledge.reading import (
    BadDate,
    BadFigure,
    Quantity,
    in_unit,
    parse_date_option,
    parse_figure,
    unit_problem,
)

_APART = re.compile(r"\s*(?:,|;|→|->|\n)\s*")
_BACKWARDS = re.compile(
    r"(?P<first>\d[\d,.]*(?:\s*%)?)(?P<between>\s*(?:-|–|—|\bto\b|\band\b)\s*)(?P<second>\d[\d,.]*)"
)
_COUNTED = frozenset({Measure.CUMULATIVE, Measure.LEVEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimForm:
    """A claim as typed; empty is what was not given.

    `topic`, `asserter` and `source` take ids and names, `via` the outlets it came through,
    `relates_to` the id of a claim, or a topic.
    """

    topic: str = ""
    asserter: str = ""
    statement: str = ""
    figure: str = ""
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
    """A topic as typed; aliases stand between commas."""

    title: str = ""
    unit: str = ""
    measure: str = ""
    description: str = ""
    command: str = ""
    aliases: str = ""


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


def read_figure(text: str, topic: Topic | None) -> Figure:
    """Read a figure that a person typed for a topic.

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
        unit=_unit_as_printed(read, topic),
        as_worded=read.as_worded,
    )


def _unit_as_printed(read: Quantity, topic: Topic | None) -> str | None:
    """Return the unit of a figure where it is not that of the topic.

    Raises:
        BadFigure: it measures something else than the topic.
    """
    if read.unit is None or read.kind is not Kind.MEASURE or topic is None or not topic.unit:
        return None
    if problem := unit_problem(read.unit, topic.unit):
        raise BadFigure(f"The unit does not fit the topic: {problem}.")
    return None if in_unit(1.0, read.unit, topic.unit) == 1.0 else read.unit


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
