"""The start page, the table of contents, and the page of a topic in a window."""

from bot.published import CLAIMS_IN_DATA, part_of
from bot.web.pages.answers import GROUPS_ON_A_PAGE, Laid, dealt
from bot.web.pages.asked import WINDOW, Asked
from bot.web.pages.page import NAME, Moved, Page, Picture, Site, View
from bot.web.pages.words import say
from commands.cards import in_own_words
from commands.chat import Outcome
from commands.text import claims, publications, typed
from knowledge.contract import Answer, Contents
from knowledge.library import Window
from knowledge.model import Measure

_EVENTS_AT_HOME = 5
_EVENTS_IN_A_FEED = 50
"""Changes on the start page, and in a feed that a reader asks for now and then."""


def _summary(contents: Contents) -> str:
    held = say(
        "{claims} from {publications}",
        claims=claims(contents.claims),
        publications=publications(contents.sources),
    )
    return str(
        say("Figures with who said them, when, and where it can be read: {held}.", held=held)
    )


def _cover(contents: Contents) -> Picture:
    return Picture(NAME, say("Who said what, when, and where"), _summary(contents))


def home(site: Site, asked: Asked) -> Page:
    """Make the start page."""
    del asked
    published = site.published
    contents = published.workspace.contents()
    return Page(
        template="home.html",
        title=site.name,
        summary=_summary(contents),
        here=site.here.home(),
        data=contents,
        context={
            "contents": in_own_words(published.library, contents),
            "events": in_own_words(
                published.library, published.changes(limit=_EVENTS_AT_HOME)
            ).events,
        },
        picture=lambda: _cover(contents),
        events=lambda: in_own_words(published.library, published.changes(limit=_EVENTS_IN_A_FEED)),
    )


def topics(site: Site, asked: Asked) -> Page:
    """Make the table of contents, topics with figures first."""
    del asked
    contents = site.published.workspace.contents()
    told = in_own_words(site.published.library, contents)
    figures = [one for one in told.topics if one.measure is not Measure.QUALITATIVE]
    statements = [one for one in told.topics if one.measure is Measure.QUALITATIVE]
    return Page(
        template="topics.html",
        title=say("Topics on file"),
        summary=_summary(contents),
        here=site.here.topics(),
        data=contents,
        context={
            "contents": told,
            "parts": [(say("With figures"), figures), (say("Statements"), statements)],
        },
        picture=lambda: _cover(contents),
    )


def topic(site: Site, asked: Asked) -> Page:
    """Make the page of a topic, or send the asker to it where it is called otherwise."""
    workspace = site.published.workspace
    found = workspace.library.topics.get(asked.name)
    window = asked.window(workspace)
    if found is None:
        raise Moved(site.here.topic(workspace.lookup.topic(asked.name).id, window))
    return _of_topic(site, asked, workspace.figures(found.id, window), window)


def _of_topic(site: Site, asked: Asked, answer: Answer, window: Window) -> Page:
    library = site.published.library
    laid = Laid(library, answer)
    topic_id = answer.topic or ""
    groups, pages = dealt(laid.groups, asked.page, GROUPS_ON_A_PAGE)
    claims, in_pages = dealt(answer.claims, asked.page, CLAIMS_IN_DATA)
    drawings = laid.draw()
    return Page(
        template="topic.html",
        title=laid.answer.title or topic_id,
        summary=laid.summary() or say("Nothing on file about {title}.", title=laid.answer.title),
        here=site.here.topic(topic_id, window),
        data=part_of(answer, claims),
        context={
            **laid.context(groups),
            "topic": library.topic(topic_id),
            "window": {**dict.fromkeys(WINDOW, ""), **typed(window)},
            "narrowed": window != Window(),
        },
        outcome=Outcome.ANSWERED if answer.claims else Outcome.SILENT,
        picture=laid.picture if answer.claims else None,
        records=lambda: laid.records(groups),
        dark=drawings[0] if drawings else None,
        light=drawings[1] if drawings else None,
        events=lambda: in_own_words(library, site.published.changes(topic_id, _EVENTS_IN_A_FEED)),
        listed=window == Window(),
        pages={"html": pages, "json": in_pages},
    )


VIEWS = (
    View("home", "/", home, Contents, forms=("json", "png", "atom")),
    View("topics", "/topics", topics, Contents, forms=("json", "png")),
    View(
        "topic",
        "/topic/{name}",
        topic,
        Answer,
        parameters=(*WINDOW, "page"),
        forms=("json", "jsonld", "svg", "png", "atom"),
    ),
)
