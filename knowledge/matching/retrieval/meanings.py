"""The vectors of passages: making them, holding them, and finding the nearest."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from threading import RLock
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.encoding import Encoder, Parts, Vectors
from knowledge.matching.retrieval.index import Passage

# Above this many passages a scan of all vectors takes longer than encoding the question. Then the
# vectors only rerank what the words have found.
SCAN_LIMIT = 150_000
KEY, WORDS_KEY = 40, 42
"""Letters of a key of a text, and of one of its words."""
_FINEST = 127
"""Steps of a number in eight bits, either side of nought."""

Words = NDArray[np.int8]
"""The words of a text where they stand, rounded to eight bits; shape (words, size)."""


class Spelled(NamedTuple):
    """A text, and the words in it, one after the other."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextVectors:
    """The vectors of names and other texts that are no passages, by a digest of each."""

    whole: dict[str, Vectors] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)


class QuestionEncoder(Protocol):
    """What of `Encoder` a search needs."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions; shape (len(texts), size)."""

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """What a question, or with `asked=False` a passage, and each of its words mean."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of what questions are asked about; shape (len(texts), size)."""


class Meanings:
    """The vectors of passages by id, and the encoder of questions that go with them.

    Each passage has a vector for its text and one for its title (the text's again where there is
    no title). Safe to use from several threads.
    """

    def __init__(
        self, encoder: QuestionEncoder, size: int, texts: TextVectors | None = None
    ) -> None:
        """Begin with none; `texts` are the vectors of what is no passage."""
        self._encoder = encoder
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        # Half precision for the pairs; the scan wants whole single-precision rows.
        self._pairs = np.zeros((16, 2, size), dtype=np.float16)
        self._sums = np.zeros((16, size), dtype=np.float32)
        self._texts = TextVectors() if texts is None else texts
        self._asked: tuple[str, Vectors | None] = ("", None)
        self._lock = RLock()
        self.version = 0
        """Another number whenever the vectors of a passage have changed."""

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, passage_id: object) -> bool:
        return passage_id in self._rows

    def set(self, passage_id: str, vectors: Vectors) -> None:
        """Keep the unit vectors of a passage, in place of any it had; shape (1 or 2, size).

        The first is of its text, the second of its title.
        """
        with self._lock:
            row = self._rows.get(passage_id)
            if row is None:
                row = self._rows[passage_id] = len(self._ids)
                self._ids.append(passage_id)
                self._grow()
            self.version += 1
            self._pairs[row] = vectors
            self._sums[row] = self._pairs[row].astype(np.float32).sum(axis=0)

    def remove(self, passage_id: str) -> None:
        """Forget a passage; one that is not there is no error."""
        with self._lock:
            row = self._rows.pop(passage_id, None)
            if row is None:
                return
            self.version += 1
            last = self._ids.pop()
            if last != passage_id:
                self._ids[row], self._rows[last] = last, row
                self._pairs[row] = self._pairs[len(self._ids)]
                self._sums[row] = self._sums[len(self._ids)]

    def _grow(self) -> None:
        if len(self._ids) > len(self._sums):
            self._pairs = np.concatenate((self._pairs, np.zeros_like(self._pairs)))
            self._sums = np.concatenate((self._sums, np.zeros_like(self._sums)))

    def encode_question(self, sentence: str) -> Vectors:
        """The unit vector of one question; shape (size,). The last one is at hand."""
        text, vector = self._asked
        if vector is None or text != sentence:
            vector = self._encoder.encode_queries([sentence])[0]
        return vector

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions; shape (len(texts), size)."""
        return self._encoder.encode_queries(texts)

    def encode_parts(self, text: str, words: Sequence[str]) -> Parts:
        """What a question and each of its words mean."""
        parts = self._encoder.encode_parts(text, words)
        self._asked = text, parts.texts[0]
        return parts

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of what questions are held against; each text is encoded once."""
        known = self._texts.whole
        keys = [key_of(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            vectors = self._encoder.encode_passages(list(missing.values()))
            known.update(zip(missing, vectors, strict=True))
        found = [known[key] for key in keys]
        return np.array(found, dtype=np.float32).reshape(len(found), self._sums.shape[1])

    def middle_of(self, texts: Sequence[Spelled], *, asked: bool) -> Vectors:
        """The mean of all words of some texts, which are encoded once; shape (size,)."""
        key = key_of("\0".join((str(asked), *(text for text, _ in texts))))
        if key not in self._texts.whole:
            found = [self._encoder.encode_parts(*text, asked=asked).words for text in texts]
            middle = np.concatenate(found).mean(axis=0)
            # In half precision, as it is kept: what is reckoned from it has to come out the same.
            self._texts.whole[key] = middle.astype(np.float16).astype(np.float32)
        return self._texts.whole[key]

    def encode_words(self, texts: Sequence[Spelled], middle: Vectors) -> list[Words]:
        """What the words of passages mean, less a middle; each text is encoded once."""
        base = blake2b(middle.astype(np.float16).tobytes()).hexdigest()
        found = []
        for text in texts:
            key = key_of("\0".join((base, text.text, *text.words)), WORDS_KEY)
            if key not in self._texts.words:
                parts = self._encoder.encode_parts(*text, asked=False)
                self._texts.words[key] = rounded(less(parts.words, middle))
                self._texts.whole.setdefault(key_of(text.text), parts.texts[0])
            found.append(self._texts.words[key])
        return found

    def vectors_of(self, ids: Sequence[str]) -> tuple[list[int], Vectors]:
        """Places of the ids that have a vector, and the vectors of their texts."""
        with self._lock:
            known = [place for place, found in enumerate(ids) if found in self._rows]
            rows = [self._rows[ids[place]] for place in known]
            return known, self._pairs[rows, 0].astype(np.float32)

    def nearest(self, vector: Vectors, limit: int, among: Container[str]) -> list[str]:
        """Ids `among` those asked for with the highest sum of both cosines, best first.

        None above `SCAN_LIMIT`.
        """
        with self._lock:
            count = len(self._ids)
            if not 0 < count <= SCAN_LIMIT:
                return []
            sums = self._sums[:count] @ vector
            some = min(limit, count)
            while True:
                best = np.argpartition(-sums, some - 1)[:some]
                ordered = (self._ids[row] for row in best[np.argsort(-sums[best])])
                found = [passage_id for passage_id in ordered if passage_id in among]
                if len(found) >= limit or some == count:
                    return found[:limit]
                some = min(8 * some, count)

    def cosines(self, vector: Vectors, ids: list[str]) -> Vectors:
        """Cosines with the text and the title of each id; NaN where it has no vectors."""
        with self._lock:
            out = np.full((len(ids), 2), np.nan, dtype=np.float32)
            known = [place for place, found in enumerate(ids) if found in self._rows]
            if known:
                rows = [self._rows[ids[place]] for place in known]
                out[known] = self._pairs[rows].astype(np.float32) @ vector
            return out


def key_of(text: str, letters: int = KEY) -> str:
    """Return the key of a text that is no passage: a digest of another length than theirs."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=letters // 2).hexdigest()


def less(words: Vectors, middle: Vectors) -> Vectors:
    """Unit vectors of words, seen from a middle; what is not known of a word stays nought."""
    apart = np.where(words.any(axis=1, keepdims=True), words - middle, 0)
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    scaled: Vectors = (apart / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def rounded(vectors: Vectors) -> Words:
    """Unit vectors in eight bits a number: a quarter of the room, cosines to a thousandth."""
    return np.rint(vectors * _FINEST).astype(np.int8)


def exact(words: Sequence[Words]) -> Vectors:
    """The vectors of words, one below the other, as they were before they were rounded."""
    return np.concatenate(words).astype(np.float32) / np.float32(_FINEST)


def encoded(
    encoder: Encoder, passages: Iterable[Passage], batch: int = 256
) -> Iterator[list[tuple[Passage, Vectors]]]:
    """Yield passages with their vectors, a batch at a time, as `Meanings.set` takes them."""
    rest = iter(passages)
    while some := list(islice(rest, batch)):
        titled = [passage.title for passage in some if passage.title]
        vectors = encoder.encode_passages([passage.text for passage in some] + titled)
        titles = iter(vectors[len(some) :])
        yield [
            (passage, np.stack((vector, next(titles))) if passage.title else vector[np.newaxis])
            for passage, vector in zip(some, vectors[: len(some)], strict=True)
        ]


def meanings_of(
    encoder: Encoder,
    passages: Sequence[Passage],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    texts: TextVectors | None = None,
) -> Meanings:
    """Encode passages and hold their vectors; `progress` hears how many of how many are done.

    `texts` has what was read before of names and other texts that are no passages.
    """
    meanings = Meanings(encoder, encoder.size, texts)
    for some in encoded(encoder, passages):
        for passage, vectors in some:
            meanings.set(passage.id, vectors)
        progress(len(meanings), len(passages))
    return meanings
