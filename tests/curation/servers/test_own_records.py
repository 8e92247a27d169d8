"""Whose records a base answers from: the example, a folder, or none, and back again."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.published import Published
from bot.web import Site, application
from commands.text import Addresses
from knowledge.base import BadRecords, KnowledgeBase, opened
from knowledge.interchange import export
from knowledge.model import is_retired
from knowledge.opendata import rows_of
from knowledge.store import Report, Where
from tests.bases.engines import copy_of, drop, on_both_engines
from tests.conftest import TODAY, Chat
from tests.curation.test_claim_records import add_topic, offered
from tests.driving.curators import CURATOR, Server, curating_bot, drafted, fill, pressed
from tests.driving.website import ROOT
from tests.records.test_records_folder import wells

pytestmark = [on_both_engines, pytest.mark.long]

__all__ = ["wells"]


@pytest.fixture
def path(valley_database: Where, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Where]:
    """Copy the database of the example."""
    copy = copy_of(valley_database, tmp_path_factory.mktemp("base"))
    yield copy
    drop(copy)


@pytest.fixture
def base(path: Where) -> Iterator[KnowledgeBase]:
    with opened(path) as found:
        yield found


@contextmanager
def taken_up(path: Where, choice: str, *, lenient: bool = False) -> Iterator[KnowledgeBase]:
    with opened(path, choice, lenient=lenient) as found:
        yield found
        assert found.store.verify_history() == []


async def everywhere(chat: Chat) -> str:
    """Return all that is said and offered where nobody has named anything."""
    shown = [await chat.run(command) for command in ("topics", "help", "about")]
    completed = [
        await chat.complete(command, option, "")
        for command, option in (
            ("figures", "topic"),
            ("figures", "by"),
            ("source", "what"),
            ("claim add", "topic"),
            ("claim add", "asserter"),
            ("claim add", "source"),
            ("claim add", "relates-to"),
            ("claim edit", "claim"),
            ("claim restore", "claim"),
            ("help", "command"),
        )
    ]
    asked = await chat.run("ask", question="who counted what was sent to Sweden")
    return "\n".join(
        [
            *(one.text for one in shown),
            asked.text.partition("\n")[2],
            str(completed),
            *offered(chat),
        ]
    )


WORDS = ("sacks", "Sacks", "Norway", "Kamau", "kamau", "mill-review", "Santiago")


async def test_a_folder_takes_the_place_of_the_example_and_gives_it_back(
    path: Where, wells: Path, server: Server, ann: Chat
) -> None:
    before = await everywhere(ann)
    assert [word for word in WORDS if word not in before] == []
    for choice in (str(wells), "none"):
        with taken_up(path, choice) as own:
            await server.env.restart_bot(curating_bot(own))
            found = await everywhere(ann)
            assert [word for word in WORDS if word in found] == []
            assert ("Wells" in found) is (choice != "none")
            assert "There is no topic" in (await ann.run("figures", topic="sacks")).text
            old = await ann.run("source", what="sacks-kamau-2024-02")
            assert "retracted" in old.text
    with taken_up(path, "shipped") as back:
        await server.env.restart_bot(curating_bot(back))
        found = await everywhere(ann)
        assert [word for word in WORDS if word not in found] == []
        assert "Wells" not in found
        shared = [record for kind, record in back.store.all_records() if not is_retired(record)]
    assert [one for one in shared if one.id == "sacks"]


async def test_what_people_added_stays_theirs(
    base: KnowledgeBase, path: Where, wells: Path, server: Server, ann: Chat
) -> None:
    await add_topic(ann)
    await pressed(ann, await drafted(ann, statement="Ann counted them on the quay."), "Save")
    place = str(server.guild.id)
    (mine,) = base.store.all_claims(place)
    with taken_up(path, str(wells)) as own:
        (handed,) = own.report.handed_over
        assert (handed.workspace, handed.topics) == (place, ("sacks",))
        await server.env.restart_bot(curating_bot(own))
        assert {"bridges", "sacks"} <= offered(ann)
        examples = (await ann.press(await ann.run("help"), "Examples")).text
        assert "/source `what:wells`" in examples
        assert "/compare" not in examples
        assert "2 million" in (await ann.run("sacks")).text
        assert "1 claim from 1 origin" in (await ann.run("sacks")).text
        assert list(own.store.all_claims(place)) == [mine]
        # It is the server's own, so its curators go on with it.
        form = await ann.invoke("topic edit", topic="sacks")
        await pressed(ann, await fill(ann, form, title="Sacks on the quay"), "Save")
        assert "Sacks on the quay" in (await ann.run("topics")).text
        stranger = Server.found(server.env, "Beta").person("bob", CURATOR)
        assert "sacks" not in offered(stranger)
        assert "There is no topic" in (await stranger.run("figures", topic="sacks")).text
    with taken_up(path, "shipped") as back:
        await server.env.restart_bot(curating_bot(back))
        listed = (await ann.run("topics")).text + (await ann.run("figures", topic="sacks")).text
        assert "Sacks on the quay" in listed
        assert mine.id in {view.id for view in back.workspaces.of(place).figures("sacks").claims}


async def test_what_was_handed_over_and_is_the_same_is_shown_once(
    base: KnowledgeBase, path: Where, server: Server, ann: Chat
) -> None:
    await pressed(ann, await drafted(ann, statement="Ann counted them on the quay."), "Save")
    place = str(server.guild.id)
    before = [view.id for view in base.workspaces.of(place).figures("sacks").claims]
    with taken_up(path, "none"), taken_up(path, "shipped") as back:
        await server.env.restart_bot(curating_bot(back))
        found = back.workspaces.of(place)
        assert [view.id for view in found.figures("sacks").claims] == before
        assert len([one for one in found.library.topics if one.startswith("sacks")]) == 1
        assert "8 million" in (await ann.run("sacks")).text
        assert "Sacks" in (await ann.run("ask", question="how many sacks were sent")).text


def test_edits_in_the_folder_are_taken_up_at_the_next_start(path: Where, wells: Path) -> None:
    with taken_up(path, str(wells)):
        pass
    claim = wells / "water" / "Claim" / "count.yaml"
    claim.write_text(claim.read_text("utf-8").replace("Statement of", "Another count of"), "utf-8")
    with taken_up(path, str(wells)) as own:
        assert list(own.report) == ["Records changed: claim count"]
        (view,) = own.workspace.figures("wells").claims
        assert view.statement == "Another count of count."
        last = own.store.revisions("claim", "count")[-1]
        assert last.why == f"as the records in the folder {wells.name} have it"
    claim.unlink()
    with taken_up(path, str(wells)) as own:
        assert list(own.report) == ["Records retracted: claim count"]
        assert own.workspace.figures("wells").claims == ()
    with taken_up(path, str(wells)) as own:
        assert own.report == Report()


def test_a_mistake_leaves_what_is_on_file_as_it_is(path: Where, wells: Path) -> None:
    with taken_up(path, str(wells)):
        pass
    claim = wells / "water" / "Claim" / "count.yaml"
    claim.write_text(claim.read_text("utf-8").replace("topic: wells", "topic: dams"), "utf-8")
    (wells / "bad.yaml").write_text("id: [", "utf-8")
    with pytest.raises(BadRecords, match=r"bad\.yaml.*and 1 more: claimbot validate"):
        opened(path, str(wells)).__enter__()
    with taken_up(path, str(wells), lenient=True) as own:
        lines = list(own.report)
        assert len(lines) == 2
        assert "what is on file stays as it is: bad.yaml, line 2: is not YAML" in lines[0]
        assert "count.yaml, line 2: count: topic: there is no topic dams" in lines[1]
        assert [view.id for view in own.workspace.figures("wells").claims] == ["count"]


def test_a_mistake_ends_a_first_start(tmp_path: Path) -> None:
    with pytest.raises(BadRecords, match="is no folder: claimbot init"):
        opened(tmp_path / "new.db", str(tmp_path / "nowhere"), lenient=True).__enter__()


def test_a_record_that_a_person_changed_stays_when_the_records_leave(path: Where) -> None:
    with opened(path) as found:
        topic = found.store.topics()[0]
        with found.store.change("anna", "said otherwise") as change:
            change.put(topic.model_copy(update={"description": "As we say it"}))
    with taken_up(path, "none") as own:
        assert [str(one.record) for one in own.report.conflicts] == [f"topic {topic.id}"]
        assert list(own.workspace.library.topics) == [topic.id]


def test_pages_of_what_has_left_are_read_by_their_address_alone(path: Where, wells: Path) -> None:
    with taken_up(path, str(wells)) as own:
        site = Site(Published(own), Addresses(ROOT), lambda: TODAY)
        browser = TestClient(application(site, a_minute=0), base_url=ROOT)
        for page in (
            "/",
            "/topics",
            "/ask",
            "/check",
            "/sitemap.xml",
            "/openapi.json",
            "/index.atom",
        ):
            shown = browser.get(page)
            assert shown.status_code == 200, page
            assert [word for word in WORDS if word in shown.text] == [], page
        for page in (
            "/claim/sacks-kamau-2024-02",
            "/source/mill-review-2024-02",
            "/asserter/kamau",
        ):
            for ending in ("", ".json"):
                assert browser.get(page + ending).status_code == 200, page
        assert browser.get("/topic/sacks").status_code == 404
        rows = rows_of(Published(own).records())
        assert [row["id"] for row in rows["claims"]] == ["count"]


async def followed(server: Server, shown: Callable[[], bool]) -> None:
    """Let the bot look until it shows what another process wrote, which it reads in a thread."""
    for _ in range(300):
        if shown():
            return
        await server.env.advance_time(15)
        await asyncio.sleep(0.02)
    pytest.fail("the bot does not follow")


async def test_a_running_bot_follows_a_switch_by_another_process(
    path: Where, server: Server, ann: Chat
) -> None:
    await pressed(ann, await drafted(ann, statement="Ann counted them on the quay."), "Save")
    bob = Server.found(server.env, "Beta").person("bob", CURATOR)
    assert "sacks" in offered(bob)
    with taken_up(path, "none"):
        pass
    await followed(server, lambda: "sacks" not in offered(bob))
    assert "holds no topics" in (await bob.run("topics")).text
    assert "sacks" in offered(ann)
    assert "1 claim from 1 origin" in (await ann.run("sacks")).text
    with taken_up(path, "shipped"):
        pass
    await followed(server, lambda: "sacks" in offered(bob))
    assert "Sacks" in (await bob.run("topics")).text
    assert "Sacks" in (await ann.run("ask", question="how many sacks were sent")).text


async def test_what_a_server_added_may_move_into_the_folder(
    base: KnowledgeBase, path: Where, wells: Path, server: Server, ann: Chat
) -> None:
    await add_topic(ann)
    place = str(server.guild.id)
    (topic,) = base.store.topics(place)
    await pressed(ann, await drafted(ann, topic=topic.id, statement="The bridges stand."), "Save")
    with taken_up(path, str(wells)) as own:
        written = "".join(export(own.store.all_records(place), "yaml"))
    (wells / "ours.yaml").write_text(written, "utf-8")
    with taken_up(path, str(wells)) as own:
        assert not own.report.refused
        (view,) = own.workspaces.of(place).figures(topic.id).claims
        assert view.statement == "The bridges stand."
        assert [view] == list(own.workspaces.of(None).figures(topic.id).claims)
