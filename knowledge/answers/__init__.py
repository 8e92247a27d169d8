"""Answers as data: figures, evidence, comparisons, contents and what a watch reports."""

from knowledge.answers.assembly import against, assemble, figures, spanned
from knowledge.answers.comparison import compare
from knowledge.answers.evidence import claim_evidence, topic_evidence
from knowledge.answers.listings import by_topic, publication, said, source_view
from knowledge.answers.ratios import quotient_words
from knowledge.answers.topics import contents
from knowledge.answers.watching import MOST, End, Estimate, Notice, Snapshot, Watching, snapshot

__all__ = [
    "MOST",
    "End",
    "Estimate",
    "Notice",
    "Snapshot",
    "Watching",
    "against",
    "assemble",
    "by_topic",
    "claim_evidence",
    "compare",
    "contents",
    "figures",
    "publication",
    "quotient_words",
    "said",
    "snapshot",
    "source_view",
    "spanned",
    "topic_evidence",
]
