"""Ukrainian."""

from decimal import Decimal
from typing import Final

from knowledge.language.language import (
    ClauseWords,
    DateWords,
    Language,
    Lead,
    QuestionWords,
    Script,
    Wanted,
    phrases,
    table,
    words,
)
from knowledge.language.uk_numbers import NUMBERS
from knowledge.language.wording import (
    DateWording,
    NameWording,
    NumberWording,
    Scale,
    Wording,
    shares,
)
from knowledge.model import Relation

_DATES: Final = DateWords(
    months=table(
        {
            1: "січень січня січні січню",
            2: "лютий лютого лютому",
            3: "березень березня березні березню",
            4: "квітень квітня квітні квітню",
            5: "травень травня травні травню",
            6: "червень червня червні червню",
            7: "липень липня липні липню",
            8: "серпень серпня серпні серпню",
            9: "вересень вересня вересні вересню",
            10: "жовтень жовтня жовтні жовтню",
            11: "листопад листопада листопаді листопаду",
            12: "грудень грудня грудні грудню",
        }
    ),
    short_months=table(
        {
            1: "січ",
            2: "лют",
            3: "бер",
            4: "квіт",
            5: "трав",
            6: "черв",
            7: "лип",
            8: "серп",
            9: "вер",
            10: "жовт",
            11: "лист",
            12: "груд",
        }
    ),
    leads=phrases(
        {
            Lead.SINCE: "не раніше|з|із|від|після|починаючи з",
            Lead.UNTIL: "до|станом на",
            Lead.BEFORE: "перед|раніше",
            Lead.DURING: "у|в|на|протягом|упродовж|за",
            Lead.BETWEEN: "між",
        }
    ),
    dotted_leads=words("з до від на по станом"),
    weak_leads=frozenset(),
    priced=words("цінах ціни"),
    not_a_year_after=frozenset(),
    onwards=frozenset(),
    onwards_alone=frozenset(),
    later={},
    afterthoughts=table({Lead.SINCE: "пізніше", Lead.UNTIL: "раніше"}),
    articles=frozenset(),
    of=words("року"),
    day_links=frozenset(),
    part_links=frozenset(),
    year_words=words("року рік роки році рр р"),
    joiners=words("до по"),
    alternatives=words("або чи та і"),
    parts=table(
        {
            "start": "початок початку",
            "middle": "середина середини середині",
            "end": "кінець кінця кінці наприкінці",
        }
    ),
    ordinals=table(
        {
            1: "перший першого першому перша першої першій перше",
            2: "другий другого другому друга другої другій друге",
            3: "третій третього третьому третя третьої третє",
            4: "четвертий четвертого четвертому четверта четвертої четверте",
            5: "п'ятого п'яте",
            6: "шостого шосте",
            7: "сьомого сьоме",
            8: "восьмого восьме",
            9: "дев'ятого дев'яте",
            10: "десятого десяте",
            11: "одинадцятого одинадцяте",
            12: "дванадцятого дванадцяте",
            13: "тринадцятого тринадцяте",
            14: "чотирнадцятого чотирнадцяте",
            15: "п'ятнадцятого п'ятнадцяте",
            16: "шістнадцятого шістнадцяте",
            17: "сімнадцятого сімнадцяте",
            18: "вісімнадцятого вісімнадцяте",
            19: "дев'ятнадцятого дев'ятнадцяте",
            20: "двадцятого двадцяте",
            30: "тридцятого тридцяте",
            -1: "останній останнього останньому остання",
        }
    ),
    fraction_parts=table({2: "половина половини половині", 4: "квартал кварталу кварталі"}),
    seasons=table(
        {
            3: "весна весни весну навесні",
            6: "літо літа літку влітку",
            9: "осінь осені восени",
            12: "зима зими взимку",
        }
    ),
    last=words("минулий минулого минулому минулої минулу останній останні останнього"),
    coming=words("наступний наступного наступному наступна наступної наступні"),
    pairs=frozenset(),
    this=words("цей цього цьому ця цієї"),
    units=table(
        {
            "day": "день дня дні днів",
            "week": "тиждень тижня тижні тижнів",
            "month": "місяць місяця місяці місяців",
            "quarter": "квартал кварталу кварталі кварталів",
            "half-year": "півроку півріччя",
            "year": "рік року році роки років",
            "decade": "десятиліття десятиліть",
        }
    ),
    days={"сьогодні": 0, "вчора": 1, "учора": 1, "позавчора": 2},
    whole_units={"торік": ("year", 1)},
    rolling=frozenset(),
    ago=words("тому"),
    ago_before=frozenset(),
    present=words("сьогодні зараз"),
    weekdays=table(
        {
            0: "понеділок понеділка понеділку",
            1: "вівторок вівторка вівторку",
            2: "середа середу середи",
            3: "четвер четверга четвергу",
            4: "п'ятниця п'ятницю п'ятниці",
            5: "субота суботу суботи",
            6: "неділя неділю неділі",
        }
    ),
    short_weekdays=table({0: "пн", 1: "вт", 2: "ср", 3: "чт", 4: "пт", 5: "сб", 6: "нд"}),
    doubtful_months=frozenset(),
    numbered=table({"quarter": "квартал", "half": "півріччя", "week": "тиждень"}),
    known=words("відомо"),
    reported=words("повідомлено"),
    made=frozenset(),
)

