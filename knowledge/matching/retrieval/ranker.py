"""Ranks passages for a question: candidates from the index, then a fitted sum of signals."""

import json
import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from threading import RLock
from typing import Protocol, TypedDict

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from knowledge.matching.encoding import Parts
from knowledge.matching.retrieval.analysis import STOP_WORDS, Message, read_message, stems
from knowledge.matching.retrieval.index import Passage, PassageIndex, Rows
from knowledge.matching.retrieval.meanings import Spelled
from knowledge.matching.retrieval.signals import (
    AUTHOR_WEIGHT,
    LEXICAL_SIGNALS,
    Matrix,
    Terms,
    lexical_signals,
)

CANDIDATES = 40
NEIGHBOURS = 40
GUESS_WEIGHT = 0.7
_LONGEST_WORD = 60
"""Letters of a word whose spelling is guessed at: longer than any (chosen by eye); a character in
Latin letters may become forty."""
SEMANTIC_SIGNALS = (*LEXICAL_SIGNALS, "cosine_text", "cosine_title")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage found for a question.

    `score` estimates, from 0 to 1, the probability that this is the passage meant; `signals`
    holds what it was made of, by name.
    """

    id: str
    score: float
    signals: Mapping[str, float]


class Model(TypedDict):
    """Fitted numbers: a weight for each signal, then a logistic curve over their sum."""

    weights: dict[str, float]
    slope: float
    intercept: float


class Meaning(Protocol):
    """What the ranker asks of sentence vectors; `semantic.Meanings` is one."""

    def encode_question(self, sentence: str) -> NDArray[np.float32]:
        """The unit vector of a question; shape (dimensions,)."""

    def nearest(self, vector: NDArray[np.float32], limit: int, among: Container[str]) -> list[str]:
        """Ids `among` those asked for with the nearest vectors, best first."""

    def cosines(self, vector: NDArray[np.float32], ids: list[str]) -> NDArray[np.float32]:
        """Cosines with the text and the title of each; NaN where there is none. Shape (n, 2)."""

    def remove(self, passage_id: str) -> None:
        """Forget a passage; one that is not there is no error."""

    @property
    def version(self) -> int:
        """Another number whenever the vectors of a passage have changed."""

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions; shape (len(texts), dimensions)."""

    def encode_parts(self, text: str, words: Sequence[str]) -> Parts:
        """What a question and each of its words mean."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of what questions are held against; each text is encoded once."""

    def middle_of(self, texts: Sequence[Spelled], *, asked: bool) -> NDArray[np.float32]:
        """The mean of all words of some texts, which are encoded once."""

    def encode_words(
        self, texts: Sequence[Spelled], middle: NDArray[np.float32]
    ) -> list[NDArray[np.int8]]:
        """What the words of passages mean, less a middle; each text is encoded once."""

    def vectors_of(self, ids: Sequence[str]) -> tuple[list[int], NDArray[np.float32]]:
        """Places of the ids that have vectors, and those of their texts."""


@cache
def fitted() -> dict[str, Model]:
    """The shipped models, `lexical` and `semantic`, as made by `bench/fit_ranker.py`."""
    text = (
        files("knowledge.matching.retrieval").joinpath("weights.json").read_text(encoding="utf-8")
    )
    models: dict[str, Model] = json.loads(text)
    return models


