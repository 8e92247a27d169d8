"""A model named by its folder is run as its notes say; one that cannot be used is one sentence."""

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import constants
from huggingface_hub.errors import (
    EntryNotFoundError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
)

from bot.meaning import matching_by_meaning
from bot.settings import Settings
from knowledge.base import KnowledgeBase, opened
from knowledge.matching.encoding.onnx import WEIGHTS, usage_of
from knowledge.matching.retrieval import (
    DEFAULT_MODEL,
    ModelNotLoadedError,
    Passage,
    Ranker,
    load_encoder,
    meanings_of,
)
from tests.bases.models import is_loading, make_model, note
from tests.encoding.test_semantic_bot import until

HUB = "knowledge.matching.encoding.hub"


def test_a_text_is_the_mean_of_its_tokens_and_has_length_one(tmp_path: Path) -> None:
    encoder = load_encoder(str(make_model(tmp_path)))
    both = encoder.encode_queries(["cat lorry", "cat"])
    assert both.dtype == np.float32
    assert both == pytest.approx(np.array([[0.5**0.5, 0.5**0.5, 0], [1, 0, 0]]))
    assert encoder.size == 3
    assert encoder.encode_passages([]).shape == (0, 3)


def test_texts_of_all_lengths_keep_their_places(tmp_path: Path) -> None:
    encoder = load_encoder(str(make_model(tmp_path)))
    texts = [("cat " if number % 2 else "lorry ") * (1 + number * 37 % 300) for number in range(40)]
    found = encoder.encode_passages(texts)
    assert found[:, 0].tolist() == pytest.approx([number % 2 for number in range(40)])


def test_a_folder_of_the_hubs_form_is_read(tmp_path: Path) -> None:
    for number, weights in enumerate(WEIGHTS):
        encoder = load_encoder(str(make_model(tmp_path / str(number), weights=weights)))
        assert encoder.encode_queries(["kitten"]).argmax() == 0


def test_the_name_tells_other_weights_apart(tmp_path: Path) -> None:
    one, other = make_model(tmp_path / "a" / "tiny"), make_model(tmp_path / "b" / "tiny", size=4)
    assert load_encoder(str(one)).name.startswith("tiny:3:")
    assert load_encoder(str(other)).name.startswith("tiny:4:")
    name = load_encoder(str(one)).name
    assert load_encoder(str(one)).name == name
    note(one, "1_Pooling/config.json", pooling_mode_cls_token=True)
    assert load_encoder(str(one)).name != name


def test_questions_and_passages_are_marked_as_the_model_was_trained(tmp_path: Path) -> None:
    plain = make_model(tmp_path / "plain")
    assert usage_of(plain, "plain").query == ""
    assert usage_of(plain, "intfloat/multilingual-e5-base").query == "query: "
    assert usage_of(plain, "me5-like").passage == ""
    note(plain, "config_sentence_transformers.json", prompts={"query": "Q: ", "document": "D: "})
    assert (usage_of(plain, "plain").query, usage_of(plain, "plain").passage) == ("Q: ", "D: ")
    marked = load_encoder(str(make_model(tmp_path / "tiny-e5")))
    assert 0 < marked.encode_queries(["cat"])[0, 0] < 1


def test_the_first_token_stands_for_the_text_where_the_notes_say_so(tmp_path: Path) -> None:
    note(make_model(tmp_path), "1_Pooling/config.json", pooling_mode_cls_token=True)
    encoder = load_encoder(str(tmp_path))
    assert encoder.encode_queries(["cat lorry"])[0].tolist() == [1, 0, 0]


def test_a_passage_is_cut_where_the_model_ends(tmp_path: Path) -> None:
    note(make_model(tmp_path), "sentence_bert_config.json", max_seq_length=2)
    encoder = load_encoder(str(tmp_path))
    assert encoder.encode_passages(["cat cat lorry"])[0].tolist() == [1, 0, 0]
    note(tmp_path, "sentence_bert_config.json")
    note(tmp_path, "config.json", max_position_embeddings=514, model_type="xlm-roberta")
    assert usage_of(tmp_path, "any").tokens == 512


def test_half_a_letter_is_no_reason_to_fail(tmp_path: Path) -> None:
    encoder = load_encoder(str(make_model(tmp_path)))
    assert encoder.encode_queries(["\ud83d cat"]).shape == (1, 3)


def test_a_model_of_a_folder_finds_a_passage_without_a_common_word(tmp_path: Path) -> None:
    passages = [Passage("cat", "A kitten slept", "kitten"), Passage("car", "The lorry", "lorry")]
    ranker = Ranker(passages)
    ranker.use_meaning(meanings_of(load_encoder(str(make_model(tmp_path))), passages))
    assert ranker.rank("cat")[0].id == "cat"


def nothing(folder: Path) -> None:
    (folder / "model.onnx").unlink()


