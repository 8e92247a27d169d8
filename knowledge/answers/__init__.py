"""Answers as data: figures, evidence, comparisons, contents and what a watch reports."""

from knowledge.answers.assembly import assemble, figures, spanned
from knowledge.answers.comparison import compare
from knowledge.answers.evidence import claim_evidence, topic_evidence
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
    "assemble",
    "claim_evidence",
    "compare",
    "contents",
    "figures",
    "quotient_words",
    "snapshot",
    "spanned",
    "topic_evidence",
]
