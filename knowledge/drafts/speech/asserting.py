"""Tells the figures of a paragraph that say how much from those that name, date or compare."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.drafts.speech.words import CLAUSES, WORDS
from knowledge.model import Kind, Relation
from knowledge.reading import Quantity
from knowledge.words import Word

_LEVEL = re.compile(
    r"\b(\d{2}(?:\.\d)?\s?%)\s*(?:confidence|credible|uncertainty|CI\b|UI\b)", re.IGNORECASE
)
"""The confidence level of an interval."""
NEAR = 24
"""Characters within which the words of a figure stand."""

_TIMES = frozenset({"days", "weeks", "months", "years", "hours", "minutes", "seconds"})
_SIZES = frozenset({"mm", "cm", "calibre", "caliber", "inch", "inches"})
"""Units by which kinds of things are told, not amounts."""
_GLUED = re.compile(r"\d-[a-z]")
"""A "12-mile tunnel" is of a kind; "3.1 terawatt-hours" are an amount."""
_APPROXIMATE = frozenset({"about", "around", "nearly", "almost", "over", "than"})
_GIVEN = frozenset({"the", "these", "those"})
_BRACKET = re.compile(r"\(\s*(?:[\w%-]+\s+){0,4}?$")
_AGED = re.compile(
    r"\b(?:aged?|ages|(?:adults|people|children|women|men|those|patients) (?:over|under|of))$",
    re.IGNORECASE,
)
_OLDER = re.compile(
    r"[ -](?:(?:and|or) (?:over|under|older|younger|above)|years? old|year-olds?)\b"
)
_NAMED_AGED = re.compile(r"[A-Z][\w'’-]+, $")
_COMPARED = re.compile(r"\s*(?:as (?:many|much|large|high|big|long)|again|the size|what|that of)\b")
_COUNTED = re.compile(r"\s+(?!(?:and|or|as|of)\b)([a-z][\w-]*)")
_BEGAN = re.compile(r"(?: \w+){0,2} to\b")
"""Behind "rose from 3 million" the figure that was reached follows."""
_YEARS = range(1900, 2101)
_PRICED = frozenset({"prices", "price", "terms", "levels", "values"})
_OLDEST = 120
_SMALL = 10
"""Below this a bare number is as often a manner of speaking ("two of them")."""
_UNNAMED = 1000
"""Numbers below this stand behind names ("Terminal 5", "Gliese 581")."""
_MADE_WITHIN = 6
"""Words between "made" and a decade ("made by the north in the 1970s"; chosen by eye)."""
_PLAIN_BEHIND = frozenset({"of", "in", "or", "and", "to", "by", "is", "was", ""})


@dataclass(frozen=True, slots=True)
class Around:
    """A quantity with the words before and behind it."""

    text: str
    one: Quantity
    before: Sequence[Word]
    following: str

    @property
    def last(self) -> Word | None:
        """The word before it."""
        return self.before[-1] if self.before else None

    @property
    def number(self) -> float | None:
        """The number that it names first."""
        return self.one.low if self.one.low is not None else self.one.high

    @property
    def bare(self) -> bool:
        """Whether nothing but the number is there: no "about", no "more than"."""
        return self.one.relation is Relation.EXACT


def asserts(text: str, words: Sequence[Word], one: Quantity) -> bool:
    """Whether a figure says how much there is of something."""
    before = [word for word in words if word.end <= one.start and one.start - word.end < 2 * NEAR]
    following = next((word.text for word in words if word.start >= one.end), "")
    around = Around(text, one, before, following)
    if _is_age(around) or _is_beginning(around) or _COMPARED.match(text, one.end):
        return False
    if one.vague:
        large = set(one.as_worded.casefold().split()) & WORDS.large_vague
        return bool(large and following)
    return _of_kind(around)


def is_aside(text: str, previous: Quantity | None, one: Quantity) -> bool:
    """Whether a figure in brackets says the one before it again, or how sure it is."""
    if previous is None or not _BRACKET.search(text[previous.end : one.start]):
        return bool(_LEVEL.match(text, one.start))
    return "(" in text[previous.end : one.start][: 2 * NEAR]


def _of_kind(around: Around) -> bool:
    match around.one.kind:
        case Kind.MEASURE:
            return _measures(around)
        case Kind.DECADE:
            return _tells_making(around)
        case Kind.AMOUNT:
            return not (_is_given(around) or _is_name(around) or _are_years(around))
        case kind:
            return kind in {Kind.SHARE, Kind.RATIO}


def _is_age(around: Around) -> bool:
    """Whether a number says how old people are ("adults over 65", "Jo Bloggs, 29, …")."""
    text, one = around.text, around.one
    if one.kind is not Kind.AMOUNT or around.number is None or around.number > _OLDEST:
        return False
    if _NAMED_AGED.search(text[: one.start]) and text[one.end : one.end + 1] in {",", "."}:
        return True
    lead = text[: one.end].rstrip("0123456789").rstrip()
    return bool(_AGED.search(lead) or _OLDER.match(text, one.end))


def _is_beginning(around: Around) -> bool:
    """Whether a figure is where something began that has changed since."""
    words = [word.text for word in around.before]
    changed = bool(words) and words[-1] == "from" and bool(set(words) & WORDS.rising)
    return changed and bool(_BEGAN.match(around.text, around.one.end))


def _measures(around: Around) -> bool:
    """Whether a measure says how much, rather than of which kind a thing is, where, or when."""
    one = around.one
    if one.unit in _SIZES or around.following in WORDS.away_from | {"olds", "old"}:
        return False
    led = around.last is not None and around.last.text in {"a", "an", "the"}
    if around.bare and not one.currency and (led or _GLUED.search(one.as_worded)):
        return False
    return one.unit not in _TIMES or not _tells_when(around)


def _tells_when(around: Around) -> bool:
    """Whether a length of time says when something is ("within just nine months")."""
    near = [word.text for word in around.before[-2:]]
    if near and near[-1] in {"just", "only", "barely"}:
        near.pop()
    led = bool(near) and near[-1] in WORDS.spans_before
    first = around.one.as_worded.casefold().split()[0]
    return (
        led or first in WORDS.spans_before - _APPROXIMATE or around.following in WORDS.spans_after
    )


def _tells_making(around: Around) -> bool:
    """Whether a decade is that in which things were made."""
    near = {word.text for word in around.before[-_MADE_WITHIN:]}
    return bool(near & WORDS.made or {"are", "from"} <= near or {"is", "from"} <= near)


def _is_given(around: Around) -> bool:
    """Whether a number refers to what is known, or is a manner of speaking."""
    number, last = around.number, around.last
    beside = not around.text[around.one.end :].startswith((",", ".", ";", ":"))
    if (beside and around.following in WORDS.no_count_after) or (number is not None and number < 0):
        return True
    if number == 0 and not any(sign.isdigit() for sign in around.one.as_worded):
        return True
    if not around.bare or number is None:
        return False
    small = number < _SMALL and number == int(number)
    if last and (last.text in {"a", "an"} | _GIVEN or (small and last.text in WORDS.definite)):
        return True
    return small and around.following in _PLAIN_BEHIND


def _is_name(around: Around) -> bool:
    """Whether a number is part of a name ("Phase 2", "Boeing 737", "40-page")."""
    text, one, last = around.text, around.one, around.last
    if not around.bare:
        return False
    if text[one.end : one.end + 1] == "-":
        return True
    if last is None or around.number is None:
        return False
    if last.text in WORDS.no_figure_before or last.stem in WORDS.no_figure_before:
        return True
    beside = last.capital and last.text.isalpha() and text[last.end : one.start] == " "
    return beside and around.number < _UNNAMED and not _counts(text, one.end)


def _are_years(around: Around) -> bool:
    """Whether numbers are years after all ("in 2015 prices", "2028-2031")."""
    ends = [one for one in (around.one.low, around.one.high) if one is not None]
    digits = re.findall(r"\d+", around.one.as_worded)
    years = bool(ends) and all(one in _YEARS and f"{one:.0f}" in digits for one in ends)
    if not years:
        return False
    led = around.last is not None and around.last.text in WORDS.prepositions
    worded = set(around.one.as_worded.casefold().split()) & WORDS.prepositions
    dated = bool(led or worded) and not _counts(around.text, around.one.end)
    return dated or around.one.relation is Relation.BETWEEN or around.following in _PRICED


def _counts(text: str, end: int) -> bool:
    """Whether a word stands right behind a figure that it may count."""
    found = _COUNTED.match(text, end)
    return found is not None and found[1] not in CLAUSES.stops
