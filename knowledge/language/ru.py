"""Russian: understood, and not spoken."""

from decimal import Decimal
from typing import Final

from knowledge.language.language import (
    ClauseWords,
    DateWords,
    Language,
    Lead,
    NumberWords,
    QuestionWords,
    Script,
    Wanted,
    phrases,
    table,
    words,
)
from knowledge.model import Relation

_ROSE: Final = (
    "выросла выросло вырос выросли возросла возросло возрос возросли увеличилась увеличилось "
    "увеличился увеличились повысилась повысился повысились"
)
_FELL: Final = (
    "упала упало упал упали снизилась снизилось снизился снизились уменьшилась уменьшилось "
    "уменьшился уменьшились сократилась сократилось сократился сократились"
)
_CHANGED: Final = f"{_ROSE} {_FELL}".split()
"""What "до" behind them leads to is what came of the change, and no upper bound."""

_NUMBERS: Final = NumberWords(
    cardinals=table(
        {
            0: "ноль",
            2: "два две двух",
            3: "три трёх",
            4: "четыре четырёх",
            5: "пять",
            6: "шесть",
            7: "семь",
            8: "восемь",
            9: "девять",
            10: "десять",
            11: "одиннадцать",
            12: "двенадцать",
            13: "тринадцать",
            14: "четырнадцать",
            15: "пятнадцать",
            16: "шестнадцать",
            17: "семнадцать",
            18: "восемнадцать",
            19: "девятнадцать",
            20: "двадцать",
            30: "тридцать",
            40: "сорок",
            50: "пятьдесят",
            60: "шестьдесят",
            70: "семьдесят",
            80: "восемьдесят",
            90: "девяносто",
        }
    ),
    mixed=table({Decimal("1.5"): "полтора полторы", Decimal(500_000): "полмиллиона"}),
    hundred=words("сто ста"),
    glue=frozenset(),
    hundreds=table(
        {
            200: "двести",
            300: "триста",
            400: "четыреста",
            500: "пятьсот",
            600: "шестьсот",
            700: "семьсот",
            800: "восемьсот",
            900: "девятьсот",
        }
    ),
    tens_links=frozenset(),
    dotted=words("тыс"),
    scales=table(
        {
            10**3: "тысяча тысячи тысяч тысячу тыс",
            10**6: "миллион миллиона миллионы миллионов млн",
            10**9: "миллиард миллиарда миллиарды миллиардов млрд",
            10**12: "триллион триллиона триллионы триллионов трлн",
        }
    ),
    scale_letters={},
    attached_scales={},
    slang_scales={},
    unclear_scales=frozenset(),
    lone_scales=words("тысяча миллион"),
    fractions=table(
        {
            Decimal(1) / 2: "пол половина половину половины половиной",
            Decimal(1) / 3: "треть трети",
            Decimal(1) / 4: "четверть четверти",
        }
    ),
    fraction_endings=frozenset(),
    ordinal_fractions={},
    whole_shares=words("половина половину половины треть трети четверть четверти"),
    denominators=frozenset(),
    added_halves=words("половиной"),
    articles=words("один одна одну"),
    ands=words("и с"),
    of=frozenset(),
    points=words("целая целых целые целую"),
    tenths=table(
        {
            10: "десятая десятых десятые десятую",
            100: "сотая сотых сотые сотую",
            1000: "тысячная тысячных тысячные тысячную",
        }
    ),
    minus=words("минус"),
    zeros=words("никто"),
    percent=words("процент процента процентов проценты"),
    per_cent=frozenset(),
    percent_points=frozenset(),
    every=words("каждый каждая каждое каждого каждой каждую"),
    ratios=frozenset({("из",)}),
    for_each=frozenset(phrases({1: "на каждый|на каждую|за каждый|на"})),
    units=table(
        {
            "mm": "мм миллиметр миллиметра миллиметров",
            "cm": "см сантиметр сантиметра сантиметров",
            "m": "м метр метра метров",
            "km": "км километр километра километров",
            "miles": "миля мили миль",
            "kg": "кг килограмм килограмма килограммов",
            "g": "г грамм грамма граммов",
            "tonnes": "тонн тонны тонна тонну т",
            "litres": "литр литра литров л",
            "barrels": "баррель барреля баррелей",
            "hectares": "гектар гектара гектаров га",
            "kW": "квт",
            "MW": "мвт",
            "GW": "гвт",
            "₴": "гривна гривны гривен",
            "₽": "рубль рубля рублей руб",
            "₹": "рупия рупии рупий",
            "¥": "иена иены иен",
            "CN¥": "юань юаня юаней",
            "seconds": "секунда секунды секунд",
            "minutes": "минута минуты минут",
            "hours": "час часов часа",
            "days": "день дня дней",
            "weeks": "недели недель неделя",
            "months": "месяц месяца месяцев",
            "years": "год года лет",
            "$": "долларов доллары доллар доллара",
            "€": "евро",
            "£": "фунт фунта фунтов",
        }
    ),
    cents=table({"₽": "копейка копейки копеек", "$": "цент цента центов"}),
    squares=words("квадратных кв"),
    cubes=words("кубических куб"),
    old=frozenset(),
    vague=words("несколько сотни десятки"),
    vague_openers=frozenset(),
    vague_after_article=frozenset(),
    vague_few=frozenset(),
    vague_links=frozenset(),
    decades={},
    decade_leads=frozenset(),
    relations_before=phrases(
        {
            Relation.MORE_THAN: "более|свыше|больше|более чем|больше чем|выше|превышает|"
            "превысила|превысило|превысил|превысили|значительно больше|намного больше",
            Relation.AT_LEAST: "как минимум|не менее|не меньше|не менее чем|не меньше чем|минимум|"
            "по меньшей мере|по крайней мере|хотя бы",
            Relation.UP_TO: "не более|не больше|не более чем|не больше чем|максимум|как максимум|"
            "не превышает|не превысила|не превысило|не превысил|вплоть до|до",
            Relation.LESS_THAN: "менее|меньше|менее чем|меньше чем|ниже|чуть меньше",
            Relation.ABOUT: "около|примерно|почти|приблизительно|порядка",
            Relation.EXACT: "ровно|точно|" + "|".join(f"{verb} до" for verb in _CHANGED),
        }
    ),
    relations_behind=phrases(
        {
            Relation.AT_LEAST: "или больше|или более|и более|и больше",
            Relation.UP_TO: "или меньше|или менее",
        }
    ),
    range_openers={
        "между": words("и"),
        "от": words("до"),
        "с": words("до"),
        "со": words("до"),
    },
    range_joiners=words("до или"),
    unit_joiners=words("и"),
    dollars={},
    changes=words(" ".join(_CHANGED)),
    rises=words(f"{_ROSE} рост увеличение"),
    falls=words(f"{_FELL} падение снижение сокращение"),
    ups=words("плюс"),
    downs=frozenset(),
    change_links=words("на"),
    labels=words("страница статья раздел комната рейс"),
    lengths=words("высотой длиной шириной глубиной высота длина глубина"),
    interval_words=words("интервал от"),
    year_relations=phrases(
        {
            Relation.BY: "до|не позднее|не позже",
            Relation.BEFORE: "раньше|ранее",
            Relation.AFTER: "после|не раньше|не ранее|с",
            Relation.AROUND: "около",
        }
    ),
    year_leads=words("в с до"),
    changing=words("меньше не"),
    no_count=frozenset(),
    no_share_before=frozenset(),
    no_share_behind=frozenset(),
    share_followers=words("от"),
    fraction_followers=frozenset(),
)

