"""Meaning beside the running bot: a model loaded in the background, its vectors kept.

Words alone are matched until the model is there, and wherever it does not load.
"""

import atexit
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import islice
from queue import Empty, SimpleQueue
from secrets import token_hex
from threading import Event, Lock, Thread

import numpy as np

from knowledge.matching.encoding import Encoder, ModelNotLoadedError, Vectors, load_encoder
from knowledge.matching.retrieval.index import Passage
from knowledge.matching.retrieval.meanings import (
    KEY,
    WORDS_KEY,
    Meanings,
    TextVectors,
    encoded,
)
from knowledge.store import KeptVector, StoreError, VectorStore

OFF = "off"
"""Names no model: words alone are matched."""
THREAD = "meaning"
_BATCH = 256
"""Texts that are read at once, by one process: some three seconds of one core."""
_HELD_SECONDS = 30.0
"""How long other processes wait for one that makes vectors, and may have been killed (chosen by
eye: well beyond what a batch takes)."""
_AGAIN_SECONDS = 0.5
"""How often they look whether it is done (chosen by eye)."""
_LAST_SECONDS = 30.0
"""How long a process that ends waits for what is being loaded: some two seconds, or more where the
machine is busy (chosen by eye)."""
_DIGEST_BYTES = 16
_PACKED = np.dtype("<f2")
"""Half precision, as the vectors are held in memory."""

_log = logging.getLogger(__name__)


PlacedPassage = tuple[str | None, Passage]
"""A passage and the workspace that it is of; None is the shared base."""


