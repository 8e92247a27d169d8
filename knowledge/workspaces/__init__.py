"""What each server sees: the shared base with its own records above it, and the writer."""

from knowledge.workspaces.completion import complete_claims, complete_sources, find_source
from knowledge.workspaces.similar import Similar, similar_claims
from knowledge.workspaces.workspace import Desk
from knowledge.workspaces.workspaces import Desks
from knowledge.workspaces.writer import Unsaved, Writer

__all__ = [
    "Desk",
    "Desks",
    "Similar",
    "Unsaved",
    "Writer",
    "complete_claims",
    "complete_sources",
    "find_source",
    "similar_claims",
]
