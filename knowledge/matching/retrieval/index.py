"""An in-process inverted index over passages: single additions and removals, no rebuild."""

import json
import sys
import zipfile
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.matching.retrieval.analysis import is_year, stems, words
from knowledge.store import written_aside

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
Integers = TypeVar("Integers", NDArray[np.uint32], NDArray[np.int64])

POSTINGS_BUDGET = 40_000
"""Postings read for one search. The rarest terms are read first; those that no longer fit are too
common to bring in a passage that the rare ones missed, and the reranker still weighs them. At a
million claims this keeps a search within 6 ms (`python -m bench.matcher`)."""
MAX_TERMS = 48
MIN_GUESSED = 5
COMPACT_FROM = 1024
"""Terms of a search (a long message has some forty), letters of a word that is guessed when nobody
wrote it, and passages from which the postings of those taken out are dropped: by eye."""
_K1, _B, _PIVOT = 0.6, 0.3, 24.0
"""BM25's k1 and b, lower than usual as claims are short and of one length, and its length pivot: by
eye. The pivot is fixed, not the collection's mean, so that a score does not depend on the order in
which passages came and went."""
_TF_GAIN = np.array([tf * (_K1 + 1) / (tf + _K1) for tf in range(4)], dtype=np.float32)
YEAR, NUMBER = 1, 2
"""Marks of a term that may stand together: one bit each."""


SHINGLES = 1 << 18
"""Runs of four bytes, hashed: they see through endings, compounds and misspellings. As many places
as the hash has bits."""


def distinct(values: Integers) -> Integers:
    """The distinct values in order; for some hundred of them a third of `np.unique`'s time."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def shingles(key: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The hash of each run of four bytes, in order; Fibonacci hashing (Knuth, TAOCP 6.4)."""
    wide = key.astype(np.uint32)
    runs = wide[:-3] | wide[1:-2] << 8 | wide[2:-1] << 16 | wide[3:] << 24
    hashed: NDArray[np.uint32] = np.right_shift(runs * np.uint32(2654435761), np.uint32(14))
    return hashed


