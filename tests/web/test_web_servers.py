"""A server's pages: public when its moderators publish them, and gone when they withdraw them."""

import re
from collections.abc import Iterator

import pytest
from simcord.env import Env
from starlette.testclient import TestClient

from bot.client import Claimbot
from bot.published import Published
from bot.web import Site, application
from commands.chat import UNHURRIED
from commands.text import Addresses
from knowledge.base import KnowledgeBase, opened
from knowledge.model import AnyRecord, Claim, Source, Status
from knowledge.store import Where
from tests.bases.engines import on_both_engines
from tests.conftest import TODAY, Chat
from tests.driving.curators import Server, pressed
from tests.driving.website import ROOT

pytestmark = on_both_engines

OWN = "spoilt-own"
SAID = "Only this server says so, after a walk along the quay."


@pytest.fixture
def base(valley_copy: Where) -> Iterator[KnowledgeBase]:
    with opened(valley_copy) as found:
        yield found


@pytest.fixture
def simcord_bot(base: KnowledgeBase) -> Claimbot:
    return Claimbot(base, today=lambda: TODAY, limits=UNHURRIED, public_url=ROOT)


@pytest.fixture
def server(simcord_env: Env) -> Server:
    return Server.found(simcord_env, "Alpha <b>& co</b>")


@pytest.fixture
def mona(server: Server) -> Chat:
    return server.person("mona", manages=True)


@pytest.fixture
def browser(base: KnowledgeBase) -> TestClient:
    site = Site(Published(base), Addresses(ROOT), lambda: TODAY)
    return TestClient(application(site), base_url=ROOT, raise_server_exceptions=False)


def place(server: Server) -> str:
    return str(server.guild.id)


def of(server: Server, path: str = "/") -> str:
    return f"/server/{server.guild.id}{path}"


def held(base: KnowledgeBase, claim: str = "spoilt-harper-2024-10") -> Claim:
    found = base.workspaces.shared.library.claim(claim)
    assert found is not None
    return found


async def put(base: KnowledgeBase, server: Server, *records: AnyRecord, why: str = "own") -> None:
    with base.store.change("mona [1]", why, place(server)) as change:
        for one in records:
            change.put(one)
    await base.writer.catch_up()


async def add_own(base: KnowledgeBase, server: Server, **fields: object) -> Claim:
    own = held(base).model_copy(
        update={"id": OWN, "origin": OWN, "statement": SAID, "relations": (), **fields}
    )
    await put(base, server, own)
    return own


async def publish(mona: Chat) -> None:
    shown = await pressed(mona, await mona.run("settings"), "Publish …")
    await pressed(mona, shown, "Publish it")


async def test_nothing_is_public_before_moderators_publish_it_nor_after_they_withdraw_it(
    base: KnowledgeBase, server: Server, mona: Chat, browser: TestClient
) -> None:
    await add_own(base, server)
    paths = ["/", "/index.json", f"/claim/{OWN}", "/topic/spoilt", "/index.atom", "/sitemap.xml"]
    paths += ["/topic/spoilt.svg", f"/claim/{OWN}.png?v=1", "/ask?q=spoilt", "/source/x", "/topics"]
    nowhere = [browser.get(of(server, path)) for path in paths]
    assert {one.status_code for one in nowhere} == {404}
    unknown = browser.get("/server/1/")
    assert unknown.text == nowhere[0].text, "it does not even tell that there is such a server"
    screen = await mona.run("settings")
    assert "nothing of this server is on the web" in screen.text
    asked = await pressed(mona, screen, "Publish …")
    for words in ("every claim, source and topic", "the reason that was given", of(server)):
        assert words in asked.text
    assert browser.get(of(server)).status_code == 404, "it only asked"
    shown = await pressed(mona, asked, "Publish it")
    assert f"{ROOT}{of(server)}" in shown.text
    assert SAID in browser.get(of(server, f"/claim/{OWN}")).text
    assert SAID in browser.get(of(server, "/topic/spoilt.json")).text
    assert OWN in browser.get(of(server, "/index.atom")).text
    assert f"{ROOT}{of(server)}claim/{OWN}<" in browser.get(of(server, "/sitemap.xml")).text
    assert f"Sitemap: {ROOT}{of(server)}sitemap.xml" in browser.get("/robots.txt").text
    assert browser.get(f"/claim/{OWN}").status_code == 404, "the shared base has it no more"
    tag = browser.get(of(server, "/topic/spoilt")).headers["etag"]
    shown = await pressed(mona, shown, "Withdraw the pages")
    assert "nothing of this server is on the web" in shown.text
    gone = browser.get(of(server, "/topic/spoilt"), headers={"if-none-match": tag})
    assert gone.status_code == 404
    assert {browser.get(of(server, path)).status_code for path in paths} == {404}
    assert of(server) not in browser.get("/robots.txt").text
    await pressed(mona, shown, "Undo")
    assert browser.get(of(server)).status_code == 200
    history = await pressed(mona, await mona.run("settings"), "History")
    assert "- Pages on the web: default → anybody may read what is on file here" in history.text


