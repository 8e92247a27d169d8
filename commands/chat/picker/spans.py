"""Dates offered while one is typed: what was typed as it is read, what is on file, last month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from commands.text import claims, clip, human, say
from knowledge.model import Edtf
from knowledge.reading import BadDate, parse_date_option

_MOST = 25
"""Choices that Discord shows in an autocomplete list."""
_VALUE = 100
"""Characters that Discord takes as the value of one."""


def days_offered(
    typed: str, today: date, held: Sequence[tuple[str, int]], *, ends: bool
) -> list[tuple[str, str]]:
    """Return dates by what is shown and what is sent; of a span its end counts, or its beginning.

    `held` are the months on file with how much there is of each, the newest first.
    """
    text = typed.strip()
    found = dict(_read(text, today, ends=ends) if text else ())
    wanted = text.casefold()
    for name, value in (*_on_file(held), *_usual(today)):
        if wanted in name.casefold() or value.startswith(wanted):
            found.setdefault(value, name)
    return [(name, value) for value, name in list(found.items())[:_MOST]]


def _read(text: str, today: date, *, ends: bool) -> Iterator[tuple[str, str]]:
    """Show how a text is read, where it is a date."""
    try:
        span = parse_date_option(text, today)
    except BadDate:
        return
    day = human(Edtf.of_day(span.end if ends else span.start))
    shown = clip(text, _VALUE // 2)
    yield clip(text, _VALUE), f"{shown} → {day}"


def _on_file(held: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    for month, count in held:
        yield f"{human(Edtf.parse(month))} · {claims(count)}", month


def _usual(today: date) -> Iterator[tuple[str, str]]:
    last = today.replace(day=1) - timedelta(days=1)
    for name, month in (
        (say("Last month"), f"{last:%Y-%m}"),
        (say("This year"), f"{today:%Y}"),
        (say("Last year"), f"{today.year - 1}"),
    ):
        yield f"{name} · {human(Edtf.parse(month))}", month
