"""Ranks claims by their likeness to a text: by words, and by meaning where a model is loaded."""

from knowledge.matching.encoding import (
    DEFAULT_MODEL,
    Encoder,
    ModelNotLoadedError,
    Parts,
    Vectors,
    load_encoder,
)
from knowledge.matching.retrieval.index import Passage, PassageIndex, Stamp
from knowledge.matching.retrieval.layers import Layers, Ranks, RenamedRanks
from knowledge.matching.retrieval.meanings import (
    Meanings,
    Spelled,
    TextVectors,
    Words,
    exact,
    less,
    meanings_of,
)
from knowledge.matching.retrieval.ranker import Meaning, Ranked, Ranker
from knowledge.matching.retrieval.vectors import (
    OFF,
    THREAD,
    PlacedMeanings,
    PlacedPassage,
    Understanding,
)

__all__ = [
    "DEFAULT_MODEL",
    "OFF",
    "THREAD",
    "Encoder",
    "Layers",
    "Meaning",
    "Meanings",
    "ModelNotLoadedError",
    "Parts",
    "Passage",
    "PassageIndex",
    "PlacedMeanings",
    "PlacedPassage",
    "Ranked",
    "Ranker",
    "Ranks",
    "RenamedRanks",
    "Spelled",
    "Stamp",
    "TextVectors",
    "Understanding",
    "Vectors",
    "Words",
    "exact",
    "less",
    "load_encoder",
    "meanings_of",
]
