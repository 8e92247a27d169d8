"""What each address shows: answers, records and checks laid out, before they have a shape."""

from bot.web.pages import questions, records, topics
from bot.web.pages.answers import ways
from bot.web.pages.asked import (
    LONGEST_NAME,
    MOST_PAGES,
    Asked,
    UnknownName,
    Unreadable,
    read,
)
from bot.web.pages.crawlers import robots, sitemap
from bot.web.pages.page import NAME, Draw, Missing, Moved, Page, Site, View
from bot.web.pages.prose import as_html
from bot.web.pages.words import LANGUAGES, language_wanted, many, say, shown

VIEWS: tuple[View, ...] = (*topics.VIEWS, *records.VIEWS, *questions.VIEWS)

__all__ = [
    "LANGUAGES",
    "LONGEST_NAME",
    "MOST_PAGES",
    "NAME",
    "VIEWS",
    "Asked",
    "Draw",
    "Missing",
    "Moved",
    "Page",
    "Site",
    "UnknownName",
    "Unreadable",
    "View",
    "as_html",
    "language_wanted",
    "many",
    "read",
    "robots",
    "say",
    "shown",
    "sitemap",
    "ways",
]
