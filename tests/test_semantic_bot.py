"""The running bot ranks by meaning too, in every workspace, when the model has been loaded."""

import importlib.util
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import bot.meaning
from bot.cli import main
from bot.meaning import matching_by_meaning
from knowledge.base import KnowledgeBase, opened
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import ModelNotLoadedError, meanings_of
from knowledge.matching.retrieval.encoder import Encoder, Vectors
from knowledge.matching.retrieval.vectors import OFF, digest_of
from knowledge.model import Claim
from knowledge.workspaces import Workspaces
from tests.making import asserter, claim, source, topic

PATIENCE = 20
TODAY = date(2026, 1, 1)


class Lengths(Encoder):
    """An encoder that knows how long a text is."""

    def __init__(self) -> None:
        self.dimensions, self.fingerprint = 2, "lengths:2"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        return np.array([self.encode_question(text) for text in texts])

    def encode_question(self, sentence: str) -> Vectors:
        """A unit vector whose angle is the length."""
        angle = len(sentence) / 1000
        return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def use(monkeypatch: pytest.MonkeyPatch, load: Callable[[str], Encoder]) -> None:
    monkeypatch.setattr(bot.meaning, "is_wanted", lambda model: model != OFF)
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
    until(lambda: not bot.meaning.is_loading())


def test_nothing_is_loaded_where_the_model_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(model: str) -> Encoder:
        raise AssertionError(model)

    use(monkeypatch, fail)
    with opened(tmp_path / "claims.db") as found, matching_by_meaning(found, OFF):
        assert not bot.meaning.is_loading()


def test_a_model_that_does_not_load_leaves_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(model: str) -> Encoder:
        raise ModelNotLoadedError(f"{model}: the model does not load: no weights")

    use(monkeypatch, fail)
    with opened(tmp_path / "claims.db") as found, matching_by_meaning(found, "some/folder"):
        until(lambda: not bot.meaning.is_loading())
        assert found.workspace.ask("dud rate", TODAY).topic == "dud-rate"
    assert "words alone: some/folder" in caplog.text


def test_an_answer_is_as_sure_and_as_silent_with_meaning(tmp_path: Path) -> None:
    questions = ("dud rate", "what does North Korea get for the shells", "weather in Paris")
    with opened(tmp_path / "claims.db") as found:
        before = [found.workspace.ask(question, TODAY) for question in questions]
        meanings = meanings_of(Lengths(), [one for _, one in found.workspaces.passages()])
        found.workspaces.use_meaning(lambda _place: meanings)
        after = [found.workspace.ask(question, TODAY) for question in questions]
    assert [(a.kind, a.topic, a.confidence) for a in after] == [
        (b.kind, b.topic, b.confidence) for b in before
    ]
    assert [{one.id for one in a.claims} for a in after] == [
        {one.id for one in b.claims} for b in before
    ]


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


@pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is not None, reason="the extra is installed"
)
def test_without_the_extra_one_line_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.tsv").write_text("id\tclaim\n1\tthe bridge is closed\n", "utf-8")
    (tmp_path / "q.tsv").write_text("id\tquery\n10\tbridge\n", "utf-8")
    (tmp_path / "q.qrels").write_text("10 0 1 1\n", "utf-8")
    files = [f"--claims={tmp_path / 'c.tsv'}", f"--queries={tmp_path / 'q.tsv'}"]
    code = main(["eval", "retrieval", *files, f"--qrels={tmp_path / 'q.qrels'}", "--semantic"])
    out, error = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert error.count("\n") == 1
    assert "pip install claimbot[semantic]" in error