_CLAUSES: Final = ClauseWords(
    joiners=words("і й та але а проте однак бо"),
    contrasts=words("але проте однак а"),
    joining_endings=(),
    negations=words("не ні ніколи ніхто немає нема"),
    negation_endings=(),
    negating_parts=(),
    lacking=words("без позбавлені позбавлений позбавлена позбавлено бракує"),
    failing=frozenset(),
    failing_links=frozenset(),
    no_denial_behind=words("лише тільки"),
    no_negation_before=frozenset(),
    denials=words("заперечує заперечила неправда фейк брехня"),
    asking=words("скільки чи хто коли"),
    asking_inside=frozenset(),
    introducing=words("що"),
    wondering=words("чи"),
    supposing=words("якщо якби"),
    referring=words("них вони ці цих"),
    relatives=words("який яка яке які що"),
    stops=words("до в у на для від є були було була"),
    links=words("з із усіх всіх них цих"),
    towards=words("до в у"),
    away=words("з із від"),
    giving=words(
        "надіслала надіслав відправила відправив передала передав поставила постачає продала"
    ),
    receiving=words("отримала отримав одержала одержав імпортувала купила"),
    undoing=words(
        """
        знищила знищив знищили знищено втратила втратив втратили втрачено захопила
        захопили перехопила перехопили викрала викрали спалила потопила закрила закрили
        скасувала скасували повернула повернули хоче хочуть планує планують обіцяє
        пообіцяла погрожує пропонує додаткові додатково
        """
    ),
    among=words("серед для"),
    comparing=words("як ніж порівняно"),
    comparing_endings=(),
    articles=frozenset(),
    adverbs=words("лише тільки вже майже близько ще приблизно аж всього"),
    speaking=words("очікує"),
    leading=words("за по від"),
    governing=words("уряд влада"),
    offices=words("уряд міністерство міністр президент служба розвідка"),
    so_far=frozenset({"вже", "досі", "дотепер", "наразі", "на сьогодні", "витрачено"}),
    acquiring=words("купила закупила"),
    possessing=words("має"),
    first_person=words("наш наша наше наші наших мій моя мої"),
    writer=words("я"),
    periods=table(
        {
            "day": "день щодня добу",
            "week": "тиждень щотижня",
            "month": "місяць щомісяця",
            "year": "рік щороку щорічно",
        }
    ),
    per=words("на за в"),
    rates=words("щодня щотижня щомісяця щороку щорічно"),
    counted_time=(),
    counted_time_endings=(),
)

_QUESTIONS: Final = QuestionWords(
    speech=words(
        """
        скільки кількість число цифра цифри дані оцінка оцінки остання останні всього загалом правда
        справді чи хто що коли який яка яке які якого яких скажи каже кажуть відомо було був від для
        джерело джерела отримала отримав отримали отримує надійшло надійшли прибуло прибули дала
        дали дав має мають пішло які яку цього там
        """
    ),
    oldest_first=words("перша початкова"),
    counting=frozenset({"скільки", "кількість"}),
    wanting={
        Wanted.MANY: "скільки",
        Wanted.MUCH: "скільки",
        Wanted.MONEY: "коштує|вартість|ціна",
        Wanted.SHARE: "частка|відсоток",
        Wanted.WHEN: "коли",
    },
    wanting_first={Wanted.WHO: "хто", Wanted.WHY: "чому"},
    wanting_glued={},
    counting_leads=("скільки",),
    sharing=words("частка відсоток відсотків"),
    placing=words("в у на проти"),
    placing_endings=(),
    attributing=words("заявив каже оцінює"),
    case_vowels=frozenset("аяі"),
    particles=(),
)

