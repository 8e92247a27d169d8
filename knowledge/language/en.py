"""English."""

from decimal import Decimal
from typing import Final

from knowledge.language.en_numbers import NUMBERS
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
            1: "january jan",
            2: "february feb",
            3: "march mar",
            4: "april apr",
            5: "may",
            6: "june jun",
            7: "july jul",
            8: "august aug",
            9: "september sep sept",
            10: "october oct",
            11: "november nov",
            12: "december dec",
        }
    ),
    short_months={},
    leads=phrases(
        {
            Lead.SINCE: "since|after|from|starting|starting in|starting from|starting on|"
            "starting with|beginning in|beginning on|beginning with|as from|effective from|"
            "not before|no earlier than|not earlier than|"
            "later than|newer than|post",
            Lead.UNTIL: "by|until|till|til|up to|up until|up till|through|as of|as at|"
            "no later than|not later than|ending|ending in|ending on|ending with|per",
            Lead.BEFORE: "before|prior to|earlier than|sooner than|older than|pre",
            Lead.DURING: "in|during|within|throughout|on|at|of|for|around|about|over",
            Lead.BETWEEN: "between",
        }
    ),
    dotted_leads=frozenset(),
    weak_leads=words("on at of for around about over per"),
    priced=words("prices price dollars pounds euros money"),
    not_a_year_after=words("than about around roughly approximately nearly almost some"),
    onwards=words("on onward onwards forward"),
    onwards_alone=words("onward onwards forward"),
    later={},
    afterthoughts=table({Lead.SINCE: "later after newer", Lead.UNTIL: "earlier before older"}),
    articles=words("the"),
    of=words("of"),
    day_links=words("of"),
    part_links=words("of in the"),
    year_words=frozenset(),
    joiners=words("to until till through thru"),
    alternatives=words("or and"),
    parts=table(
        {
            "early": "early",
            "middle": "mid middle",
            "late": "late",
            "start": "beginning start",
            "end": "end",
        }
    ),
    ordinals=table(
        {
            1: "first 1st",
            2: "second 2nd",
            3: "third 3rd",
            4: "fourth 4th",
            5: "fifth",
            6: "sixth",
            7: "seventh",
            8: "eighth",
            9: "ninth",
            10: "tenth",
            11: "eleventh",
            12: "twelfth",
            13: "thirteenth",
            14: "fourteenth",
            15: "fifteenth",
            16: "sixteenth",
            17: "seventeenth",
            18: "eighteenth",
            19: "nineteenth",
            20: "twentieth",
            30: "thirtieth",
            -1: "last final",
        }
    ),
    fraction_parts=table({2: "half", 4: "quarter qtr"}),
    seasons=table({3: "spring", 6: "summer", 9: "autumn fall", 12: "winter"}),
    last=words("last past previous prior"),
    coming=words("next coming following"),
    pairs=words("couple pair"),
    this=words("this current"),
    units=table(
        {
            "day": "day days",
            "week": "week weeks wk wks",
            "month": "month months mth mths",
            "quarter": "quarter quarters",
            "year": "year years yr yrs fy",
            "decade": "decade decades",
            "fortnight": "fortnight fortnights",
            "hour": "hour hours hrs",
        }
    ),
    days={"today": 0, "yesterday": 1, "tomorrow": -1},
    whole_units={},
    rolling=words("past"),
    ago=words("ago"),
    ago_before=frozenset(),
    present=words("now present date today"),
    weekdays=table(
        {
            0: "monday",
            1: "tuesday",
            2: "wednesday",
            3: "thursday",
            4: "friday",
            5: "saturday",
            6: "sunday",
        }
    ),
    short_weekdays=table(
        {0: "mon", 1: "tue tues", 2: "wed", 3: "thu thur thurs", 4: "fri", 5: "sat", 6: "sun"}
    ),
    doubtful_months=words("may march"),
    numbered=table({"quarter": "quarter qtr", "half": "half", "week": "week wk"}),
    known=words("known knew"),
    reported=words("reported published"),
    made=words("made manufactured built dating dated vintage"),
)