Stamp = Mapping[str, str | int]
FORMAT = 4
"""Counts changes to what is saved or to how words become terms."""
FILE_NAME = "passages.npz"
_RAW = (
    "kinds", "tokens", "bounds", "texts", "text_bounds", "length_factor", "frequency", "alive",
)  # fmt: skip
_UNREADABLE = (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be found, under an id that is unique in its index, with an optional title."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by the index alone; `score` is BM25-like and unbounded."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows of the index with their first-stage scores, best first."""

    rows: Rows
    scores: Scores


class PassageIndex:
    """Posting lists that grow in place, with a forward list of terms for each passage.

    A posting packs the row and the term's count (at most 3) into 32 bits. A removed passage
    leaves its row dead until dead rows outnumber the living; then the rows are renumbered.
    Not safe to use from several threads without a lock; `Ranker` holds one.

    A small index may stand on a large one, `below`, whose counts tell it how telling a word is:
    in a handful of passages every word is rare, or none.
    """

    def __init__(
        self, passages: Iterable[Passage] = (), below: "PassageIndex | None" = None
    ) -> None:
        self.below = below
        self._clear()
        self.add(passages)

    def _clear(self) -> None:
        self.term_ids: dict[str, int] = {}
        self.terms: list[str] = []
        self.postings: list[array[int]] = []
        self.frequency = array("I")
        self.kinds = bytearray()
        self.tokens = array("I")
        self.bounds = array("Q", [0])
        self.texts = bytearray()
        self.text_bounds = array("Q", [0])
        self.ids: list[str] = []
        self.rows: dict[str, int] = {}
        self.alive = bytearray()
        self.length_factor = array("f")
        self.shingle_frequency = np.zeros(SHINGLES, dtype=np.int32)
        self._shingle_weights: Scores | None = None
        self._buckets: dict[tuple[str, int], list[str]] = {}
        self._scores = np.zeros(1024, dtype=np.float32)
        self._last = np.zeros(1024, dtype=np.int32)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, passage_id: object) -> bool:
        return passage_id in self.rows

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages; one whose id is already here takes the place of the old one."""
        for passage in passages:
            if passage.id in self.rows:
                self.remove([passage.id])
            text, title = words(passage.text), words(passage.title)
            key = f" {' '.join(text)} \n {' '.join(title)} ".encode()
            self._append(passage.id, self._intern(stems(text)), self._intern(stems(title)), key)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove passages; raises KeyError for an id that is not here."""
        for passage_id in ids:
            row = self.rows.pop(passage_id)
            self.alive[row] = 0
            for term in set(self.tokens[self.bounds[2 * row] : self.bounds[2 * row + 2]]):
                self.frequency[term] -= 1
            self._count_shingles(self.key(row), -1)
        dead = len(self.ids) - len(self.rows)
        if dead > COMPACT_FROM and dead > len(self.rows):
            self.compact()

    def compact(self) -> None:
        """Renumber the rows so that none is dead. Takes as long as adding them again."""
        old = PassageIndex()
        old.__dict__, self.__dict__ = self.__dict__, {}
        self.below = old.below
        self._clear()
        for row in sorted(old.rows.values()):
            start, middle, end = old.bounds[2 * row : 2 * row + 3]
            self._append(
                old.ids[row],
                self._intern([old.terms[term] for term in old.tokens[start:middle]]),
                self._intern([old.terms[term] for term in old.tokens[middle:end]]),
                old.key(row),
            )

    def _intern(self, found: Sequence[str]) -> list[int]:
        known = self.term_ids
        out = []
        for term in found:
            number = known.get(term)
            if number is None:
                number = known[term] = len(self.terms)
                self.terms.append(term)
                self.postings.append(array("I"))
                self.frequency.append(0)
                self._buckets.setdefault((term[0], len(term)), []).append(term)
                digits = any(map(str.isdigit, term))
                self.kinds.append((YEAR if is_year(term) else 0) | (NUMBER if digits else 0))
            out.append(number)
        return out

    def _append(self, passage_id: str, text: list[int], title: list[int], key: bytes) -> None:
        row = len(self.ids)
        if row >= 1 << 30:
            raise OverflowError("an index holds at most 2**30 passages")
        for term, count in Counter(text + title).items():
            self.postings[term].append(row << 2 | min(count, 3))
            self.frequency[term] += 1
        self.tokens.extend(text)
        self.bounds.append(len(self.tokens))
        self.tokens.extend(title)
        self.bounds.append(len(self.tokens))
        self.texts += key
        self._count_shingles(key, 1)
        self.text_bounds.append(len(self.texts))
        self.ids.append(passage_id)
        self.rows[passage_id] = row
        self.alive.append(1)
        self.length_factor.append(1 / (1 - _B + _B * (len(text) + len(title)) / _PIVOT))

    def key(self, row: int) -> bytes:
        """The words of a row in UTF-8, those of the title after a line break."""
        start, end = self.text_bounds[row], self.text_bounds[row + 1]
        return bytes(memoryview(self.texts)[start:end])

    def _count_shingles(self, key: bytes, step: int) -> None:
        self.shingle_frequency[distinct(shingles(np.frombuffer(key, dtype=np.uint8)))] += step
        self._shingle_weights = None

    def shingle_weights(self) -> Scores:
        """Squared inverse document frequency of each hashed shingle; shape (SHINGLES,)."""
        if self._shingle_weights is None:
            total, frequency = len(self), self.shingle_frequency
            if self.below is not None:
                # What comes below later is seen at the next change here: it moves little.
                total, frequency = (
                    total + len(self.below),
                    frequency + self.below.shingle_frequency,
                )
            share = (total + 1) / (frequency + 1)
            self._shingle_weights = np.square(np.log(share)).astype(np.float32)
        return self._shingle_weights

    def similar_term(self, stem: str) -> int | None:
        """The commonest known term one edit away that starts alike, for a stem not known.

        Stems under five letters, and those with digits, are left alone: one edit makes another
        word of them.
        """
        if len(stem) < MIN_GUESSED or not stem.isalpha():
            return None
        near: list[int] = []
        for length in (len(stem) - 1, len(stem), len(stem) + 1):
            names = self._buckets.get((stem[0], length), ())
            found = process.extract(
                stem, names, scorer=OSA.distance, processor=None, score_cutoff=1, limit=3
            )
            near.extend(self.term_ids[name] for name, _, _ in found)
        near = [term for term in near if self.frequency[term]]
        return max(near, key=lambda term: self.frequency[term], default=None)

    def idf(self, terms: "Sequence[int] | NDArray[np.uint32]") -> NDArray[np.float64]:
        """Inverse document frequency of term numbers among the living passages."""
        count = np.frombuffer(self.frequency, dtype=np.uint32)[terms] + 0.5
        total = len(self)
        if self.below is not None:
            each, places = np.unique(terms, return_inverse=True)
            names = (self.terms[term] for term in each.tolist())
            more = [self.below.count(name) for name in names]
            count += np.array(more, dtype=np.float64)[places]
            total += len(self.below)
        found: NDArray[np.float64] = np.log((total + 1) / count)
        return found

    def count(self, term: str) -> int:
        """How many living passages hold a term."""
        number = self.term_ids.get(term)
        return 0 if number is None else self.frequency[number]

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The passages that share the rarest words with the query, best first."""
        known = (self.term_ids.get(stem) for stem in stems(words(query)))
        weights = {term: 1.0 for term in known if term is not None}
        found = self.candidates(weights, limit)
        return [
            Hit(self.ids[row], float(score))
            for row, score in zip(found.rows, found.scores, strict=True)
        ]

    def candidates(self, weights: Mapping[int, float], limit: int) -> Candidates:
        """Rows that contain any of the weighted terms, the best `limit` of them, best first."""
        chosen, gains = self._affordable(weights)
        if not chosen:
            return Candidates(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        packed = np.concatenate([np.frombuffer(part, dtype=np.uint32) for part in chosen])
        rows = (packed >> 2).astype(np.int64)
        gain = np.repeat(gains, [len(part) for part in chosen])
        gain *= _TF_GAIN[packed & 3]
        found, scores = self._sum_by_row(rows, gain)
        if len(found) > limit:
            best = np.argpartition(scores, len(scores) - limit)[-limit:]
            found, scores = found[best], scores[best]
        order = np.lexsort((found, -scores))
        return Candidates(found[order], scores[order])

    def _affordable(self, weights: Mapping[int, float]) -> "tuple[list[array[int]], Scores]":
        used = [term for term in weights if self.frequency[term]]
        used.sort(key=self.frequency.__getitem__)
        chosen: list[int] = []
        spent = 0
        for term in used[:MAX_TERMS]:
            spent += len(self.postings[term])
            if chosen and spent > POSTINGS_BUDGET:
                break
            chosen.append(term)
        gains = np.array([weights[term] for term in chosen]) * self.idf(chosen)
        return [self.postings[term] for term in chosen], gains.astype(np.float32)

    def _sum_by_row(self, rows: Rows, gain: Scores) -> tuple[Rows, Scores]:
        """Distinct living rows and the sum of their gains, without touching all other rows."""
        if len(self._scores) < len(self.ids):
            size = 2 * len(self.ids)
            self._scores = np.zeros(size, dtype=np.float32)
            self._last = np.zeros(size, dtype=np.int32)
        np.add.at(self._scores, rows, gain)
        places = np.arange(len(rows), dtype=np.int32)
        self._last[rows] = places
        found = rows[self._last[rows] == places]
        found = found[np.frombuffer(self.alive, dtype=np.bool_)[found]]
        scores = self._scores[found]
        self._scores[rows] = 0
        scores *= np.frombuffer(self.length_factor, dtype=np.float32)[found]
        return found, scores

    def save(self, folder: Path, stamp: Stamp) -> None:
        """Write the index into a folder, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        columns: dict[str, Any] = {
            "stamp": _packed(json.dumps(_full_stamp(stamp))),
            # Nobody else gets the interpreter while a million names are written as JSON.
            "ids": _packed("\n".join(self.ids)),
            "terms": _packed("\n".join(self.terms)),
            "lengths": np.array([len(part) for part in self.postings], dtype=np.int64),
            "postings": np.frombuffer(b"".join(self.postings), dtype=np.uint32),
            "shingle_frequency": self.shingle_frequency,
        }
        columns |= {name: np.frombuffer(getattr(self, name), np.uint8) for name in _RAW}
        with written_aside(folder / FILE_NAME) as aside, aside.open("wb") as file:
            np.savez(file, **columns)

    @classmethod
    def load(cls, folder: Path, stamp: Stamp) -> Self | None:
        """Read a saved index; None where there is none, or it is damaged or of another stamp."""
        try:
            with np.load(folder / FILE_NAME) as saved:
                if json.loads(_unpacked(saved["stamp"])) != _full_stamp(stamp):
                    return None
                return cls._restored(saved)
        except _UNREADABLE:
            return None

    @classmethod
    def _restored(cls, saved: Mapping[str, NDArray[np.generic]]) -> Self:
        index = cls()
        index.ids, index.terms = _lines(saved["ids"]), _lines(saved["terms"])
        for name in _RAW:
            getattr(index, name)[:] = getattr(index, name)[:0]
            column = getattr(index, name)
            raw = saved[name].tobytes()
            column.extend(raw) if isinstance(column, bytearray) else column.frombytes(raw)
        postings = saved["postings"].tobytes()
        end = 0
        for number, length in enumerate(saved["lengths"].tolist()):
            part = array("I")
            part.frombytes(postings[end : end + 4 * length])
            index.postings.append(part)
            end += 4 * length
            term = index.terms[number]
            index._buckets.setdefault((term[0], len(term)), []).append(term)
        index.term_ids = {term: number for number, term in enumerate(index.terms)}
        index.rows = {name: row for row, name in enumerate(index.ids) if index.alive[row]}
        index.shingle_frequency = saved["shingle_frequency"].astype(np.int32)
        return index


def _full_stamp(stamp: Stamp) -> dict[str, str | int]:
    return {**stamp, "format": FORMAT, "byteorder": sys.byteorder}


def _packed(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _unpacked(raw: NDArray[np.generic]) -> str:
    return raw.tobytes().decode()


def _lines(raw: NDArray[np.generic]) -> list[str]:
    joined = _unpacked(raw)
    return joined.split("\n") if joined else []
