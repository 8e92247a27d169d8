"""Words of a question beside those of the topics, each as it is meant where it stands."""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from knowledge.matching.questions.judging import MOST_TOPICS, Alignment, Sheets
from knowledge.matching.retrieval import Meanings, Parts, Spelled, TextVectors, Vectors
from tests.bases.making import claim, library, topic

SIZE, NEAR = 32, 0.8
AT_LARGE = {
    "asked": ["how many pears", "what of apples"],
    "names": ["Pears eaten", "Apples sold"],
    "claims": ["Pears were eaten.", "Some apples were sold."],
}


class ByWord:
    """An encoder to which a word means the same everywhere, beside what all of them share."""

    name, size = "by-word:32", SIZE

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """A vector of each word, and the sum of them; remembers what was read."""
        self.read.append(text)
        each = np.array([_vector(word) for word in words], dtype=np.float32).reshape(-1, SIZE)
        whole = each.sum(axis=0) + float(asked)
        return Parts(
            np.stack([whole / max(float(np.linalg.norm(whole)), 1e-9)] * (1 + len(words))), each
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions."""
        return np.concatenate([self.encode_parts(text, text.split()).texts[:1] for text in texts])

    encode_passages = encode_queries


def _vector(word: str) -> Vectors:
    own = np.random.default_rng(crc32(word.lower().encode())).normal(size=SIZE)
    return (own + 5).astype(np.float32)


def aligned(folder: Path, count: int = 2) -> tuple[Alignment, ByWord]:
    wells = topic("wells", title="Wells dug", aliases=("boreholes",))
    dams = topic("dams", title="Dams built", description="Walls across rivers")
    more = [topic(f"more{at}", title=f"Matter {at}") for at in range(count - 2)]
    encoder = ByWord()
    with library(folder / "claims.db", wells, dams, *more, claim("one", "7")) as shelf:
        sheets = Sheets(shelf)
        return Alignment(Meanings(encoder, SIZE), sheets, AT_LARGE), encoder


def test_a_word_is_nearest_to_the_topic_that_has_it(tmp_path: Path) -> None:
    alignment, encoder = aligned(tmp_path)
    words = encoder.encode_parts("", ["boreholes", "rivers", "dug"]).words
    found = alignment.held(words, np.zeros(2))
    dams, wells = found.nearest[:, 0], found.nearest[:, 1]
    assert (wells[[0, 2]] > NEAR).all()
    assert (dams[[0, 2]] < NEAR).all()
    assert dams[1] > NEAR > wells[1]
    assert found.above[0, 1] > found.above[0, 0]
    assert found.spelled[1] > NEAR > found.spelled[0]


def test_in_a_large_base_the_nearest_topics_are_held_against_each_word(tmp_path: Path) -> None:
    count = MOST_TOPICS + 20
    alignment, encoder = aligned(tmp_path, count)
    words = encoder.encode_parts("", ["boreholes"]).words
    nearness = np.zeros(count)
    nearness[-1] = 1.0  # of all topics by their ids, the wells come last
    found = alignment.held(words, nearness)
    assert found.nearest[0].argmax() == count - 1
    assert found.nearest[0, -1] > NEAR
    assert (found.nearest[0, MOST_TOPICS:-1] == found.nearest[0].min()).all()


def test_a_question_without_words_is_near_nothing(tmp_path: Path) -> None:
    alignment, _ = aligned(tmp_path)
    found = alignment.held(np.zeros((0, SIZE), dtype=np.float32), np.zeros(2))
    assert found.nearest.shape == (0, 2)
    assert not found.spelled.any()


def test_words_that_an_encoder_tells_nothing_of_are_near_nothing(tmp_path: Path) -> None:
    alignment, _ = aligned(tmp_path)
    found = alignment.held(np.zeros((3, SIZE), dtype=np.float32), np.zeros(2))
    assert not found.nearest.any()
    assert np.isfinite(found.above).all()


def test_a_text_is_read_once() -> None:
    encoder, texts = ByWord(), TextVectors()
    wanted = [Spelled("Wells dug", ("Wells", "dug")), Spelled("", ())]
    for _ in range(2):
        meanings = Meanings(encoder, SIZE, texts)
        middle = meanings.middle_of([Spelled("how many", ("how", "many"))], asked=True)
        words = meanings.encode_words(wanted, middle)
    assert [len(one) for one in words] == [2, 0]
    assert sorted(encoder.read) == ["", "Wells dug", "how many"]
