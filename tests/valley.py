"""A handmade base that tests of behaviour run on: what Norway sends to Sweden, and who says so.

Nothing in it is true. It holds what a base can hold: topics of each measure, several readings of
one utterance, retellings that change a figure, denials of topics and of single claims, disputes,
assumptions, vague figures, inferred dates, speakers of several countries with names in several
alphabets, and publications of which something is unknown. Tests may name any record of it; when
one is changed here, the tests that name it are looked through.
"""

from knowledge.model import Asserter, Citation, Claim, Figure, Link, LinkKind, Source, Topic
from knowledge.records import Records
from tests.making import FINGERPRINT, worded

PARTIES = ("NO", "SE")


def _topic(key: str, title: str, measure: str, description: str, **more: object) -> Topic:
    given = {"title": title, "measure": measure, "description": description, "parties": PARTIES}
    return Topic.model_validate({"id": key, **given, **more})


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(",") if part.strip())


TOPICS = [
    _topic(
        "sacks",
        "Sacks of grain delivered",
        "cumulative",
        "How many sacks of grain Norway has delivered to Sweden",
        unit="sacks",
        command="sacks",
        aliases=_words("""sacks, sack, sacks of grain, grain, grain sacks, sacks sent,
            sacks delivered, sacks shipped, grain deliveries, grain shipments, bags of grain,
            Norwegian grain, Norwegian sacks, corn, cereals, Säcke, Getreidesäcke, Getreide,
            gelieferte Säcke, sacos, sacos de grano, granos, 자루, 곡물, 곡물 자루, 곡물 지원,
            мішки, мішків, мішки зерна, зерно, мешки, мешков, мешки зерна"""),
        places=("DK",),
    ),
    _topic(
        "wagons",
        "Wagons sent to Sweden",
        "cumulative",
        "How many railway wagons Norway has sent to Sweden",
        unit="wagons",
        command="wagons",
        aliases=_words("""wagons, wagon, railway wagons, freight wagons, goods wagons, wagons sent,
            wagon count, Waggons, Waggon, Güterwagen, vagones, vagón, 화차, вагони, вагонів,
            вагоны, вагонов"""),
    ),
    _topic(
        "wagons-returned",
        "Wagons Norway received back",
        "cumulative",
        "How many wagons came back from Sweden to Norway",
        unit="wagons",
        aliases=_words("""wagons returned, returned wagons, wagons sent back, wagons received back,
            return wagons, wagons from Sweden"""),
    ),
    _topic(
        "spoilt",
        "Share of sacks that are spoilt",
        "share",
        "What share of the Norwegian sacks is spoilt",
        unit="share of sacks",
        command="spoilt",
        aliases=_words("""spoilt, spoilt share, spoilt sacks, spoiled, spoiled sacks, rotten sacks,
            rotten grain, mouldy grain, mouldy sacks, spoilage, spoilage rate, share of spoilt,
            verdorben, verdorbene Säcke, verdorbenes Getreide, estropeado, grano podrido,
            상한 자루, 부패율, зіпсоване зерно, зіпсовані мішки, испорченное зерно"""),
    ),
    _topic(
        "grain-age",
        "Years of harvest of the grain",
        "level",
        "How old the Norwegian sacks are: the years in which the grain was harvested",
        unit="year of harvest",
        command="grain-age",
        aliases=_words("""grain age, age of the grain, age of the sacks, old sacks,
            sacks harvested in, sacks from the 2010s, 2010s sacks, year of harvest,
            years of harvest, old grain, harvested, how old"""),
    ),
    _topic(
        "sack-share",
        "Norway's share of Sweden's sacks",
        "share",
        "What share of the sacks that Sweden uses comes from Norway",
        unit="share of Sweden's sacks",
        aliases=_words("""Norway's share, Norwegian share, share of Sweden's sacks,
            share of Swedish grain"""),
    ),
    _topic(
        "usage-rate",
        "Sacks Sweden uses a year",
        "rate",
        "How many sacks of grain Sweden uses in a year",
        unit="sacks a year",
        aliases=_words("""usage rate, sacks a year, sacks per year, sacks used, sacks used a year,
            yearly use, annual use, grain consumption, yearly consumption, sacks baked"""),
    ),
    _topic(
        "supply-duration",
        "How long the sacks last Sweden",
        "level",
        "How many months Sweden can bake from the Norwegian sacks",
        unit="months of Swedish use",
        aliases=_words("""supply duration, how long the sacks last, how long the grain lasts,
            months of supply, months of use"""),
    ),
    _topic(
        "drivers",
        "Drivers sent to Sweden",
        "cumulative",
        "How many engine drivers Norway has sent to Sweden",
        unit="drivers",
        command="drivers",
        aliases=_words("""drivers, driver, engine drivers, train drivers, Lokführer, maquinistas,
            기관사, машиністи, машинисты"""),
    ),
    _topic(
        "helpers",
        "Helpers for the mills",
        "cumulative",
        "How many helpers Norway sends to the Swedish mills",
        unit="people",
        command="helpers",
        aliases=_words("helpers, helper, mill workers, millers, joiners"),
    ),
    _topic(
        "denials",
        "Denials",
        "qualitative",
        "Who denies the deliveries, and what exactly is denied",
        command="denials",
        aliases=_words("""denials, denial, denies, denied, deny, Norwegian denial, Swedish denial,
            Norway denies, Sweden denies, Dementi, desmentido, 부인, заперечення, отрицание"""),
    ),
    _topic(
        "payback",
        "What Norway gets in return",
        "qualitative",
        "What Sweden gives Norway for the grain",
        command="payback",
        aliases=_words("""payback, payment, in return, in exchange, reward, what Norway gets,
            Gegenleistung, contrapartida, 대가, натомість"""),
    ),
    _topic(
        "other-goods",
        "Other goods delivered",
        "qualitative",
        "What else Norway has delivered to Sweden",
        command="other-goods",
        aliases=_words("other goods, flour, seed, hay, what else"),
    ),
    _topic(
        "reactions",
        "Reactions and judgements",
        "qualitative",
        "How others judge the deliveries, and what they do about them",
        aliases=_words("""reactions, reaction, judgement, criticism, condemnation, protest,
            protests, consequences"""),
    ),
    _topic(
        "start-date",
        "Start of the deliveries",
        "qualitative",
        "Since when Norway has been delivering grain to Sweden",
        aliases=_words("start date, start of the deliveries, beginning, first delivery, began"),
    ),
    _topic(
        "route",
        "Railway route",
        "qualitative",
        "Which way the grain goes from Norway to Sweden",
        aliases=_words("route, railway route, which way, line, pass, passes"),
    ),
]


