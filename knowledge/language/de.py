"""German."""

from decimal import Decimal
from typing import Final

from knowledge.language.de_numbers import NUMBERS
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

_ONES: Final = "ein zwei drei vier fünf sechs sieben acht neun".split()

_BELOW_TWENTY: Final = (
    "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt "
    "fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt"
).split()
_ORDINALS: Final = (
    dict(enumerate(_BELOW_TWENTY, 1))
    | {20 + one: f"{word}undzwanzigst" for one, word in enumerate(_ONES, 1)}
    | {20: "zwanzigst", 30: "dreissigst", 31: "einunddreissigst", -1: "letzt"}
)
"""Ordinals without their endings, which go by case and gender."""

_DATES: Final = DateWords(
    months=table(
        {
            1: "januar jänner",
            2: "februar feber",
            3: "märz",
            4: "april",
            5: "mai",
            6: "juni",
            7: "juli",
            8: "august",
            9: "september",
            10: "oktober",
            11: "november",
            12: "dezember",
        }
    ),
    short_months=table(
        {
            1: "jan",
            2: "feb",
            3: "mär mrz",
            4: "apr",
            6: "jun",
            7: "jul",
            8: "aug",
            9: "sept sep",
            10: "okt",
            11: "nov",
            12: "dez",
        }
    ),
    leads=phrases(
        {
            Lead.SINCE: "seit|ab|nach|von|vom|ab dem|seit dem|nach dem|nicht vor|frühestens|"
            "beginnend|angefangen",
            Lead.UNTIL: "bis|bis zum|bis ende|stand|per",
            Lead.BEFORE: "vor",
            Lead.DURING: "in|im|in der|während|am|zu",
            Lead.BETWEEN: "zwischen",
        }
    ),
    dotted_leads=words("am den dem vom zum der bis seit ab"),
    weak_leads=words("per"),
    priced=words("preisen preise"),
    not_a_year_after=frozenset(),
    onwards=words("an"),
    onwards_alone=words("an"),
    later={},
    afterthoughts=table({Lead.SINCE: "später", Lead.UNTIL: "früher"}),
    articles=words("der die das dem den"),
    of=words("des der"),
    day_links=frozenset(),
    part_links=words("des der die das dem den"),
    year_words=frozenset(),
    joiners=words("bis"),
    alternatives=words("oder und"),
    parts=table({"start": "anfang beginn", "middle": "mitte", "end": "ende", "late": "spät"}),
    ordinals=table(
        {
            at: " ".join(f"{word}{ending}" for ending in ("e", "en", "er", "es", "em"))
            for at, word in _ORDINALS.items()
        }
    ),
    fraction_parts=table({2: "hälfte halbjahr", 4: "quartal"}),
    seasons=table({3: "frühling frühjahr", 6: "sommer", 9: "herbst", 12: "winter"}),
    last=words(
        "letzten letzter letztes letztem letzte vorigen voriges vorige vergangenen vergangene"
    ),
    coming=words("nächsten nächste nächstes nächster nächstem kommenden kommende kommendes"),
    pairs=frozenset(),
    this=words("diesen diesem dieses diese dieser"),
    units=table(
        {
            "day": "tag tage tagen",
            "week": "woche wochen",
            "month": "monat monate monaten",
            "quarter": "quartal quartale quartalen",
            "half-year": "halbjahr halbjahre halbjahren",
            "year": "jahr jahre jahren",
            "decade": "jahrzehnt jahrzehnte jahrzehnten",
        }
    ),
    days={"heute": 0, "gestern": 1, "vorgestern": 2},
    whole_units={"heuer": ("year", 0)},
    rolling=words("vergangenen vergangene"),
    ago=frozenset(),
    ago_before=words("vor"),
    present=words("heute jetzt"),
    weekdays=table(
        {
            0: "montag",
            1: "dienstag",
            2: "mittwoch",
            3: "donnerstag",
            4: "freitag",
            5: "samstag sonnabend",
            6: "sonntag",
        }
    ),
    short_weekdays=table({0: "mo", 1: "di", 2: "mi", 3: "do", 4: "fr", 5: "sa", 6: "so"}),
    doubtful_months=frozenset(),
    numbered=table({"quarter": "quartal", "half": "halbjahr", "week": "woche kw kalenderwoche"}),
    known=words("bekannt"),
    reported=words("berichtet"),
    made=words("hergestellt"),
)

