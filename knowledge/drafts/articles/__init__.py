"""Articles: read from a file or an address, with what they say of themselves and paragraphs."""

from knowledge.drafts.articles.apart import read_apart
from knowledge.drafts.articles.fetching import Network, NotFetched, Page, fetch
from knowledge.drafts.articles.reading import read_article

__all__ = [
    "Network",
    "NotFetched",
    "Page",
    "fetch",
    "read_apart",
    "read_article",
]
