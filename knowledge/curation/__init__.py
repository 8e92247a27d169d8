"""Changing what is on file: who may, what is wrong with it, drafts, history and undo."""

from knowledge.curation.actors import Actor, NotAllowed, SharedRecord, name_of
from knowledge.curation.curation import Curation
from knowledge.curation.forms import (
    AsserterForm,
    ClaimForm,
    SourceForm,
    TopicForm,
    qualifiers_of,
    qualifiers_text,
)
from knowledge.curation.history import FieldChange, Step, in_a_line, step_of
from knowledge.curation.status import OwnProposal, Proposal, happened, since_public
from knowledge.curation.work import (
    Decided,
    Draft,
    FieldProblem,
    Invalid,
    NotVisible,
    Passage,
)
from knowledge.workspaces import Similar, Unsaved

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
    "Passage",
    "Proposal",
    "SharedRecord",
    "Similar",
    "SourceForm",
    "Step",
    "TopicForm",
    "Unsaved",
    "happened",
    "in_a_line",
    "name_of",
    "qualifiers_of",
    "qualifiers_text",
    "since_public",
    "step_of",
]
