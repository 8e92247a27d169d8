"""Reads what stands around a number: its relation, range, sign, currency and unit."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.language import CURRENCIES, CURRENCY_CODES, LANGUAGES
from knowledge.model import Kind, Relation
from knowledge.reading.numbers.compounds import with_lesser
from knowledge.reading.numbers.intervals import Found, with_interval
from knowledge.reading.numbers.numbers import read_number
from knowledge.reading.numbers.pieces import Number
from knowledge.reading.numbers.printed_units import currency_before, unit_behind
from knowledge.reading.numbers.ratios import (
    is_set_against,
    read_odds,
    read_return,
    with_ratio,
)
from knowledge.reading.tokens import Tokens, glued, word_at
from knowledge.words import languages_of

_THREE_BEHIND: Final = re.compile(r"\d{1,3},\d{3}")


def read_in_context(tokens: Tokens, i: int, floor: int, number: Number) -> Found | None:
    """Read what stands around a number: range, sign, currency, relation, unit, interval."""
    first, currency, negative = _sign_and_currency(tokens, i, floor)
    if is_set_against(tokens, first, number, currency):
        return None
    low = replace(number, value=-number.value) if negative else number
    odds = read_odds(tokens, i, low) or read_return(tokens, i, low, currency)
    if odds is not None:
        begin, relation = relation_before(tokens, first, floor)
        odds = replace(odds, start=tokens[begin].start, relation=relation)
        return _bounded(tokens, odds, low)
    low, divided = with_ratio(tokens, low)
    found = None if divided else _range(tokens, first, floor, low, currency)
    if found is not None:
        first = next(at for at in range(i, -1, -1) if tokens[at].start == found.start)
        begin, relation = relation_before(tokens, first, floor)
        if relation is Relation.ABOUT:
            found, first = replace(found, start=tokens[begin].start), begin
    else:
        begin, relation = relation_before(tokens, first, floor)
        found = _single(tokens, low, relation, currency)
        if found is None:
            return None
        found = replace(found, start=tokens[begin].start)
        first = begin
    return replace(found, change=_change(tokens, first, floor, found))


def _change(tokens: Tokens, first: int, floor: int, found: Found) -> int:
    """Tell whether the words before a quantity make it what something rose or fell by.

    Of an amount, a verb alone does not tell: who grew 12 million tonnes grew them.
    """
    words, at = tokens.numbers, first - 1
    linked = word_at(tokens, at) in words.change_links
    at = at - 1 if linked else at
    if at < floor or found.relation is None:
        return 0
    led = linked or found.kind is Kind.SHARE or _comes_to(tokens, found.next)
    if not led:
        return 0
    return int(tokens[at].word in words.rises) - int(tokens[at].word in words.falls)


def _comes_to(tokens: Tokens, i: int) -> bool:
    """Whether what came of a change stands at `i`: "(increased 3,000) to 13,000"."""
    if word_at(tokens, i) not in tokens.numbers.range_joiners or i + 1 >= len(tokens):
        return False
    j = i + 1
    while _is_currency(tokens, j):
        j += 1
    return j < len(tokens) and tokens[j].kind == "num"


def _sign_and_currency(tokens: Tokens, i: int, floor: int) -> tuple[int, str | None, bool]:
    """Give the first token that belongs to the number at `i`, its currency, and its sign."""
    first, currency = currency_before(tokens, i, floor)
    negative = False
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
        for size in (5, 4, 3, 2, 1):
            words = tokens.words(max(i - size, floor), min(size, i - floor))
            if i - size == floor > 0 and words[0] in tokens.numbers.range_joiners:
                continue  # "from 3 to 5", where a word for "to" means "up to" as well
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


def _range(
    tokens: Tokens, first: int, floor: int, low: Number, currency: str | None
) -> Found | None:
    """Read "between 3 and 5 million", "from 3 to 5", "3-5 million"; None when it is no range."""
    opener = word_at(tokens, first - 1) if first > floor else ""
    opened = opener in tokens.numbers.range_openers
    joiners = tokens.numbers.range_openers[opener] if opened else tokens.numbers.range_joiners
    before = first - 2 if opened else first - 1
    changed = before >= floor and word_at(tokens, before) in tokens.numbers.changes
    if changed and opened:
        return None
    j = _past_unit(tokens, low, joiners)
    if word_at(tokens, j) not in joiners or j + 1 >= len(tokens):
        return None
    if tokens[j].word == "-" and not glued(tokens, j) and glued(tokens, j + 1):
        return None
    k = j + 1
    while (word_at(tokens, k) == "~" or _is_currency(tokens, k)) and k + 1 < len(tokens):
        k += 1
    high = read_number(tokens, k)
    if high is None:
        return None
    if low.share and low.in_digits and not high.share and high.value >= 1:
        low = replace(low, share=False)  # "½–1"
    if not tokens[j].word.isalpha() and glued(tokens, j) and glued(tokens, k):
        low = _grouped_alike(tokens, low, high, k)
    found = _joined(tokens, tokens[first - 1 if opened else first].start, low, high, currency)
    by_and_to = changed and tokens[j].word.isalpha() and found is not None
    return None if by_and_to and found is not None and found.kind is not Kind.SHARE else found


def _grouped_alike(tokens: Tokens, low: Number, high: Number, k: int) -> Number:
    """Read "10-12,000" as 10,000 to 12,000: who writes it so leaves the thousands out once."""
    thousands = low.value * 1000
    grouped = not tokens.raw(k).isdecimal() and high.value % 1000 == 0
    alike = low.in_digits and low.value < 1000 and thousands < high.value <= thousands * 10  # noqa: PLR2004
    if not (grouped and alike and not low.scaled and high.in_digits and not high.scaled):
        return low
    return replace(low, value=thousands)


def _is_currency(tokens: Tokens, i: int) -> bool:
    """Whether a sign or a code of a currency stands at `i`, or the letters before a sign."""
    raw = tokens.raw(i)
    whose = glued(tokens, i + 1) and f"{raw.upper()}{tokens.raw(i + 1)}" in CURRENCIES
    return raw in CURRENCIES or raw in CURRENCY_CODES or whose


def _past_unit(tokens: Tokens, number: Number, joiners: AbstractSet[str]) -> int:
    """Give the token behind a number and its percent sign or unit, where a range may go on."""
    j = number.next
    if word_at(tokens, j) in tokens.numbers.percent:
        return j + 1
    unit = None if word_at(tokens, j) in joiners else unit_behind(tokens, number)
    behind = unit.next if unit is not None else j
    return behind if word_at(tokens, behind) in joiners or glued(tokens, j) else j


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
    elif lower.unit is None and upper.unit_scale != 1:
        bottom = bottom * upper.unit_scale
    elif lower.kind is not kind and lower.kind is not Kind.AMOUNT:
        return None
    if None not in {lower.unit, upper.unit} and lower.unit != upper.unit:
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
    by = Decimal(1)
    word = word_at(tokens, i)
    if tokens.words(i, 2) in tokens.numbers.per_cent:
        value = _with_decimals(tokens, number)
        kind, value, end, i = Kind.SHARE, value / 100, tokens[i + 1].end, i + 2
    elif word in tokens.numbers.percent and not number.share:
        if word_at(tokens, i + 1) in tokens.numbers.percent_points:
            return None
        value = _with_decimals(tokens, number)
        kind, value, end, i = Kind.SHARE, value / 100, tokens[i].end, i + 1
    elif word == "‰" and not number.share:
        kind, value, end, i = Kind.SHARE, value / 1000, tokens[i].end, i + 1
    elif currency is not None:
        kind, unit = Kind.MEASURE, currency
    elif (measured := unit_behind(tokens, number)) is not None:
        lesser, i = with_lesser(tokens, number, measured)
        kind, unit, by = measured.kind, measured.name, measured.scale
        value, end = value * by + lesser, tokens[i - 1].end
    elif _spoilt(tokens, i, number):
        return None
    elif word in tokens.numbers.unclear_scales:
        return Found(number.start, tokens[i].end, i + 1, None, None, None)
    found = Found(number.start, end, i, value, value, relation, kind, unit, scale=number.scale)
    found = replace(found, unit_scale=by)
    return _bounded(tokens, with_interval(tokens, found), number)


def _with_decimals(tokens: Tokens, number: Number) -> Decimal:
    """Read "4,981 Prozent" as less than five: of a share, a comma parts no thousands.

    But where a language parts thousands so: "up 4,981 percent".
    """
    digits = tokens[number.next - 1].word
    of_thousands = LANGUAGES[languages_of(tokens.text)[0]].point == "."
    if of_thousands or not number.in_digits or not _THREE_BEHIND.fullmatch(digits):
        return number.value
    return number.value / 1000


def _spoilt(tokens: Tokens, i: int, number: Number) -> bool:
    """Whether letters glued to the digits make them something else ("3rd", "2x", "4chan")."""
    if not number.in_digits or not glued(tokens, i):
        return False
    return tokens[i].kind in {"word", "skip", "num"} and tokens[i].word.isascii()


def _bounded(tokens: Tokens, found: Found, number: Number) -> Found:
    """Apply the relation, taking one from behind the number when none stands before it."""
    relation, end, i = found.relation, found.end, found.next
    if found.value is not None:
        return found
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
        words = tokens.words(i, size)
        if len(words) == size and words in tokens.numbers.relations_behind:
            return tokens.numbers.relations_behind[words], i + size
    return None
