"""Import and export in the chat: a dry run first, then everything or nothing."""

import io
import zipfile

import pytest

from commands.curation import files as claim_files
from knowledge.base import KnowledgeBase
from knowledge.interchange import FORMS
from knowledge.model import Claim
from knowledge.store import Where
from tests.bases.engines import held, on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import (
    CURATOR,
    Server,
    answered,
    call,
    curating_bot,
    drafted,
    pressed,
)

pytestmark = on_both_engines

GOOD = b"""--- # asserter
id: quay-office
organisation: Quay office
country: EG
--- # source
id: quay-2024
publisher: The Quay
title: Bridges counted
published_on: '2024-03'
"""


async def sent(chat: Chat, name: str, data: bytes, **options: object) -> Shown:
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return answered(await call(chat, "claim import", {"file": (name, data), **named}))


async def test_a_dry_run_says_what_would_come_and_one_word_imports_it(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    before = base.store.revision()
    shown = await sent(ann, "quay.yaml", GOOD)
    assert shown.private
    assert "add 1 asserter" in shown.text
    assert "quay-2024" in shown.text
    assert list(shown.buttons) == ["Import", "Cancel"]
    assert base.store.revision() == before
    done = await pressed(ann, shown, "Import")
    assert "Imported** 2 records" in done.text
    assert [one.id for one in base.store.sources(str(server.guild.id))] == ["quay-2024"]
    again = await sent(ann, "quay.yaml", GOOD)
    assert "nothing new" in again.text


async def test_a_long_import_shows_how_far_it_is(
    server: Server, ann: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_files, "PROGRESS_SECONDS", 0.0)
    rows = [f"--- # asserter\nid: office-{n}\norganisation: Office {n}\n" for n in range(2_000)]
    shown = await sent(ann, "offices.yaml", "".join(rows).encode())
    server.env.settle_timeout = 30
    assert "2,000 records" in (await pressed(ann, shown, "Import")).text
    assert any("▰▱" in str(each) and "of 2,000" in str(each) for each in server.env.http_requests)


async def test_cancelling_imports_nothing(base: KnowledgeBase, ann: Chat) -> None:
    before = base.store.revision()
    shown = await sent(ann, "quay.yaml", GOOD)
    assert "Nothing was imported" in (await pressed(ann, shown, "Cancel")).text
    assert base.store.revision() == before


async def test_a_locked_database_imports_nothing_and_the_person_may_try_again(
    base: KnowledgeBase, server: Server, ann: Chat, valley_copy: Where
) -> None:
    shown = await sent(ann, "quay.yaml", GOOD)
    before = base.store.revision()
    server.env.settle_timeout = 30
    with held(valley_copy):
        again = await pressed(ann, shown, "Import")
    assert "Nothing was saved" in again.text
    assert base.store.revision() == before
    assert "Imported" in (await pressed(ann, again, "Import")).text


OTHERS = """who,what,when,where,party
Amal,Some sacks were sent.,"Sat, 07 Nov 2020",https://news.example/1,x
,Nobody said that.,2020,https://news.example/2,y
"""
MAP = "who=person; what=statement; when=asserted_on; where=url"


async def test_a_table_of_any_columns_is_read_by_a_map_and_what_fits_is_imported(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    data = OTHERS.encode()
    plain = await sent(ann, "others.csv", data, topic="sacks")
    assert "lacks columns" in plain.text
    assert "the option map" in plain.text
    whole = await sent(ann, "others.csv", data, topic="sacks", map=MAP)
    assert "line 3, Asserter: is empty" in whole.text
    assert "skip-refused" in whole.text
    assert whole.buttons == {}
    shown = await sent(ann, "others.csv", data, topic="sacks", map=MAP, skip_refused=True)
    assert "Line 2 is read as" in shown.text
    assert "2020-11-07" in shown.text
    assert "Not read: party" in shown.text
    assert "add 1 claim" in shown.text
    assert "Left out**, 1 problem" in shown.text
    assert "line 3, Asserter: is empty" in shown.text
    done = await pressed(ann, shown, "Import")
    assert "Imported** 3 records" in done.text
    own = [record for _, record in base.store.all_records(str(server.guild.id))]
    (claim,) = [one for one in own if isinstance(one, Claim)]
    assert (claim.statement, claim.asserter) == ("Some sacks were sent.", "amal")
    again = await sent(ann, "others.csv", data, topic="sacks", map=MAP, skip_refused=True)
    assert "Nothing of" in again.text


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ("what", "maps no column. Write column=field"),
        ("what=statment", "There is no field “statment”. Fields are id, figure, topic"),
        ("wat=statement", "has no column wat; its columns are who, what, when, where, party"),
    ],
)
async def test_a_map_that_cannot_be_meant_is_refused(ann: Chat, columns: str, words: str) -> None:
    shown = await sent(ann, "others.csv", OTHERS.encode(), topic="sacks", map=columns)
    assert shown.private
    assert words in shown.text