def _asserter(key: str, aliases: str = "", **more: object) -> Asserter:
    return Asserter.model_validate({"id": key, "aliases": _words(aliases), **more})


ASSERTERS = [
    _asserter(
        "kamau",
        """Kamau, Wanjiru Kamaw, Wandjiru Kamau, Камау, Вандзіру Камау, Ванджиру Камау, 카마우,
        완지루 카마우, Grain Watch, Kenyan Grain Watch, Kenyan observers""",
        person="Wanjiru Kamau",
        role="deputy chief",
        organisation="Grain Watch",
        country="KE",
    ),
    _asserter(
        "vidal",
        """Vidal, Rosa Vidahl, Minister Vidal, Chilean farm minister, farm minister of Chile,
        Видаль, Відаль, 비달""",
        person="Rosa Vidal",
        role="Farm Minister",
        country="CL",
    ),
    _asserter(
        "bureau",
        "CGB, Grain Bureau, Chilean Grain Bureau",
        organisation="Central Grain Bureau",
        country="CL",
    ),
    _asserter(
        "inspection",
        "FIA, Freight Inspection, Chilean inspectors",
        organisation="Freight Inspection Agency",
        country="CL",
    ),
    _asserter("oslo", "Oslo, Norwegian government", role="Government", country="NO"),
    _asserter("stockholm", "Stockholm, Swedish government", role="Government", country="SE"),
    _asserter("nairobi", "Nairobi, Kenyan government", role="Government", country="KE"),
    _asserter("chile", "Santiago, Chilean government", role="Government", country="CL"),
    _asserter("soto", "Soto", person="Luis Soto", role="lawmaker", country="CL"),
    _asserter("bakers", "bakers", role="master bakers", country="CL"),
    _asserter(
        "trade-department",
        "Trade Department, New Zealand's Trade Department",
        organisation="Trade Department",
        country="NZ",
    ),
    _asserter(
        "ngo-ledger",
        person="Abel Ngo",
        role="retelling Wanjiru Kamau",
        organisation="The Ledger",
    ),
    _asserter("radio-fjord", role="retelling Wanjiru Kamau", organisation="Radio Fjord"),
    _asserter("brandt", "Brandt", person="Mia Brandt", role="journalist", organisation="Ledger"),
    _asserter("harper", "Harper", person="Ivy Harper", role="journalist", organisation="Courier"),
    _asserter("skyview", "Skyview", role="satellite imagery", organisation="Skyview"),
    _asserter("mill-review", role="unattributed report", organisation="Mill Review"),
    _asserter("grain-post", role="unattributed report", organisation="The Grain Post"),
    _asserter("experts", role="unnamed experts"),
    _asserter("northern-nations", organisation="Northern nations"),
    _asserter("forty-countries", organisation="New Zealand and almost 40 other countries"),
]

