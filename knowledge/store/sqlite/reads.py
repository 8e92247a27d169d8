"""What SQLite reads in its own way."""

from collections.abc import Iterator

from typing_extensions import override

from knowledge.store.reads import SPOKEN, SqlReads, SqlWrites
from knowledge.store.rows import chain, column


class SqliteReads(SqlReads):
    """Reads through one session, which the caller keeps to one thread."""

    _STATUS_AFTER = "json_extract(after, '$.status')"

    @override
    def carried(self, workspace: str | None) -> Iterator[tuple[str, str, str]]:
        # Joined here: SQLite would look each claim up by itself, which takes thrice as long.
        place = column(workspace)
        spoken = f"SELECT id, asserter FROM claims WHERE workspace = ? AND {SPOKEN}"  # noqa: S608 - own names
        asserters: dict[str, str] = dict(self._db.stream(spoken, place))
        cited = self._db.stream(
            "SELECT claim, source, via FROM citations WHERE workspace = ?", place
        )
        found: dict[tuple[str, str, str], None] = {}
        for claim, source, via in cited:
            if asserter := asserters.get(claim):
                found["source", source, asserter] = None
                for outlet in chain(via):
                    found["via", outlet, asserter] = None
        yield from found


class SqliteWrites(SqliteReads, SqlWrites):
    """Writes inside a transaction that the engine opens and ends."""
