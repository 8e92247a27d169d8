"""Reads what stands around a number: its relation, range, sign, currency and unit."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from knowledge.model import Kind, Relation
from knowledge.reading.numbers import Number, is_whole, read_number
from knowledge.reading.tokens import Tokens, glued, word_at


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity before its words are cut out; `next` is the token behind it."""

    start: int
    end: int
    next: int
    low: Decimal | None
    high: Decimal | None
    relation: Relation | None
    kind: Kind = Kind.AMOUNT
    unit: str | None = None


_DENOMINATORS: Final = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 1000})
"""Wholes that shares are told of ("1 in 10"); of others, "5 in 7" is mostly a count in a set.
Chosen by eye."""
_CURRENCIES: Final = frozenset("$€£₩¥")
_DOLLARS: Final = frozenset({"us", "a", "c"})
"""Letters before "$" that say whose dollars they are."""


def read_in_context(tokens: Tokens, i: int, floor: int, number: Number) -> Found | None:
    """Read what stands around a number: range, sign, currency, relation, unit."""
    first, currency, negative = _sign_and_currency(tokens, i, floor)
    low = replace(number, value=-number.value) if negative else number
    low, divided = _ratio(tokens, low)
    found = None if divided else _range(tokens, first, floor, low, currency)
    if found is None:
        first, relation = relation_before(tokens, first, floor)
        found = _single(tokens, low, relation, currency)
        start = tokens[first].start
        found = replace(found, start=start) if found else None
    return found


def _sign_and_currency(tokens: Tokens, i: int, floor: int) -> tuple[int, str | None, bool]:
    """Give the first token that belongs to the number at `i`, its currency, and its sign."""
    first, currency, negative = i, None, False
    if i > floor and glued(tokens, i) and word_at(tokens, i - 1) in _CURRENCIES:
        first, currency = i - 1, tokens[i - 1].word
        if first > floor and glued(tokens, first) and tokens[first - 1].word in _DOLLARS:
            first -= 1
    before = word_at(tokens, first - 1) if first > floor else ""
    if before in tokens.numbers.minus:
        return first - 1, currency, True
    if before in {"-", "−"} and glued(tokens, first):
        free = first - 1 == 0 or not glued(tokens, first - 1)
        negative = free or tokens[first - 2].word in {"(", ">", "<", "~", "="}
    return (first - 1 if negative else first), currency, negative


def relation_before(tokens: Tokens, i: int, floor: int) -> tuple[int, Relation]:
    """Give the first token of the relation in front of token `i`, and the relation."""
    relation = Relation.EXACT
    for _ in range(2):
        if i <= floor or tokens[i - 1].word not in tokens.numbers.relation_ends:
            break
        for size in (4, 3, 2, 1):
            words = _words(tokens, max(i - size, floor), min(size, i - floor))
            if len(words) == size and words in tokens.numbers.relations_before:
                outer = tokens.numbers.relations_before[words]
                relation = (
                    relation
                    if outer in {Relation.ABOUT, Relation.EXACT}
                    and (relation is not Relation.EXACT)
                    else outer
                )
                i -= size
                break
        else:
            break
    return i, relation


def _words(tokens: Tokens, i: int, size: int) -> tuple[str, ...]:
    return tuple(token.word for token in tokens[i : i + size])


def _ratio(tokens: Tokens, number: Number) -> tuple[Number, bool]:
    """Read on "1 in 10", "nine out of ten", "2/3" as a share."""
    i = number.next
    if number.scaled or number.share or number.value <= 0:
        return number, False
    slash = word_at(tokens, i) == "/" and glued(tokens, i) and glued(tokens, i + 1)
    size = (
        1
        if slash
        else next((n for n in (2, 1) if _words(tokens, i, n) in tokens.numbers.ratios), 0)
    )
    if not size or i + size >= len(tokens):
        return number, False
    whole = read_number(tokens, i + size)
    if whole is None or whole.scaled or whole.value <= number.value:
        return number, False
    if whole.value not in _DENOMINATORS or not is_whole(number.value):
        return number, False
    if word_at(tokens, whole.next) in tokens.numbers.units and not slash:
        return number, False
    value = number.value / whole.value
    share = replace(number, value=value, end=whole.end, next=whole.next, share=True)
    return share, True


def _range(
    tokens: Tokens, first: int, floor: int, low: Number, currency: str | None
) -> Found | None:
    """Read "between 3 and 5 million", "from 3 to 5", "3-5 million"; None when it is no range."""
    opener = word_at(tokens, first - 1) if first > floor else ""
    opened = opener in tokens.numbers.range_openers
    joiners = tokens.numbers.range_openers[opener] if opened else tokens.numbers.range_joiners
    if first - 1 > floor and opened and tokens[first - 2].word in tokens.numbers.changes:
        return None
    j = _past_unit(tokens, low)
    if word_at(tokens, j) not in joiners or j + 1 >= len(tokens):
        return None
    if tokens[j].word == "-" and not glued(tokens, j) and glued(tokens, j + 1):
        return None
    k = j + 1
    while word_at(tokens, k) in _CURRENCIES | {"~"} and k + 1 < len(tokens):
        k += 1
    high = read_number(tokens, k)
    if high is None:
        return None
    return _joined(tokens, tokens[first - 1 if opened else first].start, low, high, currency)


