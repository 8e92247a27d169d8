"""The vocabulary as types: records, figures and dates; it stands on nothing else."""

from knowledge.model.edtf import BadEdtf, Edtf
from knowledge.model.errors import ForOperators, ForPeople
from knowledge.model.figures import MAX_PHRASE_WORDS, Figure, Kind, Relation
from knowledge.model.records import (
    KINDS,
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    DateBasis,
    Link,
    LinkKind,
    Measure,
    Modality,
    Record,
    RecordKind,
    Revision,
    Source,
    Status,
    Topic,
    end_of,
    kind_of,
)

__all__ = [
    "KINDS",
    "MAX_PHRASE_WORDS",
    "AnyRecord",
    "Asserter",
    "BadEdtf",
    "Citation",
    "Claim",
    "DateBasis",
    "Edtf",
    "Figure",
    "ForOperators",
    "ForPeople",
    "Kind",
    "Link",
    "LinkKind",
    "Measure",
    "Modality",
    "Record",
    "RecordKind",
    "Relation",
    "Revision",
    "Source",
    "Status",
    "Topic",
    "end_of",
    "kind_of",
]
