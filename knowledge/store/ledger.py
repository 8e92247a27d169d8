"""The ledger: what servers decide and are told beside the records, appended to and sealed.

It is for what is kept about a server rather than said in an answer. An entry is never changed; what
stands of a key is what its newest entry left.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from knowledge.records import canonical_json, without_controls
from knowledge.store.session import News, Opening, Session

LEDGER_HEAD = "ledger"
"""Where an engine notes number and seal of the last entry, beside what else it notes."""
Fields = Mapping[str, object]
"""Values in JSON types."""
Alter = Callable[[Fields | None], Fields]
"""What makes the new fields of what stands; it may raise, and nothing is written then."""


class Line(NamedTuple):
    """An entry as it is kept: `before` and `after` are canonical JSON, the place may be empty."""

    number: int
    at: str
    who: str
    why: str
    place: str
    kind: str
    key: str
    before: str | None
    after: str
    previous: str
    seal: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry as others read it; a place is a server, None is none of them."""

    number: int
    at: datetime
    who: str
    why: str
    place: str | None
    key: str
    before: Fields | None
    after: Fields


_COLUMNS = ", ".join(Line._fields)
_SELECT = f"SELECT {_COLUMNS} FROM ledger "  # noqa: S608 - own names
_NEWEST = (
    _SELECT  # noqa: S608 - own names
    + "WHERE number IN (SELECT max(number) FROM ledger WHERE {where} GROUP BY place, key) "
    "ORDER BY number"
)
_SINCE = _NEWEST.format(where="number > ? AND kind || '' = ?")
"""Joined to nothing, the kind is not gone through as a whole by its index, every few seconds."""
_IN_PLACE = _NEWEST.format(where="kind = ? AND place = ?")
_OF_KEY = _SELECT + "WHERE kind = ? AND place = ? AND key = ? ORDER BY number"
_LAST_OF_KEY = _OF_KEY + " DESC LIMIT 1"
_FOUND = _SELECT + "WHERE kind = ? AND key = ? ORDER BY number DESC LIMIT 1"
_LAST = _SELECT + "ORDER BY number DESC LIMIT 1"
_EVERY = _SELECT + "ORDER BY number"


class Ledger:
    """The ledger of a database that several processes may share: one row an entry, read by key.

    Every method may be called from any thread, and raises `StoreError` where the database cannot
    be used; nothing is written then.
    """

    def __init__(self, changing: Opening, reading: Opening, first: str) -> None:
        """Take the means to write, one at a time, and to read; the first entry follows `first`."""
        self._changing = changing
        self._reading = reading
        self._first = first

    def standing(self, kind: str, after: int = 0) -> list[LedgerEntry]:
        """Return the newest entry of each key of a kind, oldest first, if it is after a number."""
        return self._entries(_SINCE, after, kind)

    def standing_in(self, kind: str, place: str | None) -> list[LedgerEntry]:
        """Return the newest entry of each key of a kind in one place, oldest first."""
        return self._entries(_IN_PLACE, kind, place or "")

    def of(self, kind: str, place: str | None, key: str) -> list[LedgerEntry]:
        """Return every entry of a key in a place, oldest first."""
        return self._entries(_OF_KEY, kind, place or "", key)

    def find(self, kind: str, key: str) -> LedgerEntry | None:
        """Return the newest entry of a key, whatever its place, or nothing."""
        return next(iter(self._entries(_FOUND, kind, key)), None)

    def write(
        self, kind: str, place: str | None, key: str, by: tuple[str, str], alter: Alter
    ) -> LedgerEntry | None:
        """Append what `alter` makes of what stands; nothing where it stands so already.

        `by` is who and why.
        """
        with self._changing() as db:
            standing = _line(db, _LAST_OF_KEY, kind, place or "", key)
            of, before = (place or "", kind, key), standing.after if standing else None
            line = following(_line(db, _LAST), self._first, by, of, (before, alter))
            if line is None:
                return None
            db.put("ledger", Line._fields, [line])
            db.note(LEDGER_HEAD, f"{line.number} {line.seal}")
            db.say(News("ledger", place))
            return entry_of(line)

    def _entries(self, statement: str, *values: object) -> list[LedgerEntry]:
        with self._reading() as db:
            return [entry_of(Line(*row)) for row in db.find(statement, *values)]


def every_line(db: Session) -> Iterator[Line]:
    """Go through the whole ledger, oldest entry first."""
    return map(Line._make, db.stream(_EVERY))


def _line(db: Session, statement: str, *values: object) -> Line | None:
    row = db.one(statement, *values)
    return Line(*row) if row else None


def following(
    last: Line | None,
    first: str,
    by: tuple[str, str],
    of: tuple[str, str, str],
    sides: tuple[str | None, Alter],
) -> Line | None:
    """Return the entry that follows the last one, or nothing where it would change nothing.

    The first entry follows `first`. `by` is who and why, `of` place, kind and key, `sides` what
    stands and what makes the new fields of it.
    """
    before, alter = sides
    after = canonical_json(dict(alter(None if before is None else json.loads(before))))
    if after == before:
        return None
    number, previous = (last.number, last.seal) if last else (0, first)
    at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    who, why = map(without_controls, by)
    return sealed(Line(number + 1, at, who, why, *of, before, after, previous, ""))


def entry_of(line: Line) -> LedgerEntry:
    """Return an entry as others read it."""
    return LedgerEntry(
        number=line.number,
        at=datetime.fromisoformat(line.at),
        who=line.who,
        why=line.why,
        place=line.place or None,
        key=line.key,
        before=None if line.before is None else json.loads(line.before),
        after=json.loads(line.after),
    )


def sealed(line: Line) -> Line:
    """Return an entry with its seal: the SHA-256 of all else that is in it."""
    bare = canonical_json(line._replace(seal="")._asdict())
    return line._replace(seal=sha256(bare.encode()).hexdigest())


def faults(lines: Iterable[Line], first: str, noted: str) -> Iterator[str]:
    """Find edits, removals and reorderings of entries.

    `first` is what the first entry follows, `noted` number and seal of the last that was written.
    """
    number, previous = 0, first
    for one in lines:
        if one.number != number + 1:
            yield f"Entry {number + 1} of the ledger is missing."
        elif one.previous != previous:
            yield f"Entry {one.number} of the ledger does not follow the entry before it."
        if sealed(one).seal != one.seal:
            yield f"Entry {one.number} of the ledger was edited."
        number, previous = one.number, one.seal
    if noted != (f"{number} {previous}" if number else ""):
        yield f"The ledger ends at entry {number}, but that is not the last one written."
