"""Ranking over several collections of passages, so that none weighs on the scores of another."""

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
