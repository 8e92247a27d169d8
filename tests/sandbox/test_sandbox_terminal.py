"""The sandbox at a terminal: the prompt, completion by the bot, and leaving it."""

import asyncio
import io
from pathlib import Path
from typing import Any

import discord
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.sandbox import run_sandbox
from bot.sandbox.terminal import ChatCompleter
from bot.sandbox.world import open_world


class Choosy(discord.Client):
    """A bot whose one command has every kind of completion, and that opens a form."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.tree = discord.app_commands.CommandTree(self)
        self.closed = 0

    async def setup_hook(self) -> None:
        """Register both commands."""
        self.tree.add_command(figures)
        self.tree.add_command(add)
        await self.tree.sync()

    async def close(self) -> None:
        """Count."""
        self.closed += 1
        await super().close()


@discord.app_commands.command(description="Figures")
@discord.app_commands.choices(unit=[discord.app_commands.Choice(name="Months", value="m")])
async def figures(
    interaction: discord.Interaction[Choosy],
    topic: str,
    unit: str | None = None,
    chart: bool = False,
) -> None:
    await interaction.response.send_message(f"{topic} {unit} {chart}")


@figures.autocomplete("topic")
async def topics(
    interaction: discord.Interaction[Choosy], current: str
) -> list[discord.app_commands.Choice[str]]:
    chart = interaction.namespace.chart
    names = ("sacks", "sack age", f"chart {chart}")
    return [discord.app_commands.Choice(name=n.title(), value=n) for n in names if current in n]


class Form(discord.ui.Modal, title="New claim"):
    """One short text."""

    statement: discord.ui.TextInput["Form"] = discord.ui.TextInput(label="Statement", max_length=5)

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Say what was filled in."""
        await interaction.response.send_message(f"saved {self.statement}")


@discord.app_commands.command(description="Opens a form")
async def add(interaction: discord.Interaction[Choosy]) -> None:
    await interaction.response.send_modal(Form())


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/fi", {"/figures "}),
        ("/", {"/figures ", "/add "}),
        ("how many", set()),
        ("/figures ", {"topic: ", "unit: ", "chart: ", "sacks", '"sack age"', '"chart None"'}),
        ("/figures sack a", {'"sack age"'}),
        ("/figures chart: yes topic: ch", {'"chart True"'}),
        ("/figures topic: sacks u", {"unit: "}),
        ("/figures topic: sacks unit: ", {"chart: ", "Months"}),
        ("/figures topic: sacks chart: y", {"yes"}),
        ('/figures topic: "open', set()),
    ],
)
async def test_completion_offers_names_choices_and_what_the_bot_answers(
    line: str, offered: set[str]
) -> None:
    async with open_world(Choosy(), "Claimbot", "person") as world:
        completer = ChatCompleter(world)
        found = completer.get_completions_async(Document(line), CompleteEvent())
        assert {each.text async for each in found} == offered


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


async def type_keys(keys: str, bot: Choosy) -> str:
    """What a session shows at a terminal where these keys are pressed."""
    out = _Screen()
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
        # A pipe holds 64 KB: what is longer waits until it is read.
        typing = asyncio.create_task(asyncio.to_thread(keyboard.send_text, keys))
        assert await run_sandbox(bot, stdin=_Screen(), stdout=out) == 0
        await typing
    return out.getvalue()


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


async def test_a_form_is_asked_field_by_field_until_each_is_right() -> None:
    shown = await type_keys("/add\rtoo long\rright\r:quit\r", Choosy())
    assert "Statement: must be at most 5 characters." in shown
    assert "saved right" in shown


async def test_leaving_a_form_closes_it_and_the_chat_goes_on() -> None:
    shown = await type_keys("/add\r\x03/figures sacks\r\x04", Choosy())
    assert "closed without sending" in shown
    assert "sacks None False" in shown


@pytest.mark.parametrize("key", ["\x03", "\x04"])
async def test_the_terminal_is_left_by_ctrl_c_and_ctrl_d(key: str) -> None:
    bot = Choosy()
    assert "simulated Discord" in await type_keys(key, bot)
    assert bot.closed == 1


async def test_lines_are_remembered_for_the_next_session(state: Path) -> None:
    await type_keys("/figures sacks\r\x04", Choosy())
    assert "/figures sacks" in (state / "claimbot" / "history").read_text()


async def test_a_home_that_cannot_be_written_costs_the_history_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    assert "sacks None" in await type_keys("/figures sacks\r\x04", Choosy())
