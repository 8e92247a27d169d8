"""The words that people count and measure with in German."""

from decimal import Decimal
from typing import Final

from knowledge.language.language import NumberWords, phrases, table, words
from knowledge.model import Relation

_ONES: Final = "ein zwei drei vier fünf sechs sieben acht neun".split()
_TENS: Final = "zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig".split()

_BELOW_A_HUNDRED: Final = table(
    {
        0: "null",
        1: "eins",
        2: "zwei zwo",
        3: "drei",
        4: "vier",
        5: "fünf",
        6: "sechs",
        7: "sieben",
        8: "acht",
        9: "neun",
        10: "zehn",
        11: "elf",
        12: "zwölf",
        13: "dreizehn",
        14: "vierzehn",
        15: "fünfzehn",
        16: "sechzehn",
        17: "siebzehn",
        18: "achtzehn",
        19: "neunzehn",
    }
    | {10 * at: ten for at, ten in enumerate(_TENS, 2)}
    | {
        10 * at + one: f"{word}und{ten}"
        for at, ten in enumerate(_TENS, 2)
        for one, word in enumerate(_ONES, 1)
    }
)

NUMBERS: Final = NumberWords(
    cardinals=_BELOW_A_HUNDRED,
    mixed=table(
        {Decimal("1.5"): "anderthalb eineinhalb"}
        | {at + Decimal("0.5"): f"{word}einhalb" for at, word in enumerate(_ONES[1:], 2)}
    ),
    hundred=words("hundert"),
    glue=words("hundert tausend"),
    # Long scale: a Milliarde is 10⁹ and a Billion 10¹².
    hundreds={},
    tens_links=frozenset(),
    dotted=frozenset(),
    scales=table(
        {
            12: "dutzend",
            10**3: "tausend",
            10**6: "million millionen",
            10**9: "milliarde milliarden",
            10**12: "billion billionen bio",
        }
    ),
    scale_letters={},
    attached_scales={},
    slang_scales={},
    unclear_scales=frozenset(),
    lone_scales=words("tausend"),
    fractions=table(
        {
            Decimal(1) / 2: "halb halbe halber halbes halben halbem hälfte",
            Decimal(1) / 3: "drittel",
            Decimal(1) / 4: "viertel",
            Decimal(1) / 5: "fünftel",
            Decimal(1) / 6: "sechstel",
            Decimal(1) / 7: "siebtel",
            Decimal(1) / 8: "achtel",
            Decimal(1) / 9: "neuntel",
            Decimal(1) / 10: "zehntel",
            Decimal(1) / 100: "hundertstel",
            Decimal(1) / 1000: "tausendstel",
        }
    ),
    fraction_endings=words("tel"),
    ordinal_fractions={},
    whole_shares=words("hälfte"),
    denominators=frozenset(),
    added_halves=frozenset(),
    articles=words("ein eine einen einer einem"),
    ands=words("und"),
    of=frozenset(),
    points=words("komma"),
    tenths={},
    minus=words("minus"),
    zeros=words("keine"),
    percent=words("prozent"),
    per_cent=frozenset(),
    percent_points=frozenset(),
    every=words("jede jeder jedes jeden jedem"),
    ratios=frozenset({("von",)}),
    for_each=frozenset(phrases({1: "für jeden|je|pro|auf jeden"})),
    units=table(
        {
            "mm": "millimeter millimetern",
            "cm": "zentimeter zentimetern",
            "m": "meter metern",
            "km": "kilometer kilometern",
            "miles": "meile meilen",
            "inches": "zoll",
            "feet": "fuss",
            "kg": "kilogramm kilo kilos",
            "g": "gramm",
            "mg": "milligramm",
            "µg": "mikrogramm",
            "tonnes": "tonne tonnen",
            "litres": "liter litern",
            "ml": "milliliter millilitern",
            "gallons": "gallone gallonen",
            "barrels": "barrel",
            "hectares": "hektar",
            "W": "watt",
            "kW": "kilowatt",
            "MW": "megawatt",
            "GW": "gigawatt",
            "TW": "terawatt",
            "Wh": "wattstunden",
            "kWh": "kilowattstunde kilowattstunden",
            "MWh": "megawattstunde megawattstunden",
            "GWh": "gigawattstunde gigawattstunden",
            "TWh": "terawattstunde terawattstunden",
            "seconds": "sekunde sekunden",
            "minutes": "minute minuten",
            "hours": "stunde stunden",
            "days": "tag tage tagen",
            "weeks": "woche wochen",
            "months": "monat monate monaten",
            "quarters": "quartale quartalen",
            "years": "jahr jahre jahren",
            "decades": "jahrzehnt jahrzehnte jahrzehnten",
            "$": "dollar dollars",
            "€": "euro euros",
            "£": "pfund",
            "₽": "rubel",
            "₴": "hrywnja",
            "¥": "yen",
            "CN¥": "yuan",
            "₩": "won",
            "₹": "rupie rupien",
            "CHF": "franken",
        }
        | {
            f"{side}{power}": " ".join(f"{prefix}{name}{ending}" for ending in ("", "n"))
            for power, prefix in (("²", "quadrat"), ("³", "kubik"))
            for side, name in (("m", "meter"), ("km", "kilometer"), ("cm", "zentimeter"))
        }
    ),
    cents=table({"€": "cent cents"}),
    squares=frozenset(),
    cubes=frozenset(),
    old=words("alt"),
    vague=words("einige mehrere hunderte tausende dutzende"),
    vague_openers=frozenset(),
    vague_after_article=frozenset(),
    vague_few=frozenset(),
    vague_links=frozenset(),
    decades={},
    decade_leads=words("die der den"),
    relations_before=phrases(
        {
            Relation.MORE_THAN: "mehr als|über|grösser als|höher als|gut|knapp über|weit über|"
            "deutlich über|deutlich mehr als|weit mehr als|etwas mehr als|oberhalb von",
            Relation.AT_LEAST: "mindestens|wenigstens|zumindest|minimal|nicht weniger als|"
            "nicht unter|nicht kleiner als",
            Relation.UP_TO: "bis zu|höchstens|maximal|nicht mehr als|nicht über|nicht höher als|"
            "nicht grösser als|allenfalls",
            Relation.LESS_THAN: "weniger als|unter|kleiner als|geringer als|niedriger als|"
            "knapp unter|weit unter|deutlich unter|deutlich weniger als|etwas weniger als|"
            "unterhalb von|nicht einmal|nicht mal|nicht ganz",
            Relation.ABOUT: "etwa|rund|ungefähr|fast|ca|ca .|circa|zirka|knapp|nahezu|beinahe|"
            "annähernd|schätzungsweise|um die",
            Relation.EXACT: "genau|exakt",
        }
    ),
    relations_behind=phrases(
        {
            Relation.AT_LEAST: "oder mehr|und mehr|oder darüber|aufwärts",
            Relation.UP_TO: "oder weniger|oder darunter",
        }
    ),
    range_openers={"zwischen": words("und"), "von": words("bis")},
    range_joiners=words("bis oder"),
    unit_joiners=words("und oder"),
    dollars=table({"$": "us"}),
    changes=words("stieg stiegen fiel fielen sank sanken wuchs wuchsen"),
    rises=words("stieg stiegen wuchs wuchsen zunahme anstieg wachstum"),
    falls=words("fiel fielen sank sanken rückgang abnahme"),
    ups=words("plus"),
    downs=words("minus"),
    change_links=words("um von"),
    labels=words("seite kapitel artikel absatz zimmer flug nr nummer"),
    lengths=words("hoch lang breit tief gross höhe länge breite tiefe entfernt"),
    interval_words=words("konfidenzintervall intervall spanne von zwischen"),
    year_relations=phrases(
        {
            Relation.BY: "bis|spätestens|bis ende",
            Relation.BEFORE: "vor",
            Relation.AFTER: "nach|ab|frühestens|nicht vor|seit",
            Relation.AROUND: "um",
        }
    ),
    year_leads=words("im seit bis ab"),
    changing=words("weniger nicht kein"),
    no_count=frozenset(),
    no_share_before=frozenset(),
    no_share_behind=frozenset(),
    share_followers=words("der des davon von"),
    fraction_followers=words("der davon"),
)
