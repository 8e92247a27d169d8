"""Reads one number out of a text, in digits, in words or both: "1.5M", "one and a half million".

Judged and left out: quantulum3 (0.1-2.5 ms a text, 2.5 s of loading, "500k" is kelvin, a range
becomes its middle), text2num (fast, but "1.5 million" and "half a million" stay as they are and it
gives no offsets) and word2number (one number a text, raises on anything else).
"""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.reading.numbers.literals import LONGEST, VULGAR, read_literal
from knowledge.reading.numbers.pieces import Number
from knowledge.reading.numbers.scales import with_glued_scale
from knowledge.reading.tokens import Tokens, glued, word_at

_A_HUNDRED, _A_THOUSAND = 100, 1000
_FLOAT_LIMIT = Decimal("1e300")
"""Figures are kept as floats, which end at 1.8e308; scales multiply up to this."""


def read_number(tokens: Tokens, i: int) -> Number | None:
    """Read the number that starts at token `i`; None when none does."""
    token = tokens[i]
    if token.kind == "num":
        number = _read_parts(tokens, i) or _read_digits(tokens, i)
    elif token.kind != "word":
        return None
    elif token.word in tokens.numbers.mixed:
        value = tokens.numbers.mixed[token.word]
        number = Number(value, value, token.start, token.end, i + 1)
    elif token.word in tokens.numbers.articles:
        number = _read_after_article(tokens, i)
    elif _is_counting(tokens, i):
        number = _read_cardinal(tokens, i)
    elif token.word in tokens.numbers.fractions:
        number = _read_fraction(tokens, i)
    elif token.word in tokens.numbers.lone_scales:
        one = Number(Decimal(1), Decimal(1), token.start, token.start, i)
        number = _read_cardinal(tokens, i) if _scale_at(tokens, i) >= _A_THOUSAND else one
    else:
        return None
    if number is None:
        return None
    number = _with_half(tokens, number)
    number = _with_scales(tokens, number)
    fits = number.value == 0 or 1 / _FLOAT_LIMIT < abs(number.value) < _FLOAT_LIMIT
    return number if fits else None


