"""From a free-form question to a topic and its claims, to an offer, or to silence."""

from knowledge.matching.questions.asker import Asker, EmptyQuestion, passage_of
from knowledge.matching.questions.evidence import Evidence
from knowledge.matching.questions.features import MEANING_FEATURES, WORD_FEATURES, features
from knowledge.matching.questions.judge import (
    SUMMARY,
    Judge,
    Linear,
    Tree,
    Weights,
    fitted,
    summary,
)
from knowledge.matching.questions.meanings import Layered, TextEncoder
from knowledge.matching.questions.question import Question
from knowledge.matching.questions.sheets import kind_of
from knowledge.matching.questions.speakers import SpeakerMention, Speakers, speaks
from knowledge.matching.questions.topics import (
    Fit,
    Judgement,
    Outcome,
    TopicMatcher,
    TopicScorer,
)
from knowledge.matching.questions.ways import Ways, agreement, ways_in, ways_of_topic

__all__ = [
    "MEANING_FEATURES",
    "SUMMARY",
    "WORD_FEATURES",
    "Asker",
    "EmptyQuestion",
    "Evidence",
    "Fit",
    "Judge",
    "Judgement",
    "Layered",
    "Linear",
    "Outcome",
    "Question",
    "SpeakerMention",
    "Speakers",
    "TextEncoder",
    "TopicMatcher",
    "TopicScorer",
    "Tree",
    "Ways",
    "Weights",
    "agreement",
    "features",
    "fitted",
    "kind_of",
    "passage_of",
    "speaks",
    "summary",
    "ways_in",
    "ways_of_topic",
]
