"""The sandbox, driven line by line with a small bot of its own."""

import asyncio
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import run_sandbox

Interaction = discord.Interaction["DummyBot"]
ALT = "Two bars"


class Pages(discord.ui.View):
    """Two pages, a menu and a link."""

    def __init__(self, page: int = 1) -> None:
        super().__init__(timeout=60)
        self.page = page
        self.older.disabled = page == 1
        self.add_item(discord.ui.Button(label="Docs", url="https://example.org/docs"))

    @discord.ui.button(label="Older")
    async def older(self, interaction: Interaction, _: discord.ui.Button["Pages"]) -> None:
        """One page back."""
        await self._show(interaction, self.page - 1)

    @discord.ui.button(label="Newer")
    async def newer(self, interaction: Interaction, _: discord.ui.Button["Pages"]) -> None:
        """One page on."""
        await self._show(interaction, self.page + 1)

    @discord.ui.select(
        placeholder="Topic",
        options=[discord.SelectOption(label="Sacks"), discord.SelectOption(label="Troops")],
    )
    async def topic(self, interaction: Interaction, menu: discord.ui.Select["Pages"]) -> None:
        """Say what was chosen."""
        await interaction.response.send_message(f"chose {menu.values[0]}", ephemeral=True)

    async def _show(self, interaction: Interaction, page: int) -> None:
        embed = discord.Embed(title=f"Page {page}", colour=discord.Colour.green())
        await interaction.response.edit_message(embed=embed, view=Pages(page))


class Form(discord.ui.Modal, title="New claim"):
    """A form with a required and an optional text."""

    statement: discord.ui.TextInput["Form"] = discord.ui.TextInput(label="Statement", max_length=20)
    note: discord.ui.TextInput["Form"] = discord.ui.TextInput(
        label="Note", required=False, style=discord.TextStyle.paragraph
    )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Say what was filled in."""
        await interaction.response.send_message(f"saved {self.statement}/{self.note}")


class DummyBot(discord.Client):
    """A bot with one command of each kind that the sandbox has to cope with."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.tree = app_commands.CommandTree(self)
        self.closed = 0

    async def setup_hook(self) -> None:
        """Register everything."""
        commands: tuple[app_commands.Command[Any, ..., Any], ...]
        commands = (figures, ask, broken, pages, add, slow, silent, whoami, upload, evil)
        command: app_commands.Command[Any, ..., Any]
        for command in commands:
            self.tree.add_command(command)
        self.tree.add_command(check)
        await self.tree.sync()

    async def close(self) -> None:
        """Count."""
        self.closed += 1
        await super().close()


@app_commands.command(description="Figures of a topic")
@app_commands.describe(topic="the topic", since="from when", chart="with a picture")
async def figures(
    interaction: Interaction,
    topic: str,
    since: str | None = None,
    chart: bool = False,
) -> None:
    embed = discord.Embed(title=topic, description=f"since **{since}**", colour=0xFF0000)
    embed.add_field(name="Latest", value="8 million", inline=True)
    embed.add_field(name="Range", value="1.5 to 8 million", inline=True)
    embed.set_footer(text="6 origins")
    if chart:
        file = discord.File(io.BytesIO(b"picture"), "chart.png", description=ALT)
        await interaction.response.send_message(embed=embed, file=file)
        return
    await interaction.response.send_message(embed=embed)


