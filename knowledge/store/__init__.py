"""The database of claims and its history: the only place that knows SQL."""

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
from knowledge.store.sqlite.backup import check_backup, restore
from knowledge.store.sqlite.store import CURATED, SqliteStore, open_store
from knowledge.store.vectors import KeptVector
from knowledge.store.watches import Sending, Watch, Watches

__all__ = [
    "CURATED",
    "Change",
    "Conflict",
    "Kept",
    "KeptVector",
    "Named",
    "Placed",
    "Plan",
    "Progress",
    "Refused",
    "Report",
    "Sending",
    "SqliteStore",
    "Store",
    "StoreError",
    "Watch",
    "Watches",
    "Written",
    "check_backup",
    "open_store",
    "restore",
]
