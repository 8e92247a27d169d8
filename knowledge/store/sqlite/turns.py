"""Turns in SQLite: a row for each thing, by the clock of the machine that the file is on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from sqlite3 import Connection
from time import time

from typing_extensions import override

from knowledge.store.turns import FARTHEST, LONGEST, Turns

Opening = Callable[[], AbstractContextManager[Connection]]


class SqliteTurns(Turns):
    """The turns in a file that several processes may share."""

    def __init__(self, changing: Opening) -> None:
        self._changing = changing

    @override
    def take(self, name: str, seconds: float) -> float:
        with self._changing() as db:
            now, noted = time(), _noted(db, f"turn: {name}")
            turn = max(now, min(float(noted), now + FARTHEST * seconds)) if noted else now
            _note(db, f"turn: {name}", str(turn + seconds))
        return turn - now

    @override
    def hold(self, name: str, holder: str, seconds: float) -> bool:
        with self._changing() as db:
            now, noted = time(), _noted(db, f"held: {name}")
            until, _, by = noted.partition(" ")
            if by not in {"", holder} and now < float(until) <= now + LONGEST:
                return False
            _note(db, f"held: {name}", f"{now + seconds} {holder}")
        return True


def _noted(db: Connection, key: str) -> str:
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return row[0] if row else ""


def _note(db: Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [key, value])