_DATES: Final = DateWords(
    months=table(
        {
            1: "январь января январе январю",
            2: "февраль февраля феврале февралю",
            3: "март марта марте марту",
            4: "апрель апреля апреле апрелю",
            5: "май мая мае маю",
            6: "июнь июня июне июню",
            7: "июль июля июле июлю",
            8: "август августа августе августу",
            9: "сентябрь сентября сентябре сентябрю",
            10: "октябрь октября октябре октябрю",
            11: "ноябрь ноября ноябре ноябрю",
            12: "декабрь декабря декабре декабрю",
        }
    ),
    short_months=table(
        {
            1: "янв",
            2: "февр фев",
            3: "мар",
            4: "апр",
            6: "июн",
            7: "июл",
            8: "авг",
            9: "сент сен",
            10: "окт",
            11: "нояб ноя",
            12: "дек",
        }
    ),
    leads=phrases(
        {
            Lead.SINCE: "не ранее|не раньше|с|со|после|начиная с|от",
            Lead.UNTIL: "до|к|по состоянию на",
            Lead.BEFORE: "перед|ранее",
            Lead.DURING: "в|во|в течение|за",
            Lead.BETWEEN: "между",
        }
    ),
    dotted_leads=words("с со до по от на к"),
    weak_leads=frozenset(),
    priced=words("ценах цены"),
    not_a_year_after=frozenset(),
    onwards=frozenset(),
    onwards_alone=frozenset(),
    later={},
    afterthoughts=table({Lead.SINCE: "позже", Lead.UNTIL: "раньше"}),
    articles=frozenset(),
    of=words("года"),
    day_links=frozenset(),
    part_links=frozenset(),
    year_words=words("года год году годы гг г"),
    joiners=words("до по"),
    alternatives=words("или и и/или"),
    parts=table(
        {
            "start": "начала начало начале",
            "middle": "середины середина середине",
            "end": "конца конец конце",
        }
    ),
    ordinals=table(
        {
            1: "первый первого первом первая первой первое",
            2: "второй второго втором вторая второе",
            3: "третий третьего третьем третья третьей третье",
            4: "четвёртый четвёртого четвертый четвертого четвертом четвёртое",
            5: "пятого пятое",
            6: "шестого шестое",
            7: "седьмого седьмое",
            8: "восьмого восьмое",
            9: "девятого девятое",
            10: "десятого десятое",
            11: "одиннадцатого одиннадцатое",
            12: "двенадцатого двенадцатое",
            13: "тринадцатого тринадцатое",
            14: "четырнадцатого четырнадцатое",
            15: "пятнадцатого пятнадцатое",
            16: "шестнадцатого шестнадцатое",
            17: "семнадцатого семнадцатое",
            18: "восемнадцатого восемнадцатое",
            19: "девятнадцатого девятнадцатое",
            20: "двадцатого двадцатое",
            30: "тридцатого тридцатое",
            -1: "последний последнего последняя последнем",
        }
    ),
    fraction_parts=table({2: "половина половины половине", 4: "квартал квартала квартале"}),
    seasons=table(
        {
            3: "весна весны весну весной",
            6: "лето лета летом",
            9: "осень осени осенью",
            12: "зима зимы зимой",
        }
    ),
    last=words("прошлый прошлого прошлом прошлой прошлую последний последние последнего"),
    coming=words("следующий следующего следующем следующей следующие"),
    pairs=frozenset(),
    this=words("этот этого этом эта этой"),
    units=table(
        {
            "day": "день дня дни дней",
            "week": "неделя недели неделю неделе недель",
            "month": "месяц месяца месяце месяцев",
            "quarter": "квартал квартала квартале кварталов",
            "half-year": "полгода полугодие полугодия",
            "year": "год года году годы лет",
            "decade": "десятилетие десятилетия десятилетий",
        }
    ),
    days={"сегодня": 0, "вчера": 1, "позавчера": 2},
    whole_units={},
    rolling=frozenset(),
    ago=words("назад"),
    ago_before=frozenset(),
    present=words("сегодня сейчас"),
    weekdays=table(
        {
            0: "понедельник понедельника",
            1: "вторник вторника",
            2: "среда среду среды",
            3: "четверг четверга",
            4: "пятница пятницу пятницы",
            5: "суббота субботу субботы",
            6: "воскресенье воскресенья",
        }
    ),
    short_weekdays=table({0: "пн", 1: "вт", 2: "ср", 3: "чт", 4: "пт", 5: "сб", 6: "вс"}),
    doubtful_months=frozenset(),
    numbered=table({"quarter": "квартал", "half": "полугодие", "week": "неделя"}),
    known=words("известно"),
    reported=words("сообщалось"),
    made=frozenset(),
)