def whole_in_words(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read a whole number in words at token `i`, of numbers or of dates: it and what follows."""
    if not (_is_counting(tokens, i) or tokens[i].word in tokens.numbers.lone_scales):
        return None
    number = read_number(tokens, i)
    whole = number is not None and not number.share and is_whole(number.value)
    return (int(number.value), number.next) if number is not None and whole else None


def _is_counting(tokens: Tokens, i: int) -> bool:
    words, word = tokens.numbers, tokens[i].word
    return word in words.cardinals or word in words.hundred or word in words.hundreds


def is_whole(value: Decimal) -> bool:
    """Whether a number has no fraction; `%` fails beyond the 28 digits of a decimal."""
    return value == value.to_integral_value()


def _read_digits(tokens: Tokens, i: int) -> Number | None:
    token = tokens[i]
    value = read_literal(token.word)
    if value is None:
        return None
    number = Number(value, value, token.start, token.end, i + 1, in_digits=True)
    vulgar = word_at(tokens, i + 1) if is_whole(value) and not glued(tokens, i + 1) else ""
    if len(vulgar) == 1 and vulgar in VULGAR:
        return _plus_part(tokens, number, read_literal(vulgar) or Decimal(0), i + 2)
    slashed = _slashed(tokens, i)
    if slashed is not None:
        return _fraction_in_digits(tokens, number, slashed)
    mixed = _slashed(tokens, i + 1) if is_whole(value) and not glued(tokens, i + 1) else None
    if mixed is not None:
        return _plus_part(tokens, number, mixed, i + 4)
    alone = _raised(tokens, i + 1) if token.word == "10" else None
    if (power := alone or power_behind(tokens, i + 1)) is not None:
        scaled, following = power[0] * (1 if alone else value), power[1]
        return replace(
            number, value=scaled, end=tokens[following - 1].end, next=following, scaled=True
        )
    share = token.word in VULGAR and word_at(tokens, i + 1) not in tokens.numbers.scales
    return replace(number, share=share)


def _read_parts(tokens: Tokens, i: int) -> Number | None:
    """Read a fraction that names its parts first: "3분의 1" is one of three."""
    if word_at(tokens, i + 1) not in tokens.numbers.denominators:
        return None
    whole, parts = read_literal(tokens[i].word), read_literal(word_at(tokens, i + 2))
    if not (whole and parts and 0 < parts < whole):
        return None
    share = parts / whole
    return Number(share, share, tokens[i].start, tokens[i + 2].end, i + 3, share=True)


_LARGEST_POWER: Final = 40
"""Tens that a number is multiplied by: "3 × 10^6"; nobody counts further."""


def power_behind(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Read "× 10^6" or "x 10⁶" at `i`: the factor, and the token behind it."""
    if word_at(tokens, i) == "x10" and word_at(tokens, i + 1) == "^":
        i -= 1
    elif word_at(tokens, i) not in {"×", "x", "*"} or word_at(tokens, i + 1) != "10":
        return None
    return _raised(tokens, i + 2)


def _raised(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Read the exponent of a ten, "^6" or "⁶", at `i`."""
    raised = word_at(tokens, i) == "^"
    exponent = word_at(tokens, i + 1 if raised else i)
    if not exponent.isdecimal() or len(exponent) > 2 or int(exponent) > _LARGEST_POWER:  # noqa: PLR2004
        return None
    superscript = glued(tokens, i) and tokens[i].kind == "word"
    if not (raised or superscript):
        return None
    return Decimal(10) ** int(exponent), i + 2 if raised else i + 1


_SLASHED: Final = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 100})
"""What digits behind a slash divide by: "3/4"; others are dates, scores and days that are kept
in memory by their number ("9/11")."""


def _slashed(tokens: Tokens, i: int) -> Decimal | None:
    """Read "3/4" at `i` as a part of one."""
    joined = word_at(tokens, i + 1) == "/" and glued(tokens, i + 1) and glued(tokens, i + 2)
    upper, lower = word_at(tokens, i), word_at(tokens, i + 2)
    if not joined or not (upper.isdecimal() and lower.isdecimal()) or len(upper + lower) > LONGEST:
        return None
    part = int(upper) in range(1, int(lower)) and int(lower) in _SLASHED
    return Decimal(int(upper)) / int(lower) if part else None


def _fraction_in_digits(tokens: Tokens, number: Number, part: Decimal) -> Number:
    """Read on behind "3/4": an amount before a scale or a unit, else left to be a share."""
    j = number.next + 2
    k = _past_of_a(tokens, j)
    if word_at(tokens, k) in tokens.numbers.scales:
        return replace(number, value=part, literal=part, end=tokens[k - 1].end, next=k)
    measured = word_at(tokens, j + 1 if word_at(tokens, j) == "-" else j) in tokens.numbers.units
    if not measured:
        return number
    return replace(number, value=part, literal=part, end=tokens[j - 1].end, next=j)


def _past_of_a(tokens: Tokens, i: int) -> int:
    """Give the token behind "of a", "of" or "a"."""
    i = i + 1 if word_at(tokens, i) in tokens.numbers.of else i
    return i + 1 if word_at(tokens, i) in tokens.numbers.articles else i


def _plus_part(tokens: Tokens, number: Number, part: Decimal, following: int) -> Number:
    value = number.value + part
    end = tokens[following - 1].end
    return replace(number, value=value, literal=value, end=end, next=following)


def _read_after_article(tokens: Tokens, i: int) -> Number | None:
    words, j = tokens.numbers, _past_hyphen(tokens, i + 1)
    follower = word_at(tokens, i + 1)
    one = Number(Decimal(1), Decimal(1), tokens[i].start, tokens[i].end, i + 1)
    if follower in words.points and _tenths_at(tokens, i + 2) is not None:
        return _with_point(tokens, one)
    if word_at(tokens, j) in words.parts:
        return _of_a_scale(tokens, replace(one, next=j), words.parts[word_at(tokens, j)])
    counts_on = tokens[i].word in words.cardinals and follower not in words.lone_scales
    if follower in words.hundred or counts_on or _scale_at(tokens, i + 1) >= _A_THOUSAND:
        return _read_cardinal(tokens, i)
    return one if follower in words.scales else None


def _past_hyphen(tokens: Tokens, i: int) -> int:
    """Give the token behind a hyphen that ties two words together."""
    tied = word_at(tokens, i) == "-" and glued(tokens, i) and glued(tokens, i + 1)
    return i + 1 if tied else i


def _read_fraction(tokens: Tokens, i: int) -> Number | None:
    """Read "half", "half a million", "half-million", "quarter of a million"."""
    word, token = tokens[i].word, tokens[i]
    value = tokens.numbers.fractions[word]
    j = _past_of_a(tokens, i + 2 if word_at(tokens, i + 1) == "-" else i + 1)
    if word_at(tokens, j) in tokens.numbers.scales:
        return Number(value, value, token.start, token.end, j, scaled=True)
    if (percent := _of_a_percent(tokens, j)) is not None:
        end, following = percent
        return Number(value / 100, value, token.start, end, following, share=True)
    share = word in tokens.numbers.whole_shares
    return Number(value, value, token.start, token.end, i + 1, share=True) if share else None


def _of_a_percent(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read the "percent" of "half a percent": where it ends, and the token behind it."""
    words = tokens.numbers
    if word_at(tokens, i) in words.percent:
        return tokens[i].end, i + 1
    spelled = tokens.words(i, 2) in words.per_cent
    return (tokens[i + 1].end, i + 2) if spelled else None


def _of_a_scale(tokens: Tokens, number: Number, part: Decimal) -> Number:
    """Read on behind "three quarters": a share, or an amount before "of a million"."""
    i = number.next
    value = number.value * part
    j = _past_of_a(tokens, i + 1)
    tied = j != i + 2 or word_at(tokens, i + 1) not in tokens.numbers.of
    if word_at(tokens, j) in tokens.numbers.scales and tied:
        return replace(number, value=value, literal=value, next=j, scaled=True)
    if (percent := _of_a_percent(tokens, j)) is not None:
        end, following = percent
        return replace(number, value=value / 100, end=end, next=following, share=True)
    return replace(number, value=value, literal=value, end=tokens[i].end, next=i + 1, share=True)


def _read_cardinal(tokens: Tokens, i: int) -> Number | None:
    """Read number words: "two hundred and fifty thousand", "twenty-five", "two thirds"."""
    words = tokens.numbers
    total, current, end, j = 0, 0, tokens[i].end, i
    smallest, largest = 10**18, 1
    while (found := _read_below_thousand(tokens, j) or _one_at(tokens, i, j)) is not None:
        current, j, end = found
        scale = words.scales.get(word_at(tokens, j), 0)
        if not _A_THOUSAND <= scale < smallest:
            break
        total, current, smallest = total + current * scale, 0, scale
        largest = max(largest, scale)
        end, j = tokens[j].end, j + 1
        follow = j + 1 if word_at(tokens, j) in words.ands else j
        if _starts_smaller(tokens, follow):
            j = follow
        elif word_at(tokens, j) == "," and _goes_on(tokens, j + 1, smallest):
            j += 1
        else:
            break
    value = Decimal(total + current)
    number = Number(value, value / largest, tokens[i].start, end, j, scaled=total > 0)
    k = _past_hyphen(tokens, j)
    if total == 0 and word_at(tokens, k) in words.parts and value > 0:
        return _of_a_scale(tokens, replace(number, next=k), words.parts[word_at(tokens, k)])
    return _with_point(tokens, number)


def _one_at(tokens: Tokens, i: int, j: int) -> tuple[int, int, int] | None:
    """Read the one of a scale that a number begins with: "mil doscientos", "eine Million"."""
    word = tokens[i].word
    if i == j and word in tokens.numbers.lone_scales:
        return 1, i, tokens[i].end
    article = i == j and word in tokens.numbers.articles
    return (
        (1, i + 1, tokens[i].end) if article and _scale_at(tokens, i + 1) >= _A_THOUSAND else None
    )


def _starts_smaller(tokens: Tokens, i: int) -> bool:
    """Whether number words go on here ("one million five hundred thousand")."""
    words, word = tokens.numbers, word_at(tokens, i)
    begun = word in words.cardinals or word in words.hundred or word in words.hundreds
    return begun or word_at(tokens, i + 1) in words.hundred


def _goes_on(tokens: Tokens, i: int, scale: int) -> bool:
    """Whether a number goes on behind a comma: by hundreds, or by a smaller scale.

    "twelve thousand, five hundred" is one number; "two thousand, five" are two.
    """
    found = _read_below_thousand(tokens, i)
    if found is None:
        return False
    smaller = tokens.numbers.scales.get(word_at(tokens, found[1]), 0)
    return found[0] >= _A_HUNDRED or _A_THOUSAND <= smaller < scale


def _read_below_thousand(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    """Read 0 to 999 at `i`: the value, the next token, the end offset."""
    words = tokens.numbers
    value, j = _read_below_hundred(tokens, i)
    an = word_at(tokens, i) in words.articles and word_at(tokens, i + 1) in words.hundred
    if j == i and an:
        value, j = 1, i + 1
    if 10 < value < 100 and word_at(tokens, j) in words.hundred:  # noqa: PLR2004
        return _hundreds_and(tokens, value, j + 1)
    whole = words.hundreds.get(word_at(tokens, i), 0)
    if whole or (word_at(tokens, j) in words.hundred and value < 10):  # noqa: PLR2004
        value, j = whole or max(value, 1) * 100, i + 1 if whole else j + 1
        follow = j + 1 if word_at(tokens, j) in tokens.numbers.ands else j
        rest, after = _read_below_hundred(tokens, follow)
        if after > follow and rest:
            value, j = value + rest, after
    return (value, j, tokens[j - 1].end) if j > i else None


def _hundreds_and(tokens: Tokens, hundreds: int, i: int) -> tuple[int, int, int]:
    """Read on behind "thirty-four hundred"; without a rest the hundred is left, as a scale."""
    follow = i + 1 if word_at(tokens, i) in tokens.numbers.ands else i
    rest, after = _read_below_hundred(tokens, follow)
    if rest:
        return hundreds * 100 + rest, after, tokens[after - 1].end
    return hundreds, i - 1, tokens[i - 2].end


def _read_below_hundred(tokens: Tokens, i: int) -> tuple[int, int]:
    value = tokens.numbers.cardinals.get(word_at(tokens, i))
    if value is None:
        return 0, i
    j = i + 1
    if value < 20 or value % 10:  # noqa: PLR2004
        return value, j
    linked = word_at(tokens, j) == "-" or word_at(tokens, j) in tokens.numbers.tens_links
    follow = j + 1 if linked else j
    ones = tokens.numbers.cardinals.get(word_at(tokens, follow), 0)
    return (value + ones, follow + 1) if 0 < ones < 10 else (value, j)  # noqa: PLR2004


def _with_point(tokens: Tokens, number: Number) -> Number:
    """Add the digits behind a spoken "point", or so many tenths."""
    j = number.next
    if word_at(tokens, j) not in tokens.numbers.points:
        return number
    if (tenths := _tenths_at(tokens, j + 1)) is not None:
        return _plus_part(tokens, number, *tenths)
    digits, j = "", j + 1
    while tokens.numbers.cardinals.get(word_at(tokens, j), 10) < 10:  # noqa: PLR2004
        digits, j = digits + str(tokens.numbers.cardinals[tokens[j].word]), j + 1
    if not digits or len(digits) > LONGEST:
        return number
    value = Decimal(f"{number.value}.{digits}")
    return replace(number, value=value, literal=value, end=tokens[j - 1].end, next=j)


def _tenths_at(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Read the parts of one behind a spoken point, "п'ять десятих", and what follows them."""
    words = tokens.numbers
    i = i + 1 if word_at(tokens, i) in words.ands else i
    one = (1, i + 1, 0) if word_at(tokens, i) in words.articles else None
    count, j, _ = _read_below_thousand(tokens, i) or one or (0, i, 0)
    parts = words.tenths.get(word_at(tokens, j), 0)
    return (Decimal(count) / parts, j + 1) if 0 < count < parts else None


def _with_half(tokens: Tokens, number: Number) -> Number:
    """Add "and a half", "and three quarters", behind the number or behind its scale."""
    if number.share or not is_whole(number.value):
        return number
    words, i = tokens.numbers, number.next
    scale = words.scales.get(word_at(tokens, i), 0) if not number.scaled else 0
    j = i + 1 if scale else i
    if word_at(tokens, j) not in words.ands:
        return number
    part = _part_behind(tokens, j + 1)
    if part is None:
        return number
    value = (number.value + part[0] * number.scale) * (scale or 1)
    literal = number.literal + part[0]
    scaled = number.scaled or scale > 0
    end = tokens[part[1] - 1].end
    return replace(number, value=value, literal=literal, end=end, next=part[1], scaled=scaled)


def _part_behind(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Read the part that an "and" adds: "a half", "one-half", "three quarters", "medio"."""
    words, word = tokens.numbers, word_at(tokens, i)
    counted = word in words.articles or word in words.cardinals
    j = _past_hyphen(tokens, i + 1) if counted else i
    part = words.parts.get(word_at(tokens, j))
    if part is None or not _adds(tokens, j, counted=counted):
        return None
    value = part * (words.cardinals.get(word, 1) if counted else 1)
    return (value, j + 1) if value < 1 else None


def _adds(tokens: Tokens, i: int, *, counted: bool) -> bool:
    """Whether the fraction at `i` belongs to the number before: "3 and half were lost" does not."""
    follower = word_at(tokens, i + 1)
    if counted:
        return follower not in tokens.numbers.fraction_followers
    return follower in tokens.numbers.scales or tokens[i].word in tokens.numbers.added_halves


def _with_scales(tokens: Tokens, number: Number) -> Number:
    """Multiply by the scales that follow: "hundred thousand", "M", "+ million", "만"."""
    if number.share:
        return number
    number = with_glued_scale(tokens, number)
    j = number.next
    plus = number.plus
    if number.in_digits and word_at(tokens, j) == "+" and glued(tokens, j):
        plus, j = True, j + 1
        number = replace(number, plus=True, end=tokens[j - 1].end, next=j)
    value, end, largest = number.value, number.end, 1
    if (
        number.in_digits
        and word_at(tokens, j) == "-"
        and word_at(tokens, j + 1) in tokens.numbers.scales
    ):
        j += 1
    while (scale := _scale_at(tokens, j)) and abs(value) < _FLOAT_LIMIT:
        value, end, largest = value * scale, tokens[j].end, largest * scale
        j = _past_full_stop(tokens, j)
    if end == number.end:
        return number
    number = replace(number, value=value, end=end, next=j, scaled=True, plus=plus)
    return _with_smaller(tokens, number, largest) if number.in_digits else number


_LONGEST_ABBREVIATION: Final = 4
"""Letters of a scale that a full stop may follow: "Mrd.", "тис."; the longest has four."""


def _past_full_stop(tokens: Tokens, i: int) -> int:
    """Give the token behind a scale, and behind the full stop of an abbreviated one."""
    stopped = word_at(tokens, i + 1) == "." and glued(tokens, i + 1)
    if not stopped or len(tokens[i].word) > _LONGEST_ABBREVIATION:
        return i + 1
    if tokens[i].word in tokens.numbers.dotted and i + 2 < len(tokens):
        return i + 2
    goes_on = tokens.raw(i + 2).islower() or word_at(tokens, i + 2) in tokens.numbers.units
    return i + 2 if goes_on and not glued(tokens, i + 2) else i + 1


def _with_smaller(tokens: Tokens, number: Number, largest: int) -> Number:
    """Add digits with a smaller scale: "2 million 300 thousand", "1 crore 20 lakh"."""
    j = number.next + 1 if word_at(tokens, number.next) in tokens.numbers.ands else number.next
    rest = read_literal(tokens[j].word) if j < len(tokens) and tokens[j].kind == "num" else None
    scale = _scale_at(tokens, j + 1)
    if rest is None or not _A_THOUSAND <= scale < largest or rest * scale >= largest:
        return number
    end = tokens[j + 1].end
    return replace(number, value=number.value + rest * scale, end=end, next=j + 2)


def _scale_at(tokens: Tokens, i: int) -> int:
    word = word_at(tokens, i)
    return 100 if word in tokens.numbers.hundred else tokens.numbers.scales.get(word, 0)