async def test_the_pages_go_with_the_bot_and_do_not_come_back_by_themselves(
    base: KnowledgeBase, simcord_env: Env, server: Server, mona: Chat, browser: TestClient
) -> None:
    await publish(mona)
    assert browser.get(of(server)).status_code == 200
    simcord_env.backend.remove_guild(server.guild.id)
    await simcord_env.settle()
    assert browser.get(of(server)).status_code == 404
    (change, *_) = base.settings.history(place(server))
    assert (change.who, change.why) == ("Claimbot", "the bot left the server")


async def test_all_defaults_withdraw_the_pages(
    server: Server, mona: Chat, browser: TestClient
) -> None:
    await publish(mona)
    shown = await pressed(mona, await mona.run("settings"), "History")
    await pressed(mona, shown, "All defaults")
    assert browser.get(of(server)).status_code == 404


async def test_only_whoever_manages_the_server_publishes(
    base: KnowledgeBase, server: Server, mona: Chat, browser: TestClient
) -> None:
    shown = await pressed(mona, await mona.run("settings"), "Publish …")
    manager = server.guild.roles["manager"]
    mona.env.backend.remove_member_role(server.guild.id, mona.person.id, manager.id)
    refused = await pressed(mona, shown, "Publish it")
    assert "Only members with the permission Manage Server" in refused.text
    assert base.settings.publishing() == []
    assert browser.get(of(server)).status_code == 404


async def test_without_pages_there_is_nothing_to_publish(simcord_bot: Claimbot, mona: Chat) -> None:
    simcord_bot.addresses = None
    shown = await mona.run("settings")
    assert "this bot shows nothing on the web" in shown.text
    assert "Publish …" not in shown.buttons


async def test_every_link_of_a_servers_page_stays_with_the_server(
    base: KnowledgeBase, server: Server, mona: Chat, browser: TestClient
) -> None:
    own = await add_own(base, server)
    await publish(mona)
    paths = ["/", "/topics", "/topic/spoilt", "/topic/sacks?since=2024-02", f"/claim/{OWN}", "/ask"]
    paths += ["/ask?q=how+many+wagons", f"/source/{own.citations[0].source}", "/check", "/claim/no"]
    for path in paths:
        page = browser.get(of(server, path), headers={"accept-language": "de"}).text
        assert "Alpha &lt;b&gt;&amp; co&lt;/b&gt;" in page
        assert "<b>& co" not in page
        inside = set(re.findall(r'(?:href|src|srcset|action)="(/[^"]*)"', page))
        away = {one for one in inside if not one.startswith((of(server), "/static/"))}
        assert away == {"/"}, path
        whole = set(re.findall(rf'"{ROOT}([^"]*)"', page))
        assert {one for one in whole if not one.startswith(of(server))} == set(), path
    for path in ("/topic/sacks?since=yesteryear", "/claim/spoilt-harper"):
        offered = re.findall(r'<li><a href="(/[^"]*)"', browser.get(of(server, path)).text)
        assert offered, path
        for address in offered:
            assert browser.get(address.replace("&amp;", "&")).status_code == 200, address
    led = re.findall(r'href="(/[^"]*)"', browser.get(of(server, "/topic/spoilt")).text)
    for address in led:
        assert browser.get(address.replace("&amp;", "&")).status_code == 200, address
    sent = browser.post(of(server, "/check"), data={"text": "Norway sent 20 million sacks."})
    assert sent.status_code == 200
    moved = browser.get(of(server, "/topic/sacks%20of%20grain"), follow_redirects=False)
    assert moved.headers["location"] == of(server, "/topic/sacks")


