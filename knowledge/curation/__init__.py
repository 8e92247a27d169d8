"""Changing what is on file: who may, what is wrong with it, drafts, history and undo."""

from knowledge.curation.actors import Actor, NotAllowed, name_of
from knowledge.curation.curation import (
    Curation,
    Decided,
    Draft,
    FieldProblem,
    Invalid,
    NotVisible,
    OwnProposal,
    Proposal,
    Similar,
    Unsaved,
)
from knowledge.curation.forms import AsserterForm, ClaimForm, SourceForm, TopicForm
from knowledge.curation.history import FieldChange, Step, step_of
from knowledge.curation.status import happened, since_public

__all__ = [
    "Actor",
    "AsserterForm",
    "ClaimForm",
    "Curation",
    "Decided",
    "Draft",
    "FieldChange",
    "FieldProblem",
    "Invalid",
    "NotAllowed",
    "NotVisible",
    "OwnProposal",
    "Proposal",
    "Similar",
    "SourceForm",
    "Step",
    "TopicForm",
    "Unsaved",
    "happened",
    "name_of",
    "since_public",
    "step_of",
]
