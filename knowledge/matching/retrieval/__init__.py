"""Ranks claims by their likeness to a text: by words, and by meaning where a model is loaded."""

from knowledge.matching.retrieval.encoder import (
    Meanings,
    ModelNotLoadedError,
    load_encoder,
    meanings_of,
)
from knowledge.matching.retrieval.index import Passage, PassageIndex, Stamp
from knowledge.matching.retrieval.layers import Layers, Ranks, RenamedRanks
from knowledge.matching.retrieval.ranker import Meaning, Ranked, Ranker
from knowledge.matching.retrieval.vectors import (
    THREAD,
    PlacedMeanings,
    PlacedPassage,
    Understanding,
    is_wanted,
)

__all__ = [
    "THREAD",
    "Layers",
    "Meaning",
    "Meanings",
    "ModelNotLoadedError",
    "Passage",
    "PassageIndex",
    "PlacedMeanings",
    "PlacedPassage",
    "Ranked",
    "Ranker",
    "Ranks",
    "RenamedRanks",
    "Stamp",
    "Understanding",
    "is_wanted",
    "load_encoder",
    "meanings_of",
]
