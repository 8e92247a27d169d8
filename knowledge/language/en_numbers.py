"""The words that people count and measure with in English."""

from decimal import Decimal
from typing import Final

from knowledge.language.language import NumberWords, phrases, table, words
from knowledge.model import Relation

NUMBERS: Final = NumberWords(
    cardinals=table(
        {
            0: "zero nil nought",
            1: "one",
            2: "two",
            3: "three",
            4: "four",
            5: "five",
            6: "six",
            7: "seven",
            8: "eight",
            9: "nine",
            10: "ten",
            11: "eleven",
            12: "twelve",
            13: "thirteen",
            14: "fourteen",
            15: "fifteen",
            16: "sixteen",
            17: "seventeen",
            18: "eighteen",
            19: "nineteen",
            20: "twenty",
            30: "thirty",
            40: "forty fourty",
            50: "fifty",
            60: "sixty",
            70: "seventy",
            80: "eighty",
            90: "ninety",
        }
    ),
    mixed={},
    hundred=words("hundred"),
    glue=frozenset(),
    # Short scale: a billion is 10⁹.
    hundreds={},
    tens_links=frozenset(),
    dotted=frozenset(),
    scales=table(
        {
            12: "dozen",
            10**3: "thousand thousands",
            10**5: "lakh lakhs",
            10**6: "million millions",
            10**7: "crore crores",
            10**9: "billion billions",
            10**12: "trillion trillions",
        }
    ),
    scale_letters={},
    attached_scales={},
    slang_scales=table({10**6: "mil mils"}),
    unclear_scales=frozenset(),
    lone_scales=words("dozen"),
    fractions=table({Decimal(1) / 2: "half halves", Decimal(1) / 4: "quarter quarters"}),
    fraction_endings=words("rd rds th ths"),
    ordinal_fractions=table(
        {
            Decimal(1) / 3: "third thirds",
            Decimal(1) / 4: "fourth fourths",
            Decimal(1) / 5: "fifth fifths",
            Decimal(1) / 6: "sixth sixths",
            Decimal(1) / 7: "seventh sevenths",
            Decimal(1) / 8: "eighth eighths",
            Decimal(1) / 9: "ninth ninths",
            Decimal(1) / 10: "tenth tenths",
            Decimal(1) / 20: "twentieth twentieths",
            Decimal(1) / 100: "hundredth hundredths",
            Decimal(1) / 1000: "thousandth thousandths",
        }
    ),
    whole_shares=words("half"),
    denominators=frozenset(),
    added_halves=frozenset(),
    articles=words("a an one"),
    ands=words("and"),
    of=words("of"),
    points=words("point"),
    tenths={},
    minus=words("minus negative"),
    zeros=words("none nobody"),
    percent=words("percent pct"),
    per_cent=frozenset({("per", "cent")}),
    percent_points=words("point points"),
    every=words("every"),
    ratios=frozenset(phrases({1: "out of|out of every|in every|in each|in|per"})),
    for_each=frozenset(phrases({1: "for every|for each|per|to the|for"})),
    units=table(
        {
            "mm": "millimeter millimeters millimetre millimetres",
            "cm": "centimeter centimeters centimetre centimetres",
            "m": "meter meters metre metres",
            "km": "kilometer kilometers kilometre kilometres",
            "miles": "mile miles mi",
            "yards": "yard yards yd",
            "inches": "inch inches",
            "feet": "foot feet ft",
            "kg": "kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
            "g": "gram grams gramme grammes",
            "mg": "milligram milligrams milligramme milligrammes",
            "µg": "microgram micrograms",
            "tonnes": "ton tons tonne tonnes",
            "kt": "kilotonne kilotonnes kiloton kilotons",
            "Mt": "megatonne megatonnes megaton megatons",
            "Gt": "gigatonne gigatonnes gigaton gigatons",
            "lb": "lbs",
            "ounces": "ounce ounces",
            "litres": "liter liters litre litres",
            "ml": "milliliter milliliters millilitre millilitres",
            "gallons": "gallon gallons",
            "barrels": "barrel barrels",
            "hectares": "hectare hectares",
            "acres": "acre acres",
            "W": "watt watts",
            "kW": "kilowatt kilowatts",
            "MW": "megawatt megawatts",
            "GW": "gigawatt gigawatts",
            "TW": "terawatt terawatts",
            "V": "volt volts",
            "J": "joule joules",
            "kcal": "calorie calories",
            "seconds": "second seconds sec secs",
            "minutes": "minute minutes mins",
            "hours": "hour hours hr hrs",
            "days": "day days",
            "weeks": "week weeks",
            "months": "month months",
            "quarters": "quarters",
            "years": "year years yr yrs",
            "decades": "decade decades",
            "$": "dollar dollars bucks",
            "€": "euro euros",
            "£": "pound pounds sterling quid",
            "₩": "won",
            "¥": "yen",
            "₹": "rupee rupees",
            "₽": "rouble roubles ruble rubles",
            "₴": "hryvnia hryvnias",
            "CN¥": "yuan renminbi",
            "CHF": "franc francs",
            "QAR": "riyal riyals",
            "SEK": "krona kronor",
            "PLN": "zloty zlotys",
            "₺": "lira liras",
            "₪": "shekel shekels",
            "BRL": "reais",
            "ZAR": "rand",
        }
    ),
    cents=table({"$": "cent cents", "£": "pence"}),
    squares=words("square sq"),
    cubes=words("cubic cu"),
    old=words("old"),
    vague=words(
        "several hundreds dozens thousands millions billions tens scores numerous countless "
        "multiple"
    ),
    vague_openers=words("some many"),
    vague_after_article=words("couple lot number handful bunch"),
    vague_few=words("few"),
    vague_links=words("of"),
    decades=table(
        {
            1920: "twenties",
            1930: "thirties",
            1940: "forties",
            1950: "fifties",
            1960: "sixties",
            1970: "seventies",
            1980: "eighties",
            1990: "nineties",
        }
    ),
    decade_leads=words("the early mid late"),
    relations_before=phrases(
        {
            Relation.MORE_THAN: "more than|over|above|exceeding|exceeds|in excess of|greater than|"
            "upwards of|upward of|north of|just over|well over|slightly over|slightly more than|"
            "a little over|a little more than|far more than|higher than|larger than|bigger than|"
            "exceed|exceeded|surpass|surpasses|surpassed|surpassing|topped|topping",
            Relation.AT_LEAST: "at least|as few as|as little as|min|min .|minimum|no less than|"
            "not less than|no fewer than|not fewer than|no lower than|not lower than|not below|"
            "not under|greater than or equal to|more than or equal to|equal to or greater than|"
            "equal to or more than|"
            "a minimum of|minimum of",
            Relation.UP_TO: "up to|max|max .|maximum|as high as|as many as|as much as|as large as|"
            "at most|"
            "no more than|not more than|a maximum of|maximum of|not exceeding|not exceed|"
            "not exceeded|never exceeded|doesn't exceed|didn't exceed|don't exceed|not surpass|"
            "not surpassed|not over|not above|no greater than|not greater than|no higher than|"
            "not higher than|no larger than|not larger than|less than or equal to|"
            "fewer than or equal to|equal to or less than",
            Relation.LESS_THAN: "less than|fewer than|under|below|just under|slightly under|"
            "slightly less than|"
            "a little under|a little less than|well under|well below|smaller than|lower than|"
            "just short of|well short of|far short of|little short of|fall short of|falls short of|"
            "fell short of|shy of|just shy of|not even|not quite|nowhere near|"
            "nowhere close to|far less than|far fewer than|far below",
            Relation.ABOUT: "about|around|roughly|approximately|approx|approx .|est .|c .|circa|ca|"
            "ca .|"
            "some|an estimated|estimated|nearly|almost|close to|in the region of",
            Relation.EXACT: "exactly|precisely",
        }
    ),
    relations_behind=phrases(
        {
            Relation.AT_LEAST: "or more|and more|or higher|at least|- plus|plus|min|minimum",
            Relation.UP_TO: "or less|or fewer|at most|at the most|max|maximum|tops",
            Relation.ABOUT: "or so",
        }
    ),
    range_openers={"between": words("and & to - – —"), "from": words("to - – —")},
    range_joiners=words("to or"),
    unit_joiners=words("and or"),
    dollars=table({"$": "us american", "C$": "canadian", "A$": "australian", "S$": "singapore"}),
    changes=words(
        "rose grew increased went raised revised climbed jumped fell dropped updated changed up "
        "down rising rise jump increase decreased declined shrank reduced slipped plunged surged "
        "soared slumped lowered expanded gained"
    ),
    rises=words(
        "rose rise rises rising grew grow grows growing growth increased increase increases "
        "increasing climbed jumped jump surged surge soared gained gain expanded"
    ),
    falls=words(
        "fell fall falls falling dropped drop drops decreased decrease decreases decreasing "
        "declined decline declines shrank shrunk reduced reduction cut slipped plunged slumped "
        "lowered"
    ),
    ups=words("up plus"),
    downs=words("down"),
    change_links=words("of by"),
    labels=words(
        "page pages chapter section article paragraph room flight route issue volume vol figure "
        "fig episode season step phase stage item version no. nr. p. pp. boeing airbus apollo"
    ),
    lengths=words(
        "tall long wide high deep thick away height width depth length distance altitude radius "
        "diameter elevation sprint"
    ),
    interval_words=words(
        "confidence credible credibility prediction uncertainty interval range ranging from "
        "between of"
    ),
    year_relations=phrases(
        {
            Relation.BY: "by|no later than|not later than|until|by the end of|before the end of",
            Relation.BEFORE: "before|earlier than|prior to",
            Relation.AFTER: "after|not before|no earlier than|not earlier than|later than|"
            "since|from",
            Relation.AROUND: "around",
        }
    ),
    year_leads=words("in since by until till before after from of during year early mid late"),
    changing=words("less fewer not no score"),
    no_count=words(
        "is was has does yes this his its as us says this thus versus how what who when where "
        "which why and or but by in on of to from since until did do are were the said if so"
    ),
    no_share_before=words("first second last latter former better this next"),
    no_share_behind=words("past time way"),
    share_followers=words(
        "of are is were was do does did don't doesn't didn't have has had will would and or"
    ),
    fraction_followers=words("of the are is were was do does did don't didn't have had failed"),
)
