"""The database of claims and its history: the rules above, an engine of SQL below."""

from knowledge.store.address import BadAddress, ServerAddress, Where, where_of
from knowledge.store.asked import Asked, AskedInVain
from knowledge.store.base import (
    SHIPPED,
    Altered,
    Change,
    Conflict,
    HandedOver,
    Kept,
    Named,
    Placed,
    Prepared,
    Preview,
    Progress,
    Quota,
    Refused,
    Report,
    Store,
    StoreError,
    Unsure,
    Written,
)
from knowledge.store.engine import Outline, Taken, Which
from knowledge.store.files import written_aside
from knowledge.store.ledger import Alter, Ledger, LedgerEntry
from knowledge.store.moving import Copied, copy_base
from knowledge.store.opening import open_store, restore
from knowledge.store.rules.store import CURATED
from knowledge.store.session import News
from knowledge.store.sqlite.backup import check_backup
from knowledge.store.turns import Turns
from knowledge.store.vectors import KeptVector, VectorStore
from knowledge.store.watches import Sending, Watch, Watches

__all__ = [
    "CURATED",
    "SHIPPED",
    "Alter",
    "Altered",
    "Asked",
    "AskedInVain",
    "BadAddress",
    "Change",
    "Conflict",
    "Copied",
    "HandedOver",
    "Kept",
    "KeptVector",
    "Ledger",
    "LedgerEntry",
    "Named",
    "News",
    "Outline",
    "Placed",
    "Prepared",
    "Preview",
    "Progress",
    "Quota",
    "Refused",
    "Report",
    "Sending",
    "ServerAddress",
    "Store",
    "StoreError",
    "Taken",
    "Turns",
    "Unsure",
    "VectorStore",
    "Watch",
    "Watches",
    "Where",
    "Which",
    "Written",
    "check_backup",
    "copy_base",
    "open_store",
    "restore",
    "where_of",
    "written_aside",
]
