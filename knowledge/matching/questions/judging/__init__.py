"""Which topic a question means, and how surely: what speaks for each, weighed."""

from knowledge.matching.questions.judging.alignment import (
    MOST_TOPICS,
    Alignment,
)
from knowledge.matching.questions.judging.evidence import (
    Evidence,
)
from knowledge.matching.questions.judging.features import (
    MEANING_FEATURES,
    WORD_FEATURES,
    features_of,
)
from knowledge.matching.questions.judging.judge import (
    SUMMARY,
    Judge,
    Linear,
    Tree,
    Trees,
    Weights,
    fitted,
    summary,
)
from knowledge.matching.questions.judging.meanings import (
    Layered,
    TextEncoder,
    background,
)
from knowledge.matching.questions.judging.sheets import (
    Sheets,
    kind_of,
    names_of,
    units_of,
)
from knowledge.matching.questions.judging.topics import (
    Fit,
    Judgement,
    Outcome,
    TopicMatcher,
    TopicScorer,
    outdone,
    raised,
)
from knowledge.matching.questions.judging.vocabulary import (
    Vocabulary,
)

__all__ = [
    "MEANING_FEATURES",
    "MOST_TOPICS",
    "SUMMARY",
    "WORD_FEATURES",
    "Alignment",
    "Evidence",
    "Fit",
    "Judge",
    "Judgement",
    "Layered",
    "Linear",
    "Outcome",
    "Sheets",
    "TextEncoder",
    "TopicMatcher",
    "TopicScorer",
    "Tree",
    "Trees",
    "Vocabulary",
    "Weights",
    "background",
    "features_of",
    "fitted",
    "kind_of",
    "names_of",
    "outdone",
    "raised",
    "summary",
    "units_of",
]
