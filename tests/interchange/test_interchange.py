"""The export: every record, as one JSON object or as YAML documents that read back the same."""

import json
from collections.abc import Iterator
from typing import get_args

import pytest

from knowledge.interchange import export, export_json
from knowledge.model import KINDS, AnyRecord, RecordKind
from knowledge.records import dump_record, read_documents, read_record
from knowledge.store import Store, Where, open_store
from tests.bases.engines import on_both_engines
from tests.bases.valley import VALLEY

pytestmark = on_both_engines


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open an empty database."""
    opened = open_store(where)
    yield opened
    opened.close()


def test_json_holds_every_record_with_every_field(store: Store) -> None:
    store.take_up(VALLEY)
    exported = json.loads("".join(export_json(store)))
    assert list(exported) == ["format", "revision", "topics", "asserters", "sources", "claims"]
    assert exported["revision"] == store.revision()
    assert not VALLEY.examples
    for kind, model in list(KINDS.items())[:-1]:
        records = [model.model_validate(fields) for fields in exported[f"{kind}s"]]
        wanted = {name: record for found, record in VALLEY.each() if found == kind
                  for name in [record.id]}  # fmt: skip
        assert {record.id: record for record in records} == wanted
        assert all(list(fields) == list(model.model_fields) for fields in exported[f"{kind}s"])


def test_json_writes_dates_as_edtf_and_whole_numbers_whole(store: Store) -> None:
    store.take_up(VALLEY)
    text = "".join(export_json(store))
    exported = {fields["id"]: fields for fields in json.loads(text)["claims"]}
    claim = next(iter(VALLEY.claims.values()))
    assert exported[claim.id]["asserted_on"] == str(claim.asserted_on)
    assert ".0," not in text


def test_an_empty_database_is_an_empty_export(store: Store) -> None:
    assert json.loads("".join(export_json(store))) == {
        "format": "claimbot-1",
        "revision": 0,
        "topics": [],
        "asserters": [],
        "sources": [],
        "claims": [],
    }
    assert list(export(store.all_records(), "yaml")) == []


def test_yaml_to_database_to_yaml_is_the_identity(store: Store) -> None:
    store.take_up(VALLEY)
    parts = list(export(store.all_records(), "yaml"))
    documents = list(read_documents("".join(parts)))
    assert len(documents) == len(parts) == store.revision()
    kept: list[tuple[RecordKind, AnyRecord]] = []
    for part, document in zip(parts, documents, strict=True):
        heading, _, text = part.partition("\n")
        kind = heading.removeprefix("--- # ")
        named = next(known for known in get_args(RecordKind) if known == kind)
        record = read_record(named, document, heading)
        assert text == dump_record(record)
        kept.append((named, record))
    assert sorted(kept, key=_by_id) == sorted(VALLEY.each(), key=_by_id)


def _by_id(named: tuple[RecordKind, AnyRecord]) -> tuple[RecordKind, str]:
    return named[0], named[1].id
