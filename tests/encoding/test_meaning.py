"""Vectors are made once for each text, beside the bot, and nothing breaks where they are not."""

import logging
import time
from collections.abc import Collection, Iterator, Sequence
from threading import Event

import numpy as np
import pytest
from typing_extensions import override

from knowledge.matching.retrieval import (
    Encoder,
    Meanings,
    ModelNotLoadedError,
    Parts,
    Passage,
    PlacedMeanings,
    PlacedPassage,
    Ranker,
    Understanding,
    Vectors,
)
from knowledge.matching.retrieval.vectors import digest_of
from knowledge.store import KeptVector, StoreError, Turns

PASSAGES = [Passage("cat", "A kitten slept", "Asleep"), Passage("car", "The lorry broke down")]
PATIENCE = 60


class Letters:
    """An encoder whose vectors tell how often three letters stand in a text."""

    def __init__(self, name: str = "letters:3") -> None:
        self.size = 3
        self.name = name
        self.read: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Count; remembers what was read."""
        self.read.extend(texts)
        return self.encode_queries(texts)

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """The question itself, for want of tokens."""
        encode = self.encode_queries if asked else self.encode_passages
        return Parts(
            encode([text] * (1 + len(words))),
            np.zeros((len(words), self.size), dtype=np.float32),
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Count in each sentence."""
        found = np.array(
            [[1 + text.count(letter) for letter in "aeo"] for text in texts], dtype=np.float32
        )
        vectors: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return vectors