REVIEW, FJORD = "mill-review-2024-02", "radio-fjord-2024-03"
HARVEST, SANTIAGO, POST = "old-harvest-2024", "santiago-2023-11", "grain-post-2025-07"


def _source(key: str, publisher: str, title: str, published_on: str, **more: object) -> Source:
    given = {"publisher": publisher, "title": title, "published_on": published_on}
    return Source.model_validate({"id": key, **given, **more})


SOURCES = [
    _source(
        REVIEW,
        "Mill Review",
        "A quarter of Swedish grain from Norway found spoilt.",
        "2024-02",
        publisher_basis="inferred",
        date_reason="The last line prints the month. The publisher is inferred from it.",
    ),
    _source(
        FJORD,
        "Radio Fjord (reprint)",
        "[No title printed] Norwegian grain in Sweden, a quarter of it spoilt",
        "2024-03~",
        publisher_basis="inferred",
        title_basis="unknown",
        date_basis="inferred",
        date_reason="It speaks of last month's briefing.",
    ),
    _source(
        HARVEST,
        "Unknown publisher",
        "Remember when Norway sent grain of the 2010s to Sweden?",
        "2024-10/..",
        publisher_basis="unknown",
        date_basis="inferred",
        date_reason="The latest event that it tells of was in October 2024.",
    ),
    _source(
        SANTIAGO,
        "Unknown publisher",
        "Norway likely sent seed, flour and grain to Sweden, Santiago says",
        "2023-11~",
        publisher_basis="unknown",
        date_basis="inferred",
        date_reason="It tells of a hearing that was in November 2023.",
    ),
    _source(
        POST,
        "The Grain Post",
        "Norway Sends Over 8 Million Sacks to Sweden",
        "2025-07~",
        date_basis="inferred",
        date_reason="It tells of a report that is dated July 2025.",
    ),
]


def _at(source: str, paragraph: int, *via: str, as_worded: str | None = None) -> Citation:
    return Citation(
        source=source,
        paragraph=paragraph,
        via=via,
        as_worded=as_worded,
        fingerprint=FINGERPRINT,
    )


def _said(  # noqa: PLR0913 - the fields that differ from claim to claim
    key: str,
    asserter: str,
    statement: str,
    on: str,
    *citations: Citation,
    origin: str,
    figure: Figure | None = None,
    links: tuple[tuple[LinkKind, str], ...] = (),
    **more: object,
) -> Claim:
    """Make a claim; the topic is the longest that its id begins with, as are those of links."""
    given: dict[str, object] = {"topic": _topic_of(key), "asserter": asserter}
    given["statement"] = statement
    relations = [
        Link(kind=kind, topic=to) if to in _KEYS else Link(kind=kind, claim=to)
        for kind, to in links
    ]
    given |= {"asserted_on": on, "origin": origin, "figure": figure, "relations": relations}
    return Claim.model_validate({"id": key, "citations": citations, **given, **more})


