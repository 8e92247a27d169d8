"""What each server sees: the shared base with its own records above it, and the writer."""

from knowledge.workspaces.similar import Similar, similar_claims
from knowledge.workspaces.workspace import Workspace
from knowledge.workspaces.workspaces import BeingRead, Leaving, Workspaces
from knowledge.workspaces.writer import Unsaved, Writer

__all__ = [
    "BeingRead",
    "Leaving",
    "Similar",
    "Unsaved",
    "Workspace",
    "Workspaces",
    "Writer",
    "similar_claims",
]
