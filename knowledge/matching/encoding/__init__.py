"""Sentence encoders: the one that is installed, and any other of a folder or the hub."""

from knowledge.matching.encoding.encoder import (
    DEFAULT_MODEL,
    Encoder,
    Parts,
    Vectors,
)
from knowledge.matching.encoding.loading import ModelNotLoadedError, load_encoder

__all__ = ["DEFAULT_MODEL", "Encoder", "ModelNotLoadedError", "Parts", "Vectors", "load_encoder"]