_CLAUSES: Final = ClauseWords(
    joiners=words("и но однако зато потому"),
    contrasts=words("но однако зато"),
    joining_endings=(),
    negations=words("не нет ни никогда никто"),
    negation_endings=(),
    negating_parts=(),
    lacking=words("без лишены лишен лишена лишено"),
    failing=frozenset(),
    failing_links=frozenset(),
    no_denial_behind=words("лишь только"),
    no_negation_before=words("сомнений"),
    denials=words("отрицает отрицала неправда ложь фейк вранье"),
    asking=words("сколько кто когда"),
    asking_inside=frozenset(),
    introducing=words("что"),
    wondering=words("ли"),
    supposing=words("если"),
    referring=words("они эти этих них их"),
    relatives=words("который которая которые что"),
    stops=words("для в на от не было были"),
    links=words("из всех этих них с"),
    towards=words("в к для"),
    away=words("из от"),
    giving=words("отправила отправил передала передал поставила поставляет прислала продала"),
    receiving=words("получила получил импортировала купила закупила"),
    undoing=words(
        """
        уничтожила уничтожил уничтожили уничтожено потеряла потерял потеряли потеряно
        захватила захватили перехватила перехватили похитила украли сожгла потопила
        закрыла закрыли отменила отменили вернула вернули хочет хотят планирует
        планируют обещает пообещала угрожает предлагает дополнительные дополнительно
        """
    ),
    among=words("среди для"),
    comparing=words("как чем сравнению"),
    comparing_endings=(),
    articles=frozenset(),
    adverbs=words("только уже почти около ещё еще примерно всего аж"),
    speaking=words("ожидает"),
    leading=words("от по"),
    governing=words("правительство власти"),
    offices=words("правительство министерство министр президент служба разведка"),
    so_far=frozenset({"уже", "до сих пор", "пока", "на сегодня", "потрачено"}),
    acquiring=words("купила закупила"),
    possessing=words("имеет"),
    first_person=words("мой мои наш наша наши наших"),
    writer=words("я"),
    periods=table(
        {
            "day": "день сутки ежедневно",
            "week": "неделю еженедельно",
            "month": "месяц ежемесячно",
            "year": "год ежегодно",
        }
    ),
    per=words("на за в"),
    rates=words("ежедневно еженедельно ежемесячно ежегодно"),
    counted_time=(),
    counted_time_endings=(),
)

