"""The claims of the handmade base."""

from knowledge.model import Citation, Claim, Figure, Link, LinkKind
from tests.bases.making import FINGERPRINT, worded
from tests.bases.valley_records import FJORD, HARVEST, POST, REVIEW, SANTIAGO, TOPICS


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