@figures.autocomplete("topic")
async def topics(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
    names = ("sacks", "grain-age", "drivers")
    return [app_commands.Choice(name=name, value=name) for name in names if current in name]


@app_commands.command(description="Ask")
async def ask(interaction: Interaction, question: str) -> None:
    shown = discord.utils.escape_markdown(question)
    await interaction.response.send_message(f"You asked {shown}")


@app_commands.command(description="Fails")
async def broken(_: Interaction) -> None:
    raise RuntimeError("boom")


@app_commands.command(description="Pages")
async def pages(interaction: Interaction) -> None:
    await interaction.response.send_message(embed=discord.Embed(title="Page 1"), view=Pages())


@app_commands.command(description="Opens a form")
async def add(interaction: Interaction) -> None:
    await interaction.response.send_modal(Form())


def _work() -> str:
    time.sleep(0.3)
    return "done in a thread"


@app_commands.command(description="Defers")
async def slow(interaction: Interaction) -> None:
    await interaction.response.defer()
    await interaction.followup.send(await asyncio.to_thread(_work))


@app_commands.command(description="Never answers")
async def silent(_: Interaction) -> None:
    return


@app_commands.command(description="Who am I")
async def whoami(interaction: Interaction) -> None:
    manages = interaction.permissions.manage_guild
    where = "server" if interaction.guild_id else "direct message"
    await interaction.response.send_message(
        f"{interaction.user.name} {where} {manages} {interaction.locale}", ephemeral=True
    )


@app_commands.command(description="Reads a file")
async def upload(interaction: Interaction, file: discord.Attachment) -> None:
    await interaction.response.send_message(f"{file.filename}: {len(await file.read())}")


@app_commands.command(description="Tries to steer the terminal")
async def evil(interaction: Interaction) -> None:
    embed = discord.Embed(title="\x1b]0;t\x07a\u202eb", description="\x1b[2J\x9b31mred")
    await interaction.response.send_message("\x1b[31mtext\x08", embed=embed)


@app_commands.context_menu(name="Check claims")
async def check(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"checked: {message.content}", ephemeral=True)


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


async def chat(*lines: str) -> str:
    out = io.StringIO()
    bot = DummyBot()
    text = "".join(f"{line}\n" for line in lines)
    assert await run_sandbox(bot, stdin=io.StringIO(text), stdout=out) == 0
    assert bot.closed == 1
    return out.getvalue()


async def test_an_answer_shows_embed_fields_footer_and_who_asked() -> None:
    shown = await chat("/figures sacks since Feb 2024")
    assert 'person used /figures topic: sacks since: "Feb 2024"' in shown
    assert "│ sacks" in shown
    assert "│ since Feb 2024" in shown
    assert "Latest" in shown
    assert "1.5 to 8 million" in shown
    assert "│ 6 origins" in shown


async def test_a_plain_question_goes_to_ask_and_escapes_are_not_shown() -> None:
    assert "You asked how many *sacks*?" in await chat("how many *sacks*?")


async def test_an_attachment_shows_its_name_size_and_description(tmp_path: Path) -> None:
    target = tmp_path / "saved.png"
    shown = await chat("/figures sacks chart", f":save chart.png {target}", ":save other.png")
    assert "[file] chart.png (7 bytes)" in shown
    assert ALT in shown
    assert target.read_bytes() == b"picture"
    assert "! There is no attachment “other.png”. Shown: chart.png." in shown


async def test_a_private_reply_is_marked() -> None:
    assert "Claimbot  (only you can see this)\nperson server False" in await chat("/whoami")


async def test_buttons_are_pressed_by_number_or_label_and_the_edit_is_shown() -> None:
    shown = await chat("/pages", "2", ":2", ":press newer", ":press 1")
    assert "[1] Older (off)   [2] Newer   ↗ Docs (https://example.org/docs)" in shown
    assert shown.count("(edited)") == 4
    assert "│ Page 4" in shown
    assert shown.rstrip().count("│ Page 3") == 2


async def test_a_number_without_such_a_button_is_a_question() -> None:
    shown = await chat("12", "/pages", "3", "99", "1.2 million")
    assert "You asked 12" in shown
    assert "! Choose a line of the menu: :3.1 to :3.2" in shown
    assert "You asked 99" in shown
    assert "You asked 1.2 million" in shown


async def test_a_menu_line_is_chosen_by_number() -> None:
    shown = await chat("/pages", ":3.2", ":3.9", ":1", ":press nothing", ":7", ":2.1")
    assert "chose Troops" in shown
    assert "! Choose a line of the menu" in shown
    assert "! “Older” is switched off." in shown
    assert "! There is no button “nothing”. There is: Older, Newer." in shown
    assert "! There is no button 7 to press." in shown
    assert "! 2 is a button, which has no lines: press it by :2." in shown


async def test_an_expired_view_fails_as_in_discord() -> None:
    assert "Claimbot: this interaction failed" in await chat("/pages", ":wait 100", ":2")


async def test_a_form_is_filled_field_by_field() -> None:
    shown = await chat("/add", "Statement=one = two", r"note=first\nsecond")
    assert "│ Statement (at most 20 characters)" in shown
    assert "saved one = two/first\nsecond" in shown


async def test_a_form_is_sent_without_its_optional_field() -> None:
    assert "saved enough/\n" in await chat("/add", "Statement=enough", ":submit")


async def test_a_form_refuses_what_discord_would() -> None:
    shown = await chat("/add", "Statement=" + "x" * 21, "nope=1", ":submit", "hello", ":submit")
    assert "! Statement: must be at most 20 characters." in shown
    assert "! The form has no field “nope”. Its fields: Statement, Note." in shown
    assert "! Statement: a value is needed." in shown
    assert "The form “New claim” was closed without sending it." in shown
    assert "You asked hello" in shown
    assert "! No form is open." in shown


async def test_a_form_that_was_sent_by_its_last_field_is_not_sent_again() -> None:
    shown = await chat("/add", "Statement=enough", "note=so", ":submit", ":submit", "Note=more")
    assert shown.count("saved enough/so") == 1
    assert "The form “New claim” was sent with its last field." in shown
    assert "! No form is open: “Note” is a field of the form “New claim”" in shown
    assert "You asked" not in shown
    sent = await chat("/add", "Statement=enough", ":submit", ":submit", "Price = what?")
    assert "! No form is open." in sent
    assert "You asked Price = what?" in sent


async def test_a_form_left_open_at_the_end_is_reported() -> None:
    assert "closed without sending" in await chat("/add")
    assert "closed without sending" in await chat("/add", ":cancel", "hello")


async def test_a_deferred_answer_from_a_thread_is_shown_whole() -> None:
    shown = await chat("/slow")
    assert "done in a thread" in shown
    assert "thinking" not in shown


async def test_a_failing_command_is_shown_as_in_discord_and_the_session_goes_on() -> None:
    shown = await chat("/broken", "/silent", "hello")
    assert shown.count("Claimbot: the application did not respond") == 2
    assert "You asked hello" in shown


async def test_the_message_menu_is_applied_to_a_posted_text() -> None:
    shown = await chat(':menu "Check claims" they sent 20 million', ":menu check claims  half")
    assert "checked: they sent 20 million" in shown
    assert "checked: half" in shown
    assert "person\nhalf" in shown
    refused = await chat(":menu Other x", ":menu Check claims", ":dm", ":menu Check claims x")
    assert '! The message menu has no such entry. It has: "Check claims".' in refused
    assert "! There is no text" in refused
    assert "! The message menu works in the server only" in refused


async def test_people_and_places_are_switched() -> None:
    shown = await chat(
        ":as curator", "/whoami", ":dm", "/whoami", ":server", ":as anna Press", "/whoami"
    )
    assert "curator server True" in shown
    assert "curator direct message False" in shown
    assert "anna server False" in shown


async def test_the_language_of_the_persons_discord_reaches_the_bot() -> None:
    shown = await chat("/whoami", ":language uk", "/whoami", ":language xx")
    assert "person server False en-US" in shown
    assert "person server False uk" in shown
    assert "! Discord has no language “xx”." in shown


async def test_a_private_reply_stays_private_to_its_person() -> None:
    shown = await chat("/whoami", ":as anna", "hello")
    assert shown.count("person server False") == 1


async def test_a_file_is_uploaded_from_its_path(tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    file.write_bytes(b"12345")
    assert "claims.yaml: 5" in await chat(f"/upload {file}")
    shown = await chat(f"/upload {tmp_path / 'missing'}")
    assert "! file: cannot read" in shown


async def test_mistakes_get_one_line() -> None:
    shown = await chat(
        "/figurs", "/figures", '/ask "open', ":frob", ":as", ":wait soon", f":as {'a' * 33}"
    )
    assert "! There is no command “/figurs”. Nearest: /figures." in shown
    assert "! /figures needs topic: the topic" in shown
    assert "! A quotation mark is not closed" in shown
    assert "! There is no “:frob”." in shown
    assert "! Name a member" in shown
    assert "! Discord takes names of at most 32 characters." in shown
    assert "! How many seconds?" in shown


async def test_help_lists_what_the_bot_registered() -> None:
    shown = await chat(":help", ":quit", "never read")
    assert "/figures topic [since] [chart]" in shown
    assert ':menu "Check claims"' in shown
    assert "never read" not in shown


async def test_help_is_readable_on_80_columns() -> None:
    shown = await chat(":help")
    assert len(shown.splitlines()) < 60
    assert all(len(line) <= 80 for line in shown.splitlines())


async def test_nothing_shown_can_steer_the_terminal() -> None:
    shown = await chat("/evil", "\x1b[31mred\u202e \x07")
    assert not {"\x1b", "\x07", "\x08", "\x9b", "\u202e"} & set(shown)


async def test_lines_come_from_a_pipe_that_breaks_off_without_a_line_end() -> None:
    receiving, sending = os.pipe()
    os.write(sending, "hello\r\nпривіт".encode())
    os.close(sending)
    out = io.StringIO()
    with os.fdopen(receiving) as stdin:
        assert await run_sandbox(DummyBot(), stdin=stdin, stdout=out) == 0
    assert "You asked hello\n" in out.getvalue()
    assert "You asked привіт" in out.getvalue()


async def test_an_encoding_without_the_bar_does_not_end_the_session() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert await run_sandbox(DummyBot(), stdin=io.StringIO("/pages\n"), stdout=out) == 0
    out.flush()
    assert b"? Page 1" in raw.getvalue()


def test_a_pipe_does_not_pay_for_the_terminal() -> None:
    code = "import sys, bot.sandbox.session; print('prompt_toolkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


async def test_a_bot_that_cannot_start_is_closed_and_its_error_raised() -> None:
    class Failing(DummyBot):
        async def setup_hook(self) -> None:
            raise OSError("no database")

    bot = Failing()
    with pytest.raises(OSError, match="no database"):
        await run_sandbox(bot, stdin=io.StringIO(), stdout=io.StringIO())
    assert bot.closed == 1


async def test_leaving_in_the_middle_of_a_command_closes_the_bot_once() -> None:
    bot = DummyBot()
    receiving, sending = os.pipe()
    os.write(sending, b"/slow\n")
    with os.fdopen(receiving) as stdin:
        running = asyncio.create_task(run_sandbox(bot, stdin=stdin, stdout=io.StringIO()))
        await asyncio.sleep(0.2)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        os.close(sending)
    assert bot.closed == 1
