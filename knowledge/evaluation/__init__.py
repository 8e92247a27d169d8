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
    read_base,
    read_subject,
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
    "load_collection",
    "read_base",
    "read_messages",
    "read_questions",
    "read_subject",
    "write_run",
]