class Ranker:
    """Ranks passages for a question; passages come and go one at a time.

    Safe to use from several threads: every method takes the same lock.
    """

    def __init__(
        self, passages: Iterable[Passage] = (), *, index: PassageIndex | None = None
    ) -> None:
        self.index = PassageIndex() if index is None else index
        self.meaning: Meaning | None = None
        self._lock = RLock()
        self.add(passages)

    def __len__(self) -> int:
        return len(self.index)

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages; one whose id is already here takes the place of the old one."""
        with self._lock:
            self.index.add(passages)

    def replace(self, passage: Passage) -> None:
        """Put a passage in the place of the one with the same id; its old vectors go."""
        with self._lock:
            self.remove([passage.id])
            self.index.add([passage])

    def remove(self, ids: Iterable[str]) -> None:
        """Remove passages; raises KeyError for an id that is not here."""
        with self._lock:
            for passage_id in ids:
                self.index.remove([passage_id])
                if self.meaning is not None:
                    self.meaning.remove(passage_id)

    def leave_out(self, passage_id: str) -> None:
        """Rank a passage no more, if it is here; its vectors stay for when it comes back."""
        with self._lock:
            if passage_id in self.index:
                self.index.remove([passage_id])

    def use_meaning(self, meaning: Meaning | None) -> None:
        """Rank with sentence vectors from now on; None goes back to words alone."""
        with self._lock:
            self.meaning = meaning

    def rank(self, query: str, limit: int = 5, *, words_only: bool = False) -> list[Ranked]:
        """The passages that fit the question best, best first; none when no word is known.

        `words_only` leaves sentence vectors aside: their scores are on another scale.
        """
        message = read_message(query)
        meaning = None if words_only else self.meaning
        # Encoding takes the longest and needs no index: it stays outside the lock.
        vector = meaning.encode_question(message.sentence) if meaning else None
        with self._lock:
            rows, signals = self._signals(message, meaning, vector, max(CANDIDATES, limit))
            return self._best(rows, signals, limit)

    def signals(self, query: str) -> tuple[list[str], Matrix]:
        """Ids of the candidates and their signals, unweighted; what the fitting works on."""
        message = read_message(query)
        meaning = self.meaning
        vector = meaning.encode_question(message.sentence) if meaning else None
        rows, signals = self._signals(message, meaning, vector, CANDIDATES)
        return [self.index.ids[row] for row in rows], signals

    def _signals(
        self,
        message: Message,
        meaning: Meaning | None,
        vector: NDArray[np.float32] | None,
        limit: int,
    ) -> tuple[Rows, Matrix]:
        terms = read_terms(self.index, message)
        rows = self.index.candidates(terms.weights(AUTHOR_WEIGHT), limit).rows
        if meaning is None or vector is None:
            return rows, lexical_signals(self.index, terms, rows)
        known = self.index.rows
        seen = set(rows.tolist())
        near = [known[found] for found in meaning.nearest(vector, NEIGHBOURS, known)]
        fresh = [row for row in near if row not in seen]
        rows = np.concatenate((rows, np.array(fresh, dtype=np.int64)))
        cosines = meaning.cosines(vector, [self.index.ids[row] for row in rows])
        return rows, np.hstack((lexical_signals(self.index, terms, rows), _filled(cosines)))

    def _best(self, rows: Rows, signals: Matrix, limit: int) -> list[Ranked]:
        lexical = signals.shape[1] == len(LEXICAL_SIGNALS)
        names = LEXICAL_SIGNALS if lexical else SEMANTIC_SIGNALS
        model = fitted()["lexical" if lexical else "semantic"]
        totals = signals @ _weight_vector(lexical=lexical)
        # Equal passages get equal scores whatever the order of summation; the older one leads.
        order = np.lexsort((rows, -totals.round(4)))[:limit]
        return [
            Ranked(
                id=self.index.ids[rows[place]],
                score=_logistic(model["slope"] * float(totals[place]) + model["intercept"]),
                signals=dict(zip(names, signals[place].tolist(), strict=True)),
            )
            for place in order.tolist()
        ]


@cache
def _weight_vector(*, lexical: bool) -> NDArray[np.float64]:
    names = LEXICAL_SIGNALS if lexical else SEMANTIC_SIGNALS
    weights = fitted()["lexical" if lexical else "semantic"]["weights"]
    return np.array([weights[name] for name in names])


def read_terms(index: PassageIndex, message: Message) -> Terms:
    """Look the message's words up; a word that no passage has gets its likeliest spelling."""
    body = stems(message.words)
    known = index.term_ids

    def look_up(found: Iterable[str]) -> tuple[int, ...]:
        return tuple(known[stem] for stem in stems(found) if stem in known)

    weighted: list[tuple[int, float]] = []
    for stem in body:
        number = known.get(stem)
        if number is not None and index.frequency[number]:
            weighted.append((number, 1.0))
        else:
            weighted.extend((guess, GUESS_WEIGHT) for guess in _guesses(index, stem))
    return Terms(
        body=tuple(weighted),
        author=look_up(message.author),
        months=frozenset(look_up(message.months)),
        years=frozenset(look_up(message.years)),
        text=" ".join(message.words),
        carrying=" ".join(word for word in message.words if word not in STOP_WORDS),
    )


def _guesses(index: PassageIndex, stem: str) -> list[int]:
    """Known terms for an unknown stem: written in Latin letters, respelled, or split in two."""
    if index.below is not None and index.below.count(stem):
        return []
    latin = stem if stem.isascii() else anyascii(stem[:_LONGEST_WORD]).casefold()
    if len(latin) > _LONGEST_WORD:
        return []
    numbers = [index.term_ids.get(known) for known in stems([latin])] if latin != stem else []
    if numbers and (number := numbers[0]) is not None:
        return [number]
    near = index.similar_term(latin)
    if near is not None:
        return [near]
    return _halves(index, latin)


def _halves(index: PassageIndex, word: str) -> list[int]:
    """The two known words that an unknown one is run together from, the commonest such pair."""
    best: list[int] = []
    for cut in range(3, len(word) - 2):
        pair = [index.term_ids.get(half) for half in stems((word[:cut], word[cut:]))]
        found = [term for term in pair if term is not None and index.frequency[term]]
        if len(found) == 2 and _rarer(index, found) > (_rarer(index, best) if best else 0):  # noqa: PLR2004
            best = found
    return best


def _rarer(index: PassageIndex, pair: list[int]) -> int:
    return min(index.frequency[term] for term in pair)


def _filled(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """A passage without vectors yet is taken to be as near as the median candidate."""
    if not np.isnan(cosines).any():
        return cosines
    if np.isnan(cosines).all():
        return np.zeros_like(cosines)
    return np.where(np.isnan(cosines), np.nanmedian(cosines), cosines).astype(np.float32)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
