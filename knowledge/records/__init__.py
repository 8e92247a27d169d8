"""Records as text: loaded all or nothing, what has to hold between them, and their evidence."""

from knowledge.records.check import (
    ById,
    Misfit,
    Others,
    command_problems,
    example_problems,
    field_name,
    missing,
    record_problems,
    references,
)
from knowledge.records.evidence import EvidenceReport, fingerprint, normalise, paragraphs, verify
from knowledge.records.load import (
    MAX_BYTES,
    NoRecords,
    Problem,
    RecordErrors,
    Records,
    load_records,
    mark_superseded,
    read_record,
)
from knowledge.records.naming import claim_id, key_words, new_id, slug, source_id
from knowledge.records.superseding import marked, superseded_among, superseded_by
from knowledge.records.text import (
    BadYaml,
    Document,
    Step,
    canonical_json,
    content,
    digest,
    dump_record,
    full_content,
    read_documents,
)
from knowledge.records.texts import is_blank, without_controls
from knowledge.records.worded import at_odds_with_its_words
from knowledge.records.words import in_plain_words

__all__ = [
    "MAX_BYTES",
    "BadYaml",
    "ById",
    "Document",
    "EvidenceReport",
    "Misfit",
    "NoRecords",
    "Others",
    "Problem",
    "RecordErrors",
    "Records",
    "Step",
    "at_odds_with_its_words",
    "canonical_json",
    "claim_id",
    "command_problems",
    "content",
    "digest",
    "dump_record",
    "example_problems",
    "field_name",
    "fingerprint",
    "full_content",
    "in_plain_words",
    "is_blank",
    "key_words",
    "load_records",
    "mark_superseded",
    "marked",
    "missing",
    "new_id",
    "normalise",
    "paragraphs",
    "read_documents",
    "read_record",
    "record_problems",
    "references",
    "slug",
    "source_id",
    "superseded_among",
    "superseded_by",
    "verify",
    "without_controls",
]