class PlacedMeanings:
    """The vectors of each place apart, so that none is looked through for another."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lock = Lock()
        self._places: dict[str | None, Meanings] = {}
        self.texts = TextVectors()
        """The vectors of names and other texts that are no passages."""

    def of(self, place: str | None) -> Meanings:
        """Return the vectors of a place, none so far where nothing of it was encoded."""
        with self._lock:
            if place not in self._places:
                self._places[place] = Meanings(self._encoder, self._encoder.size, self.texts)
            return self._places[place]


class Understanding:
    """Makes and keeps the vectors of passages, in a thread of its own.

    A text that several places have is encoded once, and by one of several processes on a base: the
    others take what it keeps. The thread does not keep the process alive: what it had not kept is
    made again at the next start.
    """

    def __init__(
        self,
        keeping: VectorStore,
        passages: Callable[[], Iterable[PlacedPassage]],
        serve: Callable[[PlacedMeanings], None],
        load: Callable[[], Encoder] = load_encoder,
        *,
        most: int | None = None,
    ) -> None:
        """Prepare; with `most`, so many of the first passages without vectors get some at once.

        Then `passages` are not all there are, and what is kept of others stays.
        """
        self._keeping = keeping
        self._passages = passages
        self._serve = serve
        self._load = load
        self._most = most
        self._changed: SimpleQueue[Sequence[PlacedPassage]] = SimpleQueue()
        self._stopping = Event()
        self._ready = Event()
        self._writing = Lock()
        self._name = token_hex(8)
        self._held = self._waited = False
        """Whether other processes wait for this one, and whether it has waited for another."""
        self._thread = Thread(target=self._run, name=THREAD, daemon=True)

    def start(self) -> None:
        """Begin to load the model; `serve` is called from the thread when all is encoded.

        Where the interpreter ends meanwhile it waits for the thread: native code that a thread is
        in aborts a process that ends around it.
        """
        atexit.register(self._end)
        self._thread.start()

    def _end(self) -> None:
        self._stopping.set()
        self._changed.put(())
        self._thread.join(_LAST_SECONDS)

    def follow(self, changed: Iterable[PlacedPassage]) -> None:
        """Encode passages that are new or that changed; returns at once."""
        if found := list(changed):
            self._changed.put(found)

    def wait(self, seconds: float) -> bool:
        """Wait until the model serves, or cannot be loaded; tell whether it came to that."""
        return self._ready.wait(seconds)

    def stop(self) -> None:
        """Write nothing from now on: when this returns, the store may be closed."""
        if not self._thread.is_alive():
            atexit.unregister(self._end)
        with self._writing:
            self._stopping.set()
            self._let_go()
        self._changed.put(())

    def finished(self, wait: float) -> bool:
        """Wait for the end of the thread, `wait` seconds at most; tell whether it has ended."""
        self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._work()
        except Exception:
            # What was read from may be closed once this has been asked to stop.
            if not self._stopping.is_set():
                raise

    def _work(self) -> None:
        try:
            encoder = self._load()
        except ModelNotLoadedError as error:
            _log.warning("Questions are matched by their words alone: %s", error)
            self._ready.set()
            return
        if self._stopping.is_set():
            return
        meanings = PlacedMeanings(encoder)
        texts = _Texts.of(self._passages())
        wanted = list(texts.placed)
        self._take_kept(encoder, meanings, texts)
        self._encode(encoder, meanings, texts, self._most)
        if texts.placed:
            _log.info("%d claims have no sentence vectors yet", len(texts.placed))
        if not self._stopping.is_set():
            self._begin_to_serve(encoder, meanings, wanted)
        self._ready.set()
        while not self._stopping.is_set():
            self._encode(encoder, meanings, _Texts.of(self._changed.get()))

    def _begin_to_serve(
        self, encoder: Encoder, meanings: PlacedMeanings, wanted: Iterable[str]
    ) -> None:
        """Let the vectors be used, and forget those that are not `wanted` any more."""
        with self._alone():
            if self._waited:
                self._take_kept(encoder, meanings, _Texts({}))
            kept = _keys(meanings.texts)
            self._serve(meanings)
            self._keep_texts(encoder, meanings, kept)
            _log.info("Questions are matched by meaning too, with %s", encoder.name)
            if self._most is None:
                # What was added meanwhile may be kept already, by another process.
                came = [some for some in iter(self._next_changed, None) if some]
                texts = [digest_of(one) for some in came for _, one in some]
                every = {*wanted, *texts, *_keys(meanings.texts)}
                self._write(partial(self._keeping.prune_vectors, encoder.name, every))
                for some in came:
                    self._changed.put(some)

    def _next_changed(self) -> Sequence[PlacedPassage] | None:
        try:
            return self._changed.get_nowait()
        except Empty:
            return None

    def _take_kept(self, encoder: Encoder, meanings: PlacedMeanings, texts: "_Texts") -> None:
        """Take the vectors that are kept of texts; what is left has none."""
        size = encoder.size * _PACKED.itemsize
        try:
            for kept in self._keeping.vectors(encoder.name):
                if len(kept.digest) == WORDS_KEY and len(kept.vector) % encoder.size == 0:
                    words = np.frombuffer(kept.vector, dtype=np.int8)
                    meanings.texts.words[kept.digest] = words.reshape(-1, encoder.size)
                    continue
                if len(kept.vector) not in (size, 2 * size):
                    continue
                vectors = _unpacked(kept.vector, encoder.size)
                if kept.digest in texts.placed:
                    texts.settle(kept.digest, vectors, meanings)
                elif len(kept.digest) == KEY:
                    meanings.texts.whole[kept.digest] = vectors[0]
        except StoreError as error:
            _log.warning("The sentence vectors that are kept cannot be read: %s", error)

    def _keep_texts(self, encoder: Encoder, meanings: PlacedMeanings, kept: set[str]) -> None:
        """Keep the vectors of what is no passage: names of topics, and texts at large."""
        whole, words = dict(meanings.texts.whole), dict(meanings.texts.words)
        rows = [KeptVector(key, _packed(one)) for key, one in whole.items() if key not in kept]
        rows += [KeptVector(key, one.tobytes()) for key, one in words.items() if key not in kept]
        if rows:
            self._write(partial(self._keeping.keep_vectors, encoder.name, rows))

    def _encode(
        self,
        encoder: Encoder,
        meanings: PlacedMeanings,
        texts: "_Texts",
        most: int | None = None,
    ) -> None:
        rest = iter(texts.each()[:most])
        while (some := list(islice(rest, _BATCH))) and not self._stopping.is_set():
            with self._alone():
                self._take_made(encoder, meanings, texts, some)
                left = [one for one in some if digest_of(one) in texts.placed]
                for batch in encoded(encoder, left, _BATCH):
                    self._settle(encoder, meanings, texts, batch)

    def _settle(
        self,
        encoder: Encoder,
        meanings: PlacedMeanings,
        texts: "_Texts",
        made: Sequence[tuple[Passage, Vectors]],
    ) -> None:
        """Use vectors from now on, and keep them."""
        rows = [KeptVector(digest_of(one), _packed(vectors)) for one, vectors in made]
        for row, (_, vectors) in zip(rows, made, strict=True):
            texts.settle(row.digest, vectors, meanings)
        self._write(partial(self._keeping.keep_vectors, encoder.name, rows))

    def _take_made(
        self,
        encoder: Encoder,
        meanings: PlacedMeanings,
        texts: "_Texts",
        some: Sequence[Passage],
    ) -> None:
        """Take what another process has made of some texts meanwhile."""
        size = encoder.size * _PACKED.itemsize
        try:
            for kept in self._keeping.vectors_of(encoder.name, list(map(digest_of, some))):
                if len(kept.vector) in (size, 2 * size):
                    texts.settle(kept.digest, _unpacked(kept.vector, encoder.size), meanings)
        except StoreError as error:
            _log.warning("The sentence vectors that are kept cannot be read: %s", error)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other process makes vectors; a program that asks once waits for none."""
        while self._most is None and not self._holds():
            self._waited = True
            if self._stopping.wait(_AGAIN_SECONDS):
                break
        try:
            yield
        finally:
            with self._writing:
                if not self._stopping.is_set():
                    self._let_go()

    def _holds(self) -> bool:
        with self._writing:
            if not self._stopping.is_set():
                self._held = self._hold(_HELD_SECONDS)
            return self._held or self._stopping.is_set()

    def _let_go(self) -> None:
        if self._held:
            self._hold(0.0)
            self._held = False

    def _hold(self, seconds: float) -> bool:
        try:
            return self._keeping.turns.hold("vectors", self._name, seconds)
        except StoreError as error:
            # They are made here then, and made again where they cannot be kept.
            _log.warning("Whether another process makes sentence vectors is unknown: %s", error)
            return True

    def _write(self, work: Callable[[], None]) -> None:
        """Write unless asked to stop; vectors that cannot be written are made again next time."""
        with self._writing:
            if self._stopping.is_set():
                return
            try:
                work()
            except StoreError as error:
                _log.warning("Sentence vectors are not kept: %s", error)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts that have no vectors yet, by digest, with the passages that consist of each."""

    placed: dict[str, list[PlacedPassage]]

    @classmethod
    def of(cls, passages: Iterable[PlacedPassage]) -> "_Texts":
        found: dict[str, list[PlacedPassage]] = defaultdict(list)
        for place, passage in passages:
            found[digest_of(passage)].append((place, passage))
        return cls(dict(found))

    def each(self) -> list[Passage]:
        return [placed[0][1] for placed in self.placed.values()]

    def settle(self, digest: str, vectors: Vectors, meanings: PlacedMeanings) -> None:
        for place, passage in self.placed.pop(digest):
            meanings.of(place).set(passage.id, vectors)


def digest_of(passage: Passage) -> str:
    """Return the BLAKE2b digest of what a model reads of a passage."""
    read = f"{passage.text}\0{passage.title}".encode()
    return blake2b(read, digest_size=_DIGEST_BYTES).hexdigest()


def _keys(texts: TextVectors) -> set[str]:
    return {*texts.whole, *texts.words}


def _packed(vectors: Vectors) -> bytes:
    return vectors.astype(_PACKED).tobytes()


def _unpacked(raw: bytes, dimensions: int) -> Vectors:
    return np.frombuffer(raw, dtype=_PACKED).reshape(-1, dimensions).astype(np.float32)
