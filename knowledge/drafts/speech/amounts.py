"""The figures that a paragraph asserts, each with what it counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.drafts.speech.asserting import NEAR, asserts, is_aside
from knowledge.drafts.speech.passages import Passage
from knowledge.drafts.speech.words import CLAUSES, WORDS
from knowledge.model import MAX_PHRASE_WORDS, Kind, Relation
from knowledge.reading import Quantity, find_quantities
from knowledge.words import Word, words_of

_COUNTED_BEFORE = re.compile(
    r"\b(?:number|total|count|tally|amount|quantity|estimate|estimation|share|proportion) of "
    r"(?:the |all |its |their )?((?:[\w-]+ ){0,3}?[a-z][\w-]*)"
    r"(?= (?:sent|to|in|has|have|had|is|was|were|are|from|that|which|who|it|could|may|will|would|"
    r"at|by|rose|fell|[A-Z]))"
)
_PER = re.compile(
    r"\s+(?:(?:per|a|an|each|every) (?:second|minute|hour|day|night|week|month|year|quarter|litre|"
    r"liter|person|household|query|capita)|annually|yearly|daily|weekly|monthly)\b"
    r"(?! (?:ago|before|earlier|later|after))"
)
_UP_TO = re.compile(r"^up to\s+", re.IGNORECASE)
_FROM = re.compile(r"^from\s.*?\s(?:to|and)\s+", re.IGNORECASE)
_APART = re.compile(r"[,.;:()\"—–]")
_JOINED = frozenset({"and", "or", "to", "through", "and the", "or the", "-", "–"})
_WHEN = frozenset(
    "so rather than last yearly daily weekly monthly annually year years week weeks month months "
    "day days".split()
)
_NO_THING = (
    CLAUSES.stops
    | WORDS.prepositions
    | WORDS.pronouns.keys()
    | WORDS.owners.keys()
    | WORDS.spans_after
    | _WHEN
) - CLAUSES.links
"""Words that end the name of what a figure counts."""
_NOT_OF_THING = CLAUSES.links | CLAUSES.adverbs | {"millimeter", "millimetre", "mm"}
_IRREGULAR = frozenset({"people", "children", "men", "women", "police", "personnel", "staff"})
_BRACKETED = re.compile(r"\s*\([A-Z][\w-]*\)\s+(?=[a-z])")
"""A short form in front of the noun: "Nipah virus (NiV) cases"."""
_LONGEST_THING = 4
_LEAST_ROUND, _ROUND = 1000, 100
"""From a thousand on, whole hundreds are estimates unless an article says otherwise."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at `start`..`end` of a paragraph, and the words for what it counts.

    `value` is a central estimate within its interval, and `interval` says what that is.
    """

    start: int
    end: int
    as_worded: str
    low: float | None
    high: float | None
    relation: Relation | None
    kind: Kind
    unit: str | None
    thing: tuple[str, ...]
    thing_end: int
    value: float | None = None
    interval: str | None = None
    currency: str | None = None
    change: int = 0
    """1 for what something rose by, -1 for what it fell by."""

    @property
    def number(self) -> float | None:
        """The number that is named first."""
        return next((one for one in (self.value, self.low, self.high) if one is not None), None)

    @property
    def vague(self) -> bool:
        """Whether it names no number."""
        return self.low is None and self.high is None


def amounts_of(passage: Passage) -> list[Amount]:
    """Return the figures of a paragraph that are asserted of something, in order."""
    text = passage.text
    dated = [(phrase.start, phrase.end) for phrase in passage.dates]
    words = words_of(text)
    kept: list[Amount] = []
    previous: Quantity | None = None
    for one in _joined(text, find_quantities(text, exclude=dated)):
        if not is_aside(text, previous, one) and asserts(text, words, one):
            kept.append(_amount(text, words, one))
        previous = one
    return kept


def with_things(amounts: Sequence[Amount]) -> list[Amount]:
    """Let a bare number count what its neighbour in the sentence counts."""
    found = list(amounts)
    for at, one in enumerate(found):
        if not one.thing and one.kind is Kind.AMOUNT:
            near = [*found[at + 1 :], *reversed(found[:at])]
            thing = next((other.thing for other in near if other.thing and not other.unit), ())
            found[at] = replace(one, thing=thing)
    return found


def _joined(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Join decades that are named together ("1970s and 1980s")."""
    held: Quantity | None = None
    for one in found:
        if held and held.kind is one.kind is Kind.DECADE and _between(text, held, one) in _JOINED:
            worded = text[held.start : one.end]
            held = replace(held, end=one.end, high=one.high, as_worded=worded)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _between(text: str, held: Quantity, one: Quantity) -> str:
    return text[held.end : one.start].strip()


