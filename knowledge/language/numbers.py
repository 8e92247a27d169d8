"""The words people count with, in the languages the bot is asked in: language data, no logic.

All keys are casefolded. Scales are short scale (English "billion" is 10⁹; the German "Billionen"
and the Spanish "billones" are 10¹²). "mil" is left out: a thousand in Spanish, a million in slang.
"""

from decimal import Decimal
from itertools import starmap
from re import compile as compile_regex
from typing import Final


def words(listed: str) -> frozenset[str]:
    """Give the words of a list that is written as one text."""
    return frozenset(listed.split())


def _table(rows: dict[int, str]) -> dict[str, int]:
    return {word: value for value, row in rows.items() for word in row.split()}


CARDINALS: Final = _table(
    {
        0: "zero null cero нуль ноль",
        1: "one",
        2: "two zwei dos два дві две",
        3: "three drei tres три",
        4: "four vier cuatro чотири четыре",
        5: "five fünf cinco п'ять пять",
        6: "six sechs seis шість шесть",
        7: "seven sieben siete сім семь",
        8: "eight acht ocho вісім восемь",
        9: "nine neun nueve дев'ять девять",
        10: "ten zehn diez десять",
        11: "eleven",
        12: "twelve zwölf doce",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen fünfzehn quince",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty zwanzig veinte двадцять двадцать",
        30: "thirty dreissig treinta тридцять тридцать",
        40: "forty fourty vierzig cuarenta сорок",
        50: "fifty fünfzig cincuenta п'ятдесят пятьдесят",
        60: "sixty sechzig sesenta шістдесят шестьдесят",
        70: "seventy siebzig setenta сімдесят семьдесят",
        80: "eighty achtzig ochenta вісімдесят восемьдесят",
        90: "ninety neunzig noventa дев'яносто девяносто",
    }
)

MIXED: Final = {
    "anderthalb": Decimal("1.5"),
    "eineinhalb": Decimal("1.5"),
    "півтора": Decimal("1.5"),
    "полтора": Decimal("1.5"),
    "півмільйона": Decimal(500_000),
    "полмиллиона": Decimal(500_000),
}
"""Words that name a whole and a half, or half a scale, in one."""

HUNDRED: Final = words("hundred hundert cien ciento сто")

SCALES: Final = _table(
    {
        12: "dozen dutzend docena",
        10**3: "thousand thousands tausend тисяча тисячі тисяч тысяча тысячи тысяч тис тыс",
        10**5: "lakh lakhs",
        10**6: "million millions mln mio mn mill millionen millón millones "
        "мільйон мільйона мільйони мільйонів миллион миллиона миллионы миллионов млн",
        10**7: "crore crores",
        10**9: "billion billions bn milliarde milliarden mrd "
        "мільярд мільярда мільярди мільярдів миллиард миллиарда миллиардов млрд",
        10**12: "trillion trillions tn billionen billones",
    }
)

GLUED_SCALES: Final = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
"""Letters that scale only right behind the digits; a capital also behind a space."""

EAST_ASIAN_SCALES: Final = _table(
    {
        10**3: "천",
        10**4: "만",
        10**5: "십만",
        10**6: "백만",
        10**7: "천만",
        10**8: "억",
        10**12: "조",
    }
)

FRACTIONS: Final = {
    word: Decimal(1) / divisor
    for divisor, row in {
        2: "half halves пів пол halb halbe halber mitad medio media половина половину "
        "половини 절반",
        3: "third thirds drittel tercio tercios третина третину треть",
        4: "quarter quarters viertel чверть четверть",
        5: "fifth fifths fünftel quinto",
        10: "tenth tenths zehntel",
    }.items()
    for word in row.split()
}

WHOLE_SHARES: Final = words("half hälfte mitad половина половину половини 절반")
"""Fractions that are a share without a word before them."""

FRACTIONS["hälfte"] = Decimal("0.5")

ARTICLES: Final = words("a an one ein eine einen einer un una один одна одну")
"""Words that stand for 1 before a scale or a fraction, and for nothing before anything else."""

AND: Final = words("and & und y e і та и")

PERCENT: Final = words(
    "% ％ percent pct prozent porciento відсоток відсотка відсотків процент процента процентів "
    "процентов 퍼센트 프로"
)

UNITS: Final = {
    word: unit
    for unit, row in {
        "mm": "mm millimeter millimeters millimetre millimetres millimetern milímetros мм",
        "cm": "cm centimeter centimeters centimetre centimetres zentimeter см",
        "m": "m meter meters metre metres metern metros м",
        "km": "km kilometer kilometers kilometre kilometres kilometern kilómetros км",
        "miles": "mile miles mi",
        "inches": "inch inches",
        "feet": "foot feet ft",
        "kg": "kg kgs kilo kilos kilogram kilograms kilogramm кг",
        "g": "g gram grams gramm",
        "tonnes": "t ton tons tonne tonnes tonnen toneladas тонн тонни тонны",
        "seconds": "second seconds sec secs sekunden",
        "minutes": "minute minutes min mins minuten minutos",
        "hours": "hour hours hr hrs h stunde stunden horas годин часов",
        "days": "day days tag tage tagen día días день дні днів дней",
        "weeks": "week weeks woche wochen semana semanas тиждень тижні тижнів недели недель",
        "months": "month months monat monate monaten mes meses місяць місяці місяців "
        "месяц месяца месяцев 개월",
        "quarters": "quarters",
        "years": "year years yr yrs jahr jahre jahren año años рік роки років год года лет",
        "decades": "decade decades jahrzehnte décadas",
        "$": "$ usd dollar dollars dólares долларов доларів",
        "€": "€ eur euro euros євро евро",
        "£": "£ gbp pound pounds",
        "₩": "₩ krw won",
        "¥": "¥ jpy yen",
        "MB": "mb",
        "GB": "gb",
        "TB": "tb",
        "km/h": "kmh kph",
        "mph": "mph",
        "°C": "°c",
    }.items()
    for word in row.split()
}
"""How a unit is written → the unit as `Quantity.unit` names it."""

