"""Picks the figures of a paragraph that assert something, each with what it counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.drafts.passages import Passage
from knowledge.language.attribution import (
    DEFINITE,
    EVIDENCE,
    LARGE_VAGUE,
    MADE,
    NO_COUNT_AFTER,
    NO_FIGURE_BEFORE,
    PREPOSITIONS,
    PRONOUNS,
    RISING,
    SPANS_AFTER,
    SPANS_BEFORE,
)
from knowledge.language.clauses import ADVERBS, LINKS, STOPS
from knowledge.language.words import Word, words_of
from knowledge.model import MAX_PHRASE_WORDS, Kind, Relation
from knowledge.reading import Quantity, find_quantities

_COUNTED_BEFORE = re.compile(
    r"\b(?:number|total|count|tally|amount|quantity|estimate|estimation|share|proportion) of "
    r"(?:the |all |its |their )?((?:[\w-]+ ){0,3}?[\w-]+?)(?= (?:sent|to|in|has|have|had|is|was|were|"
    r"are|from|that|which|who|it|could|may|will|would|at|by|rose|fell|[A-Z]))"
)
_PER = re.compile(
    r"\s+(?:(?:per|a|an|each|every) (?:second|minute|hour|day|night|week|month|year|quarter|litre|"
    r"liter|person|household|query|capita)|annually|yearly|daily|weekly|monthly)\b"
    r"(?! (?:ago|before|earlier|later|after))"
)
_AGED = re.compile(
    r"\b(?:aged?|ages|the|adults|people|children|women|men|those|patients)(?: (?:over|under|of))?$",
    re.IGNORECASE,
)
_OLDER = re.compile(
    r"[ -](?:(?:and|or) (?:over|under|older|younger|above)|years? old|year-olds?)\b"
)
_OLDEST = 120
_COMPARED = re.compile(r"\s*(?:as (?:many|much|large|high|big|long)|again|the size|what|that of)\b")
_TIMES = frozenset({"days", "weeks", "months", "years", "hours", "minutes", "seconds"})
_LENGTHS = frozenset({"mm", "cm", "calibre", "caliber", "inch", "inches"})
_EXCEEDING = frozenset(
    "exceed exceeds exceeded exceeding surpass surpasses surpassed surpassing topped topping "
    "passed".split()
)
_UP_TO = re.compile(r"^up to\s+", re.IGNORECASE)
_FROM = re.compile(r"^(?:from|between)\s.*?\s(?:to|and)\s+", re.IGNORECASE)
_INTERVAL = re.compile(r"\(\s*(?:[\w%-]+\s+){0,4}?$")
_LEVEL = re.compile(
    r"\b(\d{2}(?:\.\d)?\s?%)\s*(?:confidence|credible|uncertainty|CI\b|UI\b)", re.IGNORECASE
)
_NO_THING = (STOPS | PREPOSITIONS | PRONOUNS.keys() | SPANS_AFTER) - LINKS
"""Words that end the name of what a figure counts."""
_SMALL = 10
_FEW_DIGITS = 1000
_LONGEST_THING = 4
_NEAR = 24
_ROUND = 100


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
    dated = [(phrase.start, phrase.end) for phrase in passage.dates]
    found = find_quantities(passage.text, exclude=dated)
    words = words_of(passage.text)
    joined = list(_joined(passage.text, found))
    kept = []
    for at, one in enumerate(joined):
        previous = joined[at - 1] if at else None
        if kept and previous and (spread := _spread(passage.text, kept[-1], one)):
            kept[-1] = spread
        elif not _aside(passage.text, previous, one) and _asserts(passage.text, words, one):
            kept.append(_amount(passage.text, words, one))
    return kept


def _joined(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Join decades that are named together ("1970s and 1980s")."""
    held: Quantity | None = None
    for one in found:
        between = text[held.end : one.start].strip() if held else ""
        if (
            held
            and held.kind is one.kind is Kind.DECADE
            and between in {"and", "or", "to", "through", "and the", "or the", "-", "–"}
        ):
            worded = text[held.start : one.end]
            held = replace(held, end=one.end, high=one.high, as_worded=worded)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _spread(text: str, before: Amount, one: Quantity) -> Amount | None:
    """Read the interval in brackets behind an estimate: "4.1 million (3.6 to 4.8 million)"."""
    between = text[before.end : one.start]
    if one.relation is not Relation.BETWEEN or "(" not in between or ")" in between:
        return None
    if len(between) > _NEAR + len(" ".join(before.thing)) or before.number is None:
        return None
    if one.low is None or one.high is None or not one.low <= before.number <= one.high:
        return None
    level = _LEVEL.search(text, before.end, min(len(text), one.end + _NEAR))
    named = level[1].replace(" ", "") if level else "range"
    relation = before.relation if before.relation is not Relation.EXACT else Relation.ABOUT
    return replace(
        before, low=one.low, high=one.high, value=before.number, interval=named, relation=relation
    )


