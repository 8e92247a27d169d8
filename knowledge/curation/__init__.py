"""Changing what is on file: who may, what is wrong with it, drafts, history and undo."""

from knowledge.curation.actors import Actor, NotAllowed, SharedRecord, name_of
from knowledge.curation.curation import (
    Curation,
    Decided,
    Invalid,
    NotVisible,
    OwnProposal,
    Proposal,
    Similar,
    Unsaved,
)
from knowledge.curation.forms import (
    AsserterForm,
    ClaimForm,
    SourceForm,
    TopicForm,
    qualifiers_of,
    qualifiers_text,
)
from knowledge.curation.history import FieldChange, Step, in_a_line, step_of
from knowledge.curation.status import happened, since_public
from knowledge.curation.work import Draft, FieldProblem, Passage

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