_CLAUSES: Final = ClauseWords(
    joiners=words("and but while whereas although though however plus yet because"),
    contrasts=words("but while whereas however yet"),
    joining_endings=(),
    negations=words(
        "not never no nobody neither nor without cannot none aint isnt arent wasnt werent dont "
        "doesnt didnt hasnt havent hadnt wont wouldnt couldnt cant"
    ),
    negation_endings=("n't", "n’t"),
    negating_parts=(),
    lacking=words("without lack lacks lacked lacking"),
    failing=words(
        "fail fails failed failing failure refuse refuses refused refusing refusal decline "
        "declines declined declining"
    ),
    failing_links=words("to"),
    no_denial_behind=words("only just merely even less fewer more"),
    no_negation_before=words("doubt wonder kidding joke lie surprise question matter way"),
    denials=words(
        "deny denies denied denying refute refutes refuted reject rejects rejected debunked debunk "
        "doubt doubts false falsely untrue fake hoax myth lie lies bogus nonsense bullshit "
        "fabricated"
    ),
    asking=words(
        "did do does is are was were has have had can could should would will how why who"
    ),
    asking_inside=words("did do does"),
    introducing=words("that"),
    wondering=words("whether wonder wondering wondered asked asks"),
    supposing=words("if suppose supposing imagine assuming unless"),
    referring=words("them they those these it its their ones which whom thereof"),
    relatives=words("that which who whom whose"),
    stops=words(
        "in for by from at on to into via and or but is are was were be been being will would has "
        "have had do does did dont doesnt didnt not can could may might must should went gone go "
        "goes going come comes came coming sent given shipped delivered per each every"
    ),
    links=words(
        "of with full all our my your his her a an the those these this that such them which who "
        "whom"
    ),
    towards=words("to into towards toward"),
    away=words("from out"),
    giving=words(
        """
        send sends sent sending ship ships shipped shipping deliver delivers delivered delivering
        hand hands handed supply supplies supplied supplying export exports exported exporting
        transfer transfers transferred give gives gave given provide provides provided donate
        donates donated sell sells sold
        """
    ),
    receiving=words(
        """
        receive receives received receiving get gets got gotten import imports imported importing
        obtain obtains obtained buy buys bought acquire acquires acquired
        """
    ),
    undoing=words(
        """
        destroy destroys destroyed destroying demolish demolished lose loses lost losing
        seize seizes seized capture captures captured intercept intercepts intercepted
        sink sinks sank sunk explode explodes exploded steal steals stole stolen
        confiscated recovered recovering closes closed closing cancel cancels cancelled
        canceled scrap scraps scrapped abandon abandons abandoned withdraw withdrew
        withdrawn return returns returned remove removes removed loss losses destruction
        closure theft want wants wanted plans planned planning intend intends intended
        threaten threatens threatened promise promises promised pledge pledges pledged
        offer offers offered consider considers considered another additional further
        extra alone fraction
        """
    ),
    among=words("among amongst for"),
    comparing=words("like unlike than versus vs compared"),
    comparing_endings=(),
    articles=words("the"),
    adverbs=words(
        """
        only just barely merely mere simply like maybe perhaps probably possibly apparently
        allegedly already still even also literally honestly basically actually totally really
        whopping nearly almost roughly around about some over under more less than at least up to as
        many much far currently now today reportedly clearly easily another further additional well
        of in with for by from at on a an the
        """
    ),
    speaking=words(
        "put puts expect expects expected reckons warned warns tracked detected spotted sees spoke "
        "speaks talks cited found"
    ),
    leading=words("to by from"),
    governing=words("government govt administration authorities officials"),
    offices=words(
        "government ministry minister ministers president presidential prime secretary cabinet "
        "department agency military army intelligence official officials chancellor governor "
        "commission office authority parliament"
    ),
    so_far=frozenset(
        {
            "already",
            "so far",
            "thus far",
            "to date",
            "until now",
            "up to now",
            "has cost",
            "have cost",
            "spent",
        }
    ),
    acquiring=words("buy buys bought purchase purchases purchased acquire acquires acquired"),
    possessing=words("has have had owns own possesses holds boasts keeps"),
    first_person=words("our my ours mine"),
    writer=words("i"),
    periods=table(
        {
            "day": "day days daily",
            "week": "week weeks weekly",
            "month": "month months monthly",
            "year": "year years yearly annually annual yr",
        }
    ),
    per=words("a an per each every"),
    rates=words("daily weekly monthly yearly annually annual"),
    counted_time=(),
    counted_time_endings=(),
)

