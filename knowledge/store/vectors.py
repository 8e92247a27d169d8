"""Sentence vectors beside the claims they were made from: one row a model and claim."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class KeptVector:
    """What a model made of a claim: the digest of the text it read, and the vector's bytes."""

    claim: str
    digest: str
    vector: bytes


def read_vectors(db: Database, model: str) -> Iterator[KeptVector]:
    """Go through what one model made, by the fingerprint that it was kept under."""
    rows = db.execute("SELECT claim, digest, vector FROM vectors WHERE model = ?", [model])
    for claim, digest, vector in rows:
        yield KeptVector(claim, digest, vector)


def write_vectors(db: Database, model: str, vectors: Iterable[KeptVector]) -> None:
    """Keep vectors of one model, in place of those it had made of the same claims."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO vectors (model, claim, digest, vector) VALUES (?, ?, ?, ?)",
        ((model, each.claim, each.digest, each.vector) for each in vectors),
    )


def prune_vectors(db: Database, model: str) -> None:
    """Forget what other models made, and the vectors of claims that are no longer there."""
    db.execute(
        "DELETE FROM vectors WHERE model <> ? OR claim NOT IN (SELECT id FROM claims)", [model]
    )
