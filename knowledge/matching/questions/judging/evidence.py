"""What speaks for each topic of a base, and what against, in one question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.language import Wanted

Array = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Aligned:
    """How near the words of a question come to those of the topics, as cosines."""

    nearest: Array
    """Of each word, to the nearest word of each topic; shape (words, topics)."""
    above: Array
    """The same in standard deviations from what a word comes to in texts about anything."""
    spelled: Array
    """Of each topic: how near the words of one of its names come to the question's, at best."""


@dataclass(frozen=True, slots=True)
class MeaningEvidence:
    """Cosines with each topic's texts, in standard deviations from those with texts at large.

    `less_names` and `less_claims` tell by how much the raw cosine with the nearest name and the
    nearest claim rises where what the question holds of a word is taken away; `without_names` and
    `without_claims` where it is asked without the word, 0 of those that it was not asked without.
    Shape (words, topics).
    """

    name: Array
    names: Array
    """The mean of the nearest three."""
    summary: Array
    claim: Array
    claims: Array
    """The mean of the nearest three."""
    less_names: Array
    less_claims: Array
    without_names: Array
    without_claims: Array
    aligned: Aligned


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question held against every topic of a base.

    Of `n` words and `t` topics: vectors have a place for each word or topic, matrices are
    (n, t) and tell how surely a word is one of the topic's, from 0 to 1.
    """

    telling: Array
    """How rare each word is at large; dates and numbers are none."""
    capital: Array
    counted: Array
    """1 of the words that name what is counted ("how many …")."""
    spoken: Array
    """How surely a word names somebody who has made a claim."""
    named: Array
    described: Array
    """Words of the names, the description and the unit."""
    claimed: Array
    asserting: Array
    publishing: Array
    cover: Array
    """Of each topic: how much of one of its names the question holds, at most."""
    whole: Array
    """Of each topic: how telling the name is that the question holds whole; 0 of none."""
    similar: Array
    """Of each topic: the score by words of the claim that is most like the question."""
    same_number: Array
    same_year: Array
    dated: bool
    """Whether it asks for days."""
    on_days: Array
    """1 of the topics with a claim of the days asked for."""
    counted_unit: Array
    """1 of the topics whose figures are counted in what the question counts."""
    kinds: NDArray[np.str_]
    at_home: Array
    """1 of the topics that are about a country named."""
    abroad: Array
    """1 of the topics on which nobody has spoken of or for a country named."""
    half_abroad: Array
    """1 of the topics that are not about a country named."""
    unplaced: Array
    """1 of the topics about a country that the question does not name."""
    has_number: bool
    wanted: frozenset[Wanted]
    taught: Array
    """Of each topic: by how much its examples raise the log odds that it is meant."""
    foreign: bool
    """Whether it is in another language than English."""
    meaning: MeaningEvidence | None = None

    @property
    def words(self) -> int:
        """How many words the question has."""
        return len(self.telling)

    @property
    def topics(self) -> int:
        """How many topics there are."""
        return len(self.cover)


def standard(cosines: Array, mean: float, spread: float) -> Array:
    """Return cosines in standard deviations from a mean."""
    scaled: Array = (cosines - mean) / max(spread, 1e-6)
    return scaled
