"""Spanish: understood, and not spoken."""

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

_NUMBERS: Final = NumberWords(
    cardinals=table(
        {
            0: "cero",
            2: "dos",
            3: "tres",
            4: "cuatro",
            5: "cinco",
            6: "seis",
            7: "siete",
            8: "ocho",
            9: "nueve",
            10: "diez",
            11: "once",
            12: "doce",
            13: "trece",
            14: "catorce",
            15: "quince",
            16: "dieciséis",
            17: "diecisiete",
            18: "dieciocho",
            19: "diecinueve",
            20: "veinte",
            21: "veintiuno veintiún",
            22: "veintidós",
            23: "veintitrés",
            24: "veinticuatro",
            25: "veinticinco",
            26: "veintiséis",
            27: "veintisiete",
            28: "veintiocho",
            29: "veintinueve",
            30: "treinta",
            40: "cuarenta",
            50: "cincuenta",
            60: "sesenta",
            70: "setenta",
            80: "ochenta",
            90: "noventa",
        }
    ),
    mixed={},
    hundred=words("cien ciento"),
    glue=frozenset(),
    # Long scale: a billón is 10¹².
    hundreds=table(
        {
            200: "doscientos doscientas",
            300: "trescientos trescientas",
            400: "cuatrocientos cuatrocientas",
            500: "quinientos quinientas",
            600: "seiscientos seiscientas",
            700: "setecientos setecientas",
            800: "ochocientos ochocientas",
            900: "novecientos novecientas",
        }
    ),
    tens_links=words("y"),
    dotted=frozenset(),
    scales=table({12: "docena", 10**3: "mil", 10**6: "millón millones", 10**12: "billón billones"}),
    scale_letters={},
    attached_scales={},
    slang_scales={},
    unclear_scales=frozenset(),
    lone_scales=words("mil"),
    fractions=table(
        {
            Decimal(1) / 2: "mitad medio media",
            Decimal(1) / 3: "tercio tercios",
        }
    ),
    fraction_endings=frozenset(),
    ordinal_fractions=table({Decimal(1) / 4: "cuarto cuartos", Decimal(1) / 5: "quinto quintos"}),
    whole_shares=words("mitad"),
    denominators=frozenset(),
    added_halves=words("medio media"),
    articles=words("un una"),
    ands=words("y e"),
    of=words("de"),
    points=words("coma"),
    tenths={},
    minus=words("menos"),
    zeros=words("ninguno ninguna"),
    percent=words("porciento"),
    per_cent=frozenset({("por", "ciento"), ("por", "cien")}),
    percent_points=frozenset(),
    every=frozenset(),
    ratios=frozenset({("de", "cada")}),
    for_each=frozenset(phrases({1: "por cada|por"})),
    units=table(
        {
            "mm": "milímetro milímetros",
            "cm": "centímetro centímetros",
            "m": "metro metros",
            "km": "kilómetro kilómetros",
            "miles": "milla millas",
            "inches": "pulgada pulgadas",
            "feet": "pie pies",
            "kg": "kilo kilos kilogramo kilogramos",
            "g": "gramo gramos",
            "mg": "miligramo miligramos",
            "tonnes": "tonelada toneladas",
            "litres": "litro litros",
            "ml": "mililitro mililitros",
            "gallons": "galón galones",
            "barrels": "barril barriles",
            "hectares": "hectárea hectáreas",
            "kW": "kilovatio kilovatios",
            "MW": "megavatio megavatios",
            "GW": "gigavatio gigavatios",
            "seconds": "segundos",
            "minutes": "minuto minutos",
            "hours": "hora horas",
            "days": "día días",
            "weeks": "semana semanas",
            "months": "mes meses",
            "years": "año años",
            "decades": "década décadas",
            "$": "dólar dólares",
            "€": "euro euros",
            "£": "libra libras",
            "₽": "rublo rublos",
            "¥": "yenes",
            "CN¥": "yuanes",
            "₹": "rupia rupias",
        }
    ),
    cents=table({"€": "céntimo céntimos", "$": "centavo centavos"}),
    squares=frozenset(),
    cubes=frozenset(),
    old=frozenset(),
    vague=words("varios varias cientos decenas"),
    vague_openers=frozenset(),
    vague_after_article=frozenset(),
    vague_few=frozenset(),
    vague_links=words("de"),
    decades={},
    decade_leads=frozenset(),
    relations_before=phrases(
        {
            Relation.MORE_THAN: "más de|más que|por encima de|superior a|superiores a|superó|"
            "supera|superan|superaron|excede|mayor que|mayores que|mayor de|mayores de|mayor a|"
            "mayores a|mucho más de|poco más de",
            Relation.AT_LEAST: "al menos|por lo menos|como mínimo|mínimo|un mínimo de|"
            "no menos de|no inferior a|mayores o iguales a|mayor o igual a|superiores o iguales a",
            Relation.UP_TO: "hasta|como máximo|máximo|un máximo de|a lo sumo|no más de|no supera|"
            "no superó|no superior a|no superiores a|menores o iguales a|menor o igual a|"
            "inferiores o iguales a",
            Relation.LESS_THAN: "menos de|por debajo de|inferior a|inferiores a|menor que|"
            "menores que|menor de|menores de|menor a|menores a|poco menos de|ni siquiera",
            Relation.ABOUT: "unos|unas|alrededor de|cerca de|aproximadamente|casi|en torno a",
            Relation.EXACT: "exactamente|justo",
        }
    ),
    relations_behind=phrases(
        {
            Relation.AT_LEAST: "o más|como mínimo|por lo menos",
            Relation.UP_TO: "o menos|como máximo",
            Relation.ABOUT: "aproximadamente",
        }
    ),
    range_openers={"entre": words("y e"), "de": words("a")},
    range_joiners=frozenset(),
    unit_joiners=words("y"),
    dollars={},
    changes=frozenset(),
    rises=words("aumentó creció subió aumento crecimiento"),
    falls=words("cayó bajó disminuyó caída descenso"),
    ups=frozenset(),
    downs=frozenset(),
    change_links=words("de un en"),
    labels=words("página capítulo artículo habitación vuelo"),
    lengths=words("alto largo ancho profundo altura longitud"),
    interval_words=words("intervalo rango de entre"),
    year_relations=phrases(
        {
            Relation.BY: "hasta|a más tardar",
            Relation.BEFORE: "antes de",
            Relation.AFTER: "después de|no antes de|desde",
            Relation.AROUND: "hacia",
        }
    ),
    year_leads=words("desde en hasta"),
    changing=words("menos no"),
    no_count=frozenset(),
    no_share_before=frozenset(),
    no_share_behind=frozenset(),
    share_followers=words("de los las"),
    fraction_followers=words("de"),
)

