"""The signals by which the reranker weighs a question against each candidate passage."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.matching.retrieval.index import (
    SHINGLES,
    YEAR,
    PassageIndex,
    Rows,
    distinct,
    shingles,
)

Matrix = NDArray[np.float32]
LEXICAL_SIGNALS = (
    "bm25_text",
    "bm25_title",
    "bm25_author",
    "bm25_relative",
    "question_coverage",
    "text_coverage",
    "title_coverage",
    "rarest_word",
    "shingles",
    "title_fuzz",
    "same_year",
    "same_month",
    "other_year",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """A question in the term numbers of one index.

    `body` is the question's words in order, each with its weight (1 as written, less where a
    spelling was guessed); `author` those of the signature alone. `text` is the plain words
    joined, `carrying` those of them that carry meaning.
    """

    body: tuple[tuple[int, float], ...]
    author: tuple[int, ...]
    months: frozenset[int]
    years: frozenset[int]
    text: str
    carrying: str

    def weights(self, author_weight: float) -> dict[int, float]:
        """The weight of each distinct term for the first stage."""
        out = dict.fromkeys(self.author, author_weight)
        for term, weight in self.body:
            out[term] = max(weight, out.get(term, 0.0))
        return out


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The candidates' tokens laid end to end; a field is 2 * candidate + (1 for the title)."""

    tokens: NDArray[np.uint32]
    field: Rows
    slot: NDArray[np.uint8]
    idf: NDArray[np.float64]


AUTHOR_WEIGHT = 0.5
_MAX_SLOTS = 250
"""What a word of an author's name weighs beside one of the text (by eye), and terms that are told
apart in one byte, with some places left."""


def lexical_signals(index: PassageIndex, terms: Terms, rows: Rows) -> Matrix:
    """Signals of each candidate row; shape (len(rows), len(LEXICAL_SIGNALS))."""
    count = len(rows)
    if not count:
        return np.empty((0, len(LEXICAL_SIGNALS)), dtype=np.float32)
    keys = [index.key(row) for row in rows.tolist()]
    slots = _slots(terms)
    gathered = _gather(index, rows, slots)
    present = np.zeros((2 * count, len(slots) + 1), dtype=np.float64)
    present[gathered.field, gathered.slot] = 1
    present[:, 0] = 0
    in_text, in_title = present[0::2], present[1::2]
    either = np.maximum(in_text, in_title)

    idf, weighted, body, author = _slot_weights(index, terms, slots)
    total = np.bincount(gathered.field, gathered.idf, 2 * count)
    text_mass, title_mass = in_text @ weighted, in_title @ weighted
    # 0.23 is what BM25 gains with k1 = 0.6 from a second occurrence, here in the other field.
    bm25 = either @ weighted + 0.23 * ((in_text * in_title) @ weighted)
    bm25 *= np.frombuffer(index.length_factor, dtype=np.float32)[rows]
    year, month, other = _dates(index, terms, slots, gathered, either)
    return np.column_stack(
        (
            text_mass,
            title_mass,
            either @ author,
            bm25 / max(bm25.max(initial=0.0), 1e-9),
            either @ body / max(body.sum(), 1e-9),
            text_mass / np.maximum(total[0::2], 1e-9),
            title_mass / np.maximum(total[1::2], 1e-9),
            (either * idf * (weighted > 0)).max(axis=1, initial=0.0),
            _shared_shingles(index, terms.text, keys),
            _title_fuzz(terms.carrying, keys),
            year,
            month,
            other,
        )
    ).astype(np.float32)


def _slots(terms: Terms) -> dict[int, int]:
    """A number from 1 for each distinct term of the question; 0 stands for all others."""
    order = dict.fromkeys(
        (*(term for term, _ in terms.body), *terms.author, *terms.years, *terms.months)
    )
    return {term: slot for slot, term in enumerate(list(order)[:_MAX_SLOTS], start=1)}