class Agreed(Turns):
    """Who holds what, of all that share a shelf."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    @override
    def take(self, name: str, seconds: float) -> float:
        """Let nobody wait."""
        del name, seconds
        return 0.0

    @override
    def hold(self, name: str, holder: str, seconds: float) -> bool:
        """Hold something until it is let go."""
        if self.held.setdefault(name, holder) != holder:
            return False
        if seconds <= 0:
            del self.held[name]
        return True


class Memory:
    """A shelf in memory that may refuse to be written to or to be read."""

    def __init__(self, *, broken: bool = False) -> None:
        self.kept: dict[tuple[str, str], KeptVector] = {}
        self.broken = broken
        self.changed = Event()
        self.turns = Agreed()

    def vectors_of(self, model: str, texts: Collection[str]) -> list[KeptVector]:
        """Return what is kept of some texts."""
        return [kept for kept in self.vectors(model) if kept.digest in texts]

    def vectors(self, model: str) -> Iterator[KeptVector]:
        """Go through what is kept of a model."""
        self._check()
        yield from [kept for (of, _), kept in self.kept.items() if of == model]

    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        """Keep rows by model and text."""
        self._check()
        self.kept.update({(model, kept.digest): kept for kept in vectors})
        self.changed.set()

    def prune_vectors(self, model: str, texts: Collection[str]) -> None:
        """Forget the other models and texts."""
        self._check()
        self.kept = {
            (of, text): kept
            for (of, text), kept in self.kept.items()
            if of == model and text in texts
        }
        self.changed.set()

    def _check(self) -> None:
        if self.broken:
            raise StoreError("The disk is full.")


class Served:
    """Waits for the vectors."""

    def __init__(self) -> None:
        self._there = Event()
        self._meanings: PlacedMeanings | None = None

    def __call__(self, meanings: PlacedMeanings) -> None:
        """Take them."""
        self._meanings = meanings
        self._there.set()

    def meanings(self) -> PlacedMeanings:
        """Return them when they are there."""
        assert self._there.wait(PATIENCE)
        assert self._meanings is not None
        return self._meanings


def shared(passages: Sequence[Passage]) -> list[PlacedPassage]:
    return [(None, passage) for passage in passages]


def understood(
    encoder: Encoder, shelf: Memory, passages: Sequence[Passage] = PASSAGES
) -> tuple[Understanding, Meanings]:
    served = Served()
    understanding = Understanding(shelf, lambda: shared(passages), served, lambda: encoder)
    understanding.start()
    return understanding, served.meanings().of(None)


def written(shelf: Memory) -> None:
    assert shelf.changed.wait(PATIENCE)
    shelf.changed.clear()


def test_every_passage_is_encoded_and_kept() -> None:
    shelf, encoder = Memory(), Letters()
    understanding, meanings = understood(encoder, shelf)
    understanding.stop()
    assert len(meanings) == 2
    assert sorted(encoder.read) == sorted(["A kitten slept", "The lorry broke down", "Asleep"])
    assert set(shelf.kept) == {("letters:3", digest_of(one)) for one in PASSAGES}


def test_a_text_that_two_places_have_is_encoded_once_and_ranked_in_each() -> None:
    shelf, encoder, served = Memory(), Letters(), Served()
    placed: list[PlacedPassage] = [
        (None, PASSAGES[0]),
        ("111", Passage("cat", "A kitten slept", "Asleep")),
        ("222", Passage("cat", "Another cat")),
    ]
    understanding = Understanding(shelf, lambda: placed, served, lambda: encoder)
    understanding.start()
    meanings = served.meanings()
    understanding.stop()
    assert sorted(encoder.read) == ["A kitten slept", "Another cat", "Asleep"]
    assert [len(meanings.of(place)) for place in (None, "111", "222", "333")] == [1, 1, 1, 0]
    question = encoder.encode_queries(["Another cat"])[0]
    near = [meanings.of(place).cosines(question, ["cat"])[0, 0] for place in ("222", "111")]
    assert near[0] > near[1]


def test_a_second_start_encodes_only_what_changed() -> None:
    shelf = Memory()
    understood(Letters(), shelf)[0].stop()
    encoder = Letters()
    changed = [PASSAGES[0], Passage("car", "The lorry stopped")]
    understanding, meanings = understood(encoder, shelf, changed)
    understanding.stop()
    assert encoder.read == ["The lorry stopped"]
    question = encoder.encode_queries(["A kitten slept"])[0]
    assert meanings.cosines(question, ["cat"])[0, 0] == pytest.approx(1, abs=2e-3)


def test_another_model_reads_everything_anew_and_the_old_vectors_go() -> None:
    shelf = Memory()
    understood(Letters(), shelf)[0].stop()
    encoder = Letters("other:3")
    understanding, _ = understood(encoder, shelf)
    while any(model == "letters:3" for model, _ in list(shelf.kept)):
        written(shelf)
    understanding.stop()
    assert len(encoder.read) == 3
    assert {model for model, _ in shelf.kept} == {"other:3"}


def test_a_changed_passage_gets_its_vector_after_the_change() -> None:
    shelf = Memory()
    understanding, meanings = understood(Letters(), shelf)
    ranker = Ranker(PASSAGES)
    ranker.use_meaning(meanings)
    new = Passage("owl", "An owl hooted")
    ranker.add([new])
    understanding.follow([(None, new)])
    understanding.follow([])
    while ("letters:3", digest_of(new)) not in shelf.kept:
        written(shelf)
    assert "owl" in meanings
    understanding.stop()


def test_nothing_is_written_after_the_stop() -> None:
    shelf = Memory()
    understanding, _ = understood(Letters(), shelf)
    understanding.stop()
    kept = dict(shelf.kept)
    understanding.follow([(None, Passage("late", "Too late"))])
    assert shelf.kept == kept


def test_a_model_that_does_not_load_is_one_warning(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> Encoder:
        raise ModelNotLoadedError("folder/x", "no weights")

    served = Served()
    understanding = Understanding(Memory(), lambda: shared(PASSAGES), served, fail)
    with caplog.at_level(logging.WARNING):
        understanding.start()
        understanding.finished(PATIENCE)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "words alone: CLAIMBOT_MODEL=folder/x does not load: no weights" in caplog.text
    assert caplog.records[0].exc_info is None


def test_vectors_that_cannot_be_kept_are_used_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    understanding, meanings = understood(Letters(), Memory(broken=True))
    understanding.stop()
    assert len(meanings) == 2
    assert "The disk is full." in caplog.text


def test_a_kept_vector_of_another_size_is_made_anew() -> None:
    shelf, encoder = Memory(), Letters()
    shelf.keep_vectors("letters:3", [KeptVector(digest_of(PASSAGES[1]), b"\0\0\0\0")])
    understanding, meanings = understood(encoder, shelf)
    understanding.stop()
    assert "The lorry broke down" in encoder.read
    assert "car" in meanings


@pytest.mark.parametrize("other", [Passage("x", "ab", "c"), Passage("x", "a", "bc")])
def test_the_digest_tells_text_from_title(other: Passage) -> None:
    assert digest_of(other) != digest_of(Passage("x", "abc"))


def test_for_a_single_question_few_are_encoded_and_what_is_kept_stays() -> None:
    shelf, encoder, served = Memory(), Letters(), Served()
    understood(Letters(), shelf, [Passage("owl", "An owl hooted")])[0].stop()
    understanding = Understanding(shelf, lambda: shared(PASSAGES), served, lambda: encoder, most=1)
    understanding.start()
    meanings = served.meanings().of(None)
    assert understanding.wait(PATIENCE)
    understanding.stop()
    assert encoder.read == ["A kitten slept", "Asleep"]
    assert ("cat" in meanings, "car" in meanings) == (True, False)
    assert len(shelf.kept) == 2


def test_of_two_processes_one_makes_the_vectors_and_the_other_takes_them() -> None:
    shelf, one, other = Memory(), Letters(), Letters()
    passages = [Passage(f"p{number}", f"A text of number {number}") for number in range(700)]
    served = [Served(), Served()]

    def making(encoder: Encoder, serve: Served) -> Understanding:
        return Understanding(shelf, lambda: shared(passages), serve, lambda: encoder)

    both = [making(one, served[0]), making(other, served[1])]
    for each in both:
        each.start()
    assert [len(each.meanings().of(None)) for each in served] == [700, 700]
    new = Passage("owl", "An owl hooted")
    for each in both:
        each.follow([(None, new)])
    meanings = [each.meanings().of(None) for each in served]
    end = time.monotonic() + PATIENCE
    while not all("owl" in each for each in meanings):
        assert time.monotonic() < end
        time.sleep(0.01)
    for each in both:
        each.stop()
    assert sorted(one.read + other.read) == sorted([*(each.text for each in passages), new.text])


def test_who_stops_at_work_leaves_it_to_the_others() -> None:
    shelf = Memory()
    understanding, _ = understood(Letters(), shelf)
    understanding.stop()
    assert understanding.finished(PATIENCE)
    assert shelf.turns.held == {}
