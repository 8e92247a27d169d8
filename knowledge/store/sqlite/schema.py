"""The tables, as numbered migrations. What is applied is never edited, only added to."""

import json
from hashlib import sha256
from sqlite3 import Connection
from uuid import uuid4

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

from knowledge.records import canonical_json
from knowledge.store.sqlite.header import APPLICATION_ID, VERSION

migrations = Migrations("claimbot")


@migrations()
def m001_records(db: Database) -> None:
    """Create the tables of the records. Lists of words are JSON arrays."""
    db.table("topics").create(
        {
            "id": str,
            "title": str,
            "unit": str,
            "measure": str,
            "description": str,
            "command": str,
            "aliases": str,
            "terms": str,
            "parties": str,
            "places": str,
        },
        pk="id",
        not_null={"id", "title", "measure", "description", "aliases", "terms", "parties", "places"},
        strict=True,
    )
    db.table("asserters").create(
        {
            "id": str,
            "person": str,
            "role": str,
            "organisation": str,
            "country": str,
            "aliases": str,
        },
        pk="id",
        not_null={"id", "aliases"},
        strict=True,
    )
    db.table("sources").create(
        {
            "id": str,
            "publisher": str,
            "publisher_basis": str,
            "title": str,
            "title_basis": str,
            "published_on": str,
            "date_basis": str,
            "date_reason": str,
            "url": str,
            "archive_url": str,
            "opening": str,
        },
        pk="id",
        not_null={"id", "publisher", "publisher_basis", "title", "title_basis", "date_basis"},
        strict=True,
    )


@migrations()
def m002_claims(db: Database) -> None:
    """Create the tables of the claims, their citations and the relations between them."""
    db.table("claims").create(
        {
            "id": str,
            "topic": str,
            "asserter": str,
            "statement": str,
            "low": float,
            "high": float,
            "relation": str,
            "as_worded": str,
            "asserted_on": str,
            "period": str,
            "assumption": str,
            "origin": str,
            "status": str,
            "note": str,
        },
        pk="id",
        not_null={"id", "topic", "asserter", "statement", "asserted_on", "origin", "status"},
        foreign_keys=[_reference("claims", "topic"), _reference("claims", "asserter")],
        strict=True,
    )
    db.table("claims").create_index(["topic"])
    db.table("citations").create(
        {
            "claim": str,
            "position": int,
            "source": str,
            "via": str,
            "paragraph": int,
            "fingerprint": str,
            "as_worded": str,
        },
        pk=("claim", "position"),
        not_null={"claim", "position", "source", "via", "paragraph", "fingerprint"},
        foreign_keys=[_reference("citations", "claim"), _reference("citations", "source")],
        strict=True,
    )
    db.table("citations").create_index(["source"])
    db.table("relations").create(
        {"claim": str, "position": int, "kind": str, "to_claim": str, "to_topic": str},
        pk=("claim", "position"),
        not_null={"claim", "position", "kind"},
        foreign_keys=[
            _reference("relations", "claim"),
            ForeignKey("relations", "to_claim", "claims", "id"),
            ForeignKey("relations", "to_topic", "topics", "id"),
        ],
        strict=True,
    )
    db.table("relations").create_index(["to_claim"])


