"""Articles: read from a file or an address, with what they say of themselves and paragraphs."""

from knowledge.drafts.articles.article import (
    MAX_BYTES,
    NO_TITLE,
    UNKNOWN_PUBLISHER,
    Article,
    BadArticle,
)
from knowledge.drafts.articles.fetching import Network, NotFetched, Page, fetch
from knowledge.drafts.articles.reading import read_article

__all__ = [
    "MAX_BYTES",
    "NO_TITLE",
    "UNKNOWN_PUBLISHER",
    "Article",
    "BadArticle",
    "Network",
    "NotFetched",
    "Page",
    "fetch",
    "read_article",
]
