"""Sentence vectors change the ranking where they are there, and nothing where they are not."""

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.matching.retrieval import Meanings, Parts, Passage, Ranker, Vectors, meanings_of
from knowledge.matching.retrieval.meanings import SCAN_LIMIT, encoded
from knowledge.matching.retrieval.ranker import SEMANTIC_SIGNALS, fitted

PASSAGES = [
    Passage("cat", "A kitten slept in the sun", "Kitten asleep"),
    Passage("car", "The lorry broke down", "Broken lorry"),
]


class Axes:
    """An encoder of three made-up meanings, one an axis."""

    size = 3

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """The question itself, for want of tokens."""
        encode = self.encode_queries if asked else self.encode_passages
        return Parts(
            encode([text] * (1 + len(words))),
            np.zeros((len(words), self.size), dtype=np.float32),
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The axis of the word that each sentence holds."""
        axes = [0 if "cat" in text else 1 if "truck" in text else 2 for text in texts]
        vectors: Vectors = np.eye(3, dtype=np.float32)[axes]
        return vectors

    encode_passages = encode_queries


def meanings() -> Meanings:
    made = Meanings(Axes(), 3)
    axes = np.eye(3, dtype=np.float32)
    made.set("cat", axes[[0, 0]])
    made.set("car", axes[[1]])
    return made


def test_a_passage_without_a_common_word_is_found_by_meaning() -> None:
    ranker = Ranker(PASSAGES)
    assert ranker.rank("my cat") == []
    ranker.use_meaning(meanings())
    ranked = ranker.rank("my cat")
    assert ranked[0].id == "cat"
    assert set(ranked[0].signals) == set(SEMANTIC_SIGNALS)
    ranker.use_meaning(None)
    assert ranker.rank("my cat") == []


def test_a_removed_passage_loses_its_vectors() -> None:
    ranker, made = Ranker(PASSAGES), meanings()
    ranker.use_meaning(made)
    ranker.remove(["cat"])
    assert "cat" not in made
    assert [found.id for found in ranker.rank("my cat")] == ["car"]
    assert made.nearest(np.eye(3, dtype=np.float32)[1], 5, ("cat", "car")) == ["car"]


def test_vectors_of_passages_no_longer_there_are_passed_over() -> None:
    made = meanings()
    made.set("gone", np.eye(3, dtype=np.float32)[[0]])
    ranker = Ranker(PASSAGES)
    ranker.use_meaning(made)
    assert {found.id for found in ranker.rank("my cat")} == {"cat", "car"}


def test_a_passage_without_vectors_can_still_be_found() -> None:
    ranker = Ranker([*PASSAGES, Passage("new", "A heron on the roof")])
    ranker.use_meaning(meanings())
    assert ranker.rank("heron roof")[0].id == "new"


def test_many_vectors_come_and_go() -> None:
    made = Meanings(Axes(), 3)
    generator = np.random.default_rng(5)
    vectors = generator.normal(size=(100, 3)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for number, vector in enumerate(vectors):
        made.set(str(number), vector[np.newaxis])
    for number in range(0, 100, 2):
        made.remove(str(number))
    assert len(made) == 50
    assert made.nearest(vectors[31], 1, {"31", "29"}) == ["31"]
    assert made.cosines(vectors[31], ["31", "30"])[0] == pytest.approx([1, 1], abs=2e-3)
    assert np.isnan(made.cosines(vectors[31], ["31", "30"])[1]).all()
    assert len(made) < SCAN_LIMIT


def test_every_signal_has_a_fitted_weight() -> None:
    assert set(fitted()["semantic"]["weights"]) == set(SEMANTIC_SIGNALS)


def test_passages_are_encoded_in_batches_with_their_titles() -> None:
    class Counting:
        name, size = "counting:2", 2

        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            return np.array([[len(text), 0] for text in texts], dtype=np.float32)

        encode_queries = encode_passages

        def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
            encode = self.encode_queries if asked else self.encode_passages
            return Parts(
                encode([text] * (1 + len(words))),
                np.zeros((len(words), self.size), dtype=np.float32),
            )

    heard: list[tuple[int, int]] = []
    passages = [Passage("a", "xx", "y"), Passage("b", "x")]
    made = [one for some in encoded(Counting(), passages, batch=1) for one in some]
    assert [(passage.id, vectors[:, 0].tolist()) for passage, vectors in made] == [
        ("a", [2.0, 1.0]),
        ("b", [1.0]),
    ]
    meanings_of(Counting(), passages, lambda done, total: heard.append((done, total)))
    assert heard == [(2, 2)]


def test_neighbours_are_looked_for_among_the_passages_of_one_ranker() -> None:
    made = Meanings(Axes(), 3)
    near, far = np.eye(3, dtype=np.float32)[[0]], np.eye(3, dtype=np.float32)[[1]]
    for number in range(200):
        made.set(f"elsewhere {number}", near)
    made.set("here", far)
    assert made.nearest(near[0], 3, {"here"}) == ["here"]