def no_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def cut_weights(folder: Path) -> None:
    whole = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(whole[: len(whole) // 2])


def empty_weights(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"")


def broken_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{", "utf-8")


def broken_note(folder: Path) -> None:
    (folder / "config.json").write_text("[]", "utf-8")


BREAKING = (nothing, no_tokenizer, cut_weights, empty_weights, broken_tokenizer, broken_note)


@pytest.mark.parametrize("spoil", BREAKING, ids=lambda spoil: spoil.__name__)
def test_a_broken_folder_is_one_sentence_that_names_the_setting(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(make_model(tmp_path))
    with pytest.raises(ModelNotLoadedError) as caught:
        load_encoder(str(tmp_path))
    message = str(caught.value)
    assert message.startswith(f"CLAIMBOT_MODEL={tmp_path} does not load: ")
    assert message.endswith("or to off.")
    assert "\n" not in message


@pytest.mark.parametrize("name", ["no/such/folder", "/nowhere", "two words"])
def test_what_is_neither_a_folder_nor_a_name_of_the_hub_is_not_looked_for(name: str) -> None:
    with pytest.raises(ModelNotLoadedError, match="no folder that is there"):
        load_encoder(name)


def test_the_hub_is_not_asked_where_that_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelNotLoadedError, match="the hub is not to be asked"):
        load_encoder("someone/tiny")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (ConnectionError("no route"), r"the hub cannot be reached \(no route\)"),
        (RepositoryNotFoundError.__new__(RepositoryNotFoundError), "the hub shows no such model"),
    ],
)
def test_a_hub_that_does_not_answer_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, answer: Exception, told: str
) -> None:
    asked: list[str] = []

    def ask(url: str, **_settings: object) -> None:
        asked.append(url)
        raise answer

    monkeypatch.setattr(f"{HUB}.get_hf_file_metadata", ask)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with pytest.raises(ModelNotLoadedError, match=told):
        load_encoder("tiny-model-of-nobody")
    assert len(asked) == 1
    assert "sentence-transformers/tiny-model-of-nobody" in asked[0]


def test_a_model_in_the_hubs_cache_needs_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "models--someone--tiny"
    make_model(kept / "snapshots" / "abc", weights="onnx/model.onnx")
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("abc", "utf-8")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    assert load_encoder("someone/tiny").name.startswith("someone/tiny:3:")


def test_a_model_of_the_hub_is_fetched_with_its_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(make_model(tmp_path, weights="onnx/model_quantized.onnx"), "config.json")
    asked: list[str] = []

    def download(repo: str, file: str, *, local_files_only: bool) -> str:
        if local_files_only:
            raise LocalEntryNotFoundError("nothing is kept")
        asked.append(f"{repo} {file}")
        if not (tmp_path / file).exists():
            raise EntryNotFoundError("no such file")
        return str(tmp_path / file)

    monkeypatch.setattr(f"{HUB}.hf_hub_download", download)
    monkeypatch.setattr(f"{HUB}.get_hf_file_metadata", lambda _url, **_settings: None)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    assert load_encoder("someone/tiny").name.startswith("someone/tiny:3:")
    assert asked[:2] == ["someone/tiny tokenizer.json", "someone/tiny config.json"]
    assert asked[-1] == "someone/tiny onnx/model_quantized.onnx"
    (tmp_path / "onnx" / "model_quantized.onnx").unlink()
    with pytest.raises(ModelNotLoadedError, match="it holds none of"):
        load_encoder("someone/tiny")


def test_a_setting_that_names_no_model_is_one_warning_and_words_serve(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "empty").mkdir()
    with (
        caplog.at_level(logging.WARNING),
        opened(tmp_path / "claims.db") as found,
        matching_by_meaning(found, str(tmp_path / "empty")),
    ):
        until(lambda: not is_loading())
        assert found.workspaces.shared.ranks.rank("sacks of grain")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "CLAIMBOT_MODEL" in caplog.text


def vectors_of(found: KnowledgeBase, name: str) -> int:
    return len(list(found.store.vectors(name)))


def test_another_model_than_before_makes_all_vectors_anew(tmp_path: Path) -> None:
    three, four = make_model(tmp_path / "3" / "tiny"), make_model(tmp_path / "4" / "tiny", size=4)
    old, new = (load_encoder(str(folder)).name for folder in (three, four))
    with opened(tmp_path / "claims.db") as found:
        claims = len(list(found.workspaces.passages()))
        with matching_by_meaning(found, str(three)):
            until(lambda: vectors_of(found, old) >= claims)
        until(lambda: not is_loading())
        with matching_by_meaning(found, str(four)):
            until(lambda: vectors_of(found, new) >= claims and not vectors_of(found, old))
        until(lambda: not is_loading())


def test_the_usual_model_of_the_settings_is_the_one_that_is_installed() -> None:
    assert Settings.model_fields["model"].default == DEFAULT_MODEL
