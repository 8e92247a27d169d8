"""Multiplies a number by what is glued to its digits: "1.5M", "480만", "1조 2천억"."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.language import CURRENCIES, CURRENCY_CODES
from knowledge.reading.numbers.literals import read_literal
from knowledge.reading.numbers.pieces import CAPITAL_SCALES, Number
from knowledge.reading.tokens import Tokens, glued, word_at


def with_glued_scale(tokens: Tokens, number: Number) -> Number:
    """Multiply by a scale letter or an East Asian scale right behind the digits."""
    i = number.next
    if i >= len(tokens) or tokens[i].kind != "word":
        return number
    if number.start == number.end:
        scale = tokens.numbers.attached_scales.get(tokens[i].word, 1)
        after = i + 1 if scale > 1 else i
        end = tokens[i].end if scale > 1 else number.end
        return replace(number, value=number.value * scale, end=end, next=after)
    if not number.in_digits:
        return number
    word = tokens[i].word
    letter = tokens.numbers.scale_letters.get(word.casefold())
    scales = glued(tokens, i) or word in CAPITAL_SCALES
    if letter is not None and scales and not _is_length_or_weight(tokens, i):
        value = number.value * letter
        return replace(number, value=value, end=tokens[i].end, next=i + 1, scaled=True)
    return _with_attached(tokens, number)


def _is_length_or_weight(tokens: Tokens, i: int) -> bool:
    """Whether a lone "m" or "t" behind digits is a unit: "1.8m tall", "85t of rice", not "$85t"."""
    letter, money = tokens.raw(i), tokens.raw(i - 2)
    if money in CURRENCIES or money in CURRENCY_CODES:
        return False
    if letter == "t":
        return True
    around = {word_at(tokens, i + 1), *tokens.words(max(i - 4, 0), min(i - 1, 3))}
    return letter == "m" and not around.isdisjoint(tokens.numbers.lengths)


def _with_attached(tokens: Tokens, number: Number) -> Number:
    """Multiply by East Asian scales, and add what goes on behind: "1만 3000", "1조 2천억"."""
    scale, length = _attached(tokens, number.next)
    if not length:
        return number
    i, end = number.next, tokens[number.next].start + length
    myriads = _Myriads()
    myriads.add(number.value, scale)
    while length == len(tokens[i].word) and i + 1 < len(tokens) and tokens[i + 1].kind == "num":
        rest = read_literal(tokens[i + 1].word)
        scale, length = _attached(tokens, i + 2)
        if rest is None or not myriads.add(rest, scale):
            break
        i, end = (i + 2, tokens[i + 2].start + length) if length else (i + 1, tokens[i + 1].end)
        if not length:
            break
    value = myriads.value
    literal = number.literal if i == number.next else value
    return replace(number, value=value, literal=literal, end=end, next=i + 1, scaled=True)


_MYRIAD: Final = Decimal(10_000)


class _Myriads:
    """A number in the making whose scales go by ten thousands: "7천 5백만" is (7000 + 500) × 만."""

    def __init__(self) -> None:
        self._whole = self._section = Decimal(0)
        self._below, self._large = Decimal("Infinity"), Decimal("Infinity")

    @property
    def value(self) -> Decimal:
        """What has been added up."""
        return self._whole + self._section

    def add(self, number: Decimal, scale: Decimal) -> bool:
        """Add what comes next; not if it is too large to go on with."""
        large = Decimal(1)
        while scale >= _MYRIAD:
            scale, large = scale / _MYRIAD, large * _MYRIAD
        if number * scale >= self._below or large >= self._large:
            return False
        self._section, self._below = self._section + number * scale, scale
        if large > 1:
            self._whole, self._section = self._whole + self._section * large, Decimal(0)
            self._below, self._large = _MYRIAD, large
        return True


def _attached(tokens: Tokens, i: int) -> tuple[Decimal, int]:
    """Give the product of the scales that a word begins with, and the letters that they take.

    Behind a space they have to be the whole word.
    """
    word, known = word_at(tokens, i), tokens.numbers.attached_scales
    scale, length = Decimal(1), 0
    while (piece := word[length : length + 2]) and (piece in known or piece[0] in known):
        taken = piece if piece in known else piece[0]
        scale, length = scale * known[taken], length + len(taken)
    if length and (glued(tokens, i) or length == len(word)):
        return scale, length
    return Decimal(1), 0