_QUESTIONS: Final = QuestionWords(
    speech=words(
        """
        again anymore bet curious days doubt folks mate nowadays remember remind swear wondering
        actual actually amount anyone anybody article articles ask asked available bit claim claimed
        claiming claims confirm confirmed count counted counts current currently data database date
        detail details dept dont ever evidence exact exactly explain fact facts figure figures file
        find gave general give gimme given guess guys happen happened hear heard hey hi how idea
        info information kind know known last late later latest let like list lol look main many
        matter max maximum mean mention mentioned min minimum most much need nah new news newest nr
        num number numbers ok okay omg overall people please plz pls put quick quantity quickly
        quote quoted rather read real really reckon record records recent recently report reported
        reportedly reporter reporters reports right rn said say saying says show side so source
        sources stand stats state stated statement supposedly sure talk talked tell thanks thing
        things think thought thx till today told total true truth try type types u understand update
        updated upd ur use value want wanna way well whats what who whos whose why wonder word words
        wrong wtf yet yo btw imo tbh asap fyi dunno bro bruh dude lmao ngl smh approx
        approximately estimate estimated estimates estimation highest lowest biggest smallest
        arrive arrived bring brought came carried carry come comes coming flow flowed flowing flown
        get getting gets go goes going gone got gotten hold holds left made make makes move moved
        moving reach reached receive received receives show shown take taken takes took went whole
        part large small expected expect reasonably roughly currently
        """
    ),
    oldest_first=words("first earliest oldest initial initially original"),
    counting=frozenset({"how many", "how much", "number of", "percentage", "percent"}),
    wanting={
        # So many billions or percent are an amount, and no number of things.
        Wanted.MANY: r"how many (?!(?:\w+illions|bn|percent|dollars?|euros?|pounds?)\b|[$€£¥%])"
        r"(?!(?:\w+illion|bn) (?:dollars?|euros?|pounds?)\b)|number of|count",
        Wanted.MUCH: r"how much|how many (?:m|tr)illions",
        Wanted.MONEY: "costs?|prices?|pricey|priciest|bill|expensive|cheap|money|cash|pay|"
        "paid|dollars?|euros?|pounds?|billions?|bn|budget|worth|spend|spent|"
        "spending",
        Wanted.SHARE: "share|percent|percentage|proportion|fraction|odds|chances?|how often|rate",
        # "… when they began" tells of what time is spoken, and asks for none.
        Wanted.WHEN: "(?:about|for|since|till|until|of|on|know|says?|said|me|idea|clue|guess|sure|"
        "wonder|wondering|exactly|and|or|but) when|"
        "when(?! (?:it|they|he|she|we|you|i|the|a|an|this|that|his|her|their|its|our|my)\\b)|"
        "wen|(?:what|which) (?:year|date)",
        Wanted.LONG: "how long",
        Wanted.DEGREE: r"how (?!much|many|long|do|does|did|is|are|can|come|about|often)\w+",
    },
    wanting_first={
        Wanted.WHEN: r"(?:\w+\W+)?when",
        Wanted.WHO: "who",
        Wanted.WHY: "why|how do|how can|how does",
    },
    wanting_glued={},
    counting_leads=(
        "how many",
        "how much",
        "number of",
        "share of",
        "% of",
        "what %",
        "percentage of",
    ),
    sharing=words("share percentage percent proportion portion fraction ratio"),
    placing=words("in inside into against over near at within on"),
    placing_endings=(),
    attributing=words(
        """
        accord according accuse admit allege announce assess believe claim confirm count
        declare estimate government insist intelligence mention military ministry minister official
        officials opinion report said say side spokesman spokesperson state statement tell think
        told version view agency lawmaker analyst
        """
    ),
    case_vowels=frozenset("aeio"),
    particles=(),
)

_SHARES: Final = shares("a quarter", "a third", "half", "two thirds", "three quarters")

ENGLISH: Final = Language(
    code="en",
    name="English",
    script=Script.LATIN,
    letters=frozenset(),
    stemmer="english",
    endings=(),
    point=".",
    numbers=NUMBERS,
    dates=_DATES,
    clauses=_CLAUSES,
    questions=_QUESTIONS,
    wording=Wording(
        numbers=NumberWording(
            scales=(
                Scale(Decimal(10) ** 12, "trillion", "trillion"),
                Scale(Decimal(10) ** 9, "billion", "billion"),
                Scale(Decimal(10) ** 6, "million", "million"),
            ),
            shares=_SHARES,
            spanned=_SHARES,
            percent="{}%",
            level="{level} interval",
            group=",",
            point=".",
            relations={
                Relation.EXACT: "{low}",
                Relation.ABOUT: "about {low}",
                Relation.MORE_THAN: "more than {low}",
                Relation.AT_LEAST: "at least {low}",
                Relation.UP_TO: "up to {high}",
                Relation.LESS_THAN: "less than {high}",
                Relation.BETWEEN: "between {low} and {high}",
                Relation.BY: "by {high}",
                Relation.BEFORE: "before {high}",
                Relation.AFTER: "after {low}",
                Relation.AROUND: "around {low}",
            },
            span="{low} to {high}",
            or_later="{low} or later",
            money_first=True,
            gap=" ",
            largest=1000,
            counted="{number} {unit}",
            counted_digits="{number} {unit}",
            genitive=frozenset(),
        ),
        dates=DateWording(
            locale="en_GB",
            about="about {}",
            uncertain="{} (uncertain)",
            unknown="an unknown date",
            decade="the {}s",
            governed_decade="the {}s",
            some_day="some day in {}",
            span="{} to {}",
            up_to="up to {}",
            since="since {}",
            or_later="{} or later",
            governed_month=None,
            left_out="",
        ),
        names=NameWording(of_country="{name} of {country}"),
    ),
    lacks=frozenset(
        """
        clauses.comparing_endings clauses.counted_time clauses.counted_time_endings
        clauses.joining_endings clauses.negating_parts dates.ago_before dates.dotted_leads
        dates.later dates.short_months dates.whole_units dates.year_words endings letters
        numbers.added_halves numbers.attached_scales numbers.denominators numbers.dotted
        numbers.glue numbers.hundreds numbers.mixed numbers.scale_letters numbers.tens_links
        numbers.tenths numbers.unclear_scales questions.particles questions.placing_endings
        questions.wanting_glued
        """.split()
    ),
)
