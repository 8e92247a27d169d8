"""How people ask for an amount, money, a share, a day, a reason or a person, by language."""

import re
from enum import StrEnum
from functools import cache


class Wanted(StrEnum):
    """What a question asks for."""

    MANY = "many"
    """A number of things."""
    MUCH = "much"
    """An amount."""
    MONEY = "money"
    SHARE = "share"
    WHEN = "when"
    WHO = "who"
    WHY = "why"
    """A reason or a way."""
    LONG = "long"
    """A span of time, or a length."""
    DEGREE = "degree"
    """How far, deep, fast, hot: a property that is neither number nor amount."""


_WORDS: dict[str, dict[Wanted, str]] = {
    "en": {
        Wanted.MANY: "how many|number of|count",
        Wanted.MUCH: "how much",
        Wanted.MONEY: (
            "costs?|prices?|pricey|priciest|bill|expensive|cheap|money|cash|pay|paid|dollars?|"
            "euros?|pounds?|billions?|bn|budget|worth|spend|spent|spending"
        ),
        Wanted.SHARE: "share|percent|percentage|proportion|fraction|odds|chances?|how often|rate",
        Wanted.WHEN: "when|wen|(?:what|which) (?:year|date)",
        Wanted.LONG: "how long",
        Wanted.DEGREE: (r"how (?!much|many|long|do|does|did|is|are|can|come|about|often)\w+"),
    },
    "de": {
        Wanted.MANY: "wie viele|anzahl",
        Wanted.MUCH: "wie viel",
        Wanted.MONEY: "kostet|kosten|gekostet|preis",
        Wanted.SHARE: "anteil|prozent",
        Wanted.WHEN: "wann|welche[ms]? jahr",
        Wanted.LONG: "wie lange",
    },
    "es": {
        Wanted.MANY: "cu[aá]nt[oa]s",
        Wanted.MUCH: "cu[aá]nt[oa]",
        Wanted.MONEY: "cuesta|costó|cuestan|precio",
        Wanted.SHARE: "porcentaje|proporción",
        Wanted.WHEN: "cu[aá]ndo",
    },
    "uk": {
        Wanted.MANY: "скільки",
        Wanted.MUCH: "скільки",
        Wanted.MONEY: "коштує|вартість|ціна",
        Wanted.SHARE: "частка|відсоток",
        Wanted.WHEN: "коли",
    },
    "ru": {
        Wanted.MANY: "сколько",
        Wanted.MUCH: "сколько",
        Wanted.MONEY: "стоит|цена",
        Wanted.SHARE: "доля|процент",
        Wanted.WHEN: "когда",
    },
}
_FIRST = {
    Wanted.WHO: "who|wer|quién|хто|кто",
    Wanted.WHY: "why|how do|how can|how does|warum|por qué|чому|почему",
}
"""Words that ask for it at the beginning of a question alone."""
_SIGNS = {
    Wanted.MANY: "몇",
    Wanted.MUCH: "얼마",
    Wanted.MONEY: "[$€£¥]|비용|가격",
    Wanted.SHARE: "%|비율|비중|퍼센트|점유율",
    Wanted.WHEN: "언제",
}
"""Signs, and words of languages that glue endings to them."""
_LEADS = (
    r"(?:how many|how much|wie viele?|cu[aá]nt[oa]s?|скільки|сколько|number of|anzahl der|"
    r"share of|% of|what %|percentage of)\s+"
)


@cache
def _pattern(wanted: Wanted) -> re.Pattern[str]:
    words = "|".join(found for known in _WORDS.values() if (found := known.get(wanted)))
    parts = [rf"\b(?:{words})\b"] if words else []
    if wanted in _FIRST:
        parts.append(rf"^\W*(?:{_FIRST[wanted]})\b")
    if wanted in _SIGNS:
        parts.append(_SIGNS[wanted])
    return re.compile("|".join(parts))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(_LEADS, re.IGNORECASE)


def wanted(text: str) -> frozenset[Wanted]:
    """Return what a question may be asking for, by its words."""
    lower = text.lower()
    return frozenset(one for one in Wanted if _pattern(one).search(lower))


def counted_from(text: str) -> int | None:
    """Return where a question names what it counts ("how many …"), if it does."""
    found = _lead().search(text)
    return found.end() if found else None
