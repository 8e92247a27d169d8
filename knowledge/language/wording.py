"""How a language that is spoken words figures and dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from knowledge.model import Relation


@dataclass(frozen=True, slots=True)
class Scale:
    """A word for a large number, used where at most `decimals` digits follow the point."""

    value: Decimal
    one: str
    """Behind exactly one of them."""
    many: str
    decimals: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWording:
    """How figures are worded; templates take the worded numbers as {low} and {high}.

    `gap` stands between digits and their scale; without one, both ends of an interval name it.
    `level` is what an interval of a level of confidence is called ("95% interval").
    `largest` is the first number of a scale that is not written with it. The templates of an
    interval and of `span` may want the shares in a case of their own, `spanned`. `group` and
    `point` are those of Unicode CLDR. `or_later` is of a year, which is not "at least" one, and
    `money_first` tells on which side of a number the sign of its currency stands. `counted` puts a
    unit behind a number, and `counted_digits` behind one that ends in a digit. `genitive` are the
    relations whose words want what is counted in the genitive.
    """

    scales: tuple[Scale, ...]
    shares: Mapping[Decimal, str]
    spanned: Mapping[Decimal, str]
    percent: str
    level: str
    group: str
    point: str
    relations: Mapping[Relation, str]
    span: str
    or_later: str
    gap: str
    largest: int
    counted: str
    counted_digits: str
    genitive: frozenset[Relation]
    money_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWording:
    """What is put around dates; `governed` forms stand behind "since" and "until".

    `locale` is Unicode CLDR's, which words the dates themselves; `governed_month` is a pattern of
    it for months whose names decline. `or_later` is the day of what appeared then or later, once.
    `left_out` is what it writes behind a year and a date in few
    letters does without.
    """

    locale: str
    about: str
    uncertain: str
    unknown: str
    decade: str
    governed_decade: str
    some_day: str
    span: str
    up_to: str
    since: str
    or_later: str
    governed_month: str | None
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWording:
    """How names are put together; `of_country` is an office that is only known by its country."""

    of_country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the bot writes in a language."""

    numbers: NumberWording
    dates: DateWording
    names: NameWording


_NAMED_SHARES = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4)
"""The shares that people name in every language here; others read better in percent (by eye)."""


def shares(*named: str) -> Mapping[Decimal, str]:
    """Pair the words with a quarter, a third, a half, two thirds and three quarters."""
    return {Decimal(repr(at)): word for at, word in zip(_NAMED_SHARES, named, strict=True)}