_KEYS = {topic.id for topic in TOPICS}


def _topic_of(key: str) -> str:
    return max((topic for topic in _KEYS if key.startswith(f"{topic}-")), key=len)


DENIES, DISPUTES = LinkKind.DENIES, LinkKind.DISPUTES
RETELLS, SUPPORTS = LinkKind.RETELLS, LinkKind.SUPPORTS
SPEECH, BRIEFING = "kamau-2024-02-23", "vidal-briefing-2024-02-26"
HEARING, NOTICE = "bureau-soto-2023-11", "inspection-2025-07"
AGENCY, LEDGER = ("Agency Savanna",), ("Agency Savanna", "The Ledger")

_SACKS = [
    _said(
        "sacks-bureau-2023-11",
        "bureau",
        "Sweden has received more than 700,000 sacks of grain since August 2023.",
        "2023-11~",
        _at(SANTIAGO, 5),
        figure=worded("more than 700,000"),
        period="2023-08/2023-10~",
        origin=HEARING,
        note="Told by a lawmaker after a closed hearing.",
    ),
    _said(
        "sacks-chile-2024-02",
        "chile",
        "The sacks delivered may number as many as 2.5 million.",
        "2024-02~",
        _at(FJORD, 6),
        figure=worded("up to 2.5 million"),
        origin="chile-2024-02",
    ),
    _said(
        "sacks-kamau-2024-02",
        "kamau",
        "Sweden has received one million and two hundred thousand sacks from Norway.",
        "2024-02-23",
        _at(FJORD, 4, *AGENCY),
        _at(REVIEW, 6, *LEDGER, as_worded="1.2 million sacks"),
        figure=worded("about 1.2 million"),
        origin=SPEECH,
    ),
    _said(
        "sacks-ledger-2024-02",
        "ngo-ledger",
        "More than a million sacks have reached Sweden.",
        "2024-02",
        _at(REVIEW, 3),
        figure=worded("more than 1 million"),
        period="2024-02-23",
        origin=SPEECH,
        links=((RETELLS, "sacks-kamau-2024-02"),),
    ),
    _said(
        "sacks-fjord-2024-03",
        "radio-fjord",
        "More than 1.2 million sacks have reached Sweden.",
        "2024-03~",
        _at(FJORD, 2),
        figure=worded("more than 1.2 million"),
        period="2024-02-23",
        origin=SPEECH,
        links=((RETELLS, "sacks-kamau-2024-02"),),
    ),
    _said(
        "sacks-vidal-large-2024-02",
        "vidal",
        "Sacks of 60 kilos would make 400,000 in all.",
        "2024-02-26",
        _at(HARVEST, 13, "Agency Andes"),
        figure=worded("about 400,000"),
        assumption="all the wagons held sacks of 60 kilos",
        origin=BRIEFING,
        note="The figure belongs to the larger of two sizes of sack.",
    ),
    _said(
        "sacks-vidal-small-2024-02",
        "vidal",
        "Sacks of 10 kilos would make more than 2 million.",
        "2024-02-26",
        _at(HARVEST, 13, "Agency Andes"),
        figure=worded("more than 2 million"),
        assumption="all the wagons held sacks of 10 kilos",
        origin=BRIEFING,
    ),
    _said(
        "sacks-vidal-mix-2024-02",
        "vidal",
        "A mix of both would make some hundred thousand sacks at least.",
        "2024-02-26",
        _at(HARVEST, 12, "Agency Andes"),
        figure=Figure(as_worded="at least several hundred thousand"),
        assumption="the wagons held a mix of both sizes",
        origin=BRIEFING,
    ),
    _said(
        "sacks-vidal-2024-06",
        "vidal",
        "The wagons counted so far could hold 3.6 million sacks.",
        "2024-06",
        _at(HARVEST, 16, "Skyview"),
        figure=worded("roughly 3.6 million"),
        assumption="the 9,000 wagons held sacks of 10 kilos",
        origin="vidal-skyview-2024-06",
    ),
    _said(
        "sacks-brandt-2024-08",
        "brandt",
        "The wagons would be enough for more than 5 million sacks.",
        "2024-08~",
        _at(HARVEST, 18),
        figure=worded("more than 5 million"),
        assumption="the trains held the sacks of 10 kilos that the inspectors had seen",
        origin="inspection-2024-08",
    ),
    _said(
        "sacks-inspection-2025-07",
        "inspection",
        "Norway has sent Sweden more than 8 million sacks of grain.",
        "2025-07~",
        _at(POST, 3),
        _at(POST, 2, as_worded="over 8 million sacks"),
        _at(POST, 1, as_worded="Over 8 Million Sacks"),
        figure=worded("more than 8 million"),
        assumption="every wagon held sacks of 10 kilos",
        origin=NOTICE,
        note="The article gives no day.",
    ),
]

