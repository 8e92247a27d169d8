"""Revisions: each one seals the one before it, so that the history can be trusted as read."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from json.encoder import encode_basestring
from typing import get_args

from pydantic import BaseModel

from knowledge.model import KINDS, Citation, Figure, Link, RecordKind, Revision
from knowledge.records import canonical_json
from knowledge.store.engine import Fields, Head, Reads, Sealed
from knowledge.store.ledger import faults
from knowledge.store.rules.visible import places_from

_FIELDS = Sealed._fields


def sealed(
    newest: Head,
    at: str,
    by: tuple[str, str],
    of: tuple[RecordKind, str, str | None, int],
    sides: tuple[str | None, str | None],
) -> Sealed:
    """Seal a revision after the newest one, given by number and seal.

    `by` is who and why, `of` kind, id, workspace and number in it, `sides` canonical JSON before
    and after.
    """
    (number, previous), (kind, record, workspace, place_number) = newest, of
    at_and_by = (at, *by)
    bare = Sealed(
        number + 1, *at_and_by, kind, record, *sides, previous, "", workspace, place_number
    )
    return bare._replace(seal=_seal(bare))


def resealed(newest: Head, at: str, place_number: int, revisions: Iterable[Sealed]) -> list[Sealed]:
    """Count and seal revisions of one place anew, after others that were written meanwhile.

    `place_number` is how many the place has.
    """
    (number, previous), after = newest, []
    for count, one in enumerate(revisions, start=1):
        _, _, who, why, kind, record, before, now, _, _, workspace, _ = one
        bare = Sealed(
            *(number + count, at, who, why, kind, record, before, now),
            *(previous, "", workspace, place_number + count),
        )
        previous = _seal(bare)
        after.append(bare._replace(seal=previous))
    return after


def head(reads: Reads) -> Head:
    """Return number and seal of the newest revision; before the first one, the database's id."""
    return reads.head() or (0, reads.database_id())


def shown_number(reads: Reads, number: int, workspace: str | None) -> int:
    """Return how a place counts a revision: one after the other of those that are seen there."""
    return sum(reads.place_count(place, number) for place in places_from(workspace))


def number_shown_as(reads: Reads, shown: int, workspace: str | None) -> int | None:
    """Return the number of the revision that a place counts so, or nothing."""
    newest = head(reads)[0]
    found = bisect_left(
        range(newest + 1), shown, key=lambda number: shown_number(reads, number, workspace)
    )
    return found if 0 < found <= newest else None


def problems(reads: Reads) -> Iterator[str]:
    """Find edits, removals and reorderings of revisions, and records changed without one.

    Whoever rewrites every later seal and the records too is not found out this way; keep the
    newest seal elsewhere to notice that.
    """
    number, previous = 0, reads.database_id()
    left: dict[_Name, bytes] = {}
    counts: Counter[str | None] = Counter()
    whole = True
    for one in reads.history(0):
        if one.number != number + 1:
            whole = False
            yield f"Revision {number + 1} is missing."
        elif one.previous != previous:
            yield f"Revision {one.number} does not follow the revision before it."
        counts[one.workspace] += 1
        recounted = whole and one.place_number != counts[one.workspace]
        if recounted or _seal(one) != one.seal:
            yield f"Revision {one.number} was edited."
        number, previous = one.number, one.seal
        name = (one.workspace, one.kind, one.record)
        after = _as_kept(one)
        if after is None:
            left.pop(name, None)
        else:
            left[name] = _digest(after)
    if reads.noted_head() != (f"{number} {previous}" if number else ""):
        yield f"The history ends at revision {number}, but that is not the last one written."
    yield from _unrecorded(reads, left)
    yield from faults(reads.ledger_lines(), reads.database_id(), reads.noted_ledger())


_Name = tuple[str | None, str, object]


