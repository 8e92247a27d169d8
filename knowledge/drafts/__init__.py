"""From an article to claims for a curator to judge: read, taken apart, and proposed."""

from knowledge.drafts.article import MAX_BYTES, Article, BadArticle
from knowledge.drafts.articles import Network, NotFetched, Page, fetch, read_apart, read_article
from knowledge.drafts.documents import as_json, as_yaml, unit_of
from knowledge.drafts.editing import Edits, FurtherEdits, edited, further_edited
from knowledge.drafts.measuring import DraftsReport, Measured, evaluate_drafts
from knowledge.drafts.onfile import same_article, source_on_file
from knowledge.drafts.proposals import OnFile, Proposal, Proposals
from knowledge.drafts.proposing import propose
from knowledge.drafts.recording import Recorder, Undated, source_of
from knowledge.drafts.speech import looks_ahead
from knowledge.drafts.statements import topic_title

__all__ = [
    "MAX_BYTES",
    "Article",
    "BadArticle",
    "DraftsReport",
    "Edits",
    "FurtherEdits",
    "Measured",
    "Network",
    "NotFetched",
    "OnFile",
    "Page",
    "Proposal",
    "Proposals",
    "Recorder",
    "Undated",
    "as_json",
    "as_yaml",
    "edited",
    "evaluate_drafts",
    "fetch",
    "further_edited",
    "looks_ahead",
    "propose",
    "read_apart",
    "read_article",
    "same_article",
    "source_of",
    "source_on_file",
    "topic_title",
    "unit_of",
]