def _past_unit(tokens: Tokens, number: Number) -> int:
    """Give the token behind a number and its percent sign or glued unit."""
    j = number.next
    word = word_at(tokens, j)
    return (
        j + 1
        if word in tokens.numbers.percent or (word in tokens.numbers.units and glued(tokens, j))
        else j
    )


def _joined(
    tokens: Tokens, start: int, low: Number, high: Number, currency: str | None
) -> Found | None:
    value = low.value
    if high.scaled and not low.scaled:
        if abs(low.literal) < abs(high.literal):
            value = low.value * (high.value / high.literal)
        elif abs(low.literal) < 100:  # noqa: PLR2004
            return None  # "between 5 and 3 million" is a slip, whichever way it is read
    upper = _single(tokens, high, Relation.EXACT, currency)
    lower = _single(tokens, replace(low, value=value), Relation.EXACT, currency)
    if upper is None or lower is None or upper.high is None or lower.low is None:
        return None
    bottom, kind = lower.low, upper.kind
    if kind is Kind.SHARE and lower.kind is Kind.AMOUNT and not high.share:
        bottom = bottom / 100
    elif lower.kind is not kind and lower.kind is not Kind.AMOUNT:
        return None
    if bottom >= upper.high:
        return None
    return replace(upper, start=start, low=bottom, relation=Relation.BETWEEN)


def _single(
    tokens: Tokens, number: Number, relation: Relation, currency: str | None
) -> Found | None:
    """Read the unit and the words behind a number; None when they show that it is no number."""
    i, end, value = number.next, number.end, number.value
    kind, unit = (Kind.SHARE if number.share else Kind.AMOUNT), None
    word = word_at(tokens, i)
    if _words(tokens, i, 2) in tokens.numbers.per_cent:
        kind, value, end, i = Kind.SHARE, value / 100, tokens[i + 1].end, i + 2
    elif word in tokens.numbers.percent and not number.share:
        if word_at(tokens, i + 1) in tokens.numbers.percent_points:
            return None
        kind, value, end, i = Kind.SHARE, value / 100, tokens[i].end, i + 1
    elif currency is not None:
        kind, unit = Kind.MEASURE, currency
    elif (measured := _unit(tokens, number)) is not None:
        kind, unit, i = measured
        end = tokens[i - 1].end
    elif _spoilt(tokens, i, number):
        return None
    elif word in tokens.numbers.unclear_scales:
        return Found(number.start, tokens[i].end, i + 1, None, None, None)
    return _bounded(tokens, Found(number.start, end, i, value, value, relation, kind, unit), number)


def _spoilt(tokens: Tokens, i: int, number: Number) -> bool:
    """Whether letters glued to the digits make them something else ("3rd", "2x", "4chan")."""
    if not number.in_digits or not glued(tokens, i):
        return False
    return tokens[i].kind in {"word", "skip", "num"} and tokens[i].word.isascii()


def _unit(tokens: Tokens, number: Number) -> tuple[Kind, str, int] | None:
    """Read a unit behind a number: the kind, the unit, the token behind it."""
    i = number.next
    if number.share:
        i = i + 1 if word_at(tokens, i) in tokens.numbers.articles else i
        unit = tokens.numbers.units.get(word_at(tokens, i))
        timed = unit in {"hours", "days", "weeks", "months", "years", "decades"}
        return (Kind.MEASURE, unit, i + 1) if unit and timed else None
    if word_at(tokens, i) == "-" and glued(tokens, i) and glued(tokens, i + 1):
        i += 1
    if word_at(tokens, i) == "us":
        i += 1
    word = word_at(tokens, i)
    unit = tokens.numbers.units.get(word)
    if unit is None:
        return None
    after = i + 2 if word_at(tokens, i + 1) == "-" else i + 1
    if unit == "years" and word_at(tokens, after) in tokens.numbers.old:
        return Kind.AGE, unit, after + 1
    if unit == "km" and word_at(tokens, i + 1) == "/" and word_at(tokens, i + 2) == "h":
        return Kind.MEASURE, "km/h", i + 3
    return Kind.MEASURE, unit, i + 1


def _bounded(tokens: Tokens, found: Found, number: Number) -> Found:
    """Apply the relation, taking one from behind the number when none stands before it."""
    relation, end, i = found.relation, found.end, found.next
    if number.plus:
        relation = Relation.AT_LEAST
    elif relation is Relation.EXACT and (after := _relation_after(tokens, i)) is not None:
        relation, i = after
        end = tokens[i - 1].end
    low = None if relation in {Relation.UP_TO, Relation.LESS_THAN} else found.low
    high = None if relation in {Relation.MORE_THAN, Relation.AT_LEAST} else found.high
    return replace(found, relation=relation, end=end, next=i, low=low, high=high)


def _relation_after(tokens: Tokens, i: int) -> tuple[Relation, int] | None:
    if (
        i < len(tokens)
        and not tokens[i].word.isascii()
        and tokens[i].word not in tokens.numbers.relation_starts
    ):
        i += 1  # a Korean counter stands between the number and its relation
    if word_at(tokens, i) not in tokens.numbers.relation_starts or (
        tokens[i].word == "+" and not glued(tokens, i)
    ):
        return None
    for size in (3, 2, 1):
        words = _words(tokens, i, size)
        if len(words) == size and words in tokens.numbers.relations_behind:
            return tokens.numbers.relations_behind[words], i + size
    return None