def _aside(text: str, previous: Quantity | None, one: Quantity) -> bool:
    """Whether a figure in brackets says the one before it again in another unit."""
    if previous is None or not _INTERVAL.search(text[previous.end : one.start]):
        return bool(_LEVEL.match(text, one.start))
    return "(" in text[previous.end : one.start][: _NEAR * 2]


def _asserts(text: str, words: Sequence[Word], one: Quantity) -> bool:
    """Whether a figure says how much there is of something."""
    before = [word for word in words if word.end <= one.start and one.start - word.end < 2 * _NEAR]
    behind = [word for word in words if word.start >= one.end]
    last = before[-1].text if before else ""
    following = behind[0].text if behind else ""
    if _is_age(text, one) or _COMPARED.match(text, one.end):
        return False
    if one.vague:
        return bool(set(one.as_worded.casefold().split()) & LARGE_VAGUE) and bool(following)
    match one.kind:
        case Kind.MEASURE:
            return _measures(text, one, last, following)
        case Kind.DECADE:
            near = {word.text for word in before[-6:]}
            return bool(near & MADE) or last in {"from", "the"} and bool(near & {"from", "are"})
        case Kind.AGE:
            return False
        case Kind.AMOUNT:
            return _amounts_to_something(text, one, before, following)
        case _:
            return True


def _is_age(text: str, one: Quantity) -> bool:
    """Whether a number says how old people are ("adults over 65", "50 and over")."""
    number = one.low if one.low is not None else one.high
    if one.kind is not Kind.AMOUNT or number is None or number > _OLDEST:
        return False
    lead = text[: one.end].rstrip("0123456789").rstrip()
    return bool(
        _AGED.search(lead) and lead.split()[-1] not in {"the", "people", "those", "adults"}
    ) or bool(_OLDER.match(text, one.end))


def _measures(text: str, one: Quantity, last: str, following: str) -> bool:
    """Whether a measure says how much, rather than of which kind a thing is, or when."""
    glued = text[one.start : one.end].count("-") > 0 and (one.unit or "") not in {"$", "£", "€"}
    if one.unit in _LENGTHS or (glued and one.relation is Relation.EXACT):
        return False
    if one.unit in _TIMES:
        start = one.as_worded.casefold().split()[0]
        return (
            last not in SPANS_BEFORE
            and start not in SPANS_BEFORE - {"about", "around", "nearly", "almost", "over", "than"}
            and (following not in SPANS_AFTER)
        )
    return True


def _amounts_to_something(text: str, one: Quantity, before: Sequence[Word], following: str) -> bool:
    last = before[-1] if before else None
    number = one.low if one.low is not None else one.high
    plain = one.relation is Relation.EXACT
    small = number is not None and number < _SMALL and number == int(number) and plain
    if following in NO_COUNT_AFTER or (number is not None and number < 0):
        return False
    if last and (last.text in NO_FIGURE_BEFORE or last.stem in NO_FIGURE_BEFORE) and plain:
        return False
    if (
        last
        and last.text in DEFINITE
        and (small or (plain and last.text in {"the", "these", "those"}))
    ):
        return False
    if small and following in {"of", "in", "or", "and", "to", "by", "is", "was", ""}:
        return False
    rest = text[one.end : one.end + 1]
    named = (
        last is not None
        and last.capital
        and last.text.isalpha()
        and text[last.end : one.start] == " "
    )
    if (
        named
        and plain
        and number is not None
        and number < _FEW_DIGITS
        and not following_counts(text, one.end)
    ):
        return False
    return rest not in {"-"} or not plain


