"""Questions and topics by meaning: how near each topic's names and claims are to a question."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.questions.judging.alignment import Alignment
from knowledge.matching.questions.judging.evidence import Array, MeaningEvidence, standard
from knowledge.matching.questions.judging.sheets import Sheets, names_of, summary_of
from knowledge.matching.retrieval import Parts, Spelled, Words

Vectors = NDArray[np.float32]

_NEAREST = 3
"""Texts of a topic whose mean nearness counts beside that of the nearest; by eye."""
_CLAIMS = 20_000
"""Claims whose vectors a question is held against, as many of each topic, the latest: with a
million claims on 2,000 topics there would be 600,000, for a third of a second and a gigabyte."""
_NO_TEXT = -1.0
"""Stands for the cosine with the texts of a topic that has none."""


class TextEncoder(Protocol):
    """What is asked of sentence vectors, and of those that were made of claims."""

    @property
    def version(self) -> int:
        """Another number whenever the vector of a claim has changed."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions; shape (len(texts), size)."""

    def encode_parts(self, text: str, words: Sequence[str]) -> Parts:
        """What a question and each of its words mean."""

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of what questions are held against; each text is encoded once."""

    def middle_of(self, texts: Sequence[Spelled], *, asked: bool) -> Vectors:
        """The mean of all words of some texts, which are encoded once; shape (size,)."""

    def encode_words(self, texts: Sequence[Spelled], middle: Vectors) -> list[Words]:
        """What the words of passages mean, less a middle; each text is encoded once."""

    def vectors_of(self, ids: Sequence[str]) -> tuple[list[int], Vectors]:
        """Places of the ids that have a vector, and the vectors of their texts."""


class Layered:
    """The vectors of a place's own claims over those of the base below it."""

    def __init__(self, own: TextEncoder, below: TextEncoder) -> None:
        self._own, self._below = own, below
        self.encode_questions = own.encode_questions
        self.encode_parts = own.encode_parts
        self.encode_texts = own.encode_texts
        self.middle_of = own.middle_of
        self.encode_words = own.encode_words

    @property
    def version(self) -> int:
        """Another number whenever the vector of a claim has changed; neither ever falls."""
        return self._own.version + self._below.version

    def vectors_of(self, ids: Sequence[str]) -> tuple[list[int], Vectors]:
        """Places of the ids that have a vector, and the vectors of their texts."""
        own, vectors = self._own.vectors_of(ids)
        rest = sorted(set(range(len(ids))) - set(own))
        below, more = self._below.vectors_of([ids[place] for place in rest])
        places = [*own, *(rest[place] for place in below)]
        return places, np.concatenate((vectors, more))


@cache
def background() -> dict[str, list[str]]:
    """Return names, claims and questions at large, about anything.

    They tell what a question is near by chance, and what words mean on the whole.
    """
    path = files("knowledge.matching.questions.judging") / "background.json"
    found: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
    return found


class _Group:
    """Vectors of texts, each of a topic; sorted by topic."""

    def __init__(self, vectors: Vectors, owners: NDArray[np.intp], topics: int) -> None:
        self._vectors = vectors
        counts = np.bincount(owners, minlength=topics)
        self._present = np.flatnonzero(counts)
        self._starts = (np.cumsum(counts) - counts)[self._present]
        self._place = np.repeat(np.arange(len(self._present)), counts[self._present])
        self._topics = topics

    def nearest(self, questions: Vectors) -> Vectors:
        """Return, for each question and topic, the cosine with the nearest text."""
        found = np.full((len(questions), self._topics), _NO_TEXT, dtype=np.float32)
        if len(self._present):
            cosines = questions @ self._vectors.T
            found[:, self._present] = np.maximum.reduceat(cosines, self._starts, axis=1)
        return found

    def nearest_few(self, question: Vectors) -> tuple[Vectors, Vectors]:
        """Return, for each topic, the cosine with the nearest text, and the mean of a few."""
        best = np.full(self._topics, _NO_TEXT, dtype=np.float32)
        mean = best.copy()
        if not len(self._present):
            return best, mean
        cosines = self._vectors @ question
        total = np.zeros(len(self._present), dtype=np.float32)
        taken = total.copy()
        for turn in range(_NEAREST):
            most = np.maximum.reduceat(cosines, self._starts)
            if turn == 0:
                best[self._present] = most
            found = np.isfinite(most)
            total += np.where(found, most, 0)
            taken += found
            # Texts of one wording count once.
            cosines = np.where(cosines == most[self._place], -np.inf, cosines)
        mean[self._present] = total / taken
        return best, mean


