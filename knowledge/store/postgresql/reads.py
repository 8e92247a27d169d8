"""What PostgreSQL reads and writes in its own way."""

from collections.abc import Iterable, Iterator

from typing_extensions import override

from knowledge.store.engine import Cells
from knowledge.store.reads import SPOKEN, SqlReads, SqlWrites
from knowledge.store.rows import chain, column

_CARRIED = f"""
WITH spoken AS (
    SELECT asserter, source, via FROM claims
    JOIN citations ON citations.workspace = claims.workspace AND claim = id
    WHERE claims.workspace = ? AND {SPOKEN}
)
SELECT DISTINCT 'source', source, asserter FROM spoken
UNION ALL SELECT DISTINCT 'chain', via::text, asserter FROM spoken WHERE via::text <> '[]'
"""  # noqa: S608 - own names
_COUNT_ON = """
SELECT setval(pg_get_serial_sequence('watches', 'id'), coalesce(max(id), 0) + 1, false) FROM watches
"""


class PostgresqlReads(SqlReads):
    """Reads through one session, which the caller keeps to one thread."""

    _STATUS_AFTER = "after ->> 'status'"

    @override
    def carried(self, workspace: str | None) -> Iterator[tuple[str, str, str]]:
        found: dict[tuple[str, str, str], None] = {}
        for how, carrier, asserter in self._db.stream(_CARRIED, column(workspace)):
            for outlet in chain(carrier) if how == "chain" else (carrier,):
                found["via" if how == "chain" else "source", outlet, asserter] = None
        yield from found


class PostgresqlWrites(PostgresqlReads, SqlWrites):
    """Writes inside a transaction that the engine opens and ends."""

    @override
    def fill(self, table: str, rows: Iterable[Cells]) -> int:
        count = super().fill(table, rows)
        if table == "watches":
            # Those that are added later are counted on from these.
            self._db.alter(_COUNT_ON)
        return count