_WAGONS = [
    _said(
        "wagons-skyview-2024-02",
        "skyview",
        "Pictures from above show hundreds of wagons on the line.",
        "2024-02~",
        _at(REVIEW, 7),
        figure=Figure(as_worded="hundreds of wagons"),
        period="2023-10/2023-12",
        origin="skyview-2023-12",
    ),
    _said(
        "wagons-vidal-2024-02",
        "vidal",
        "Some 5,200 wagons have crossed the border.",
        "2024-02-26~",
        _at(HARVEST, 11),
        figure=worded("roughly 5,200"),
        origin=BRIEFING,
    ),
    _said(
        "wagons-trade-department-2024-03",
        "trade-department",
        "Norway has sent some 9,000 wagons of grain.",
        "2024-03~",
        _at(HARVEST, 15),
        figure=worded("about 9,000"),
        origin="trade-department-2024-03",
    ),
    _said(
        "wagons-vidal-2024-03",
        "vidal",
        "More than 6,000 wagons have crossed the border.",
        "2024-03",
        _at(HARVEST, 14, "Agency Andes"),
        figure=worded("more than 6,000"),
        origin="vidal-andes-2024-03",
    ),
    _said(
        "wagons-vidal-2024-06",
        "vidal",
        "At least 9,000 wagons have been seen on the way to Sweden.",
        "2024-06",
        _at(HARVEST, 16, "Skyview"),
        figure=worded("about 9,000"),
        origin="vidal-skyview-2024-06",
    ),
    _said(
        "wagons-inspection-2024-08",
        "inspection",
        "Norway has sent Sweden 11,000 wagons.",
        "2024-08",
        _at(HARVEST, 17, "Luis Soto", "The Ledger"),
        figure=worded("about 11,000"),
        origin="inspection-2024-08",
    ),
    _said(
        "wagons-inspection-2025-07",
        "inspection",
        "Norway has sent Sweden some 25,000 wagons.",
        "2025-07~",
        _at(POST, 3),
        figure=worded("approximately 25,000"),
        origin=NOTICE,
    ),
    _said(
        "wagons-returned-vidal-2024-03",
        "vidal",
        "At least 8,000 wagons have come back to Norway with timber.",
        "2024-03",
        _at(HARVEST, 14, "Agency Andes"),
        figure=worded("at least 8,000"),
        origin="vidal-andes-2024-03",
    ),
]

