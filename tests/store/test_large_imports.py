"""What a large import costs on a server: as much for each row, however many there are."""

from contextlib import closing

from knowledge.model import AnyRecord, Claim
from knowledge.store import ServerAddress, Where, open_store
from knowledge.store.postgresql.opening import connect
from knowledge.store.postgresql.reads import PostgresqlWrites
from knowledge.store.postgresql.session import PostgresqlSession
from knowledge.store.rows import rows_of
from tests.bases.engines import on_postgresql
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_postgresql
KEPT_AFTER = 8
"""Small changes after which the server keeps its plan of looking up what rows refer to."""
MANY = 1_000
LOOKED_AT = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"


def test_what_rows_refer_to_is_looked_up_by_its_key(where: Where) -> None:
    assert isinstance(where, ServerAddress)
    with closing(open_store(where)) as store, store.change("test", "to begin with") as change:
        change.put_all([topic(), asserter(), source()])
    with connect(where, wait=1.0) as db:

        def write(*claims: AnyRecord) -> None:
            PostgresqlWrites(PostgresqlSession(db)).write(
                Claim, rows_of(Claim, claims, None), None, ()
            )

        for number in range(KEPT_AFTER):
            write(claim(f"one-{number}"))
        with db.transaction():
            write(*(claim(f"many-{number}") for number in range(MANY)))
            (row,) = db.execute(f"{LOOKED_AT} WHERE relname = 'claims'")
    assert row[0] < 3 * MANY
