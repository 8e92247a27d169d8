"""Turns in PostgreSQL: a row for each thing, changed by one statement, by the server's clock."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from psycopg import Connection
from typing_extensions import override

from knowledge.store.turns import FARTHEST, LONGEST, Turns

_NOW = "extract(epoch FROM clock_timestamp())::float8"
_TAKE = f"""
INSERT INTO meta (key, value) VALUES (%(key)s, ({_NOW} + %(seconds)s)::text)
ON CONFLICT (key) DO UPDATE SET value = (%(seconds)s + greatest(
    {_NOW}, least(meta.value::float8, {_NOW} + {FARTHEST} * %(seconds)s)
))::text
RETURNING greatest(0, value::float8 - %(seconds)s - {_NOW})
"""  # noqa: S608 - own names
_HOLD = f"""
INSERT INTO meta (key, value) VALUES (%(key)s, ({_NOW} + %(seconds)s)::text || ' ' || %(holder)s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value
WHERE split_part(meta.value, ' ', 2) = %(holder)s
OR split_part(meta.value, ' ', 1)::float8 NOT BETWEEN {_NOW} AND {_NOW} + {LONGEST}
"""  # noqa: S608 - own names

Opening = Callable[[], AbstractContextManager[Connection]]


class PostgresqlTurns(Turns):
    """The turns of a database that several processes share."""

    def __init__(self, changing: Opening) -> None:
        """Take what lends a connection on which every statement stands for itself."""
        self._changing = changing

    @override
    def take(self, name: str, seconds: float) -> float:
        with self._changing() as db:
            row = db.execute(_TAKE, {"key": f"turn: {name}", "seconds": seconds}).fetchone()
        return float(row[0]) if row else 0.0

    @override
    def hold(self, name: str, holder: str, seconds: float) -> bool:
        given = {"key": f"held: {name}", "holder": holder, "seconds": seconds}
        with self._changing() as db:
            return bool(db.execute(_HOLD, given).rowcount)