class TopicMeanings:
    """The vectors of a base's topics."""

    def __init__(self, encoder: TextEncoder, sheets: Sheets) -> None:
        self._encoder, self._sheets = encoder, sheets
        at_large = _apart_from(sheets)
        self._alignment = Alignment(encoder, sheets, at_large)
        topics = sheets.topics
        size = len(topics)
        names = [(at, name) for at, topic in enumerate(topics) for name in names_of(topic)]
        owners = np.array([at for at, _ in names], dtype=np.intp)
        self._names = _Group(encoder.encode_texts([name for _, name in names]), owners, size)
        self._summaries = encoder.encode_texts([summary_of(one) for one in topics])
        self._at_large = {
            kind: encoder.encode_texts(at_large[kind]) for kind in ("names", "claims")
        }
        self._version = -1
        self._claims = self._read_claims()

    def _read_claims(self) -> _Group:
        """Gather the vectors of the claims anew where some have changed."""
        if self._version != self._encoder.version:
            self._version = self._encoder.version
            most = max(_CLAIMS // max(len(self._sheets.topics), 1), _NEAREST)
            every = enumerate(self._sheets.claims)
            listed = [(at, one) for at, some in every for one in some[:most]]
            places, vectors = self._encoder.vectors_of([one for _, one in listed])
            owners = np.array([listed[place][0] for place in places], dtype=np.intp)
            order = np.argsort(owners, kind="stable")
            self._claims = _Group(vectors[order], owners[order], len(self._sheets.topics))
        return self._claims

    def evidence(
        self, text: str, words: Sequence[str], without: Mapping[int, str]
    ) -> MeaningEvidence:
        """Hold a question against every topic.

        `words` are those of the question; `without` has it with one of them left out, by the
        word's place.
        """
        parts = self._encoder.encode_parts(text, words)
        question, less = parts.texts[0], parts.texts[1:]
        claims = self._read_claims()
        name, names = self._names.nearest_few(question)
        claim, few = claims.nearest_few(question)
        by_name, by_claim = np.zeros((2, len(words), len(name)))
        if without:
            left = list(without)
            rest = self._encoder.encode_questions([without[at] for at in left])
            by_name[left] = self._names.nearest(rest) - name
            by_claim[left] = claims.nearest(rest) - claim
        in_names, in_claims = (self._scale(kind, question) for kind in ("names", "claims"))
        summary = self._summaries @ question
        aligned = self._alignment.held(parts.words, np.maximum(np.maximum(name, claim), summary))
        return MeaningEvidence(
            name=standard(name.astype(float), *in_names),
            names=standard(names.astype(float), *in_names),
            summary=standard(summary.astype(float), *in_names),
            claim=_or_none(claim, in_claims),
            claims=_or_none(few, in_claims),
            less_names=(self._names.nearest(less) - name).astype(float),
            less_claims=(claims.nearest(less) - claim).astype(float),
            without_names=by_name,
            without_claims=by_claim,
            aligned=aligned,
        )

    def _scale(self, kind: str, question: Vectors) -> tuple[float, float]:
        cosines = self._at_large[kind] @ question
        return float(cosines.mean()), float(cosines.std())


def _apart_from(sheets: Sheets) -> dict[str, list[str]]:
    """Return the texts at large, less those of the base itself: it is near them by no chance."""
    own = {name for topic in sheets.topics for name in names_of(topic)}
    own |= {claim.statement for claim in sheets.known.values()}
    return {kind: [one for one in texts if one not in own] for kind, texts in background().items()}


def _or_none(cosines: Vectors, scale: tuple[float, float]) -> Array:
    """Return cosines in standard deviations; those with no text stay as they are."""
    found: Array = np.where(cosines == _NO_TEXT, _NO_TEXT, standard(cosines.astype(float), *scale))
    return found