LENGTHS: Final = frozenset({"mm", "cm", "km", "inches"})
CURRENCIES: Final = frozenset("$€£₩¥")

VAGUE: Final = words(
    "several hundreds dozens thousands millions billions tens scores numerous countless multiple "
    "einige mehrere hunderte tausende dutzende varios varias cientos decenas "
    "кілька декілька сотні десятки несколько сотни 수십 수백 수천 수만 수십만 수백만"
)
"""Amounts without a number, in one word."""

VAGUE_AFTER_ARTICLE: Final = frozenset({"few", "couple", "lot", "number", "handful", "bunch"})
"""The same behind "a"."""

VAGUE_MORE: Final = VAGUE | SCALES.keys() | HUNDRED | {"of", "de", "mil", "hundred"}
"""What may follow a vague word and still belongs to it: "hundreds of thousands"."""

DECADES: Final = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
}

_PHRASES: Final = {
    "more-than": "more than|over|above|exceeding|exceeds|in excess of|greater than|upwards of|"
    "upward of|north of|>|mehr als|über|más de|понад|більше|більш ніж|более|свыше|больше",
    "at-least": "at least|no less than|not less than|no fewer than|not fewer than|a minimum of|"
    "minimum of|> =|≥|mindestens|al menos|por lo menos|щонайменше|принаймні|не менше|"
    "как минимум|не менее|최소",
    "up-to": "up to|as high as|as many as|as much as|as large as|at most|no more than|"
    "not more than|a maximum of|maximum of|not exceeding|< =|≤|bis zu|höchstens|hasta|"
    "як максимум|щонайбільше|не більше|не более|최대",
    "less-than": "less than|fewer than|under|below|just under|<|weniger als|unter|menos de|"
    "менше|менш ніж|менее|меньше",
    "about": "about|around|roughly|approximately|approx|approx .|circa|ca|ca .|some|~|≈|"
    "an estimated|estimated|nearly|almost|close to|in the region of|etwa|rund|ungefähr|fast|unos|"
    "unas|alrededor de|cerca de|aproximadamente|близько|приблизно|майже|около|примерно|почти|약",
    "exact": "exactly|precisely|genau|exactamente|рівно|ровно",
}
_AFTER: Final = {
    "at-least": "+|or more|and more|or higher|at least|oder mehr|o más|або більше|или больше|이상",
    "up-to": "or less|or fewer|at most|at the most|oder weniger|o menos|이하",
    "about": "or so|여|정도",
    "more-than": "초과",
    "less-than": "미만",
}


def _phrases(name: str, phrases: str) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): name for phrase in phrases.split("|")}


def _merged(table: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {key: name for part in starmap(_phrases, table.items()) for key, name in part.items()}


RELATION_BEFORE: Final = _merged(_PHRASES)
"""Words before a number → the name of the relation."""

RELATION_AFTER: Final = _merged(_AFTER)
"""Words behind a number → the name of the relation."""

RELATION_ENDS: Final = frozenset(phrase[-1] for phrase in RELATION_BEFORE)
RELATION_STARTS: Final = frozenset(phrase[0] for phrase in RELATION_AFTER)

RANGE_OPENERS: Final = {
    "between": frozenset({"and", "&", "to", "-", "–", "—"}),
    "from": frozenset({"to", "-", "–", "—"}),
    "zwischen": frozenset({"und"}),
    "von": frozenset({"bis"}),
    "entre": frozenset({"y", "e"}),
    "de": frozenset({"a"}),
    "між": frozenset({"і", "та"}),
    "від": frozenset({"до"}),
    "между": frozenset({"и"}),
    "от": frozenset({"до"}),
}
"""Word before the first number of a range → the words that may stand before the second."""

RANGE_JOINERS: Final = frozenset(
    {"to", "bis", "до", "-", "–", "—", "~", "or", "oder", "або", "или"}
)
"""What may stand between the numbers of a range with no word before the first."""

CHANGES: Final = words(
    "rose grew increased went raised revised climbed jumped fell dropped updated changed up down "
    "rising rise jump increase stieg"
)
"""Before "from 3 to 5" these tell of a change, not of a range."""
DECADE_LEADS: Final = words("the early mid late -")
"""Words before a decade of two digits: "the 70s", but not "70s of them"."""

_WORD: Final = compile_regex(r"[ \t]+([^\W\d_]+)")
_STOPS: Final = words(
    "is was has does yes this his its as us says this thus versus how what who when where which "
    "why and or but by in on of to from since until did do are were the said if so"
)


def first_year(decade: str, before: str) -> int | None:
    """Give the first year of a decade as written ("1970s", "'70s", "seventies"), or None.

    Two digits without an apostrophe need one of `DECADE_LEADS` as the word before.
    """
    if decade in DECADES:
        return DECADES[decade]
    digits = "".join(c for c in decade if c.isdecimal())
    if len(digits) > len("70"):
        return int(digits)
    return 1900 + int(digits) if decade[0] == "'" or before in DECADE_LEADS else None


def counts_something(text: str, end: int) -> bool:
    """Tell whether the words from offset `end` on name things to count ("2024 rusty nails").

    A plural English noun within three words is taken for it: what tells the amount in
    "2024 nails" from the year in "nails 2024".
    """
    for _ in range(3):
        match = _WORD.match(text, end)
        word = match[1].casefold() if match else ""
        if match is None or word in _STOPS:
            return False
        if word.endswith("s") and not word.endswith("ss"):
            return True
        end = match.end()
    return False