_SPOILT = [
    _said(
        "spoilt-kamau-2024-02",
        "kamau",
        "A quarter of the sacks from Norway is spoilt, Kenya's Grain Watch says.",
        "2024-02-23",
        _at(FJORD, 5, *AGENCY),
        _at(FJORD, 2, *AGENCY, as_worded="about a quarter of it"),
        _at(REVIEW, 6, *LEDGER, as_worded="Approximately a quarter"),
        _at(REVIEW, 2, *LEDGER, as_worded="A quarter"),
        figure=worded("about a quarter"),
        origin=SPEECH,
        note="One utterance in two renderings: a quarter in one, approximately in the other.",
    ),
    _said(
        "spoilt-ledger-2024-02",
        "ngo-ledger",
        "Over a quarter of the sacks is spoilt.",
        "2024-02",
        _at(REVIEW, 3),
        figure=worded("over a quarter"),
        period="2024-02-23",
        origin=SPEECH,
        links=((RETELLS, "spoilt-kamau-2024-02"),),
    ),
    _said(
        "spoilt-kamau-rest-2024-02",
        "kamau",
        "The rest of the sacks has to be sifted before it can be milled.",
        "2024-02-23",
        _at(FJORD, 5, *AGENCY),
        _at(REVIEW, 6, *LEDGER),
        origin=SPEECH,
    ),
    _said(
        "spoilt-harper-2024-10",
        "harper",
        "Many of the sacks are of poor quality.",
        "2024-10",
        _at(HARVEST, 20),
        figure=Figure(as_worded="many of the sacks"),
        origin="courier-2024-10",
    ),
]

_MORE_FIGURES = [
    _said(
        "grain-age-kamau-2024-02",
        "kamau",
        "The grain is from the harvests of 2000 to 2019.",
        "2024-02-23",
        _at(FJORD, 5, *AGENCY),
        _at(REVIEW, 6, *LEDGER, as_worded="grain of two decades"),
        figure=worded("between 2000 and 2019"),
        origin=SPEECH,
    ),
    _said(
        "grain-age-bureau-2024-05",
        "bureau",
        "Some of the grain may have been harvested in the 2010s.",
        "2024-05-12",
        _at(HARVEST, 5),
        figure=worded("between 2010 and 2019"),
        assumption="the suspicion that was still being looked into",
        origin="bureau-2024-05-12",
    ),
    _said(
        "sack-share-bakers-2024-10",
        "bakers",
        "Up to half of the sacks that Swedish mills open come from Norway.",
        "2024-10",
        _at(HARVEST, 19, "Courier"),
        figure=worded("up to half"),
        origin="bakers-2024-10",
    ),
    _said(
        "usage-rate-bakers-2024-10",
        "bakers",
        "Sweden uses about 4 million sacks a year.",
        "2024-10",
        _at(HARVEST, 19, "Courier"),
        figure=worded("about 4 million"),
        origin="bakers-2024-10",
    ),
    _said(
        "supply-duration-soto-2023-11",
        "soto",
        "The grain is enough for two months.",
        "2023-11~",
        _at(SANTIAGO, 12),
        figure=worded("about 2"),
        period="2023-08/2023-10~",
        origin=HEARING,
    ),
    _said(
        "drivers-inspection-2025-07",
        "inspection",
        "Norway has sent some 4,000 engine drivers.",
        "2025-07~",
        _at(POST, 4),
        figure=worded("around 4,000"),
        origin=NOTICE,
    ),
    _said(
        "drivers-bureau-2025-07",
        "bureau",
        "More drivers may follow in autumn.",
        "2025-07~",
        _at(POST, 5),
        origin="bureau-2025-07",
    ),
    _said(
        "helpers-joiners-2025-07",
        "grain-post",
        "A thousand joiners are to repair the mills.",
        "2025-07~",
        _at(POST, 5),
        figure=worded("1,000"),
        period="2025-07~/2025-08~",
        origin="grain-post-2025-07",
    ),
    _said(
        "helpers-millers-2025-07",
        "grain-post",
        "Two thousand millers are to follow.",
        "2025-07~",
        _at(POST, 5),
        figure=worded("2,000"),
        period="2025-07~/2025-08~",
        origin="grain-post-2025-07",
    ),
]


def _denial(who: str, on: str, source: str, paragraph: int, *denied: str) -> Claim:
    day = on.removesuffix("~")
    country = {"oslo": "Norway", "stockholm": "Sweden"}[who]
    kind = "-flour" if denied[0].startswith("other-goods-") else ""
    return _said(
        f"denials-{who}{kind}-{day}",
        who,
        f"{country} denies in full the deliveries that others speak of in {day}.",
        on,
        _at(source, paragraph),
        origin=f"{who}-denial-{day}",
        links=tuple((DENIES, one) for one in denied),
    )


