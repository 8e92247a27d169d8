"""The database of claims and its history: the only place that knows SQL."""

from knowledge.store.base import (
    Change,
    Conflict,
    Kept,
    Named,
    Refused,
    Report,
    Store,
    StoreError,
)
from knowledge.store.sqlite import CURATED, SqliteStore, open_store

__all__ = [
    "CURATED",
    "Change",
    "Conflict",
    "Kept",
    "Named",
    "Refused",
    "Report",
    "SqliteStore",
    "Store",
    "StoreError",
    "open_store",
]
