"""The database of claims and its history: the only place that knows SQL."""

from knowledge.store.backup import check_backup, restore
from knowledge.store.base import (
    Change,
    Conflict,
    Kept,
    Named,
    Placed,
    Plan,
    Progress,
    Refused,
    Report,
    Store,
    StoreError,
    Written,
)
from knowledge.store.sqlite import CURATED, SqliteStore, open_store

__all__ = [
    "CURATED",
    "Change",
    "Conflict",
    "Kept",
    "Named",
    "Placed",
    "Plan",
    "Progress",
    "Refused",
    "Report",
    "SqliteStore",
    "Store",
    "StoreError",
    "Written",
    "check_backup",
    "open_store",
    "restore",
]
