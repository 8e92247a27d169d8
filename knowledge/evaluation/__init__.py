"""Measuring how well questions are matched: over questions, checks and retrieval sets."""

from knowledge.evaluation.checks import (
    ChecksReport,
    Pair,
    evaluate_checks,
    read_messages,
)
from knowledge.evaluation.questions import (
    BadExamples,
    QuestionsReport,
    Rate,
    evaluate_questions,
    read_questions,
)
from knowledge.evaluation.retrieval import (
    CollectionError,
    RetrievalReport,
    evaluate,
    load_collection,
    write_run,
)
from knowledge.evaluation.subjects import (
    Served,
    Subject,
    SubjectReport,
    TaughtReport,
    evaluate_subject,
    evaluate_taught,
    examples_of,
    read_base,
    read_subject,
    spread_over_topics,
)

__all__ = [
    "BadExamples",
    "ChecksReport",
    "CollectionError",
    "Pair",
    "QuestionsReport",
    "Rate",
    "RetrievalReport",
    "Served",
    "Subject",
    "SubjectReport",
    "TaughtReport",
    "evaluate",
    "evaluate_checks",
    "evaluate_questions",
    "evaluate_subject",
    "evaluate_taught",
    "examples_of",
    "load_collection",
    "read_base",
    "read_messages",
    "read_questions",
    "read_subject",
    "spread_over_topics",
    "write_run",
]
