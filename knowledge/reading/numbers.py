"""Reads one number out of a text, in digits, in words or both: "1.5M", "one and a half million".

Judged and left out: quantulum3 (0.1-2.5 ms a text, 2.5 s of loading, "500k" is kelvin, a range
becomes its middle), text2num (fast, but "1.5 million" and "half a million" stay as they are and it
gives no offsets) and word2number (one number a text, raises on anything else).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from knowledge.language import NumberWords, fold
from knowledge.reading.tokens import Tokens, folded, glued, word_at

_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_TOKEN: Final = re.compile(
    rf"""
    (?P<plain>[^\W\d_{_VULGAR}]++(?![\w'’]|[-_]\d|://|\.\w))
  | (?P<skip>
        https?://\S+ | www\.\S+ | <[@#:at][^\s<>]{{0,80}}> | [@\#][\w.-]+
      | \d+(?::\d+)+(?:\s?[ap]m\b)? | \d{{1,2}}\s?[ap]m\b
      | 24/7\b | \d+/\d+/\d+ | \d{{4}}-\d{{2}}(?:-\d{{2}})?(?!\d)
      | \d+(?:-\d+){{2,}} | \d{{3}}-\d{{4}}(?!\d)
      | \+\d{{1,3}}[ -]?\(?\d{{2,3}}\)?(?:[ -]?\d{{2,4}}){{2,4}}(?!\d)
      | \(?\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}(?!\d)
      | [^\W\d_]+[-_]\d[\w-]* | [A-Za-z]+\d[\w-]*(?:\.\d+)* | \d\ufe0f?\u20e3
    )
  | (?P<decade>['’]?(?<!\d)(?:1[89]|20)?\d0['’]?s\b)
  | (?P<num>
        (?: \d+(?:\.\d+)?[eE][+-]?\d+(?!\w)
          | \d{{1,3}}(?:[ ]\d{{3}})+(?![\d,.]*\d)
          | \d+(?:[.,'’\u00a0\u202f\u2009]\d+)* | (?<!\w)\.\d+ ) [{_VULGAR}]?
      | [{_VULGAR}] )
  | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<op>[^\w\s])
    """,
    re.VERBOSE,
)
_KINDS: Final = {"plain": "word"}
_CAPITAL_SCALES: Final = frozenset("KMB")
_GROUPED = re.compile(r"\d{1,3}(?:([ '’,.\u00a0\u202f\u2009])\d{3})(?:\1\d{3})*")
_NEXT_WORD: Final = re.compile(r"[ \t]+([^\W\d_]+)")
_LONGEST = 40
"""Digits of a number; nobody writes more, and decimals of thousands of digits take long."""
_FLOAT_LIMIT = Decimal("1e300")
"""Figures are kept as floats, which end at 1.8e308; scales multiply up to this."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `value` = `literal` times its scale; tokens up to `next` belong to it."""

    value: Decimal
    literal: Decimal
    start: int
    end: int
    next: int
    scaled: bool = False
    share: bool = False
    in_digits: bool = False
    plus: bool = False


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens; what only looks like a number (a link, 10:30, #12) is one "skip"."""
    return Tokens(text, _TOKEN, _folded, _KINDS)


def _folded(piece: str) -> str:
    """Fold all but a lone scale letter: "3 M" is three million, "3 m" is a length."""
    return piece if piece in _CAPITAL_SCALES or piece[-1] in _VULGAR else folded(piece)


def read_number(tokens: Tokens, i: int) -> Number | None:
    """Read the number that starts at token `i`; None when none does."""
    token = tokens[i]
    if token.kind == "num":
        number = _read_digits(tokens, i)
    elif token.kind != "word":
        return None
    elif token.word in tokens.numbers.mixed:
        value = tokens.numbers.mixed[token.word]
        number = Number(value, value, token.start, token.end, i + 1)
    elif token.word in tokens.numbers.articles:
        number = _read_after_article(tokens, i)
    elif token.word in tokens.numbers.cardinals or token.word in tokens.numbers.hundred:
        number = _read_cardinal(tokens, i)
    elif token.word in tokens.numbers.fractions:
        number = _read_fraction(tokens, i)
    elif token.word in tokens.numbers.lone_scales:
        number = Number(Decimal(1), Decimal(1), token.start, token.start, i)
    else:
        return None
    if number is None:
        return None
    number = _with_half(tokens, number)
    number = _with_scales(tokens, number)
    fits = number.value == 0 or 1 / _FLOAT_LIMIT < abs(number.value) < _FLOAT_LIMIT
    return number if fits else None


def is_whole(value: Decimal) -> bool:
    """Whether a number has no fraction; `%` fails beyond the 28 digits of a decimal."""
    return value == value.to_integral_value()


def read_literal(text: str) -> Decimal | None:
    """Give the value of digits with grouping and decimal marks; None when they are malformed.

    A comma or point before exactly three digits groups ("1,500"; "28.000" only when the last of
    the three is a zero, which nobody writes behind a decimal point); otherwise it is a decimal
    mark ("1,5", "0.333"). Three or more parts must be groups of three.
    """
    if len(text) > _LONGEST:
        return None
    fraction = Decimal(0)
    if text[-1] in _VULGAR:
        fraction = Decimal(str(unicodedata.numeric(text[-1])))
        text = text[:-1]
    if not text:
        return fraction
    plain = _without_groups(text)
    if plain is None or ("e" in plain and abs(int(plain.partition("e")[2])) > _LONGEST * 10):
        return None
    return Decimal(plain) + fraction if fraction else Decimal(plain)


def _without_groups(text: str) -> str | None:
    if text.isdecimal() or "e" in text:
        return text
    match = _GROUPED.match(text)
    rest = text[match.end() :] if match else text
    if match and not rest and _is_grouping(text, match[1]):
        return "".join(c for c in text if c.isdecimal())
    if match and rest[:1] in {".", ","} and rest[0] != match[1] and rest[1:].isdecimal():
        return "".join(c for c in match[0] if c.isdecimal()) + "." + rest[1:]
    whole, _, decimals = text.replace(",", ".").partition(".")
    return f"{whole or 0}.{decimals}" if decimals.isdecimal() and "'" not in whole else None


def _is_grouping(text: str, mark: str) -> bool:
    if text[0] == "0":
        return False
    return mark != "." or text.count(".") > 1 or text[-1] == "0"


def _read_digits(tokens: Tokens, i: int) -> Number | None:
    token = tokens[i]
    value = read_literal(token.word)
    if value is None:
        return None
    share = token.word in _VULGAR and word_at(tokens, i + 1) not in tokens.numbers.scales
    return Number(value, value, token.start, token.end, i + 1, share=share, in_digits=True)


def _read_after_article(tokens: Tokens, i: int) -> Number | None:
    follower = word_at(tokens, i + 1)
    one = Number(Decimal(1), Decimal(1), tokens[i].start, tokens[i].end, i + 1)
    if follower in tokens.numbers.fractions:
        return _of_a_scale(tokens, one, tokens.numbers.fractions[follower])
    if follower in tokens.numbers.hundred or (
        tokens[i].word in tokens.numbers.cardinals and follower not in tokens.numbers.lone_scales
    ):
        return _read_cardinal(tokens, i)
    return one if follower in tokens.numbers.scales else None


def _read_fraction(tokens: Tokens, i: int) -> Number | None:
    """Read "half", "half a million", "half-million", "quarter of a million"."""
    word, token = tokens[i].word, tokens[i]
    value = tokens.numbers.fractions[word]
    j = i + 2 if word_at(tokens, i + 1) in tokens.numbers.of | {"-"} else i + 1
    j = j + 1 if word_at(tokens, j) in tokens.numbers.articles else j
    if word_at(tokens, j) in tokens.numbers.scales:
        return Number(value, value, token.start, token.end, j, scaled=True)
    share = word in tokens.numbers.whole_shares
    return Number(value, value, token.start, token.end, i + 1, share=True) if share else None


def _of_a_scale(tokens: Tokens, number: Number, part: Decimal) -> Number:
    """Read on behind "three quarters": a share, or an amount before "of a million"."""
    i = number.next
    value = number.value * part
    j = i + 1
    if (
        word_at(tokens, j) in tokens.numbers.of
        and word_at(tokens, j + 1) in tokens.numbers.articles
    ):
        j += 2
    elif word_at(tokens, j) in tokens.numbers.articles:
        j += 1
    if word_at(tokens, j) in tokens.numbers.scales:
        return replace(number, value=value, literal=value, next=j, scaled=True)
    return replace(number, value=value, literal=value, end=tokens[i].end, next=i + 1, share=True)


def _read_cardinal(tokens: Tokens, i: int) -> Number | None:
    """Read number words: "two hundred and fifty thousand", "twenty-five", "two thirds"."""
    total, current, end, j = 0, 0, tokens[i].end, i
    smallest, largest = 10**18, 1
    while (found := _read_below_thousand(tokens, j)) is not None:
        current, j, end = found
        scale = tokens.numbers.scales.get(word_at(tokens, j), 0)
        if not 1000 <= scale < smallest:  # noqa: PLR2004
            break
        total, current, smallest = total + current * scale, 0, scale
        largest = max(largest, scale)
        end, j = tokens[j].end, j + 1
        follow = j + 1 if word_at(tokens, j) in tokens.numbers.ands else j
        if total and _starts_smaller(tokens, follow):
            j = follow
        else:
            break
    value = Decimal(total + current)
    number = Number(value, value / largest, tokens[i].start, end, j, scaled=total > 0)
    if total == 0 and word_at(tokens, j) in tokens.numbers.fractions and value > 0:
        return _of_a_scale(tokens, number, tokens.numbers.fractions[word_at(tokens, j)])
    return _with_point(tokens, number)


def _starts_smaller(tokens: Tokens, i: int) -> bool:
    """Whether number words go on here ("one million five hundred thousand")."""
    word = word_at(tokens, i)
    if word not in tokens.numbers.cardinals and word not in tokens.numbers.articles:
        return False
    return word in tokens.numbers.cardinals or word_at(tokens, i + 1) in tokens.numbers.hundred


def _read_below_thousand(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    """Read 0 to 999 at `i`: the value, the next token, the end offset."""
    value, j = _read_below_hundred(tokens, i)
    if (
        j == i
        and word_at(tokens, i) in tokens.numbers.articles
        and word_at(tokens, i + 1) in tokens.numbers.hundred
    ):
        value, j = 1, i + 1
    if word_at(tokens, j) in tokens.numbers.hundred and value < 10:  # noqa: PLR2004
        value, j = max(value, 1) * 100, j + 1
        follow = j + 1 if word_at(tokens, j) in tokens.numbers.ands else j
        rest, after = _read_below_hundred(tokens, follow)
        if after > follow and rest:
            value, j = value + rest, after
    return (value, j, tokens[j - 1].end) if j > i else None


def _read_below_hundred(tokens: Tokens, i: int) -> tuple[int, int]:
    value = tokens.numbers.cardinals.get(word_at(tokens, i))
    if value is None:
        return 0, i
    j = i + 1
    if value < 20 or value % 10:  # noqa: PLR2004
        return value, j
    follow = j + 1 if word_at(tokens, j) == "-" else j
    ones = tokens.numbers.cardinals.get(word_at(tokens, follow), 0)
    return (value + ones, follow + 1) if 0 < ones < 10 else (value, j)  # noqa: PLR2004


def _with_point(tokens: Tokens, number: Number) -> Number:
    """Add the digits behind a spoken "point"."""
    j = number.next
    if word_at(tokens, j) not in tokens.numbers.points:
        return number
    digits, j = "", j + 1
    while tokens.numbers.cardinals.get(word_at(tokens, j), 10) < 10:  # noqa: PLR2004
        digits, j = digits + str(tokens.numbers.cardinals[tokens[j].word]), j + 1
    if not digits or len(digits) > _LONGEST:
        return number
    value = Decimal(f"{number.value}.{digits}")
    return replace(number, value=value, literal=value, end=tokens[j - 1].end, next=j)


def _with_half(tokens: Tokens, number: Number) -> Number:
    """Add "and a half", behind the number or behind its scale ("a million and a half")."""
    if number.share:
        return number
    i = number.next
    scale = tokens.numbers.scales.get(word_at(tokens, i), 0) if not number.scaled else 0
    j = i + 1 if scale else i
    if word_at(tokens, j) not in tokens.numbers.ands:
        return number
    article = word_at(tokens, j + 1) in tokens.numbers.articles
    j += 2 if article else 1
    part = tokens.numbers.fractions.get(word_at(tokens, j))
    if part is None or not is_whole(number.value) or not _adds(tokens, j, article=article):
        return number
    unit = number.value / number.literal if number.scaled and number.literal else Decimal(1)
    value = (number.value + part * unit) * (scale or 1)
    literal = number.literal + part
    scaled = number.scaled or scale > 0
    end = tokens[j].end
    return replace(number, value=value, literal=literal, end=end, next=j + 1, scaled=scaled)


def _adds(tokens: Tokens, i: int, *, article: bool) -> bool:
    """Whether the fraction at `i` belongs to the number before: "3 and half were lost" does not."""
    follower = word_at(tokens, i + 1)
    if article:
        return follower not in tokens.numbers.fraction_followers
    return follower in tokens.numbers.scales or tokens[i].word in tokens.numbers.added_halves


def _with_scales(tokens: Tokens, number: Number) -> Number:
    """Multiply by the scales that follow: "hundred thousand", "M", "+ million", "만"."""
    if number.share:
        return number
    number = _with_glued(tokens, number)
    j = number.next
    plus = number.plus
    if number.in_digits and word_at(tokens, j) == "+" and glued(tokens, j):
        plus, j = True, j + 1
        number = replace(number, plus=True, end=tokens[j - 1].end, next=j)
    value, end = number.value, number.end
    if (
        number.in_digits
        and word_at(tokens, j) == "-"
        and word_at(tokens, j + 1) in tokens.numbers.scales
    ):
        j += 1
    while (scale := _scale_at(tokens, j)) and abs(value) < _FLOAT_LIMIT:
        value, end, j = value * scale, tokens[j].end, j + 1
    if end == number.end:
        return number
    return replace(number, value=value, end=end, next=j, scaled=True, plus=plus)


def _scale_at(tokens: Tokens, i: int) -> int:
    word = word_at(tokens, i)
    return 100 if word in tokens.numbers.hundred else tokens.numbers.scales.get(word, 0)


def _with_glued(tokens: Tokens, number: Number) -> Number:
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
    word, start = tokens[i].word, tokens[i].start
    near = glued(tokens, i)
    letter = (
        tokens.numbers.scale_letters.get(word.casefold())
        if near or word in _CAPITAL_SCALES
        else None
    )
    if letter is not None:
        value = number.value * letter
        return replace(number, value=value, end=tokens[i].end, next=i + 1, scaled=True)
    length = next(
        (n for n in (2, 1) if len(word) >= n and word[:n] in tokens.numbers.attached_scales), 0
    )
    if not length or (not near and len(word) != length):
        return number
    value = number.value * tokens.numbers.attached_scales[word[:length]]
    whole = len(word) == length
    number = replace(number, value=value, end=start + length, next=i + 1, scaled=True)
    return _with_east_asian_rest(tokens, number) if whole else number


def _with_east_asian_rest(tokens: Tokens, number: Number) -> Number:
    """Add the digits that go on behind 만: "1만 3000" is 13,000."""
    i = number.next
    if i >= len(tokens) or tokens[i].kind != "num":
        return number
    rest = read_literal(tokens[i].word)
    if rest is None or rest >= 10_000:  # noqa: PLR2004
        return number
    end = tokens[i].end
    return replace(number, value=number.value + rest, end=end, next=i + 1)


def first_year(tokens: Tokens, i: int) -> int | None:
    """Give the first year of the decade at `i` ("1970s", "'70s", "seventies"), or None.

    Two digits without an apostrophe need a word before that leads to a decade.
    """
    decade = tokens[i].word
    if decade in tokens.numbers.decades:
        return tokens.numbers.decades[decade]
    digits = "".join(c for c in decade if c.isdecimal())
    if len(digits) > len("70"):
        return int(digits)
    led = decade[0] == "'" or word_at(tokens, i - 1) in tokens.numbers.decade_leads
    return 1900 + int(digits) if led else None


def counts_something(text: str, words: NumberWords, end: int) -> bool:
    """Tell whether the words from offset `end` on name things to count ("2024 rusty nails").

    A plural English noun within three words is taken for it: what tells the amount in
    "2024 nails" from the year in "nails 2024".
    """
    for _ in range(3):
        match = _NEXT_WORD.match(text, end)
        word = fold(match[1]) if match else ""
        if match is None or word in words.no_count:
            return False
        if word.endswith("s") and not word.endswith("ss"):
            return True
        end = match.end()
    return False