@migrations()
def m003_history(db: Database) -> None:
    """Create the history, the digests of the shipped records, and what the file says of itself."""
    db.table("revisions").create(
        {
            "number": int,
            "at": str,
            "who": str,
            "why": str,
            "kind": str,
            "record": str,
            "before": str,
            "after": str,
            "previous": str,
            "seal": str,
        },
        pk="number",
        not_null={"number", "at", "who", "why", "kind", "record", "previous", "seal"},
        strict=True,
    )
    db.table("revisions").create_index(["kind", "record", "number"])
    db.table("shipped").create(
        {"kind": str, "id": str, "digest": str, "present": int},
        pk=("kind", "id"),
        not_null={"kind", "id", "digest", "present"},
        strict=True,
    )
    db.table("meta").create({"key": str, "value": str}, pk="key", not_null={"value"}, strict=True)
    db.table("meta").insert({"key": "database", "value": str(uuid4())})
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@migrations()
def m004_workspaces(db: Database) -> None:
    """Place records and revisions: null is the shared base. A citation may lack a fingerprint."""
    for table in ("topics", "asserters", "sources", "claims", "revisions"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN workspace TEXT")
        db.execute(
            f"CREATE INDEX {table}_workspace ON {table} (workspace) WHERE workspace IS NOT NULL"
        )
    db.table("citations").transform(not_null={"fingerprint": False})


@migrations()
def m005_vectors(db: Database) -> None:
    """Create the table of sentence vectors: made from the claims, and no part of their history."""
    db.table("vectors").create(
        {"model": str, "claim": str, "digest": str, "vector": bytes},
        pk=("model", "claim"),
        not_null={"model", "claim", "digest", "vector"},
        strict=True,
    )


@migrations()
def m006_watches(db: Database) -> None:
    """Create the table of watches: who is told of what, and no part of the claims' history."""
    db.execute(
        """
        CREATE TABLE watches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guild INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            topic TEXT NOT NULL,
            told TEXT NOT NULL,
            revision INTEGER NOT NULL,
            sending TEXT,
            sending_revision INTEGER,
            nonce TEXT,
            since REAL,
            UNIQUE (guild, channel, topic)
        ) STRICT
        """
    )


@migrations()
def m007_what_a_figure_is(db: Database) -> None:
    """Give topics dimensions, and claims what narrows them, their kind, rating and interval."""
    db.execute("ALTER TABLE topics ADD COLUMN dimensions TEXT NOT NULL DEFAULT '[]'")
    for column in (
        "value REAL",
        "interval TEXT",
        "figure_unit TEXT",
        "qualifiers TEXT NOT NULL DEFAULT '{}'",
        "modality TEXT NOT NULL DEFAULT 'reported'",
        "rating TEXT",
    ):
        db.execute(f"ALTER TABLE claims ADD COLUMN {column}")


@migrations()
def m008_ids_of_places(db: Database) -> None:
    """Name records within their place, and let each place count its own revisions.

    An empty workspace is the shared base. What a claim names is found in its own place first,
    and then in the shared base, so that no foreign key can say it: the rules of the store do.
    Vectors are kept by the text that they were made of.
    """
    for table in ("relations", "citations"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN workspace TEXT")
        db.execute(
            f"UPDATE {table} SET workspace = "  # noqa: S608 - own names
            "(SELECT workspace FROM claims WHERE claims.id = claim)"
        )
        _rebuild(
            db,
            table,
            "PRIMARY KEY (workspace, claim, position), "
            "FOREIGN KEY (workspace, claim) REFERENCES claims (workspace, id)",
        )
    for table in ("topics", "asserters", "sources", "claims"):
        _rebuild(db, table, "PRIMARY KEY (workspace, id)")
    db.execute("CREATE INDEX claims_topic ON claims (workspace, topic)")
    _count_revisions(db)
    db.execute(
        "CREATE TABLE new_vectors (model TEXT NOT NULL, digest TEXT NOT NULL, "
        "vector BLOB NOT NULL, PRIMARY KEY (model, digest)) STRICT"
    )
    db.execute("INSERT OR IGNORE INTO new_vectors SELECT model, digest, vector FROM vectors")
    _put_in_place(db, "vectors")


def _count_revisions(db: Database) -> None:
    """Number the revisions of each place; a watch was told up to one that its server sees."""
    db.execute("ALTER TABLE revisions ADD COLUMN place_number INTEGER")
    db.execute(
        "UPDATE revisions SET place_number = counted.place_number FROM (SELECT number, "
        "row_number() OVER (PARTITION BY workspace ORDER BY number) AS place_number "
        "FROM revisions) AS counted WHERE counted.number = revisions.number"
    )
    for column in ("revision", "sending_revision"):
        db.execute(
            f"UPDATE watches SET {column} = (SELECT count(*) FROM revisions "  # noqa: S608 - own names
            f"WHERE number <= watches.{column} "
            "AND (workspace IS NULL OR workspace = CAST(guild AS TEXT))) "
            f"WHERE {column} IS NOT NULL"
        )
    _rebuild(db, "revisions", "PRIMARY KEY (number), UNIQUE (workspace, place_number)")
    db.execute("CREATE INDEX revisions_of_record ON revisions (workspace, kind, record, number)")
    db.execute("CREATE INDEX revisions_of_place ON revisions (workspace, number, place_number)")


def _rebuild(db: Database, table: str, keys: str) -> None:
    """Make a table anew with other keys; its workspace is empty where it was null."""
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    written = ", ".join(
        f'"{name}" {of_type}'
        + (" NOT NULL" if needed or name in _NEEDED else "")
        + (f" DEFAULT {default}" if default is not None else "")
        for _, name, of_type, needed, default, _ in columns
    )
    names = ", ".join(f'"{name}"' for _, name, *_ in columns)
    db.execute(f"CREATE TABLE new_{table} ({written}, {keys}) STRICT")
    values = names.replace('"workspace"', "ifnull(workspace, '')")
    db.execute(f"INSERT INTO new_{table} ({names}) SELECT {values} FROM {table}")  # noqa: S608 - own names
    _put_in_place(db, table)


_NEEDED = frozenset({"workspace", "place_number"})


def _put_in_place(db: Database, table: str) -> None:
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE new_{table} RENAME TO {table}")


@migrations()
def m009_no_terms(db: Database) -> None:
    """Take from topics the words that named them beside their aliases: nothing reads them now.

    A shipped topic that nobody changed is still told by its digest: it is the digest of what is
    left of it.
    """
    rows = db.execute("SELECT * FROM topics WHERE workspace = ''")
    names = [column for column, *_ in rows.description]
    for row in rows.fetchall():
        fields = {name: _listed(name, value) for name, value in zip(names, row, strict=True)}
        content = {name: value for name, value in fields.items() if value and name != "workspace"}
        left = {name: value for name, value in content.items() if name != "terms"}
        db.execute(
            "UPDATE shipped SET digest = ? WHERE kind = 'topic' AND id = ? AND digest = ?",
            [_digest(left), fields["id"], _digest(content)],
        )
    db.execute("ALTER TABLE topics DROP COLUMN terms")


def _listed(column: str, value: object) -> object:
    lists = {"aliases", "terms", "parties", "places", "dimensions"}
    return json.loads(value) if column in lists and isinstance(value, str) else value


def _digest(content: dict[str, object]) -> str:
    return sha256(canonical_json(content).encode()).hexdigest()


@migrations()
def m010_ledger(db: Database) -> None:
    """Create the ledger: what servers decide and are told, and no part of the claims' history."""
    db.execute(
        """
        CREATE TABLE ledger (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            place TEXT NOT NULL,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            before TEXT,
            after TEXT NOT NULL,
            previous TEXT NOT NULL,
            seal TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX ledger_of_place ON ledger (kind, place, key, number)")
    db.execute("CREATE INDEX ledger_of_key ON ledger (kind, key, number)")


@migrations()
def m011_examples(db: Database) -> None:
    """Create the table of examples, and that of what each server asked in vain.

    What was asked is no record: it has no history, and is deleted after its time. A row is what
    was asked on one day, or with a topic the presses of its offers on that day.
    """
    db.execute(
        "CREATE TABLE examples (id TEXT NOT NULL, topic TEXT NOT NULL, question TEXT NOT NULL, "
        "language TEXT, status TEXT NOT NULL, workspace TEXT NOT NULL, "
        "PRIMARY KEY (workspace, id)) STRICT"
    )
    db.execute(
        "CREATE TABLE asked (guild INTEGER NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, "
        "topic TEXT NOT NULL, question TEXT NOT NULL, times INTEGER NOT NULL, "
        "PRIMARY KEY (guild, key, day, topic)) STRICT"
    )


@migrations()
def m012_in_use(db: Database) -> None:
    """Let topics, asserters and sources be retired: they stay, and nothing answers with them."""
    for table in ("topics", "asserters", "sources"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN status TEXT NOT NULL DEFAULT 'active'")


@migrations()
def m014_translations(db: Database) -> None:
    """Let topics, asserters and claims say the same in other languages."""
    for table in ("topics", "asserters", "claims"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN translations TEXT NOT NULL DEFAULT '{{}}'")


def _reference(table: str, column: str) -> ForeignKey:
    return ForeignKey(table, column, f"{column}s", "id")


def migrate(connection: Connection) -> None:
    """Bring a database to this version's schema, in one transaction."""
    db = Database(connection, execute_plugins=False)
    # A table that others refer to is made anew; this cannot be said within a transaction.
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.commit()
    except BaseException:
        db.rollback()
        raise
    finally:
        db.execute("PRAGMA foreign_keys = ON")
