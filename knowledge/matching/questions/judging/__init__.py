"""Which topic a question means, and how surely: what speaks for each, weighed."""

from knowledge.matching.questions.judging.alignment import (
    _MOST,
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
    Weights,
    _Trees,
    fitted,
    summary,
)
from knowledge.matching.questions.judging.meanings import (
    Layered,
    TextEncoder,
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
)
from knowledge.matching.questions.judging.vocabulary import (
    Vocabulary,
)

__all__ = [
    "MEANING_FEATURES",
    "SUMMARY",
    "WORD_FEATURES",
    "_MOST",
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
    "Vocabulary",
    "Weights",
    "_Trees",
    "features_of",
    "fitted",
    "kind_of",
    "names_of",
    "outdone",
    "summary",
    "units_of",
]
