"""What is written alike in every language: signs, symbols of units and currencies, digits."""

from collections.abc import Mapping
from typing import Final

from knowledge.language.language import DateWords, NumberWords, phrases, table, words
from knowledge.model import Relation

CURRENCIES: Final[Mapping[str, str]] = {
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "NT$": "TWD",
    "R$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "CN¥": "CNY",
    "₩": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "₴": "UAH",
    "₺": "TRY",
    "₪": "ILS",
    "₫": "VND",
    "₱": "PHP",
    "₦": "NGN",
    "฿": "THB",
    "zł": "PLN",
}
"""The sign of a currency → its ISO 4217 code. Dollars and yen without more are the best known."""

CURRENCY_CODES: Final = frozenset(
    """
    AED AUD BDT BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KPW KRW KZT
    MXN MYR NGN NOK NZD PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR
    """.split()
)
"""The ISO 4217 codes that are read in texts, in capitals; of the others, many are words."""

_DECIMAL: Final = {
    "Wh": "m k M G T P",
    "W": "k M G T",
    "eV": "k M G T",
    "Hz": "k M G T",
    "J": "k M G T P E",
    "V": "k M",
    "Pa": "h k M G",
    "bar": "m",
    "g": "µ m",
    "m": "µ n",
    "l": "µ m c d h M G",
    "L": "µ m c d h M G",
    "t": "k M G",
    "B": "k M G T P",
    "bit": "k M G",
    "Sv": "µ m",
    "Bq": "k M G T",
    "cal": "k",
    "toe": "k M",
    "boe": "M",
}
SYMBOLS: Final[Mapping[str, str]] = {
    symbol: symbol
    for symbol in (
        *(f"{prefix}{base}" for base, prefixes in _DECIMAL.items() for prefix in prefixes.split()),
        *"Wh eV Hz Pa Sv Bq L l bar cal dB lb lbs oz ha bbl boe toe bpd".split(),
        *"ppm ppb rpm psi nmi".split(),
        *"m² m³ km² km³ cm² cm³ ft² ft³ m2 m3 km2 km3 cm2 cm3 ft2 ft3 sqm".split(),
    )
} | {
    symbol.casefold(): symbol
    for symbol in "kWh MWh GWh TWh kW MW GW TW kHz MHz GHz kB MB GB TB PB ml".split()
}
"""Symbols of units as written, capitals included: "MW" and "mW" are far apart.

Those that people write without capitals, and that are nothing else then, are known in both ways.
"""

NUMBERS: Final = NumberWords(
    cardinals={},
    mixed={},
    hundred=frozenset(),
    hundreds={},
    tens_links=frozenset(),
    dotted=words("mio mrd"),
    scales=table({10**6: "mln mio mn mill", 10**9: "bn mrd", 10**12: "tn"}),
    scale_letters=table({10**3: "k", 10**6: "m", 10**9: "b", 10**12: "t"}),
    attached_scales={},
    slang_scales={},
    unclear_scales=frozenset(),
    lone_scales=frozenset(),
    fractions={},
    fraction_endings=frozenset(),
    ordinal_fractions={},
    whole_shares=frozenset(),
    denominators=frozenset(),
    added_halves=frozenset(),
    articles=frozenset(),
    ands=words("&"),
    of=frozenset(),
    points=frozenset(),
    minus=frozenset(),
    zeros=frozenset(),
    percent=frozenset("%％"),
    per_cent=frozenset(),
    percent_points=frozenset(),
    every=frozenset(),
    ratios=frozenset(),
    for_each=frozenset(),
    units=table(
        {
            "mm": "mm",
            "cm": "cm",
            "m": "m",
            "km": "km",
            "kg": "kg",
            "g": "g",
            "tonnes": "t",
            "minutes": "min",
            "hours": "h",
            "$": "$ usd",
            "€": "€ eur",
            "£": "£ gbp",
            "₩": "₩ krw",
            "¥": "¥ jpy",
            "₹": "₹ rs",
            "₽": "₽",
            "₴": "₴",
            "₺": "₺",
            "₪": "₪",
            "₫": "₫",
            "₱": "₱",
            "₦": "₦",
            "฿": "฿",
            "zł": "zł",
            "CN¥": "rmb",
            "°C": "°c",
            "°F": "°f",
            "km/h": "kmh kph",
            "mph": "mph",
        }
    ),
    squares=frozenset(),
    cubes=frozenset(),
    old=frozenset(),
    vague=frozenset(),
    vague_openers=frozenset(),
    vague_after_article=frozenset(),
    vague_few=frozenset(),
    vague_links=frozenset(),
    decades={},
    decade_leads=words("-"),
    relations_before=phrases(
        {
            Relation.MORE_THAN: ">",
            Relation.AT_LEAST: "> =|= >|≥",
            Relation.UP_TO: "< =|= <|≤",
            Relation.LESS_THAN: "<",
            Relation.ABOUT: "~|≈",
        }
    ),
    relations_behind=phrases({Relation.AT_LEAST: "+"}),
    range_openers={},
    range_joiners=words("- – — ~"),
    unit_joiners=words("/ & ,"),
    dollars={},
    changes=frozenset(),
    rises=frozenset(),
    falls=frozenset(),
    ups=frozenset(),
    downs=frozenset(),
    change_links=frozenset(),
    labels=words("№"),
    lengths=frozenset(),
    interval_words=words("ci ui cri iqr : , ="),
    year_relations={},
    year_leads=frozenset(),
    changing=frozenset(),
    no_count=frozenset(),
    no_share_before=frozenset(),
    no_share_behind=frozenset(),
    share_followers=words(", . ; : ! ? ) ( - – —"),
    fraction_followers=frozenset(),
)

DATES: Final = DateWords(
    months={},
    short_months={},
    leads={},
    weak_leads=frozenset(),
    priced=frozenset(),
    not_a_year_after=words("~ > <"),
    onwards=frozenset(),
    onwards_alone=frozenset(),
    later={},
    afterthoughts={},
    articles=frozenset(),
    of=words(","),
    day_links=words("."),
    part_links=words("-"),
    year_words=frozenset(),
    joiners=words("- – — ~"),
    alternatives=words("/ &"),
    parts={},
    ordinals={},
    fraction_parts={},
    seasons={},
    last=frozenset(),
    coming=frozenset(),
    pairs=frozenset(),
    this=frozenset(),
    units={},
    days={},
    whole_units={},
    rolling=frozenset(),
    ago=frozenset(),
    ago_before=frozenset(),
    present=frozenset(),
    weekdays={},
    short_weekdays={},
    doubtful_months=frozenset(),
    numbered={},
    known=frozenset(),
    reported=frozenset(),
    made=frozenset(),
)