async def test_a_review_names_its_fields_as_they_are_written(ann: Chat) -> None:
    data = b'{"@type": "ClaimReview", "claimReviewed": "x", "url": "https://a.example/"}'
    shown = await sent(ann, "review.json", data, topic="sacks")
    assert "itemReviewed.datePublished: is missing" in shown.text


async def test_a_changed_record_is_named_with_its_fields(ann: Chat) -> None:
    await pressed(ann, await sent(ann, "quay.yaml", GOOD), "Import")
    shown = await sent(ann, "quay.yaml", GOOD.replace(b"Bridges counted", b"Bridges seen"))
    assert "change 1 record" in shown.text
    assert "Title" in shown.text
    assert "leave 1 record as they are" in shown.text


async def test_what_a_file_changes_is_said_before_what_it_adds(ann: Chat) -> None:
    await pressed(ann, await sent(ann, "quay.yaml", GOOD), "Import")
    new = b"--- # asserter\nid: newcomer\norganisation: Newcomers\n"
    data = new + GOOD.replace(b"Bridges counted", b"Bridges seen")
    shown = await sent(ann, "quay.yaml", data)
    changed, added = shown.text.index("change 1 record on file"), shown.text.index("add 1")
    assert changed < added
    assert "give what is new another id" in shown.text


async def test_the_shared_base_is_not_changed_from_a_server(base: KnowledgeBase, ann: Chat) -> None:
    before = base.store.revision()
    data = b"--- # asserter\nid: kamau\norganisation: Somebody else\n"
    shown = await sent(ann, "sly.yaml", data)
    assert "shared base" in shown.text
    assert "Import" not in shown.buttons
    assert base.store.revision() == before


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("claims.yaml", b"0" * 10_000_000)
    return out.getvalue()


LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)
)
BAD = {
    "archive.yaml": zipped(),
    "archive.zip": zipped(),
    "picture.png": b"\x89PNG\r\n\x1a\n" + b"0" * 100,
    "laughs.yaml": LAUGHS.encode(),
    "tag.yaml": b"--- # asserter\nid: !!python/object/apply:os.system ['ls']\n",
    "deep.yaml": b"[" * 5000,
    "deep.json": b"[" * 100_000,
    "empty.yaml": b"",
    "latin.csv": "kind,id\nclaim,caf\u00e9\n".encode("latin-1"),
    "page.html": b"<html><body>No data here</body></html>",
    "broken.html": b'<script type="application/ld+json">{"a": 1, "a": 2}</script>',
    "lines.jsonl": b'{"a": 1}\n{"b": 2}\n',
    "huge.json": b'{"claims": [{"id": ' + b"9" * 5000 + b"}]}",
    "twice.jsonl": b'{"id": "x", "id": "y"}\n',
    "nul.csv": b"id,topic,asserter\nx,\0,y\n",
    "untitled.yaml": b"--- # source\nid: quay\npublisher: The Quay\n",
    "unknown.yaml": b"--- # martian\nid: quay\n",
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_file_is_refused_in_words(base: KnowledgeBase, ann: Chat, name: str) -> None:
    before = base.store.revision()
    shown = await sent(ann, name, BAD[name])
    assert shown.private
    assert "Nothing of" in shown.text
    assert shown.buttons == {}
    assert base.store.revision() == before
    assert "Latest" in (await ann.run("sacks")).text


async def test_a_file_of_30_megabytes_is_not_even_fetched(ann: Chat) -> None:
    shown = await sent(ann, "huge.yaml", b"#" * 30_000_000)
    assert "30.0 MB" in shown.text
    assert "claimbot import" in shown.text


async def test_of_ten_thousand_rows_one_bad_is_named_with_its_line(
    base: KnowledgeBase, ann: Chat
) -> None:
    before = base.store.revision()
    rows = [f"--- # asserter\nid: office-{n}\norganisation: Office {n}\n" for n in range(10_000)]
    rows[7_000] = "--- # asserter\nid: office-7000\ncountry: Egypt\n"
    shown = await sent(ann, "offices.yaml", "".join(rows).encode())
    assert "line 21,00" in shown.text
    assert "office-7000" in shown.text
    assert base.store.revision() == before


async def test_an_import_of_another_server_is_lost_with_a_restart(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await sent(ann, "quay.yaml", GOOD)
    before = base.store.revision()
    await server.env.restart_bot(curating_bot(base))
    assert "start again" in (await pressed(ann, shown, "Import")).text
    assert base.store.revision() == before


@pytest.mark.parametrize("form", FORMS)
async def test_an_export_holds_what_is_seen_here(server: Server, form: str) -> None:
    ann, other = server.person("ann", CURATOR), Server.found(server.env, "Beta")
    bob = other.person("bob", CURATOR)
    await pressed(ann, await drafted(ann, statement="Counted by =SUM(A1) on the quay."), "Save")
    await pressed(bob, await drafted(bob, statement="A secret of Beta."), "Save")
    text = await exported(ann, {"form": form})
    assert "on the quay" in text
    assert "sacks-kamau-2024-02" in text
    assert "A secret of Beta" not in text
    own = await exported(ann, {"form": form, "own": True})
    assert "on the quay" in own
    assert len(own) < len(text)


async def exported(chat: Chat, options: dict[str, object]) -> str:
    shown = answered(await call(chat, "claim export", options))
    (file,) = shown.message.attachments
    return chat.env.backend.cdn.get(file.url).decode()  # type: ignore[union-attr]


async def test_an_export_comes_in_again_unchanged(ann: Chat) -> None:
    await pressed(ann, await sent(ann, "quay.yaml", GOOD), "Import")
    text = await exported(ann, {"form": "yaml", "own": True})
    assert "nothing new" in (await sent(ann, "again.yaml", text.encode())).text


async def test_without_records_of_its_own_a_server_is_told_so(ann: Chat) -> None:
    shown = answered(await call(ann, "claim export", {"form": "csv", "own": True}))
    assert "no records of its own" in shown.text


SLIP = b"""--- # claim
id: sacks-slip
topic: sacks
asserter: kamau
statement: Some 900,000 sacks came, says Kamau.
figure:
  low: 9000000
  high: 9000000
  relation: about
  as_worded: some 900,000 sacks
asserted_on: '2024-02-02'
origin: slip
citations:
- source: mill-review-2024-02
  paragraph: 3
  fingerprint: sha256:0000000000000000000000000000000000000000000000000000000000000000
"""


async def test_a_figure_that_its_words_do_not_give_is_asked_about_before_it_comes_in(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await sent(ann, "slip.yaml", SLIP)
    assert "Is this meant?" in shown.text
    assert "gives another number than the figure, 9,000,000" in shown.text
    await pressed(ann, shown, "Import")
    assert base.store.claims(["sacks-slip"], str(server.guild.id))