_DATES: Final = DateWords(
    months=table(
        {
            1: "enero",
            2: "febrero",
            3: "marzo",
            4: "abril",
            5: "mayo",
            6: "junio",
            7: "julio",
            8: "agosto",
            9: "septiembre setiembre",
            10: "octubre",
            11: "noviembre",
            12: "diciembre",
        }
    ),
    short_months=table(
        {
            1: "ene",
            2: "feb",
            3: "mar",
            4: "abr",
            5: "may",
            6: "jun",
            7: "jul",
            8: "ago",
            9: "sept sep",
            10: "oct",
            11: "nov",
            12: "dic",
        }
    ),
    leads=phrases(
        {
            Lead.SINCE: "no antes de|desde|a partir de|después de|tras",
            Lead.UNTIL: "hasta|a fecha de",
            Lead.BEFORE: "antes de",
            Lead.DURING: "en|durante|de|del",
            Lead.BETWEEN: "entre",
        }
    ),
    dotted_leads=frozenset(),
    weak_leads=words("de del"),
    priced=words("precios"),
    not_a_year_after=frozenset(),
    onwards=words("adelante"),
    onwards_alone=words("adelante"),
    later={},
    afterthoughts={},
    articles=words("el la del"),
    of=words("de del"),
    day_links=words("de"),
    part_links=words("de del el la"),
    year_words=frozenset(),
    joiners=words("hasta a al"),
    alternatives=words("o y"),
    parts=table({"start": "principios", "middle": "mediados", "end": "finales"}),
    ordinals=table(
        {
            1: "primer primero primera",
            2: "segundo segunda",
            3: "tercer tercero tercera",
            4: "cuarto cuarta",
            5: "quinto",
            6: "sexto",
            7: "séptimo",
            8: "octavo",
            9: "noveno",
            10: "décimo",
            -1: "último última",
        }
    ),
    fraction_parts=table({2: "mitad semestre", 4: "trimestre"}),
    seasons=table({3: "primavera", 6: "verano", 9: "otoño", 12: "invierno"}),
    last=words("pasado pasada último última últimos últimas"),
    coming=words("próximo próxima próximos próximas"),
    pairs=frozenset(),
    this=words("este esta"),
    units=table(
        {
            "day": "día días",
            "week": "semana semanas",
            "month": "mes meses",
            "quarter": "trimestre trimestres",
            "year": "año años",
            "decade": "década décadas",
        }
    ),
    days={"hoy": 0, "ayer": 1, "anteayer": 2},
    whole_units={},
    rolling=frozenset(),
    ago=frozenset(),
    ago_before=words("hace"),
    present=words("hoy ahora"),
    weekdays=table(
        {
            0: "lunes",
            1: "martes",
            2: "miércoles",
            3: "jueves",
            4: "viernes",
            5: "sábado",
            6: "domingo",
        }
    ),
    short_weekdays=table({0: "lun", 2: "mié", 3: "jue", 4: "vie", 5: "sáb", 6: "dom"}),
    doubtful_months=frozenset(),
    numbered=table({"quarter": "trimestre", "half": "semestre", "week": "semana"}),
    known=words("conocido conocida"),
    reported=words("publicado"),
    made=words("fabricados"),
)

