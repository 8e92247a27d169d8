"""What each server sees: the shared base with its own records above it, and the writer."""

from knowledge.workspaces.completion import complete_claims, complete_sources, find_source
from knowledge.workspaces.similar import Similar, similar_claims
from knowledge.workspaces.workspace import Workspace
from knowledge.workspaces.workspaces import Workspaces
from knowledge.workspaces.writer import Unsaved, Writer

__all__ = [
    "Similar",
    "Unsaved",
    "Workspace",
    "Workspaces",
    "Writer",
    "complete_claims",
    "complete_sources",
    "find_source",
    "similar_claims",
]
