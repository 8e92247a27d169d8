"""Records as files: one reviewable YAML text each, loaded all or nothing."""

from knowledge.records.check import Shelves, command_problems, record_problems
from knowledge.records.load import (
    Problem,
    RecordErrors,
    Records,
    field_name,
    load_records,
    read_record,
)
from knowledge.records.text import (
    BadYaml,
    Document,
    canonical_json,
    content,
    digest,
    dump_record,
    full_content,
    read_documents,
)

__all__ = [
    "BadYaml",
    "Document",
    "Problem",
    "RecordErrors",
    "Records",
    "Shelves",
    "canonical_json",
    "command_problems",
    "content",
    "digest",
    "dump_record",
    "field_name",
    "full_content",
    "load_records",
    "read_documents",
    "read_record",
    "record_problems",
]