_CLAUSES: Final = ClauseWords(
    joiners=words("y e pero mientras aunque sino porque"),
    contrasts=words("pero mientras sino"),
    joining_endings=(),
    negations=words("no nunca jamás ni nadie"),
    negation_endings=(),
    negating_parts=(),
    lacking=words("sin carece carecen carecían falta faltan"),
    failing=frozenset(),
    failing_links=frozenset(),
    no_denial_behind=words("solo sólo"),
    no_negation_before=words("duda"),
    denials=words("niega negó falso mentira desmintió"),
    asking=words("cuántos cuántas cuánto quién cuándo"),
    asking_inside=frozenset(),
    introducing=words("que"),
    wondering=frozenset(),
    supposing=words("si supongamos"),
    referring=words("ellos ellas estos estas esos esas cuales"),
    relatives=words("que quien"),
    stops=words("a al en para por son fueron han ha se no"),
    links=words("de del con todos todas los las el la ellos ellas estos estas"),
    towards=words("a hacia"),
    away=words("de desde"),
    giving=words(
        "envió envía enviado enviaron entregó entregado vendió vendido exportó suministró"
    ),
    receiving=words("recibió recibe recibido obtuvo importó compró"),
    undoing=words(
        """
        destruyó destruido destruidos perdió perdido perdieron incautó confiscó capturó
        interceptó quemó hundió robó cerró canceló recuperado recuperados devolvió
        quiere quieren planea planean promete prometió amenaza ofrece ofreció considera
        adicionales fracción
        """
    ),
    among=words("entre para"),
    comparing=words("como comparado comparada"),
    comparing_endings=(),
    articles=words("el la los las"),
    adverbs=words("solo sólo apenas ya unos unas casi tan todavía de a"),
    speaking=words("espera calcula"),
    leading=words("según por"),
    governing=words("gobierno autoridades"),
    offices=words("gobierno ministerio ministro ministra presidente agencia"),
    so_far=frozenset({"ya", "hasta ahora", "hasta la fecha", "gastado", "costado"}),
    acquiring=words("compró"),
    possessing=words("tiene posee"),
    first_person=words("nuestro nuestra nuestros nuestras mi mis"),
    writer=words("yo"),
    periods=table(
        {
            "day": "día diario diariamente",
            "week": "semana semanal",
            "month": "mes mensual mensualmente",
            "year": "año anual anualmente",
        }
    ),
    per=words("al por cada"),
    rates=words("diariamente mensualmente anualmente"),
    counted_time=(),
    counted_time_endings=(),
)

_QUESTIONS: Final = QuestionWords(
    speech=words(
        """
        numero número cantidad cuanto cuánto cuantos cuántos cuanta cuánta cuantas cuántas dice dijo
        según estimación estimaciones cifra cifras total ultima última último últimos dato datos
        fuente fuentes verdad realmente hay han ha qué cuál cuáles quién fueron sobre llegó
        llegaron llega recibió recibieron recibe dio dieron da llevó tiene tienen hubo parte desde
        cómo
        """
    ),
    oldest_first=words("primero inicial"),
    counting=frozenset({"cuant"}),
    wanting={
        Wanted.MANY: "cu[aá]nt[oa]s",
        Wanted.MUCH: "cu[aá]nt[oa]",
        Wanted.MONEY: "cuesta|costó|cuestan|precio",
        Wanted.SHARE: "porcentaje|proporción",
        Wanted.WHEN: "cu[aá]ndo",
    },
    wanting_first={
        Wanted.WHO: "quién",
        Wanted.WHY: "por qué",
    },
    wanting_glued={},
    counting_leads=("cu[aá]nt[oa]s?",),
    sharing=words("porcentaje proporción proporcion tasa"),
    placing=words("contra en"),
    placing_endings=(),
    attributing=words("según dice dijo afirma estima"),
    case_vowels=frozenset("aeio"),
    particles=(),
)

SPANISH: Final = Language(
    code="es",
    name="Spanish",
    script=Script.LATIN,
    letters=frozenset("ñáéíóú¿¡"),
    stemmer="spanish",
    endings=(),
    point=",",
    numbers=_NUMBERS,
    dates=_DATES,
    clauses=_CLAUSES,
    questions=_QUESTIONS,
    wording=None,
    lacks=frozenset(
        """
        clauses.asking_inside clauses.comparing_endings clauses.counted_time
        clauses.counted_time_endings clauses.failing clauses.failing_links clauses.joining_endings
        clauses.negating_parts clauses.negation_endings clauses.wondering dates.afterthoughts
        dates.ago dates.dotted_leads dates.doubtful_months dates.later dates.not_a_year_after
        dates.pairs dates.rolling dates.whole_units dates.year_words endings numbers.attached_scales
        numbers.changes numbers.cubes numbers.decade_leads numbers.decades numbers.denominators
        numbers.dollars numbers.dotted numbers.downs numbers.every numbers.fraction_endings
        numbers.glue numbers.mixed numbers.no_count numbers.no_share_before numbers.no_share_behind
        numbers.old numbers.percent_points numbers.range_joiners numbers.scale_letters
        numbers.slang_scales numbers.squares numbers.tenths numbers.unclear_scales numbers.ups
        numbers.vague_after_article numbers.vague_few numbers.vague_openers questions.particles
        questions.placing_endings questions.wanting_glued wording
        """.split()
    ),
)
