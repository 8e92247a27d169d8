"""Meaning beside the running bot: a model loaded in the background, its vectors kept.

Words alone are matched until the model is there, and wherever it does not load.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import blake2b
from queue import SimpleQueue
from threading import Event, Lock, Thread

import numpy as np

from knowledge.matching.retrieval.encoder import (
    Encoder,
    ModelNotLoadedError,
    Vectors,
    load_encoder,
)
from knowledge.matching.retrieval.index import Passage
from knowledge.matching.retrieval.meanings import Meanings, encoded
from knowledge.store import TEXT, KeptVector, StoreError, VectorStore

OFF = "off"
"""Names no model: words alone are matched."""
THREAD = "meaning"
_DIGEST_BYTES = 16
_PACKED = np.dtype("<f2")
"""Half precision, as the vectors are held in memory."""

_log = logging.getLogger(__name__)


class Understanding:
    """Makes and keeps the vectors of passages, in a thread of its own.

    The thread does not keep the process alive: what it had not kept is made again at the next
    start.
    """

    def __init__(
        self,
        keeping: VectorStore,
        passages: Callable[[], Iterable[Passage]],
        serve: Callable[[Meanings], None],
        load: Callable[[], Encoder] = load_encoder,
    ) -> None:
        self._keeping = keeping
        self._passages = passages
        self._serve = serve
        self._load = load
        self._changed: SimpleQueue[Sequence[Passage]] = SimpleQueue()
        self._stopping = Event()
        self._ready = Event()
        self._writing = Lock()
        self._thread = Thread(target=self._run, name=THREAD, daemon=True)

    def start(self) -> None:
        """Begin to load the model; `serve` is called from the thread when all is encoded."""
        self._thread.start()

    def follow(self, changed: Iterable[Passage]) -> None:
        """Encode passages that are new or that changed; returns at once."""
        if found := list(changed):
            self._changed.put(found)

    def wait(self, seconds: float) -> bool:
        """Wait until the model serves, or cannot be loaded; tell whether it came to that."""
        return self._ready.wait(seconds)

    def stop(self) -> None:
        """Write nothing from now on: when this returns, the store may be closed."""
        with self._writing:
            self._stopping.set()
        self._changed.put(())

    def finished(self, wait: float) -> bool:
        """Wait for the end of the thread, `wait` seconds at most; tell whether it has ended."""
        self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            encoder = self._load()
        except ModelNotLoadedError as error:
            _log.warning("Questions are matched by their words alone: %s", error)
            self._ready.set()
            return
        meanings = Meanings(encoder, encoder.size)
        self._encode(encoder, meanings, self._missing(encoder, meanings))
        if not self._stopping.is_set():
            self._serve(meanings)
            self._keep_texts(encoder, meanings)
            _log.info("Questions are matched by meaning too, with %s", encoder.name)
            self._write(partial(self._keeping.prune_vectors, encoder.name))
        self._ready.set()
        while not self._stopping.is_set():
            self._encode(encoder, meanings, self._changed.get())

    def _missing(self, encoder: Encoder, meanings: Meanings) -> Iterable[Passage]:
        """Take the vectors that are kept; return the passages that have none of their text."""
        missing = {passage.id: passage for passage in self._passages()}
        size = encoder.size * _PACKED.itemsize
        sizes = (size, 2 * size)
        try:
            for kept in self._keeping.vectors(encoder.name):
                if kept.claim.startswith(TEXT) and len(kept.vector) == size:
                    meanings.know_text(kept.claim, _unpacked(kept.vector, encoder.size)[0])
                passage = missing.get(kept.claim)
                if passage is None or kept.digest != digest_of(passage):
                    continue
                if len(kept.vector) in sizes:
                    meanings.set(passage.id, _unpacked(kept.vector, encoder.size))
                    del missing[passage.id]
        except StoreError as error:
            _log.warning("The sentence vectors that are kept cannot be read: %s", error)
        return missing.values()

    def _keep_texts(self, encoder: Encoder, meanings: Meanings) -> None:
        """Keep the vectors of what is no claim: names of topics, and texts at large."""
        rows = [KeptVector(key, "", _packed(vector)) for key, vector in meanings.new_texts()]
        if rows:
            self._write(partial(self._keeping.keep_vectors, encoder.name, rows))

    def _encode(self, encoder: Encoder, meanings: Meanings, passages: Iterable[Passage]) -> None:
        for some in encoded(encoder, passages):
            for passage, vectors in some:
                meanings.set(passage.id, vectors)
            rows = [KeptVector(one.id, digest_of(one), _packed(vectors)) for one, vectors in some]
            self._write(partial(self._keeping.keep_vectors, encoder.name, rows))
            if self._stopping.is_set():
                return

    def _write(self, work: Callable[[], None]) -> None:
        """Write unless asked to stop; vectors that cannot be written are made again next time."""
        with self._writing:
            if self._stopping.is_set():
                return
            try:
                work()
            except StoreError as error:
                _log.warning("Sentence vectors are not kept: %s", error)


def digest_of(passage: Passage) -> str:
    """Return the BLAKE2b digest of what a model reads of a passage."""
    read = f"{passage.text}\0{passage.title}".encode()
    return blake2b(read, digest_size=_DIGEST_BYTES).hexdigest()


def _packed(vectors: Vectors) -> bytes:
    return vectors.astype(_PACKED).tobytes()


def _unpacked(raw: bytes, dimensions: int) -> Vectors:
    return np.frombuffer(raw, dtype=_PACKED).reshape(-1, dimensions).astype(np.float32)
