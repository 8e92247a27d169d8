"""Who speaks in the handmade base, and the publications that print it."""

from knowledge.model import Asserter, Source
from tests.valley.topics import words


def _asserter(key: str, aliases: str = "", **more: object) -> Asserter:
    return Asserter.model_validate({"id": key, "aliases": words(aliases), **more})


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
