"""Digests: what an answer rested on, small enough for the id of a button under it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import ClassVar, Self

from knowledge.contract import ClaimView, View
from knowledge.fairness import fairness


@dataclass(frozen=True, slots=True)
class AnswerDigest:
    """The revision of the database, and a digest of everything that was said.

    With an empty digest an answer compares equal to every other one.
    """

    PATTERN: ClassVar[str] = r"(?P<digest>[0-9a-f]+\.[0-9a-f]*)"

    revision: int
    digest: str = ""

    @classmethod
    def of(cls, revision: int, shown: Iterable[View]) -> Self:
        """Take the digest of what is shown, in whatever order and language it is."""
        recorded = (each.recorded if isinstance(each, ClaimView) else each for each in shown)
        texts = sorted({each.model_dump_json() for each in fairness.each(recorded)})
        digest = blake2s(digest_size=3)
        for number, text in enumerate(fairness.each(texts)):
            digest.update(f"\n{text}".encode() if number else text.encode())
        return cls(revision, digest.hexdigest())

    @classmethod
    def decode(cls, found: re.Match[str]) -> Self:
        """Read what `encode` wrote."""
        revision, _, digest = found["digest"].partition(".")
        return cls(int(revision, 16), digest)

    def encode(self) -> str:
        """Return the part of a custom id."""
        return f"{self.revision:x}.{self.digest}"

    def bare(self) -> "AnswerDigest":
        """Return the digest for a button to something that cannot be compared."""
        return AnswerDigest(self.revision)

    def changed(self, since: "AnswerDigest") -> bool:
        """Whether an older answer said something else."""
        told = bool(self.digest and since.digest)
        return told and self.digest != since.digest and self.revision != since.revision