_CLAUSES: Final = ClauseWords(
    joiners=words("und aber während sondern obwohl jedoch weil"),
    contrasts=words("aber sondern jedoch"),
    joining_endings=(),
    negations=words("nicht kein keine keinen keiner nie niemals niemand"),
    negation_endings=(),
    negating_parts=(),
    lacking=words("ohne fehlt fehlen fehlte mangelt entbehrt entbehren"),
    failing=frozenset(),
    failing_links=frozenset(),
    no_denial_behind=words("nur"),
    no_negation_before=words("zweifel wunder"),
    denials=words("bestreitet dementiert falsch gelogen erfunden"),
    asking=words("hat haben ist sind wie wieviel wer wann"),
    asking_inside=frozenset(),
    introducing=words("dass daß"),
    wondering=words("ob"),
    supposing=words("wenn falls angenommen"),
    referring=words("davon sie diese diesen deren denen"),
    relatives=words("die welche"),
    stops=words("aus nach an für in im am sind ist war waren wurden hat haben zu"),
    links=words("von mit voller davon der die das den dem des dieser diesen denen"),
    towards=words("nach an"),
    away=words("aus von"),
    giving=words(
        """
        schickt schickte geschickt liefert lieferte geliefert sendet sandte gesandt gesendet
        verschifft verschiffte verkauft verkaufte exportiert exportierte übergab übergeben
        """
    ),
    receiving=words(
        "erhält erhielt erhalten bekommt bekam bekommen importiert importierte bezog kaufte"
    ),
    undoing=words(
        """
        zerstörte zerstörten zerstört vernichtet vernichtete verlor verloren verliert
        beschlagnahmt beschlagnahmte erbeutet erbeutete abgefangen verbrannt versenkt
        gestohlen schliesst geschlossen storniert abgesagt genesen zurückgegeben will
        wollen wollte plant planen geplant verspricht versprach versprochen droht
        angeboten erwägt weitere weiteren zusätzliche zusätzlichen allein bruchteil
        """
    ),
    among=words("bei unter für"),
    comparing=words("wie als verglichen"),
    comparing_endings=(),
    articles=words("der den"),
    adverbs=words(
        "nur bloß etwa rund schon bereits sogar noch wohl fast mindestens an in um über unter"
    ),
    speaking=words("erwartet rechnet"),
    leading=words("laut von"),
    governing=words("regierung bundesregierung behörden"),
    offices=words(
        "regierung ministerium minister ministerin präsident kanzler amt behörde geheimdienst"
    ),
    so_far=frozenset(
        {"bereits", "bisher", "bislang", "schon", "bis heute", "ausgegeben", "gekostet"}
    ),
    acquiring=words("kaufte gekauft"),
    possessing=words("besitzt"),
    first_person=words("unser unsere unserer unseren mein meine"),
    writer=words("ich"),
    periods=table(
        {
            "day": "täglich tag",
            "week": "wöchentlich woche",
            "month": "monatlich monat",
            "year": "jahr jährlich",
        }
    ),
    per=words("pro im je"),
    rates=words("täglich wöchentlich monatlich jährlich"),
    counted_time=(),
    counted_time_endings=(),
)

