"""The words that people count and measure with in Ukrainian."""

from decimal import Decimal
from typing import Final

from knowledge.language.language import NumberWords, phrases, table, words
from knowledge.model import Relation

_ROSE: Final = (
    "зросла зросло зріс зросли збільшилась збільшилася збільшилося збільшився збільшилися "
    "збільшились підвищилась підвищилася підвищився підвищилися"
)
_FELL: Final = (
    "впала впало впав впали зменшилась зменшилася зменшилося зменшився зменшилися зменшились "
    "знизилась знизилася знизився знизилися скоротилась скоротилася скоротився скоротилися"
)
_CHANGED: Final = f"{_ROSE} {_FELL}".split()
"""What "до" behind them leads to is what came of the change, and no upper bound."""

NUMBERS: Final = NumberWords(
    cardinals=table(
        {
            0: "нуль",
            2: "два дві двох",
            3: "три трьох",
            4: "чотири чотирьох",
            5: "п'ять",
            6: "шість",
            7: "сім",
            8: "вісім",
            9: "дев'ять",
            10: "десять",
            11: "одинадцять",
            12: "дванадцять",
            13: "тринадцять",
            14: "чотирнадцять",
            15: "п'ятнадцять",
            16: "шістнадцять",
            17: "сімнадцять",
            18: "вісімнадцять",
            19: "дев'ятнадцять",
            20: "двадцять",
            30: "тридцять",
            40: "сорок",
            50: "п'ятдесят",
            60: "шістдесят",
            70: "сімдесят",
            80: "вісімдесят",
            90: "дев'яносто",
        }
    ),
    mixed=table({Decimal("1.5"): "півтора півтори", Decimal(500_000): "півмільйона"}),
    hundred=words("сто ста"),
    glue=frozenset(),
    hundreds=table(
        {
            200: "двісті",
            300: "триста",
            400: "чотириста",
            500: "п'ятсот",
            600: "шістсот",
            700: "сімсот",
            800: "вісімсот",
            900: "дев'ятсот",
        }
    ),
    tens_links=frozenset(),
    dotted=words("тис"),
    scales=table(
        {
            10**3: "тисяча тисячі тисяч тисячу тис",
            10**6: "мільйон мільйона мільйони мільйонів млн",
            10**9: "мільярд мільярда мільярди мільярдів млрд",
            10**12: "трильйон трильйона трильйони трильйонів трлн",
        }
    ),
    scale_letters={},
    attached_scales={},
    slang_scales={},
    unclear_scales=frozenset(),
    lone_scales=words("тисяча мільйон"),
    fractions=table(
        {
            Decimal(1) / 2: "пів половина половину половини половиною",
            Decimal(1) / 3: "третина третину третини",
            Decimal(1) / 4: "чверть чверті",
        }
    ),
    fraction_endings=frozenset(),
    ordinal_fractions={},
    whole_shares=words("половина половину половини третина третину третини чверть чверті"),
    denominators=frozenset(),
    added_halves=words("половиною"),
    articles=words("один одна одну"),
    ands=words("і та й з"),
    of=frozenset(),
    points=words("ціла цілих цілі цілу"),
    tenths=table(
        {
            10: "десята десятих десяті десяту",
            100: "сота сотих соті соту",
            1000: "тисячна тисячних тисячні тисячну",
        }
    ),
    minus=words("мінус"),
    zeros=words("жоден"),
    percent=words("відсоток відсотка відсотків відсотки процент процента процентів"),
    per_cent=frozenset(),
    percent_points=frozenset(),
    every=words("кожен кожна кожне кожний кожного кожної кожну"),
    ratios=frozenset({("з",), ("із",)}),
    for_each=frozenset(phrases({1: "на кожен|на кожну|за кожен|на"})),
    units=table(
        {
            "mm": "мм міліметр міліметри міліметрів",
            "cm": "см сантиметр сантиметри сантиметрів",
            "m": "м метр метри метрів",
            "km": "км кілометр кілометри кілометрів",
            "miles": "миля милі миль",
            "kg": "кг кілограм кілограми кілограмів",
            "g": "г грам грами грамів",
            "tonnes": "тонн тонни тонна тонну т",
            "litres": "літр літри літрів л",
            "barrels": "барель барелі барелів",
            "hectares": "гектар гектари гектарів га",
            "kW": "квт",
            "MW": "мвт",
            "GW": "гвт",
            "₴": "гривня гривні гривень гривню грн",
            "₽": "рубль рубля рублів рублі",
            "₹": "рупія рупії рупій",
            "¥": "єна єни єн",
            "CN¥": "юань юані юанів",
            "seconds": "секунда секунди секунд",
            "minutes": "хвилина хвилини хвилин",
            "hours": "годин години година",
            "days": "день дні днів",
            "weeks": "тиждень тижні тижнів",
            "months": "місяць місяці місяців",
            "years": "рік роки років",
            "$": "доларів долари долар",
            "€": "євро",
            "£": "фунт фунти фунтів",
        }
    ),
    cents=table({"₴": "копійка копійки копійок", "$": "цент центи центів"}),
    squares=words("квадратних кв"),
    cubes=words("кубічних куб"),
    old=frozenset(),
    vague=words("кілька декілька сотні десятки"),
    vague_openers=frozenset(),
    vague_after_article=frozenset(),
    vague_few=frozenset(),
    vague_links=frozenset(),
    decades={},
    decade_leads=frozenset(),
    relations_before=phrases(
        {
            Relation.MORE_THAN: "понад|більше|більш ніж|більше ніж|більше як|більш як|вище|"
            "перевищує|перевищила|перевищило|перевищив|перевищили|значно більше|набагато більше",
            Relation.AT_LEAST: "щонайменше|принаймні|не менше|не менше ніж|не менш ніж|мінімум|"
            "як мінімум|хоча б",
            Relation.UP_TO: "як максимум|щонайбільше|не більше|не більше ніж|не більш ніж|максимум|"
            "не перевищує|не перевищила|не перевищило|не перевищив|до",
            Relation.LESS_THAN: "менше|менш ніж|менше ніж|менше як|нижче|трохи менше",
            Relation.ABOUT: "близько|приблизно|майже|орієнтовно|десь",
            Relation.EXACT: "рівно|точно|" + "|".join(f"{verb} до" for verb in _CHANGED),
        }
    ),
    relations_behind=phrases(
        {
            Relation.AT_LEAST: "або більше|і більше|та більше|чи більше",
            Relation.UP_TO: "або менше|чи менше",
        }
    ),
    range_openers={
        "між": words("і та й"),
        "від": words("до"),
        "з": words("до"),
        "із": words("до"),
    },
    range_joiners=words("до або"),
    unit_joiners=words("та і"),
    dollars={},
    changes=words(" ".join(_CHANGED)),
    rises=words(f"{_ROSE} зростання збільшення"),
    falls=words(f"{_FELL} падіння зниження зменшення"),
    ups=words("плюс"),
    downs=frozenset(),
    change_links=words("на"),
    labels=words("сторінка стаття розділ кімната рейс"),
    lengths=words("заввишки завдовжки завширшки завглибшки висота довжина глибина"),
    interval_words=words("інтервал від"),
    year_relations=phrases(
        {
            Relation.BY: "до|не пізніше",
            Relation.BEFORE: "раніше",
            Relation.AFTER: "після|не раніше|з",
            Relation.AROUND: "близько",
        }
    ),
    year_leads=words("у в з до"),
    changing=words("менше не"),
    no_count=frozenset(),
    no_share_before=frozenset(),
    no_share_behind=frozenset(),
    share_followers=words("від"),
    fraction_followers=frozenset(),
)