async def test_what_waits_is_not_public_nor_what_only_it_names(
    base: KnowledgeBase, server: Server, mona: Chat, browser: TestClient
) -> None:
    source = base.workspaces.shared.library.source("mill-review-2024-02")
    own = {"id": "own-paper", "title": "An own paper", "published_on": "2025"}
    new = Source.model_validate({**source.model_dump(), **own})
    cited = held(base).citations[0].model_copy(update={"source": "own-paper"})
    await put(base, server, new)
    await add_own(base, server, status=Status.PROPOSED, citations=(cited,))
    await publish(mona)
    for path in (f"/claim/{OWN}", "/source/own-paper"):
        assert browser.get(of(server, path)).status_code == 404
    for path in ("/topic/spoilt.json", "/sitemap.xml", "/index.atom", "/"):
        text = browser.get(of(server, path)).text
        assert OWN not in text
        assert "own-paper" not in text
    await add_own(base, server, citations=(cited,))
    for path in (f"/claim/{OWN}", "/source/own-paper"):
        assert browser.get(of(server, path)).status_code == 200
    assert "own-paper" in browser.get(of(server, "/sitemap.xml")).text


async def test_one_server_publishes_nothing_of_another(
    base: KnowledgeBase, simcord_env: Env, server: Server, mona: Chat, browser: TestClient
) -> None:
    other = Server.found(simcord_env, "Beta")
    await add_own(base, other)
    await publish(mona)
    assert browser.get(of(server, f"/claim/{OWN}")).status_code == 404
    assert browser.get(of(other, f"/claim/{OWN}")).status_code == 404
    assert SAID not in browser.get(of(server, "/topic/spoilt")).text


async def test_a_history_is_that_of_the_servers_own_record_and_names_nobody(
    base: KnowledgeBase, server: Server, mona: Chat, browser: TestClient
) -> None:
    await add_own(base, server)
    await add_own(base, server, note="Seen again later.")
    shared = held(base).model_copy(update={"id": OWN, "origin": OWN, "relations": ()})
    with base.store.change("test", "a shared claim of that name") as change:
        change.put(shared)
    await base.writer.catch_up()
    await publish(mona)
    own = browser.get(of(server, f"/claim/{OWN}.json"))
    assert own.json()["claim"]["statement"] == SAID
    assert [one["why"] for one in own.json()["history"]] == ["own", "own"]
    assert "mona" not in own.text
    theirs = browser.get(of(server, f"/claim/{OWN}-shared.json")).json()
    assert theirs["claim"]["statement"] == shared.statement
    assert [one["why"] for one in theirs["history"]] == ["a shared claim of that name"]
    events = browser.get(of(server, "/topic/spoilt.atom")).text
    assert "a shared claim" not in events
    assert events.count(f"/claim/{OWN}#r") == 2
    assert browser.get(f"/claim/{OWN}.json").json()["claim"]["statement"] == shared.statement


async def test_pictures_of_what_may_be_withdrawn_are_not_kept_for_good(
    server: Server, mona: Chat, browser: TestClient
) -> None:
    await publish(mona)
    kept = [browser.get(f"{at}/topic/sacks.png?v=1") for at in ("", of(server, ""))]
    assert "immutable" in kept[0].headers["cache-control"]
    assert kept[1].headers["cache-control"] == "public, no-cache"


async def test_the_chat_of_that_server_links_to_its_pages(
    base: KnowledgeBase, simcord_env: Env, server: Server, mona: Chat, browser: TestClient
) -> None:
    await add_own(base, server)
    before = await mona.run("figures", topic="spoilt")
    assert "Open" not in before.links
    await publish(mona)
    shown = await mona.run("figures", topic="spoilt")
    address = shown.links["Open"]
    assert address == f"{ROOT}{of(server, '/topic/spoilt')}"
    assert SAID in browser.get(address.removeprefix(ROOT)).text
    evidence = await mona.run("source", what=OWN)
    assert evidence.links["Open"] == f"{ROOT}{of(server, f'/claim/{OWN}')}"
    assert f"What is on file here is public: {ROOT}{of(server)}" in (await mona.run("about")).text
    elsewhere = Server.found(simcord_env, "Beta").person("ulf")
    assert (await elsewhere.run("sacks")).links["Open"] == f"{ROOT}/topic/sacks"


async def test_a_large_workspace_that_is_being_opened_is_told(
    base: KnowledgeBase,
    server: Server,
    mona: Chat,
    browser: TestClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await add_own(base, server)
    await publish(mona)
    base.workspaces.refresh()
    monkeypatch.setattr("knowledge.workspaces.workspaces.LARGE", 1)
    for path in ("/", "/sitemap.xml", f"/claim/{OWN}.json"):
        base.workspaces.refresh()
        waiting = browser.get(of(server, path))
        assert waiting.status_code == 503
        assert waiting.headers["retry-after"]
        base.workspaces.opened(place(server))
        assert browser.get(of(server, path)).status_code == 200
