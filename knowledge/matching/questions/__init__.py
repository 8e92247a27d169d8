"""From a free-form question to a topic and its claims, to an offer, or to silence."""

from knowledge.matching.questions.asker import Asker, EmptyQuestion, passage_of
from knowledge.matching.questions.likeness import named_like
from knowledge.matching.questions.speakers import SpeakerMention, Speakers, speaks
from knowledge.matching.questions.topics import FEATURES, Fit
from knowledge.matching.questions.weights import THRESHOLD, WEIGHTS

__all__ = [
    "FEATURES",
    "THRESHOLD",
    "WEIGHTS",
    "Asker",
    "EmptyQuestion",
    "Fit",
    "SpeakerMention",
    "Speakers",
    "named_like",
    "passage_of",
    "speaks",
]
