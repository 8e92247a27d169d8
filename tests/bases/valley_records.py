"""The topics, asserters and sources of the handmade base."""

from knowledge.model import Asserter, Source, Topic

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
        terms=_words("""million, millions, sent, delivered, shipped, supplied, gave, given, send,
            received, got, geliefert, geschickt, Millionen, enviado, enviados, entregó, millones,
            보냈, 보낸, 지원, передала, надіслала, мільйонів, отправила, миллионов"""),
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
        terms=_words("train, trains, railway, rail, sent, shipped, freight, loaded"),
    ),
    _topic(
        "wagons-returned",
        "Wagons Norway received back",
        "cumulative",
        "How many wagons came back from Sweden to Norway",
        unit="wagons",
        aliases=_words("""wagons returned, returned wagons, wagons sent back, wagons received back,
            return wagons, wagons from Sweden"""),
        terms=_words("back, returned, return, received"),
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
        terms=_words("""rotten, mouldy, mould, spoil, bad, quality, usable, unusable, eat, quarter,
            percent, percentage, share, verdorben, podrido, зіпсовані, испорчены"""),
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
        terms=_words("""old, older, years old, harvested in, made, dated, from, decade, 1970s,
            1980s, 1990s, 2000s, 2010s, years, vintage"""),
    ),
    _topic(
        "sack-share",
        "Norway's share of Sweden's sacks",
        "share",
        "What share of the sacks that Sweden uses comes from Norway",
        unit="share of Sweden's sacks",
        aliases=_words("""Norway's share, Norwegian share, share of Sweden's sacks,
            share of Swedish grain"""),
        terms=_words("depends, comes from Norway"),
    ),
    _topic(
        "usage-rate",
        "Sacks Sweden uses a year",
        "rate",
        "How many sacks of grain Sweden uses in a year",
        unit="sacks a year",
        aliases=_words("""usage rate, sacks a year, sacks per year, sacks used, sacks used a year,
            yearly use, annual use, grain consumption, yearly consumption, sacks baked"""),
        terms=_words("uses, use, used, bakes, eats, consumes, every year, a day, daily, yearly"),
    ),
    _topic(
        "supply-duration",
        "How long the sacks last Sweden",
        "level",
        "How many months Sweden can bake from the Norwegian sacks",
        unit="months of Swedish use",
        aliases=_words("""supply duration, how long the sacks last, how long the grain lasts,
            months of supply, months of use"""),
        terms=_words("last, lasts, long, enough, months, weeks"),
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
        terms=_words("sent, people, staff, crew, engines"),
    ),
    _topic(
        "helpers",
        "Helpers for the mills",
        "cumulative",
        "How many helpers Norway sends to the Swedish mills",
        unit="people",
        command="helpers",
        aliases=_words("helpers, helper, mill workers, millers, joiners"),
        terms=_words("mills, mill, repair, people"),
    ),
    _topic(
        "denials",
        "Denials",
        "qualitative",
        "Who denies the deliveries, and what exactly is denied",
        command="denials",
        aliases=_words("""denials, denial, denies, denied, deny, Norwegian denial, Swedish denial,
            Norway denies, Sweden denies, Dementi, desmentido, 부인, заперечення, отрицание"""),
        terms=_words("reject, rejects, dismissed, baseless, confirm, admit, false"),
    ),
    _topic(
        "payback",
        "What Norway gets in return",
        "qualitative",
        "What Sweden gives Norway for the grain",
        command="payback",
        aliases=_words("""payback, payment, in return, in exchange, reward, what Norway gets,
            Gegenleistung, contrapartida, 대가, натомість"""),
        terms=_words("timber, paper, pay, pays, paid, get, gets, gives, exchange"),
    ),
    _topic(
        "other-goods",
        "Other goods delivered",
        "qualitative",
        "What else Norway has delivered to Sweden",
        command="other-goods",
        aliases=_words("other goods, flour, seed, hay, what else"),
        terms=_words("also, besides, apart from, else"),
    ),
    _topic(
        "reactions",
        "Reactions and judgements",
        "qualitative",
        "How others judge the deliveries, and what they do about them",
        aliases=_words("""reactions, reaction, judgement, criticism, condemnation, protest,
            protests, consequences"""),
        terms=_words("condemn, condemned, criticise, judge, warn, warned, worry, worried"),
    ),
    _topic(
        "start-date",
        "Start of the deliveries",
        "qualitative",
        "Since when Norway has been delivering grain to Sweden",
        aliases=_words("start date, start of the deliveries, beginning, first delivery, began"),
        terms=_words("since when, started, start, begin, first"),
    ),
    _topic(
        "route",
        "Railway route",
        "qualitative",
        "Which way the grain goes from Norway to Sweden",
        aliases=_words("route, railway route, which way, line, pass, passes"),
        terms=_words("through, via, station, rails, crossing"),
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
