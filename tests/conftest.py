"""What many tests need: the handmade base, the bot on it, and a place to chat in."""

import os
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord
import pytest
import simcord
from hypothesis import settings
from simcord.env import Env

from bot.client import Claimbot
from commands.chat import UNHURRIED, App
from commands.text import speak
from knowledge.base import KnowledgeBase, curated, opened
from knowledge.library import Library
from knowledge.store import Where, open_store
from knowledge.workspaces import Workspace
from tests.bases.engines import POSTGRESQL, SQLITE, Lending, copy_of, drop, shared_server
from tests.bases.valley import VALLEY
from tests.driving.payload_limits import V2, check_message
from tests.properties import register_profiles, try_again

register_profiles()

TODAY = date(2026, 3, 10)
PATIENCE = 60.0
LIMITS = {"title": 256, "description": 4096, "fields": 25, "total": 6000}


def pytest_xdist_auto_num_workers() -> int:
    """Start two workers for each core: a simulated Discord waits half of its time.

    The whole suite on two cores: 340 s with two workers, 247 s with four (`pytest -n 2`, `-n 4`).
    """
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session", autouse=True)
def valley_ships(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the handmade base be what ships, and let no bot wait for a model.

    No behaviour rests on the curated records, then; nor does any on what other runs have left.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        patch.setenv("CLAIMBOT_MODEL", "off")
        # On a busy machine, a bot may take longer than usual to come to rest.
        patch.setitem(vars(Env)["__init__"].__kwdefaults__, "settle_timeout", PATIENCE)
        # What a thread has finished is looked for more often than every twentieth of a second,
        # and what is to be told together is told at once: in a test, nothing more comes.
        patch.setitem(vars(Env)["_settle_internal"].__kwdefaults__, "idle", 0.005)
        patch.setattr("commands.curation.topic_commands.TOGETHER_SECONDS", 0.01)
        patch.setattr("knowledge.base.curated", lambda: VALLEY)
        yield


@contextmanager
def shipped(path: Path) -> Iterator[KnowledgeBase]:
    """Open a database of the records that really ship, for what is measured on them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("knowledge.base.curated", curated)
        with opened(path) as base:
            yield base


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let tests that do not say which engine they run on, be run on the other one.

    And let properties be tried on new examples for some seconds each.
    """
    parser.addoption("--engine", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    parser.addoption("--fuzz", type=float, metavar="SECONDS", default=0.0)


def pytest_configure(config: pytest.Config) -> None:
    """Let no run that looks for new mistakes try the usual examples."""
    if config.getoption("--fuzz"):
        settings.load_profile("new")


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Try a property again and again, where that was asked for."""
    found = yield
    seconds = pyfuncitem.config.getoption("--fuzz")
    if seconds and pyfuncitem.get_closest_marker("hypothesis"):
        try_again(pyfuncitem, seconds)
    return found


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run once, of what a module runs on both engines, the tests that ask for no database.

    Begin with the modules that take long, so that no process is left with one in the end.
    """
    items[:] = [one for one in items if not _needless(one)]
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, -tests[item.path]))