def following_counts(text: str, end: int) -> bool:
    """Whether a word stands right behind a figure that it may count."""
    found = re.match(r"\s+([a-z][\w-]*)", text[end:])
    return bool(found) and found is not None and found[1] not in STOPS | {"and", "or", "as", "of"}


def _amount(text: str, words: Sequence[Word], one: Quantity) -> Amount:
    low, high, relation, start, worded = one.low, one.high, one.relation, one.start, one.as_worded
    before = [word for word in words if word.end <= start][-_NEAR:]
    clause = {word.text for word in before if not re.search(r"[,.;]", text[word.end : start])}
    if clause & RISING:
        start, low, high, relation, worded = _reached(one)
    if before and before[-1].text in _EXCEEDING and relation in {Relation.EXACT, Relation.ABOUT}:
        start, high, relation = before[-1].start, None, Relation.MORE_THAN
        worded = text[start : one.end]
    thing, thing_end = _thing(text, words, one)
    end = one.end
    rate = _PER.match(text, end)
    if rate and len((worded + rate[0]).split()) <= MAX_PHRASE_WORDS and one.kind is not Kind.DECADE:
        end, worded = rate.end(), worded + rate[0]
    thing = thing or _counted_before(text[:start])
    if relation is Relation.EXACT and _is_round(one):
        relation = Relation.ABOUT
    return Amount(
        start=start,
        end=end,
        as_worded=_short(worded),
        low=low,
        high=high,
        relation=relation,
        kind=one.kind,
        unit=one.unit,
        thing=thing,
        thing_end=thing_end,
    )


def _counted_before(text: str) -> tuple[str, ...]:
    """Return what "the number of …" counts, in front of a figure."""
    found = list(_COUNTED_BEFORE.finditer(re.split(r"[.;!?] ", text)[-1] + " x"))
    return tuple(found[-1][1].split()) if found else ()


def _reached(
    one: Quantity,
) -> tuple[int, float | None, float | None, Relation | None, str]:
    """Return what was reached, of "rose up to 5" and "from 3 to 5"."""
    start, worded = one.start, one.as_worded
    if one.relation is Relation.UP_TO and (found := _UP_TO.match(worded)):
        return start + found.end(), one.high, one.high, Relation.EXACT, worded[found.end() :]
    if one.relation is Relation.BETWEEN and (found := _FROM.match(worded)):
        if worded.casefold().startswith("from"):
            return start + found.end(), one.high, one.high, Relation.EXACT, worded[found.end() :]
    return start, one.low, one.high, one.relation, worded


def _is_round(one: Quantity) -> bool:
    """Whether an exact number is as round as estimates are."""
    if one.kind is Kind.SHARE:
        return not any(sign.isdigit() for sign in one.as_worded)
    number = one.low
    return number is not None and number >= _FEW_DIGITS and number % _ROUND == 0


def _short(worded: str) -> str:
    """Keep as many words of a figure phrase as may be quoted, those next to the number."""
    parts = worded.split()
    return " ".join(parts[-MAX_PHRASE_WORDS:])


def _thing(text: str, words: Sequence[Word], one: Quantity) -> tuple[tuple[str, ...], int]:
    """Return the words for what a figure counts, and where they end."""
    found: list[Word] = []
    end = one.end
    for word in words:
        if word.start < one.end:
            continue
        gap = text[end : word.start]
        if re.search(r"[,.;:()\"—–]", gap) or len(found) == _LONGEST_THING:
            break
        if word.text in _NO_THING or word.text.endswith("n't"):
            break
        if found and _ends_plural(found[-1], word):
            break
        end = word.end
        calibre = any(sign.isdigit() for sign in word.text)
        if (
            word.text not in LINKS | ADVERBS
            and not calibre
            and word.text not in {"millimeter", "millimetre", "mm"}
        ):
            found.append(word)
    return tuple(text[word.start : word.end] for word in found), found[-1].end if found else one.end


def _ends_plural(word: Word, following: Word) -> bool:
    text = word.text
    return text[-1] == "s" and text[-2:] != "ss" and following.text not in LINKS