FLOUR = "other-goods-nairobi-flour-2024-03"
_STATEMENTS = [
    *(
        denial
        for who in ("oslo", "stockholm")
        for denial in (
            _denial(who, "2023-11~", SANTIAGO, 9, "sacks", "other-goods"),
            _denial(who, "2024-02", REVIEW, 8, "sacks", "other-goods", "payback"),
            _denial(who, "2024-03~", FJORD, 7, FLOUR),
        )
    ),
    _said(
        FLOUR,
        "nairobi",
        "Norwegian flour has been found in Swedish bread.",
        "2024-03~",
        _at(FJORD, 7),
        origin="nairobi-flour-2024-03",
    ),
    _said(
        "other-goods-bureau-2023-11",
        "bureau",
        "Seed and hay were on the same trains as the sacks.",
        "2023-11~",
        _at(SANTIAGO, 7),
        origin=HEARING,
        links=((SUPPORTS, "sacks-bureau-2023-11"),),
    ),
    _said(
        "payback-kamau-2024-02",
        "kamau",
        "Norway wants timber and paper for its grain.",
        "2024-02-23~",
        _at(FJORD, 9, *AGENCY),
        origin=SPEECH,
    ),
    _said(
        "payback-bureau-2023-11",
        "bureau",
        "Norway hopes for new engines in exchange.",
        "2023-11~",
        _at(SANTIAGO, 15),
        origin=HEARING,
    ),
    _said(
        "start-date-bureau-2023-11",
        "bureau",
        "The first train left in August 2023.",
        "2023-11~",
        _at(SANTIAGO, 5),
        period="2023-08~",
        origin=HEARING,
    ),
    _said(
        "start-date-grain-post-2025-07",
        "grain-post",
        "The deliveries began in October 2024.",
        "2025-07~",
        _at(POST, 4),
        period="2024-10~",
        origin="grain-post-2025-07",
        links=((DISPUTES, "start-date-bureau-2023-11"),),
    ),
    _said(
        "route-skyview-2024-02",
        "skyview",
        "The trains take the line over the northern pass.",
        "2024-02~",
        _at(REVIEW, 7),
        period="2023-10/2023-12",
        origin="skyview-2023-12",
    ),
]

_REACTIONS = [
    _said(
        f"reactions-{who}-{on}",
        who,
        statement,
        f"{on}~",
        _at(source, paragraph),
        origin=f"{who}-reaction-{on}",
        note="Told without a day.",
    )
    for who, on, source, paragraph, statement in [
        ("bureau", "2024-05", HARVEST, 7, "The bureau goes on looking into every train."),
        ("chile", "2025-07", POST, 8, "Chile asks both countries to open their books."),
        ("experts", "2025-07", POST, 7, "Experts see the trade grow from year to year."),
        ("forty-countries", "2024-03", FJORD, 7, "Some forty countries ask for an inquiry."),
        ("grain-post", "2025-07", POST, 6, "The deliveries break an agreement of 1998."),
        ("harper", "2024-10", HARVEST, 20, "The bakers are worried about their bread."),
        ("kamau", "2024-02", FJORD, 10, "Grain of that age should not be milled at all."),
        ("mill-review", "2024-02", REVIEW, 7, "The pressure on the railway keeps growing."),
        ("northern-nations", "2024-02", REVIEW, 7, "Northern nations call the trade unwise."),
        ("trade-department", "2025-07", POST, 6, "New Zealand condemns the deliveries."),
    ]
]

CLAIMS = [*_SACKS, *_WAGONS, *_SPOILT, *_MORE_FIGURES, *_STATEMENTS, *_REACTIONS]

VALLEY = Records(
    {record.id: record for record in TOPICS},
    {record.id: record for record in ASSERTERS},
    {record.id: record for record in SOURCES},
    {record.id: record for record in CLAIMS},
)
