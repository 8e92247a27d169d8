"""Ranking over several collections of passages, so that none weighs on the scores of another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from knowledge.matching.retrieval.ranker import Meaning, Ranked


class Ranks(Protocol):
    """What finds passages: one ranker, or several in layers."""

    @property
    def meaning(self) -> Meaning | None:
        """What ranks by sentence vectors too, where there is something."""

    def rank(self, query: str, limit: int = 5, *, words_only: bool = False) -> list[Ranked]:
        """The passages that fit the question best, best first."""


class Layers:
    """Rankings asked one after the other; their scores are probabilities, and so comparable.

    Scores by words and by sentence vectors are not: vectors are used where every layer has them.
    """

    def __init__(self, *layers: Ranks) -> None:
        self._layers = layers

    @property
    def meaning(self) -> Meaning | None:
        """What ranks by sentence vectors too, where every layer has it."""
        found = [layer.meaning for layer in self._layers]
        return None if None in found else found[0]

    def rank(self, query: str, limit: int = 5, *, words_only: bool = False) -> list[Ranked]:
        """The passages that fit the question best, best first."""
        plain = words_only or self.meaning is None
        found = [
            hit for layer in self._layers for hit in layer.rank(query, limit, words_only=plain)
        ]
        return sorted(found, key=lambda hit: -hit.score)[:limit]


class RenamedRanks:
    """A ranking whose passages go by other ids, or are not shown at all where `renamed` says so."""

    def __init__(self, ranks: Ranks, renamed: Callable[[str], str | None]) -> None:
        self._ranks = ranks
        self._renamed = renamed

    @property
    def meaning(self) -> Meaning | None:
        """What ranks by sentence vectors too, where there is something."""
        return self._ranks.meaning

    def rank(self, query: str, limit: int = 5, *, words_only: bool = False) -> list[Ranked]:
        """The passages that fit the question best, best first."""
        found = self._ranks.rank(query, limit, words_only=words_only)
        named = ((hit, self._renamed(hit.id)) for hit in found)
        return [replace(hit, id=name) for hit, name in named if name is not None]