_QUESTIONS: Final = QuestionWords(
    speech=words(
        """
        anzahl zahl zahlen wie viel viele wieviel wieviele menge hoch gross höhe bisher laut sagt
        sagte gibt bericht berichte berichten bekannt schätzung schätzungen geschätzt aktuell
        aktuelle neueste letzte insgesamt überhaupt wurden wurde haben hat sind quelle quellen
        stimmt wirklich stand ging gingen gehen kam kamen bekam bekommen bekommt erhielt erhielten
        erhalten gab gegeben gibt brachte brachten gebracht fuhr genommen nimmt davon denn
        eigentlich schon jemals teil
        """
    ),
    oldest_first=words("zuerst früheste ursprünglich"),
    counting=frozenset({"wie viel", "wieviel", "anzahl"}),
    wanting={
        Wanted.MANY: "wie viele|anzahl",
        Wanted.MUCH: "wie viel",
        Wanted.MONEY: "kostet|kosten|gekostet|preis",
        Wanted.SHARE: "anteil|prozent",
        Wanted.WHEN: "wann|welche[ms]? jahr",
        Wanted.LONG: "wie lange",
    },
    wanting_first={
        Wanted.WHO: "wer",
        Wanted.WHY: "warum",
    },
    wanting_glued={},
    counting_leads=("wie viele?", "anzahl der"),
    sharing=words("anteil prozent prozentsatz quote"),
    placing=words("in gegen"),
    placing_endings=(),
    attributing=words("laut sagt sagte schätzt behauptet zufolge angaben"),
    case_vowels=frozenset("aeio"),
    particles=(),
)

GERMAN: Final = Language(
    code="de",
    name="German",
    script=Script.LATIN,
    letters=frozenset("äöüß"),
    stemmer="german",
    endings=(),
    point=",",
    numbers=NUMBERS,
    dates=_DATES,
    clauses=_CLAUSES,
    questions=_QUESTIONS,
    wording=Wording(
        numbers=NumberWording(
            scales=(
                Scale(Decimal(10) ** 12, "Billion", "Billionen"),
                Scale(Decimal(10) ** 9, "Milliarde", "Milliarden"),
                Scale(Decimal(10) ** 6, "Million", "Millionen"),
            ),
            shares=shares(
                "ein Viertel", "ein Drittel", "die Hälfte", "zwei Drittel", "drei Viertel"
            ),
            spanned=shares(
                "einem Viertel", "einem Drittel", "der Hälfte", "zwei Dritteln", "drei Vierteln"
            ),
            percent="{}\N{NO-BREAK SPACE}%",
            level="{level}-Intervall",
            group=".",
            point=",",
            relations={
                Relation.EXACT: "{low}",
                Relation.ABOUT: "etwa {low}",
                Relation.MORE_THAN: "mehr als {low}",
                Relation.AT_LEAST: "mindestens {low}",
                Relation.UP_TO: "bis zu {high}",
                Relation.LESS_THAN: "weniger als {high}",
                Relation.BETWEEN: "zwischen {low} und {high}",
                Relation.BY: "bis {high}",
                Relation.BEFORE: "vor {high}",
                Relation.AFTER: "nach {low}",
                Relation.AROUND: "um {low}",
            },
            span="zwischen {low} und {high}",
            or_later="{low} oder später",
            money_first=False,
            gap=" ",
            largest=1000,
            counted="{number} {unit}",
            counted_digits="{number} {unit}",
            genitive=frozenset(),
        ),
        dates=DateWording(
            locale="de",
            about="etwa {}",
            uncertain="{} (unsicher)",
            unknown="ein unbekanntes Datum",
            decade="die {}er Jahre",
            governed_decade="den {}er Jahren",
            some_day="{}, Tag unbekannt",
            span="{} bis {}",
            up_to="bis {}",
            since="seit {}",
            or_later="{} oder später",
            governed_month=None,
            left_out="",
        ),
        names=NameWording(of_country="{name} ({country})"),
    ),
    lacks=frozenset(
        """
        clauses.asking_inside clauses.comparing_endings clauses.counted_time
        clauses.counted_time_endings clauses.failing clauses.failing_links clauses.joining_endings
        clauses.negating_parts clauses.negation_endings dates.ago dates.day_links
        dates.doubtful_months dates.later dates.not_a_year_after dates.pairs dates.year_words
        endings numbers.added_halves numbers.attached_scales numbers.cubes numbers.decades
        numbers.denominators numbers.dotted numbers.hundreds numbers.no_count
        numbers.no_share_before numbers.no_share_behind numbers.of numbers.ordinal_fractions
        numbers.per_cent numbers.percent_points numbers.scale_letters numbers.slang_scales
        numbers.squares numbers.tens_links numbers.tenths numbers.unclear_scales
        numbers.vague_after_article numbers.vague_few numbers.vague_links numbers.vague_openers
        questions.particles questions.placing_endings questions.wanting_glued
        """.split()
    ),
)