def _amount(text: str, words: Sequence[Word], one: Quantity) -> Amount:
    thing, thing_end = _thing(text, words, one)
    found = Amount(
        start=one.start,
        end=one.end,
        as_worded=one.as_worded,
        low=one.low,
        high=one.high,
        relation=one.relation,
        kind=one.kind,
        unit=one.unit,
        thing=thing or _counted_before(text[: one.start]),
        thing_end=thing_end,
        value=one.value,
        interval=one.interval,
        currency=one.currency,
        change=one.change,
    )
    before = [word for word in words if word.end <= one.start][-NEAR:]
    if any(
        word.text in WORDS.rising and not _APART.search(text[word.end : one.start])
        for word in before
    ):
        found = _reached(found)
    found = _with_rate(text, _exceeded(text, before, found))
    estimated = found.value is not None or _is_round(found)
    if found.relation is Relation.EXACT and estimated:
        found = replace(found, relation=Relation.ABOUT)
    # The words next to the number are those that may be quoted.
    return replace(found, as_worded=" ".join(found.as_worded.split()[-MAX_PHRASE_WORDS:]))


def _reached(found: Amount) -> Amount:
    """Take what was reached, of "rose up to 5" and "rose from 3 to 5"."""
    led = {Relation.UP_TO: _UP_TO, Relation.BETWEEN: _FROM}.get(found.relation or Relation.EXACT)
    match = led.match(found.as_worded) if led else None
    if match is None:
        return found
    return replace(
        found,
        start=found.start + match.end(),
        as_worded=found.as_worded[match.end() :],
        low=found.high,
        relation=Relation.EXACT,
    )


def _exceeded(text: str, before: Sequence[Word], found: Amount) -> Amount:
    """Read "exceeded 5" as more than 5."""
    plain = found.relation in {Relation.EXACT, Relation.ABOUT}
    if not (plain and before and before[-1].text in WORDS.exceeding):
        return found
    start = before[-1].start
    worded = text[start : found.end]
    return replace(found, start=start, high=None, relation=Relation.MORE_THAN, as_worded=worded)


def _with_rate(text: str, found: Amount) -> Amount:
    """Add "a year" to the words of a figure."""
    rate = _PER.match(text, found.end) if found.kind is not Kind.DECADE else None
    worded = found.as_worded + rate[0] if rate else ""
    if rate is None or len(worded.split()) > MAX_PHRASE_WORDS:
        return found
    return replace(found, end=rate.end(), as_worded=worded)


def _is_round(found: Amount) -> bool:
    """Whether an exact number is as round as estimates are."""
    if found.kind is Kind.SHARE:
        return not any(sign.isdigit() for sign in found.as_worded)
    return found.low is not None and found.low >= _LEAST_ROUND and found.low % _ROUND == 0


def _counted_before(text: str) -> tuple[str, ...]:
    """Return what "the number of …" counts, in front of a figure."""
    found = list(_COUNTED_BEFORE.finditer(f"{re.split(r'[.;!?] ', text)[-1]} X"))
    return tuple(found[-1][1].split()) if found else ()


def _thing(text: str, words: Sequence[Word], one: Quantity) -> tuple[tuple[str, ...], int]:
    """Return the words for what a figure counts, and where they end."""
    found: list[Word] = []
    end = one.end
    for word in words:
        if word.start < one.end:
            continue
        if short := _BRACKETED.match(text, end):
            end = short.end()
        if word.start < end:
            continue
        if len(found) == _LONGEST_THING or _APART.search(text, end, word.start):
            break
        if word.text in _NO_THING or word.text.endswith("n't"):
            break
        if found and _ends_plural(found[-1], word):
            break
        end = word.end
        if word.text not in _NOT_OF_THING and not any(sign.isdigit() for sign in word.text):
            found.append(word)
    if found and found[0].text.endswith(("ed", "ing")) and not any(map(_is_plural, found)):
        # "150,000 rallied in the city": people are, but they are not named.
        found = []
    thing = tuple(text[word.start : word.end] for word in found)
    return thing, found[-1].end if found else one.end


def _ends_plural(word: Word, following: Word) -> bool:
    """Whether a name ends with a word, seeing the one behind it."""
    return _is_plural(word) and following.text not in CLAUSES.links


def _is_plural(word: Word) -> bool:
    text = word.text
    return text in _IRREGULAR or (text[-1] == "s" and text[-2:] not in {"ss", "us", "is"})
