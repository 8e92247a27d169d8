"""Open data: what is public, as tables that Datasette and Frictionless open."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlite_utils import Database

from bot.published import Published
from knowledge.base import KnowledgeBase, opened
from knowledge.curation import Actor
from knowledge.opendata import TABLES, metadata_path, rows_of, write_datapackage, write_sqlite
from tests.driving.command_line import Run, refused, runner

OWNER = Actor("Olga", "6", "333", can_curate=True, can_propose=True, curates_base=True)
CLAIM = "spoilt-harper-2024-10"


@pytest.fixture
def base(valley_database: Path, tmp_path: Path) -> Iterator[KnowledgeBase]:
    path = tmp_path / "claims.db"
    shutil.copy(valley_database, path)
    with opened(path) as found:
        yield found


@pytest.fixture
def claimbot(
    valley_database: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    path = tmp_path / "claims.db"
    shutil.copy(valley_database, path)
    return runner(path, capsys, monkeypatch)


def rows(base: KnowledgeBase) -> Any:
    return rows_of(Published(base).records())


def test_every_public_record_is_a_row(base: KnowledgeBase) -> None:
    found, library = rows(base), base.workspaces.shared.library
    claims = list(library.own_claims())
    assert {row["id"] for row in found["claims"]} == {claim.id for claim in claims}
    assert len(found["topics"]) == len(library.topics)
    assert len(found["citations"]) == sum(len(claim.citations) for claim in claims)
    assert len(found["relations"]) == sum(len(claim.relations) for claim in claims)
    one = next(row for row in found["claims"] if row["id"] == "sacks-kamau-2024-02")
    assert (one["low"], one["unit"], one["relation"]) == (1.2e6, "sacks", "about")
    assert (one["as_of_first"], one["as_of_last"]) == ("2024-02-23", "2024-02-23")
    for table in TABLES:
        names = {column.name for column in table.columns}
        assert all(set(row) == names for row in found[table.name])


async def test_what_is_not_public_is_no_row(base: KnowledgeBase) -> None:
    held = base.workspaces.shared.library.claim(CLAIM)
    assert held is not None
    await base.curation.propose(OWNER, held.model_copy(update={"id": "spoilt-proposed"}))
    with base.store.change("test", "own", "444") as change:
        change.put(held.model_copy(update={"id": "spoilt-own"}))
    await base.writer.catch_up()
    await base.curation.retract(OWNER, CLAIM, reason="withdrawn")
    status = {row["id"]: row["status"] for row in rows(base)["claims"]}
    assert "spoilt-proposed" not in status
    assert "spoilt-own" not in status
    assert status[CLAIM] == "retracted"


def test_the_sqlite_file_has_keys_that_hold(base: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "open.db"
    write_sqlite(path, rows(base), 7)
    write_sqlite(path, rows(base), 8)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        keys = {
            (row[2], row[3])
            for name in ("claims", "citations", "relations")
            for row in connection.execute(f"pragma foreign_key_list({name})")
        }
        assert {("topics", "topic"), ("asserters", "asserter"), ("sources", "source")} <= keys
        found = connection.execute(
            "select count(*) from claims_fts where claims_fts match 'sacks'"
        ).fetchone()
        assert found[0] > 0
    database = Database(path)
    assert {table.name for table in TABLES} <= set(database.table_names())
    database.close()
    metadata = json.loads(metadata_path(path).read_text("utf-8"))
    assert set(metadata["databases"]["open"]["tables"]) == {table.name for table in TABLES}
    assert "revision 8" in metadata["description"]


async def test_datasette_opens_it(base: KnowledgeBase, tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="datasette is not installed")
    path = tmp_path / "open.db"
    write_sqlite(path, rows(base), 7)
    metadata = json.loads(metadata_path(path).read_text("utf-8"))
    datasette = app.Datasette([str(path)], metadata=metadata)
    await datasette.invoke_startup()
    table = await datasette.client.get("/open/claims.json?topic=sacks&_shape=objects")
    assert table.status_code == 200
    assert {row["topic"] for row in table.json()["rows"]} == {"sacks"}
    page = await datasette.client.get("/open/claims?_facet=topic")
    assert page.status_code == 200
    assert 'href="/open/topics/sacks"' in page.text
    assert "Sacks of grain delivered" in page.text
    assert "The upper end of the figure" in page.text


def package(path: Path) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    with ZipFile(path) as archive:
        described = json.loads(archive.read("datapackage.json"))
        tables = {
            one["name"]: list(csv.DictReader(io.StringIO(archive.read(one["path"]).decode())))
            for one in described["resources"]
        }
    return described, tables


READ: dict[str, Any] = {
    "string": str,
    "number": float,
    "integer": int,
    "date": date.fromisoformat,
    "array": json.loads,
    "object": json.loads,
}


def test_the_package_is_what_it_says(base: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "open.zip"
    write_datapackage(path, rows(base), 7)
    described, tables = package(path)
    assert described["profile"] == "tabular-data-package"
    for resource in described["resources"]:
        schema, listed = resource["schema"], tables[resource["name"]]
        fields = {field["name"]: field for field in schema["fields"]}
        for row in listed:
            assert list(row) == list(fields)
            for name, cell in row.items():
                assert cell or not fields[name].get("constraints", {}).get("required")
                if cell:
                    READ[fields[name]["type"]](cell)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in listed]
        assert len(keys) == len(set(keys))
        for key in schema["foreignKeys"]:
            others = {row["id"] for row in tables[key["reference"]["resource"]]}
            assert {row[key["fields"]] for row in listed} - {""} <= others


def test_the_same_records_give_the_same_package(base: KnowledgeBase, tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    write_datapackage(one, rows(base), 7)
    write_datapackage(other, rows(base), 7)
    assert one.read_bytes() == other.read_bytes()


def test_frictionless_finds_nothing_wrong(base: KnowledgeBase, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    path = tmp_path / "open.zip"
    write_datapackage(path, rows(base), 7)
    with ZipFile(path) as archive:
        archive.extractall(tmp_path / "package")
    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.valid, report.to_summary()


def test_the_command_line_writes_both(claimbot: Run, tmp_path: Path) -> None:
    for form, name in (("sqlite", "open.db"), ("datapackage", "open.zip")):
        outcome = claimbot("export", "--format", form, tmp_path / name)
        assert outcome.code == 0
        assert f"claims in {tmp_path / name}, as of revision" in outcome.out
        assert (tmp_path / name).stat().st_size > 0
    assert (tmp_path / "open-metadata.json").exists()
    refused(claimbot("export", "--format", "sqlite"), "Name the file")
    refused(claimbot("export", "--format", "sqlite", tmp_path / "claims.db"), "database itself")
    refused(claimbot("export", "--format", "sqlite", tmp_path / "no" / "x.db"), "x.db: ")
    refused(claimbot("export", "--format", "yaml", tmp_path / "x.yaml"), "redirect it")