def _gather(index: PassageIndex, rows: Rows, slots: dict[int, int]) -> _Gathered:
    bounds = np.frombuffer(index.bounds, dtype=np.uint64)
    starts = bounds[2 * rows].astype(np.int64)
    middles = bounds[2 * rows + 1].astype(np.int64)
    ends = bounds[2 * rows + 2].astype(np.int64)
    lengths = np.column_stack((middles - starts, ends - middles)).ravel()
    tokens = np.frombuffer(index.tokens, dtype=np.uint32)[_ranges(starts, ends - starts)]
    slot_of = np.zeros(len(index.terms), dtype=np.uint8)
    slot_of[list(slots)] = list(slots.values())
    field = np.repeat(np.arange(2 * len(rows)), lengths)
    return _Gathered(tokens, field, slot_of[tokens], index.idf(tokens))


def _ranges(starts: Rows, lengths: Rows) -> Rows:
    """The numbers start .. start + length of each pair, end to end."""
    offsets = np.cumsum(lengths) - lengths
    return np.repeat(starts - offsets, lengths) + np.arange(lengths.sum())


def _slot_weights(
    index: PassageIndex, terms: Terms, slots: dict[int, int]
) -> tuple[NDArray[np.float64], ...]:
    """By slot: the IDF, the IDF times the weight, of the body alone, of the author alone."""
    idf, weighted, body, author = np.zeros((4, len(slots) + 1))
    idf[1:] = index.idf(list(slots))
    for term, weight in terms.body:
        if slot := slots.get(term):
            body[slot] = max(body[slot], weight * idf[slot])
    for term in terms.author:
        if (slot := slots.get(term)) and not body[slot]:
            author[slot] = idf[slot]
    weighted[:] = np.maximum(body, AUTHOR_WEIGHT * author)
    return idf, weighted, body, author


def _dates(
    index: PassageIndex,
    terms: Terms,
    slots: dict[int, int],
    gathered: _Gathered,
    either: NDArray[np.float64],
) -> tuple[NDArray[np.float64], ...]:
    """Same year, same year and month, and only other years, each 0 or 1."""
    years = [slots[term] for term in terms.years if term in slots]
    months = [slots[term] for term in terms.months if term in slots]
    same_year = either[:, years].max(axis=1, initial=0.0)
    same_month = same_year * either[:, months].max(axis=1, initial=0.0)
    is_year = (np.frombuffer(index.kinds, dtype=np.uint8)[gathered.tokens] & YEAR) > 0
    dated = np.bincount(gathered.field[is_year] >> 1, minlength=len(either)) > 0
    return same_year, same_month, (dated & (same_year == 0)).astype(np.float64)


def _shared_shingles(index: PassageIndex, text: str, keys: list[bytes]) -> NDArray[np.float64]:
    """IDF-weighted shingles in common, over the root of both lengths: nearly a cosine."""
    weight = index.shingle_weights()
    asked = distinct(shingles(np.frombuffer(f" {text} ".encode(), dtype=np.uint8)))
    wanted = np.zeros(SHINGLES, dtype=np.bool_)
    wanted[asked] = True
    # A shingle that runs from one passage into the next holds a zero byte, which no question has.
    found = shingles(np.frombuffer(b"\0\0\0".join(keys), dtype=np.uint8))
    lengths = np.array([len(key) for key in keys], dtype=np.int64)
    starts = np.cumsum(lengths + 3) - lengths - 3
    places = np.flatnonzero(wanted[found])
    owners = np.searchsorted(starts, places, side="right") - 1
    shares = distinct(owners * SHINGLES + found[places])
    shared = np.bincount(shares // SHINGLES, weight[shares % SHINGLES], len(keys))
    norm = np.sqrt(lengths * weight[asked].sum(dtype=np.float64))
    share: NDArray[np.float64] = shared / np.maximum(norm, 1e-9)
    return share


def _title_fuzz(question: str, keys: list[bytes]) -> NDArray[np.float64]:
    titles = [key.rpartition(b"\n")[2].decode() for key in keys]
    scores = process.cdist([question], titles, scorer=fuzz.token_set_ratio)
    share: NDArray[np.float64] = np.divide(scores[0], 100, dtype=np.float64)
    return share