def _unrecorded(reads: Reads, left: dict[_Name, bytes]) -> Iterator[str]:
    for kind, model in KINDS.items():
        for fields, workspace in reads.fields(model):
            text = canonical_json(_content(fields, model))
            if left.pop((workspace, kind, fields["id"]), b"") != _digest(text):
                yield f"The {kind} {fields['id']} was changed without a revision."
    for _, kind_name, record_id in left:
        yield f"The {kind_name} {record_id} was removed without a revision."


_RETIRED: dict[str, frozenset[str]] = {"topic": frozenset({"terms"})}
"""Fields that records had once. Their revisions keep them; the records do not."""


def _as_kept(one: Sealed) -> str | None:
    """Return what a revision left, without the fields that records no longer have."""
    retired = _RETIRED.get(one.kind)
    if one.after is None or not retired:
        return one.after
    fields: Fields = json.loads(one.after)
    return canonical_json({name: value for name, value in fields.items() if name not in retired})


def _digest(text: str) -> bytes:
    """A digest for each record, since a hundred thousand texts would fill the memory."""
    return sha256(text.encode()).digest()


_LARGEST_WRITTEN_OUT = 1e15
"""As in `records.content`, which this has to match."""

_INSIDE: dict[str, type[BaseModel]] = {"figure": Figure, "relations": Link, "citations": Citation}


def _defaults(model: type[BaseModel]) -> dict[str, object]:
    """Return the values in JSON types that `records.content` leaves out."""
    fields = model.model_fields.items()
    return {
        name: list(field.default) if isinstance(field.default, tuple) else field.default
        for name, field in fields
        if not field.is_required()
    }


_TRANSLATED: dict[type[BaseModel], type[BaseModel]] = {
    model: get_args(model.model_fields["translations"].annotation)[1]
    for model in KINDS.values()
    if "translations" in model.model_fields
}
"""What a record of each kind says in another language."""
_DEFAULTS = {
    model: _defaults(model) for model in (*KINDS.values(), *_INSIDE.values(), *_TRANSLATED.values())
}


def _content(fields: Fields, model: type[BaseModel]) -> Fields:
    """Return what `records.content` would of the record, without the cost of making it."""
    defaults = _DEFAULTS[model]
    return {
        name: _translated(value, model) if name == "translations" else _plain(name, value)
        for name, value in fields.items()
        if name not in defaults or value != defaults[name]
    }


def _translated(value: object, model: type[BaseModel]) -> object:
    if not isinstance(value, dict):
        return value
    return {code: _content(words, _TRANSLATED[model]) for code, words in value.items()}


def _plain(name: str, value: object) -> object:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _LARGEST_WRITTEN_OUT else value
    if isinstance(value, dict) and name in _INSIDE:
        return _content(value, _INSIDE[name])
    if isinstance(value, list) and name in _INSIDE:
        return [_content(item, _INSIDE[name]) for item in value]
    return value


def _seal(one: Sealed) -> str:
    """Return the SHA-256 of a revision's canonical JSON, the previous seal in it.

    The sides stand in it as canonical JSON already. The shared base is not named.
    """
    text = (
        f'{{"after":{one.after or "null"},"at":{_text(one.at)},"before":{one.before or "null"},'
        f'"kind":{_text(one.kind)},"number":{one.number},"previous":{_text(one.previous)},'
        f'"record":{_text(one.record)},"who":{_text(one.who)},"why":{_text(one.why)}'
    )
    text += "}" if one.workspace is None else f',"workspace":{_text(one.workspace)}}}'
    return sha256(text.encode()).hexdigest()


def _text(value: object) -> str:
    return encode_basestring(value) if isinstance(value, str) else canonical_json(value)


def revision_of(one: Sealed) -> Revision:
    """Return a revision as others read it."""
    fields: Fields = dict(zip(_FIELDS, one, strict=True))
    for side in ("before", "after"):
        text = fields[side]
        fields[side] = json.loads(text) if isinstance(text, str) else None
    return Revision.model_validate(fields)
