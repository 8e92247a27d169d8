"""The words people date with, in the languages the bot is asked in: language data, no logic.

Month names come from Babel (CLDR), loaded at the first use: importing it takes 20 ms and its
locales 30 ms more. Every other word is here, casefolded.
"""

from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from knowledge.language.numbers import words

LANGUAGES: Final = ("en", "de", "es", "uk", "ru")


class MonthName(NamedTuple):
    """A month and whether its name may stand without a year ("since Feb")."""

    month: int
    alone: bool


@cache
def months() -> dict[str, MonthName]:
    """Give every month name and abbreviation, casefolded, without its full stop.

    The abbreviations of other languages than English need a year: "ago" is a month in Spanish.
    """
    from babel import Locale  # noqa: PLC0415 - only a text to read dates in pays for it

    found = {"sept": MonthName(9, alone=True)}
    for language in LANGUAGES:
        names = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                alone = width == "wide" or language == "en"
                for number, name in names[context][width].items():
                    for key in _cases(name.casefold().rstrip(".")):
                        found.setdefault(key, MonthName(number, alone))
    return found


def _cases(name: str) -> list[str]:
    """Add to a Slavic genitive (all that CLDR has) the cases of "in" and "by"."""
    for ending, others in (("ого", ("ому",)), ("я", ("і", "е", "ю")), ("а", ("і", "е", "у"))):
        if name.endswith(ending):
            return [name, *(name.removesuffix(ending) + other for other in others)]
    return [name]


class Lead(StrEnum):
    """What the words before a date make of it."""

    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    DURING = "during"
    BETWEEN = "between"


_LEADS: Final = {
    Lead.SINCE: "since|after|from|starting|starting in|starting from|beginning in|as from|"
    "later than|newer than|post|seit|ab|nach|desde|a partir de|después de|tras|з|із|від|після|"
    "починаючи з|с|со|после|начиная с",
    Lead.UNTIL: "by|until|till|til|up to|up until|up till|through|as of|as at|no later than|"
    "not later than|bis|bis zum|bis ende|stand|per|hasta|a fecha de|до|к|станом на|по состоянию на",
    Lead.BEFORE: "before|prior to|earlier than|older than|pre|vor|antes de|перед|ранее|раніше",
    Lead.DURING: "in|during|within|throughout|on|at|of|for|around|about|over|im|in der|während|am|"
    "en|durante|у|в|во|протягом|упродовж|в течение|за",
    Lead.BETWEEN: "between|zwischen|entre|між|между",
}
LEADS: Final = {
    tuple(phrase.split()): lead for lead, row in _LEADS.items() for phrase in row.split("|")
}
"""Words before a date → what they make of it."""

LEAD_ENDS: Final = frozenset(phrase[-1] for phrase in LEADS)
WEAK_LEADS: Final = words("on at of for around about over per")
"""Leads too common to turn a lone month name or a number that looks like a year into a date."""

NOT_A_YEAR_AFTER: Final = words("than about around roughly approximately nearly almost ~ > < some")

ONWARDS: Final = words("on onward onwards forward an adelante")
LATER: Final = {
    "이후": Lead.SINCE,
    "부터": Lead.SINCE,
    "까지": Lead.UNTIL,
    "이전": Lead.BEFORE,
    "전": Lead.BEFORE,
    "에": Lead.DURING,
    "중": Lead.DURING,
}
"""Korean particles behind a date → what they make of it."""

ARTICLES: Final = words("the el la der die das dem den del")
OF: Final = words("of de del , des der года року")
YEAR_WORDS: Final = words("року рік роки рр р года год г")
"""Words behind a year that only say that it is one."""

JOINERS: Final = words("to until till through thru bis hasta до по - – — ~")
ALTERNATIVES: Final = words("or and / & oder und o y або чи и и/или та і")

PARTS: Final = {
    "early": "early",
    "mid": "middle",
    "middle": "middle",
    "late": "late",
    "beginning": "start",
    "start": "start",
    "end": "end",
    "anfang": "start",
    "mitte": "middle",
    "ende": "end",
    "spät": "late",
    "principios": "start",
    "mediados": "middle",
    "finales": "end",
    "початок": "start",
    "початку": "start",
    "кінець": "end",
    "кінця": "end",
    "начала": "start",
    "начало": "start",
    "конца": "end",
    "конец": "end",
    "середини": "middle",
    "середины": "middle",
}
"""Words that take a part of a year, a season or a month."""

ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3} | {
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
FRACTION_PARTS: Final = {"half": 2, "quarter": 4}

SEASONS: Final = {
    word: first
    for first, row in {
        3: "spring frühling frühjahr primavera весна весни весны весну навесні весной",
        6: "summer sommer verano літо літа літку лето лета летом",
        9: "autumn herbst otoño осінь осені восени осень осенью",
        12: "winter invierno зима зими взимку зимы зимой",
    }.items()
    for word in row.split()
} | {"fall": 9}
"""Season → its first month, in the northern hemisphere and as meteorologists count."""

LAST: Final = words("last past previous letzten letzter letztes letztem vorigen pasado")
THIS: Final = words("this current diesen diesem este")
UNITS: Final = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
} | {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "quarters": "quarter",
    "years": "year",
}
DAYS: Final = {
    "today": 0,
    "yesterday": 1,
    "heute": 0,
    "gestern": 1,
    "hoy": 0,
    "ayer": 1,
    "сьогодні": 0,
    "вчора": 1,
    "сегодня": 0,
    "вчера": 1,
    "오늘": 0,
    "어제": 1,
}

KNOWN: Final = words("known knew bekannt conocido conocida відомо известно")
"""With these a period tells what had been asserted by its end, "in" included."""

REPORTED: Final = words("reported published berichtet publicado повідомлено сообщалось")
"""With these only an upper bound does."""

MADE: Final = words("made manufactured built dating dated vintage hergestellt fabricados")
"""Before a year these tell of the age of things, never of a window."""
