"""The fitted judgement: from features to which topic is meant, and whether any is."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypedDict

import numpy as np

from knowledge.matching.questions.judging.evidence import Array

_CERTAIN = 1e-6
_LEAF = -1
"""How near to 0 or 1 a probability may come, so that its logit stays finite; and the mark of a leaf
in the trees that LightGBM writes."""


class Linear(TypedDict):
    """A logistic regression over columns brought to mean 0 and standard deviation 1."""

    mean: list[float]
    scale: list[float]
    weights: list[float]
    intercept: float


class Tree(TypedDict):
    """A decision tree: of each node the column, where it parts, where it goes, or what it adds."""

    column: list[int]
    limit: list[float]
    low: list[int]
    high: list[int]
    value: list[float]


class Weights(TypedDict):
    """What `bench.fit_confidence` makes.

    `pair` tells topics apart; `whole` and `trees` tell, of the best one, whether it is meant.
    An answer needs the confidence `answer`, an offer `offer`.
    """

    features: list[str]
    pair: Linear
    whole: Linear
    trees: list[Tree]
    base: float
    answer: float
    offer: float


@cache
def fitted() -> Mapping[str, Weights]:
    """Return the shipped weights: for `words` alone, and with `meaning`."""
    path = files("knowledge.matching.questions.judging") / "weights.json"
    found: dict[str, Weights] = json.loads(path.read_text("utf-8"))
    return found


class Judge:
    """Turns the features of the topics into the probability that each is meant."""

    def __init__(self, weights: Weights) -> None:
        self.answer, self.offer = weights["answer"], weights["offer"]
        self._pair = _Linear(weights["pair"])
        self._typical = np.asarray(weights["pair"]["mean"])
        self._whole = _Linear(weights["whole"])
        self._trees = Trees(weights["trees"], weights["base"])

    def likelihoods(self, rows: Array) -> Array:
        """Return how probable each topic is, seen by itself."""
        return _curve(self._pair.sums(rows)).clip(_CERTAIN, 1 - _CERTAIN)

    def summary(self, rows: Array, likelihoods: Array) -> Array:
        """Return the features of a question as a whole."""
        return summary(rows, likelihoods, self._typical)

    def confidence(self, rows: Array, likelihoods: Array) -> float:
        """Return the probability that the likeliest topic is meant, rather than none."""
        row = self.summary(rows, likelihoods)[np.newaxis]
        together = (self._whole.sums(row)[0] + self._trees.sum(row[0])) / 2
        return float(_curve(np.asarray(together)))


def summary(rows: Array, likelihoods: Array, typical: Array) -> Array:
    """Return the features of a question as a whole: of its likeliest topic, and of the others.

    How it differs from the next likeliest tells whether the two can be told apart at all. Where
    there is no other, a `typical` one stands in its place.
    """
    odds = np.log(likelihoods / (1 - likelihoods))
    best, *others = np.argsort(-odds, kind="stable")[:3]
    second, third = (*(odds[at] for at in others), _FAR, _FAR)[:2]
    apart = rows[best] - (rows[others[0]] if others else typical)
    whole = [odds[best], odds[best] - second, np.log(likelihoods.sum()), third]
    return np.concatenate((whole, rows[best], apart))


_FAR = -9.0
"""The log odds of a rival where there is none: one in eight thousand."""
SUMMARY = ("odds", "odds_lead", "odds_sum", "third")
"""What `summary` puts before the features of the best topic, and how they differ from the next."""


class _Linear:
    def __init__(self, fit: Linear) -> None:
        scale = np.asarray(fit["scale"])
        self._weights = np.asarray(fit["weights"]) / scale
        self._start = fit["intercept"] - float(np.asarray(fit["mean"]) @ self._weights)

    def sums(self, rows: Array) -> Array:
        found: Array = rows @ self._weights + self._start
        return found


class Trees:
    """All trees side by side: a row goes down every one of them at once."""

    def __init__(self, trees: Sequence[Tree], base: float) -> None:
        size = max((len(tree["column"]) for tree in trees), default=1)

        def padded(lists: Iterable[Sequence[float]], fill: float) -> Array:
            rows = np.full((len(trees), size), fill)
            for at, found in enumerate(lists):
                rows[at, : len(found)] = found
            return rows

        self._base = base
        self._column = padded((tree["column"] for tree in trees), _LEAF).astype(np.intp)
        self._limit = padded((tree["limit"] for tree in trees), 0.0)
        self._low = padded((tree["low"] for tree in trees), 0).astype(np.intp)
        self._high = padded((tree["high"] for tree in trees), 0).astype(np.intp)
        self._value = padded((tree["value"] for tree in trees), 0.0)
        self._all = np.arange(len(trees))

    def sum(self, row: Array) -> float:
        """Return the sum of what the trees say of a row."""
        at = np.zeros(len(self._all), dtype=np.intp)
        while True:
            column = self._column[self._all, at]
            inner = column != _LEAF
            if not inner.any():
                return self._base + float(self._value[self._all, at].sum())
            low = row[column] <= self._limit[self._all, at]
            following = np.where(low, self._low[self._all, at], self._high[self._all, at])
            at = np.where(inner, following, at)


def _curve(sums: Array) -> Array:
    found: Array = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
    return found
