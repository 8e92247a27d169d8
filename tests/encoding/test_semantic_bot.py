"""The running bot ranks by meaning too, in every workspace, when the model has been loaded."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import bot.meaning
from bot.meaning import matching_by_meaning
from knowledge.base import KnowledgeBase, opened
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import (
    OFF,
    Encoder,
    ModelNotLoadedError,
    Parts,
    Vectors,
    meanings_of,
)
from knowledge.matching.retrieval.vectors import digest_of
from knowledge.model import Claim
from knowledge.workspaces import Workspaces
from tests.bases.making import asserter, claim, source, topic
from tests.bases.models import is_loading

PATIENCE = 60
TODAY = date(2026, 1, 1)


class Lengths:
    """An encoder that knows how long a text is."""

    name, size = "lengths:2", 2

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """The question itself, for want of tokens."""
        encode = self.encode_queries if asked else self.encode_passages
        return Parts(
            encode([text] * (1 + len(words))),
            np.zeros((len(words), self.size), dtype=np.float32),
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors whose angles are the lengths."""
        angles = np.array([len(text) / 1000 for text in texts], dtype=np.float32)
        return np.stack((np.cos(angles), np.sin(angles)), axis=1)

    encode_passages = encode_queries


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def use(monkeypatch: pytest.MonkeyPatch, load: Callable[[str], Encoder]) -> None:
    monkeypatch.setattr(bot.meaning, "load_encoder", load)


def vectors(found: KnowledgeBase) -> set[str]:
    return {kept.digest for kept in found.store.vectors("lengths:2")}


async def test_claims_have_vectors_at_the_start_and_after_each_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, lambda _model: Lengths())
    with opened(tmp_path / "claims.db") as found:
        shipped = {digest_of(passage_of(one)) for one in found.store.all_claims()}
        with matching_by_meaning(found, "any"):
            until(lambda: found.workspace.ranker.meaning)
            assert vectors(found) == shipped
            old = next(iter(found.store.all_claims()))
            new = Claim.model_validate({**old.model_dump(), "id": "new", "statement": "Else."})
            await found.writer.write(lambda change: change.put(new), who="anna", why="read it")
            until(lambda: digest_of(passage_of(new)) in vectors(found))
    until(lambda: not is_loading())


def test_nothing_is_loaded_where_the_model_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(model: str) -> Encoder:
        raise AssertionError(model)

    use(monkeypatch, fail)
    with opened(tmp_path / "claims.db") as found, matching_by_meaning(found, OFF):
        assert not is_loading()


def test_a_model_that_does_not_load_leaves_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(model: str) -> Encoder:
        raise ModelNotLoadedError(model, "no weights")

    use(monkeypatch, fail)
    with opened(tmp_path / "claims.db") as found, matching_by_meaning(found, "some/folder"):
        until(lambda: not is_loading())
        assert found.workspace.ask("spoilt share", TODAY).topic == "spoilt"
    assert "words alone: CLAIMBOT_MODEL=some/folder does not load" in caplog.text


def test_a_name_is_answered_whatever_a_model_makes_of_it(tmp_path: Path) -> None:
    with opened(tmp_path / "claims.db") as found:
        meanings = meanings_of(Lengths(), [one for _, one in found.workspaces.passages()])
        found.workspaces.use_meaning(lambda _place: meanings)
        answer = found.workspace.ask("spoilt share", TODAY)
        other = found.workspace.ask("weather in Paris", TODAY)
    assert (answer.outcome, answer.topic) == ("answer", "spoilt")
    assert 0 <= other.confidence <= 1


def test_workspaces_rank_by_the_vectors_of_their_own_claims(tmp_path: Path) -> None:
    with opened(tmp_path / "claims.db") as found:
        with found.store.change("anna", "read it", "111") as change:
            change.put_all([topic(), asserter(), source(), claim("own")])
        workspaces = Workspaces(found.store)
        passages = list(workspaces.passages())
        of_places = {
            place: meanings_of(Lengths(), [one for of, one in passages if of == place])
            for place in (None, "111")
        }
        workspaces.use_meaning(lambda place: of_places[place])
        text = next(one.text for place, one in passages if (place, one.id) == ("111", "own"))
        assert "own" in {hit.id for hit in workspaces.of("111").ranks.rank(text, 200)}
        assert "own" not in {hit.id for hit in workspaces.of(None).ranks.rank(text, 200)}
        workspaces.refresh()
        assert workspaces.of("111").ranks.meaning is not None
        assert workspaces.shared.ranks.meaning is not None
