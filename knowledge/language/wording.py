"""The words that figures are written with, one table a language: language data, no logic."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel import Locale

from knowledge.model import Relation


@dataclass(frozen=True, slots=True)
class Scale:
    """A word for a large number, used where at most `decimals` digits follow the point."""

    value: Decimal
    one: str
    """Behind exactly one of them."""
    many: str
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; templates take the worded numbers as {low} and {high}.

    `gap` stands between digits and their scale; without one, both ends of an interval name it.
    `largest` is the first number of a scale that is not written with it. The templates of an
    interval and of `span` may want the shares in a case of their own, `spanned`.
    """

    scales: tuple[Scale, ...]
    shares: Mapping[Decimal, str]
    spanned: Mapping[Decimal, str]
    percent: str
    group: str
    point: str
    relations: Mapping[Relation, str]
    span: str
    gap: str = " "
    largest: int = 1000
    counted: str = "{number} {unit}"


_NAMED_SHARES = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4)


def _shares(*words: str) -> Mapping[Decimal, str]:
    """Pair the words with a quarter, a third, a half, two thirds and three quarters."""
    return {Decimal(repr(at)): word for at, word in zip(_NAMED_SHARES, words, strict=True)}


def _symbols(language: str) -> tuple[str, str]:
    """Return what a language groups thousands with, and its decimal point."""
    symbols = Locale.parse(language).number_symbols["latn"]
    return symbols["group"], symbols["decimal"]


def _english() -> Words:
    group, point = _symbols("en")
    shares = _shares("a quarter", "a third", "half", "two thirds", "three quarters")
    return Words(
        scales=(
            Scale(Decimal(10) ** 12, "trillion", "trillion"),
            Scale(Decimal(10) ** 9, "billion", "billion"),
            Scale(Decimal(10) ** 6, "million", "million"),
        ),
        shares=shares,
        spanned=shares,
        percent="{}%",
        group=group,
        point=point,
        relations={
            Relation.EXACT: "{low}",
            Relation.ABOUT: "about {low}",
            Relation.MORE_THAN: "more than {low}",
            Relation.AT_LEAST: "at least {low}",
            Relation.UP_TO: "up to {high}",
            Relation.LESS_THAN: "less than {high}",
            Relation.BETWEEN: "between {low} and {high}",
        },
        span="{low} to {high}",
    )


def _german() -> Words:
    group, point = _symbols("de")
    return Words(
        scales=(
            Scale(Decimal(10) ** 12, "Billion", "Billionen"),
            Scale(Decimal(10) ** 9, "Milliarde", "Milliarden"),
            Scale(Decimal(10) ** 6, "Million", "Millionen"),
        ),
        shares=_shares("ein Viertel", "ein Drittel", "die Hälfte", "zwei Drittel", "drei Viertel"),
        spanned=_shares(
            "einem Viertel", "einem Drittel", "der Hälfte", "zwei Dritteln", "drei Vierteln"
        ),
        percent="{}\N{NO-BREAK SPACE}%",
        group=group,
        point=point,
        relations={
            Relation.EXACT: "{low}",
            Relation.ABOUT: "etwa {low}",
            Relation.MORE_THAN: "mehr als {low}",
            Relation.AT_LEAST: "mindestens {low}",
            Relation.UP_TO: "höchstens {high}",
            Relation.LESS_THAN: "weniger als {high}",
            Relation.BETWEEN: "zwischen {low} und {high}",
        },
        span="zwischen {low} und {high}",
    )


def _ukrainian() -> Words:
    group, point = _symbols("uk")
    return Words(
        # The short words are what newspapers print, and no case changes them.
        scales=(
            Scale(Decimal(10) ** 12, "трлн", "трлн"),
            Scale(Decimal(10) ** 9, "млрд", "млрд"),
            Scale(Decimal(10) ** 6, "млн", "млн"),
        ),
        shares=_shares("чверть", "третина", "половина", "дві третини", "три чверті"),
        spanned=_shares("чверті", "третини", "половини", "двох третин", "трьох чвертей"),
        percent="{}%",
        group=group,
        point=point,
        relations={
            Relation.EXACT: "{low}",
            Relation.ABOUT: "приблизно {low}",
            Relation.MORE_THAN: "більш ніж {low}",
            Relation.AT_LEAST: "щонайменше {low}",
            Relation.UP_TO: "щонайбільше {high}",
            Relation.LESS_THAN: "менш ніж {high}",
            Relation.BETWEEN: "від {low} до {high}",
        },
        span="від {low} до {high}",
    )


def _korean() -> Words:
    group, point = _symbols("ko")
    shares = _shares("4분의 1", "3분의 1", "절반", "3분의 2", "4분의 3")
    return Words(
        # Korean counts in ten thousands: 1.5 million is 150 of them.
        scales=(
            Scale(Decimal(10) ** 12, "조", "조"),
            Scale(Decimal(10) ** 8, "억", "억"),
            Scale(Decimal(10) ** 4, "만", "만", decimals=0),
        ),
        shares=shares,
        spanned=shares,
        percent="{}%",
        group=group,
        point=point,
        relations={
            Relation.EXACT: "{low}",
            Relation.ABOUT: "약 {low}",
            Relation.MORE_THAN: "{low} 초과",
            Relation.AT_LEAST: "{low} 이상",
            Relation.UP_TO: "최대 {high}",
            Relation.LESS_THAN: "{high} 미만",
            Relation.BETWEEN: "{low}에서 {high} 사이",
        },
        span="{low}에서 {high}",
        gap="",
        largest=10_000,
        counted="{unit} {number}",
    )


ENGLISH: Final = "en"
WORDS: Final[Mapping[str, Words]] = {
    ENGLISH: _english(),
    "de": _german(),
    "ko": _korean(),
    "uk": _ukrainian(),
}
"""The languages that figures can be worded in, by their ISO 639 codes."""
