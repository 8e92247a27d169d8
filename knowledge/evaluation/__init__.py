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

__all__ = [
    "BadExamples",
    "ChecksReport",
    "CollectionError",
    "Pair",
    "QuestionsReport",
    "Rate",
    "RetrievalReport",
    "evaluate",
    "evaluate_checks",
    "evaluate_questions",
    "load_collection",
    "read_messages",
    "read_questions",
    "write_run",
]