UKRAINIAN: Final = Language(
    code="uk",
    name="Ukrainian",
    script=Script.CYRILLIC,
    letters=frozenset("іїєґ"),
    stemmer=None,
    # Cases of nouns and adjectives alone: of 25 words in all their cases that came to hand, these
    # endings lead 18 to one stem, the Russian stemmer 5, and endings of verbs on top 16.
    endings=tuple(
        sorted(
            "ого ому ими іми ої ою ею єю ій ий их іх ях ах ами ями ам ям ові еві єві ів їв ей ем "
            "ом єм а я о е є і ї и й у ю ь".split(),
            key=len,
            reverse=True,
        )
    ),
    point=",",
    numbers=NUMBERS,
    dates=_DATES,
    clauses=_CLAUSES,
    questions=_QUESTIONS,
    wording=Wording(
        numbers=NumberWording(
            # The short words are what newspapers print, and no case changes them.
            scales=(
                Scale(Decimal(10) ** 12, "трлн", "трлн"),
                Scale(Decimal(10) ** 9, "млрд", "млрд"),
                Scale(Decimal(10) ** 6, "млн", "млн"),
            ),
            shares=shares("чверть", "третина", "половина", "дві третини", "три чверті"),
            spanned=shares("чверті", "третини", "половини", "двох третин", "трьох чвертей"),
            percent="{}%",
            level="{level} інтервал",
            group="\N{NO-BREAK SPACE}",
            point=",",
            relations={
                Relation.EXACT: "{low}",
                Relation.ABOUT: "приблизно {low}",
                Relation.MORE_THAN: "понад {low}",
                Relation.AT_LEAST: "щонайменше {low}",
                Relation.UP_TO: "до {high}",
                Relation.LESS_THAN: "менш ніж {high}",
                Relation.BETWEEN: "від {low} до {high}",
                Relation.BY: "до {high}",
                Relation.BEFORE: "раніше {high}",
                Relation.AFTER: "після {low}",
                Relation.AROUND: "близько {low}",
            },
            span="від {low} до {high}",
            or_later="{low} або пізніше",
            money_first=False,
            gap=" ",
            largest=1000,
            counted="{number} {unit}",
            counted_digits="{number} {unit}",
            genitive=frozenset({Relation.UP_TO, Relation.BETWEEN}),
        ),
        dates=DateWording(
            locale="uk",
            about="приблизно {}",
            uncertain="{} (непевно)",
            unknown="невідома дата",
            decade="{}-ті",
            governed_decade="{}-х",
            some_day="{}, день невідомий",
            span="{} – {}",
            up_to="до {}",
            since="з {}",
            or_later="{} або пізніше",
            governed_month="MMMM y 'р'.",
            left_out="\N{NARROW NO-BREAK SPACE}р.",
        ),
        names=NameWording(of_country="{name} ({country})"),
    ),
    lacks=frozenset(
        """
        clauses.articles clauses.asking_inside clauses.comparing_endings
        clauses.counted_time clauses.counted_time_endings
        clauses.failing clauses.failing_links clauses.joining_endings clauses.negating_parts
        clauses.negation_endings clauses.no_negation_before dates.ago_before dates.articles
        dates.day_links dates.doubtful_months dates.later dates.made dates.not_a_year_after
        dates.onwards dates.onwards_alone dates.pairs dates.part_links dates.rolling
        dates.weak_leads numbers.attached_scales
        numbers.decade_leads numbers.decades numbers.denominators numbers.dollars numbers.downs
        numbers.fraction_endings numbers.fraction_followers numbers.glue numbers.no_count
        numbers.no_share_before numbers.no_share_behind numbers.of numbers.old
        numbers.ordinal_fractions numbers.per_cent numbers.percent_points
        numbers.scale_letters numbers.slang_scales numbers.tens_links numbers.unclear_scales
        numbers.vague_after_article numbers.vague_few numbers.vague_links numbers.vague_openers
        questions.particles questions.placing_endings questions.wanting_glued stemmer
        """.split()
    ),
)
