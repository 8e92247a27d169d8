"""The database of claims and its history: the only place that knows SQL."""

from knowledge.store.base import (
    Change,
    Conflict,
    Kept,
    Named,
    Refused,
    Store,
    StoreError,
    Report,
)
from knowledge.store.sqlite import CURATED, SqliteStore, open_store

__all__ = [
    "CURATED",
    "Change",
    "Conflict",
    "Kept",
    "Named",
    "Refused",
    "SqliteStore",
    "Store",
    "StoreError",
    "Report",
    "open_store",
]