_QUESTIONS: Final = QuestionWords(
    speech=words(
        """
        сколько количество число цифра цифры данные оценка оценки последняя последние всего правда
        правда действительно ли кто что когда какой какая какое какие скажи говорят известно было
        были источник источники получила получил получили получает пришло прибыло прибыли дала дал
        дали имеет пошло ушло ушли какую этого там идут
        """
    ),
    oldest_first=words("первая изначальная"),
    counting=frozenset({"сколько", "количество"}),
    wanting={
        Wanted.MANY: "сколько",
        Wanted.MUCH: "сколько",
        Wanted.MONEY: "стоит|цена",
        Wanted.SHARE: "доля|процент",
        Wanted.WHEN: "когда",
    },
    wanting_first={
        Wanted.WHO: "кто",
        Wanted.WHY: "почему",
    },
    wanting_glued={},
    counting_leads=("сколько",),
    sharing=words("доля процент процентов"),
    placing=words("в на против"),
    placing_endings=(),
    attributing=words("заявил говорит оценивает"),
    case_vowels=frozenset("ая"),
    particles=(),
)

RUSSIAN: Final = Language(
    code="ru",
    name="Russian",
    script=Script.CYRILLIC,
    letters=frozenset("ыэъё"),
    stemmer="russian",
    endings=(),
    point=",",
    numbers=_NUMBERS,
    dates=_DATES,
    clauses=_CLAUSES,
    questions=_QUESTIONS,
    wording=None,
    lacks=frozenset(
        """
        clauses.articles clauses.asking_inside clauses.comparing_endings
        clauses.counted_time clauses.counted_time_endings
        clauses.failing clauses.failing_links clauses.joining_endings clauses.negating_parts
        clauses.negation_endings dates.ago_before dates.articles dates.day_links
        dates.doubtful_months dates.later dates.made dates.not_a_year_after dates.onwards
        dates.onwards_alone dates.pairs dates.part_links dates.rolling dates.weak_leads
        dates.whole_units endings numbers.attached_scales
        numbers.decade_leads numbers.decades numbers.denominators numbers.dollars numbers.downs
        numbers.fraction_endings numbers.fraction_followers numbers.glue numbers.no_count
        numbers.no_share_before numbers.no_share_behind numbers.of numbers.old
        numbers.ordinal_fractions numbers.per_cent numbers.percent_points
        numbers.scale_letters numbers.slang_scales numbers.tens_links numbers.unclear_scales
        numbers.vague_after_article numbers.vague_few numbers.vague_links numbers.vague_openers
        questions.particles questions.placing_endings questions.wanting_glued wording
        """.split()
    ),
)