def _needless(item: pytest.Item) -> bool:
    """Whether a test is the second of two that would do the same."""
    call = getattr(item, "callspec", None)
    engines = [one.args[1] for one in item.iter_markers("parametrize") if one.args[0] == "engine"]
    if not call or [SQLITE, POSTGRESQL] not in engines or call.params["engine"] == SQLITE:
        return False
    return {"lending", "valleys"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def engine(request: pytest.FixtureRequest) -> str:
    """Name the engine that a test runs on: SQLite, unless it asks for others."""
    return str(getattr(request, "param", request.config.getoption("--engine")))


@pytest.fixture
def where(engine: str, tmp_path: Path, lending: Lending) -> Iterator[Where]:
    """Name a database that is not there yet: a file, or an empty one on a server."""
    if engine == SQLITE:
        yield tmp_path / "claims.db"
        return
    with lending() as lent:
        yield lent


@pytest.fixture(scope="session")
def lending(engine: str, testrun_uid: str) -> Lending:
    """Lend a database that is not there yet, as often as a test asks."""

    @contextmanager
    def lent() -> Iterator[Where]:
        if engine == SQLITE:
            with TemporaryDirectory() as folder:
                yield Path(folder) / "claims.db"
            return
        server = shared_server(testrun_uid)
        address = server.lend()
        yield address
        server.take_back(address)

    return lent


@pytest.fixture(scope="module")
def shared_where(lending: Lending) -> Iterator[Where]:
    """Name a database that the tests of a module share."""
    with lending() as where:
        yield where


@pytest.fixture(scope="session")
def valleys(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Callable[[str], Where]:
    """Build the database of the handmade base once on each engine that is asked for."""

    @cache
    def valley_on(engine: str) -> Where:
        where: Where = tmp_path_factory.mktemp("valley") / "claims.db"
        if engine == POSTGRESQL:
            where = shared_server(testrun_uid).lend()
        with opened(where):
            pass
        return where

    return valley_on


@pytest.fixture(scope="session")
def valley_database(valleys: Callable[[str], Where], engine: str) -> Where:
    """Name the database of the handmade base; tests that write copy it."""
    return valleys(engine)


@pytest.fixture
def valley_copy(valley_database: Where, tmp_path: Path) -> Iterator[Where]:
    """Copy the handmade base for one test."""
    copy = copy_of(valley_database, tmp_path)
    yield copy
    drop(copy)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English again after a test, even one that failed in another language."""
    yield
    speak("en-US")


@pytest.fixture(scope="session")
def valley(valley_database: Where) -> Iterator[Workspace]:
    """Open the handmade base once, for all that only read it."""
    store = open_store(valley_database)
    try:
        yield Workspace(Library(store))
    finally:
        store.close()


@pytest.fixture
def workspace(valley: Workspace) -> Workspace:
    """Stand for the workspace that a test asks at; tests replace it by their own."""
    return valley


@pytest.fixture
def simcord_bot(workspace: Workspace) -> Claimbot:
    """Make the real bot; tests replace `workspace` to run it on other records."""
    return Claimbot(workspace, today=lambda: TODAY, limits=UNHURRIED)


def app_of(workspace: Workspace) -> App:
    """Make what commands need of the bot, without a connection."""
    app = App(intents=discord.Intents.none())
    app.workspace = workspace
    return app


Person = simcord.MemberActor | simcord.UserHandle


@dataclass(frozen=True, slots=True)
class Chat:
    """A person in a channel of a server, or in a direct message, with the bot."""

    env: Env
    person: Person
    channel: simcord.ChannelHandle | None

    @property
    def channel_id(self) -> int:
        """The channel, where it is one of a server."""
        assert self.channel is not None
        return int(self.channel.id)

    async def run(self, command: str, /, **options: str | bool) -> "Shown":
        """Run a slash command and return what it answers."""
        return self._shown(await self.invoke(command, **options))

    async def invoke(self, command: str, /, **options: str | bool) -> simcord.InteractionResult:
        """Run a slash command; an underscore in an option's name stands for a hyphen."""
        given = {name.replace("_", "-"): value for name, value in options.items()}
        if isinstance(self.person, simcord.MemberActor):
            assert self.channel is not None
            return await self.person.slash(self.channel, command, **given)
        result: simcord.InteractionResult = await self.person.slash(command, **given)
        return result

    async def complete(self, command: str, option: str, typed: str) -> list[tuple[str, str]]:
        """Type into an option and return what is offered: what is shown, what is sent."""
        if isinstance(self.person, simcord.MemberActor):
            assert self.channel is not None
            offered = await self.person.autocomplete(self.channel, command, option, typed)
        else:
            offered = await self.person.autocomplete(command, option, typed)
        assert len(offered) <= 25
        assert all(0 < len(choice["name"]) <= 100 for choice in offered)
        assert all(0 < len(choice["value"]) <= 100 for choice in offered)
        return [(choice["name"], choice["value"]) for choice in offered]

    async def menu(self, entry: str, message: discord.Message) -> "Shown":
        """Apply an entry of the message menu to a message."""
        assert isinstance(self.person, simcord.MemberActor)
        assert self.channel is not None
        return self._shown(await self.person.context_menu(self.channel, entry, message))

    async def post(self, text: str, *, file: bytes | None = None) -> discord.Message:
        """Write a message in the channel."""
        assert isinstance(self.person, simcord.MemberActor)
        assert self.channel is not None
        attachments = [] if file is None else [("file.png", file)]
        sent: discord.Message = await self.person.send(self.channel, text, attachments=attachments)
        return sent

    async def press(self, shown: "Shown", label: str) -> "Shown":
        """Press a button of a message and return what is there then."""
        return self._shown(await self.click(shown, label), shown)

    async def click(self, shown: "Shown", label: str) -> simcord.InteractionResult:
        """Press a button of a message, or choose a line of its menu."""
        result: simcord.InteractionResult
        if label in shown.menu and label not in shown.buttons:
            result = await self.person.select(shown.message, [shown.menu[label]])
        else:
            result = await self.person.click(shown.message, label=label)
        return result

    def _shown(self, result: simcord.InteractionResult, before: "Shown | None" = None) -> "Shown":
        """Return the answer, which has to be there and within Discord's limits."""
        assert result.acknowledged
        message = result.response or (before.message if before else None)
        assert message is not None
        shown = Shown(message)
        check_limits(shown)
        return shown


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot, as its reader sees it."""

    message: simcord.ResponseMessage

    @property
    def private(self) -> bool:
        """Whether only the person who asked can see it."""
        return self.message.ephemeral

    @property
    def embed(self) -> discord.Embed:
        """The one embed of the message, where it is no answer that is laid out."""
        (embed,) = self.message.embeds
        return embed

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Every component of it, in reading order."""
        return list(_walked(self.message.components))

    @property
    def title(self) -> str:
        """The first heading in it."""
        if self.message.embeds:
            return self.embed.title or ""
        lines = (line for part in self._texts for line in part.splitlines())
        return next((line[4:] for line in lines if line.startswith("### ")), "")

    @property
    def body(self) -> str:
        """What it says below the title and above its sources."""
        if self.message.embeds:
            return _as_read(self.embed.description or "")
        _, _, below = self._texts[0].partition(f"### {self.title}")
        return below.removeprefix("\n")

    @property
    def sources(self) -> str:
        """The publications that it names."""
        if self.message.embeds:
            return "\n".join(field.value or "" for field in self.embed.fields)
        lines = "\n".join(self._texts[1:]).splitlines()
        return "\n".join(line.removeprefix("-# ") for line in lines)

    @property
    def text(self) -> str:
        """Everything that can be read in it, in whatever way it is shown."""
        if not self.message.embeds:
            return "\n".join(self._texts)
        embed = self.embed
        fields = [part for field in embed.fields for part in (field.name, field.value)]
        parts = [embed.author.name, embed.title, embed.description, *fields, embed.footer.text]
        return _as_read("\n".join(part for part in parts if part))

    @property
    def _texts(self) -> list[str]:
        return [_as_read(part["content"]) for part in self.parts if part["type"] == _TEXT]

    @property
    def tappable(self) -> set[str]:
        """The commands that can be tapped in it."""
        written = [part["content"] for part in self.parts if part["type"] == _TEXT]
        written += [embed.description or "" for embed in self.message.embeds]
        return {name for text in written for name in _MENTION.findall(text)}

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons: what stands on them, and their ids."""
        return {each["label"]: each["custom_id"] for each in self.parts if _is_button(each)}

    @property
    def menu(self) -> dict[str, str]:
        """The lines of its menu: what they say, and what they stand for."""
        menus = (each for each in self.parts if each["type"] == _MENU)
        return {line["label"]: line["value"] for menu in menus for line in menu["options"]}

    @property
    def links(self) -> dict[str, str]:
        """The buttons that open an address."""
        return {each["label"]: each["url"] for each in self.parts if each.get("url")}


_BUTTON, _MENU, _TEXT = 2, 3, 10
_MENTION = re.compile(r"</([-\w ]+):\d+>")


def _as_read(text: str) -> str:
    """Write the mention of a command as Discord shows it."""
    return _MENTION.sub(r"/\1", text)


def _walked(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in components:
        yield one
        yield from _walked(one.get("components", []))
        yield from _walked([one["accessory"]] if "accessory" in one else [])


def _is_button(part: dict[str, Any]) -> bool:
    return part["type"] == _BUTTON and {"label", "custom_id"} <= part.keys()


def check_limits(shown: Shown) -> None:
    """Fail where Discord would refuse a message, or where it could ping somebody."""
    if shown.message.embeds:
        check_embed(shown.embed)
    else:
        check_message({"components": shown.message.components, "flags": V2})
    for file in shown.message.message.attachments:
        assert 0 < len(file.description or "") <= 1024
    for label, custom_id in shown.buttons.items():
        assert 0 < len(label) <= 80
        assert 0 < len(custom_id) <= 100
    assert shown.message.content == ""
    assert not shown.message.message.mentions
    assert not shown.message.message.mention_everyone


def check_embed(embed: discord.Embed) -> None:
    """Fail where an embed is empty or too long."""
    assert len(embed.title or "") <= LIMITS["title"]
    assert 0 < len(embed.description or "") <= LIMITS["description"]
    assert len(embed.fields) <= LIMITS["fields"]
    for field in embed.fields:
        assert 0 < len(field.name or "") <= 256
        assert 0 < len(field.value or "") <= 1024
    assert len(embed.footer.text or "") <= 2048
    assert len(embed.author.name or "") <= 256
    assert len(embed) <= LIMITS["total"]


@pytest.fixture
def chat(simcord_env: Env) -> Chat:
    """Sit down in a channel of a server."""
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("general")
    return Chat(simcord_env, guild.add_member(simcord_env.create_user("alice")), channel)


@pytest.fixture
def private_chat(simcord_env: Env) -> Chat:
    """Write to the bot in a direct message."""
    return Chat(simcord_env, simcord_env.create_user("bob"), None)
