"""A session at the terminal: what is typed goes to the bot, what Discord would show comes back.

The whole sandbox starts here: `run_sandbox`.
"""

import io
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import discord
from rapidfuzz import fuzz, process
from rich.console import Console, RenderableType
from rich.text import Text

from bot.markdown import NO_NAMES, clean
from bot.sandbox import pipe, render
from bot.sandbox.chat import Button, File, Form, Menu, Message
from bot.sandbox.forms import Draft, check, meant
from bot.sandbox.parser import Call, parse
from bot.sandbox.spec import NO_PATH, Refused, quoted, why
from bot.sandbox.usage import usage
from bot.sandbox.world import SETTLE_SECONDS, Outcome, World, open_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.terminal import Terminal

# On a pipe the lines come faster than a person types; the simulated clock keeps a person's pace,
# so that a cool-down meant for people does not stop a script.
PIPE_PACE_SECONDS = 3.0
"""Simulated time between two lines of a pipe, so that no cool-down holds them up: five calls take
fifteen seconds."""
QUESTION_COMMAND = "ask"
# Discord's own words where a bot does not answer.
COMMAND_FAILED = "the application did not respond"
CONTROL_FAILED = "this interaction failed"
_NUMBER = re.compile(r"(\d{1,3})((?:[ ,]*\d{0,3}\.\d{1,3})*)(?:\s+(\S.*))?\Z", re.ASCII)


async def run_sandbox(
    bot: discord.Client,
    *,
    stdin: TextIO,
    stdout: TextIO,
    name: str = "Claimbot",
    person: str = "person",
) -> int:
    """Run the bot in a simulated Discord whose chat is this terminal or pipe.

    `bot` has its command tree as `tree` and syncs it in `setup_hook`. It is closed once, whatever
    happens. Both streams being terminals makes it a conversation; else each line of `stdin` is
    one command and plain text comes out. What `setup_hook` raises is raised here.

    Returns:
        The exit code: 0.
    """
    interactive = stdin.isatty() and stdout.isatty()
    if isinstance(stdout, io.TextIOWrapper):
        # An encoding without the bar or a letter shows a question mark instead of ending it all.
        stdout.reconfigure(errors="replace")
    console = Console(
        file=stdout,
        force_terminal=stdout.isatty(),
        markup=False,
        highlight=False,
        emoji=False,
    )
    async with open_world(bot, name, person) as world:
        session = Session(world, console)
        await (_converse(session) if interactive else _follow(session, stdin))
    return 0


async def _converse(session: "Session") -> None:
    from bot.sandbox.terminal import Terminal  # noqa: PLC0415 - only a terminal pays for it

    terminal = session.terminal = Terminal(session.world)
    session.say(f"{session.world.bot_name} in a simulated Discord. :help helps, :quit leaves.")
    while (line := await terminal.line(session.prompt)) is not None:
        await session.world.catch_up()
        if not await session.handle(line):
            return


async def _follow(session: "Session", stdin: TextIO) -> None:
    async for line in pipe.lines(stdin):
        await session.world.catch_up()
        await session.world.pass_time(PIPE_PACE_SECONDS)
        if not await session.handle(line):
            return
    session.drop_form()


class Session:
    """One person's chat: the numbers on the buttons, the form that is open, the files shown."""

    def __init__(self, world: World, console: Console) -> None:
        self.world = world
        self.terminal: Terminal | None = None
        self._console = console
        self._controls: list[tuple[Message, Button | Menu]] = []
        self._draft: Draft | None = None
        self._gone: Form | None = None
        """The last form, sent or closed, until another one opens."""
        self._filled = False
        """Whether it was sent by its last field, so that nobody has sent it by hand."""
        self._files: dict[str, File] = {}
        self._orders: dict[str, Callable[[str], Awaitable[None]]] = {
            "help": self._help,
            "press": self._press_label,
            "menu": self._menu,
            "as": self._as,
            "dm": self._dm,
            "server": self._server,
            "language": self._language,
            "wait": self._wait,
            "save": self._save,
            "submit": self._submit,
            "cancel": self._cancel,
        }

    @property
    def prompt(self) -> str:
        """Who types, and where."""
        place = "direct message" if self.world.in_dm else f"#{self.world.channel.name}"
        return f"{clean(self.world.me.name)} {place}> "

    async def handle(self, line: str) -> bool:
        """Do what a line says, and show what comes of it; False when the person leaves."""
        # What a terminal could not read as text comes as lone surrogates, which nothing takes.
        text = line.encode("utf-8", "replace").decode().strip()
        if text.lower() in (":quit", ":q", ":exit"):
            return False
        try:
            self._show_news()
            if text:
                await self._dispatch(text)
        except Refused as refusal:
            self._print(Text(f"! {clean(str(refusal))}", style="red"))
        self._show_news()
        if text:
            self._console.print()
        return True

    def say(self, text: str) -> None:
        """A line of the sandbox itself."""
        self._print(Text(clean(text), style="dim"))

    def drop_form(self) -> None:
        """Close a form that is still open, unsent, and say so."""
        if self._draft is not None:
            self.say(f"The form “{self._draft.form.title}” was closed without sending it.")
            self._gone, self._filled = self._draft.form, False
            self._draft = None

    # ---------------------------------------------------------------- one line

    async def _dispatch(self, text: str) -> None:
        if self._draft is not None and self._draft.take(text):
            if self._draft.complete:
                await self._submit("")
                self._filled = True
            return
        if text.startswith(":"):
            await self._order(text[1:])
            return
        self.drop_form()
        number = _NUMBER.match(text)
        if number and not number[3] and int(number[1]) in range(1, len(self._controls) + 1):
            await self._use(number)
        elif text.startswith("/"):
            await self._run(parse(text, self.world.commands()))
        else:
            self._refuse_field(text)
            await self._ask(text)

    def _refuse_field(self, text: str) -> None:
        """Keep what was meant for a form from being asked as a question.

        Raises:
            Refused: the text fills a field of the last form, which is open no more.
        """
        field = meant(self._gone, text) if self._gone else None
        if self._gone and field:
            raise Refused(
                f"No form is open: {quoted(field.label)} is a field of the form "
                f"{quoted(self._gone.title)}, which was sent or closed. Run its command again."
            )

    async def _order(self, text: str) -> None:
        number = _NUMBER.match(text)
        if number:
            self.drop_form()
            await self._use(number)
            return
        word, _, rest = text.partition(" ")
        order = self._orders.get(word.lower())
        if order is None:
            near = process.extractOne(word, [*self._orders, "quit"], scorer=fuzz.ratio)
            raise Refused(f"There is no {quoted(':' + word)}. Nearest: :{near[0]}. See :help.")
        await order(rest.strip())

    async def _ask(self, question: str) -> None:
        asking = [each for each in self.world.commands() if each.path == QUESTION_COMMAND]
        if not asking or not asking[0].options:
            raise Refused("The bot takes no plain questions; :help lists its commands.")
        option = asking[0].options[0]
        await self._run(Call(asking[0], {option.name: option.read(question)}))

    async def _run(self, call: Call) -> None:
        self.say(f"{self.world.me.name} used {call}")
        await self._show(await self.world.run(call))

    # ---------------------------------------------------------------- controls

    async def _use(self, number: re.Match[str]) -> None:
        """Press the button, or choose the lines of the menu, that was numbered so."""
        index = int(number[1])
        if not 1 <= index <= len(self._controls):
            raise Refused(f"There is no button {index} to press.")
        shown, control = self._controls[index - 1]
        if isinstance(control, Button):
            if number[2]:
                raise Refused(f"{index} is a button, which has no lines: press it by :{index}.")
            await self._press(shown, control)
            return
        if not control.choices:
            await self._choose(shown, control, _split(number[3] or ""))
            return
        picked = [int(each) for each in re.findall(r"\.(\d+)", number[2])]
        if not picked or not all(1 <= each <= len(control.choices) for each in picked):
            last = len(control.choices)
            raise Refused(f"Choose a line of the menu: :{index}.1 to :{index}.{last}")
        await self._choose(shown, control, [control.choices[each - 1].value for each in picked])

    async def _choose(self, shown: Message, menu: Menu, values: list[str]) -> None:
        labels = {each.value: each.label for each in menu.choices}
        chosen = ", ".join(labels.get(each, each) for each in values)
        outcome = await self.world.choose(shown, menu, values)
        self.say(f"{self.world.me.name} chose {chosen}")
        await self._show(outcome, CONTROL_FAILED)

    async def _press(self, shown: Message, button: Button) -> None:
        if button.disabled:
            raise Refused(f"{quoted(button.label)} is switched off.")
        self.say(f"{self.world.me.name} pressed {button.label}")
        await self._show(await self.world.press(shown, button), CONTROL_FAILED)

    async def _press_label(self, label: str) -> None:
        if label.isdecimal():
            await self._order(label)
            return
        labels = {
            index: control.label
            for index, (_, control) in enumerate(self._controls)
            if isinstance(control, Button)
        }
        near = process.extractOne(label, labels, scorer=fuzz.WRatio, score_cutoff=75)
        if near is None:
            there = ", ".join(labels.values()) or "none"
            raise Refused(f"There is no button {quoted(label)}. There is: {there}.")
        shown, control = self._controls[near[2]]
        if isinstance(control, Button):
            await self._press(shown, control)

    async def _menu(self, rest: str) -> None:
        entries = self.world.menus()
        entry = next((each for each in entries if _names(rest, each)), None)
        if entry is None:
            offered = ", ".join(f'"{each}"' for each in entries) or "none"
            raise Refused(f"The message menu has no such entry. It has: {offered}.")
        text = rest.strip('"')[len(entry) :] if not rest.startswith('"') else rest[len(entry) + 2 :]
        self.say(f"{self.world.me.name} used “{entry}” on a message")
        await self._show(await self.world.use_menu(entry, text.strip()))

    # ------------------------------------------------------------------- forms

    async def _open(self, opened: Outcome) -> None:
        if opened.form is None:
            return
        self._draft, self._gone = Draft(opened, opened.form), None
        self._print(render.form(opened.form))
        if self.terminal is not None:
            await self._fill(self.terminal, self._draft)

    async def _fill(self, terminal: "Terminal", draft: Draft) -> None:
        """Ask for the fields one by one, each until it takes what was typed."""
        for each in draft.form.fields:
            while each.custom_id not in draft.typed:
                typed = await terminal.answer(f"{clean(each.label)}: ", each.default)
                if typed is None:
                    self.drop_form()
                    return
                try:
                    check(each, typed)
                    draft.typed[each.custom_id] = typed
                except Refused as refusal:
                    self._print(Text(f"! {clean(str(refusal))}", style="red"))
        await self._submit("")

    async def _submit(self, _: str) -> None:
        if self._draft is None and self._gone and self._filled:
            self.say(f"The form “{self._gone.title}” was sent with its last field.")
            return
        if self._draft is None:
            raise Refused("No form is open.")
        draft = self._draft
        draft.check()
        outcome = await self.world.submit(draft.opened, draft.typed)
        self._draft, self._gone, self._filled = None, draft.form, False
        self.say(f"{self.world.me.name} sent the form")
        await self._show(outcome, CONTROL_FAILED)

    async def _cancel(self, _: str) -> None:
        if self._draft is None:
            raise Refused("No form is open.")
        self.drop_form()

    # ----------------------------------------------------------- other orders

    async def _help(self, _: str) -> None:
        self._print(usage(self.world.commands(), self.world.menus()))

    async def _as(self, rest: str) -> None:
        name, _, role = rest.partition(" ")
        if not name:
            raise Refused("Name a member: :as NAME. There is: " + ", ".join(self.world.members))
        self.drop_form()
        self.world.become(name, role.strip() or None)
        self.say(f"You are {name} now.")

    async def _dm(self, _: str) -> None:
        self.drop_form()
        self.world.in_dm = True
        self.say(f"You are in the direct message with {self.world.bot_name} now.")

    async def _server(self, _: str) -> None:
        self.drop_form()
        self.world.in_dm = False
        self.say(f"You are in #{self.world.channel.name} now.")

    async def _language(self, code: str) -> None:
        self.world.speak(code)
        self.say(f"Your Discord speaks {code} now.")

    async def _wait(self, rest: str) -> None:
        if not re.fullmatch(r"\d{1,7}(\.\d+)?", rest, re.ASCII):
            raise Refused("How many seconds? :wait 60")
        await self.world.pass_time(float(rest))
        self.say(f"{rest} seconds later")

    async def _save(self, rest: str) -> None:
        name, _, target = rest.partition(" ")
        if name not in self._files:
            shown = ", ".join(self._files) or "none yet"
            raise Refused(f"There is no attachment {quoted(name)}. Shown: {shown}.")
        path = target.strip() or Path(name).name
        _write(path, self.world.attachment(self._files[name]))
        self.say(f"Saved as {path}")

    # ----------------------------------------------------------------- showing

    async def _show(self, outcome: Outcome, failure: str = COMMAND_FAILED) -> None:
        self._show_news()
        if not outcome.answered:
            self._print(Text(f"{clean(self.world.bot_name)}: {failure}", "red"))
        elif outcome.result is None:
            self.say(f"{self.world.bot_name} still works on it after {SETTLE_SECONDS:g} seconds")
        await self._open(outcome)

    def _show_news(self) -> None:
        """Show what is new in the chat; buttons are numbered anew when there are any."""
        news = self.world.news()
        if any(_pressable(each) for each in news):
            self._controls = []
        names = self.world.names() if news else NO_NAMES
        for each in news:
            self._print(render.message(each, len(self._controls) + 1, names))
            self._controls += [(each, part) for part in _pressable(each)]
            self._files.update({file.name: file for file in each.files})

    def _print(self, renderable: RenderableType) -> None:
        self._console.print(renderable)


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        raise Refused(f"A quotation mark is not closed: {quoted(text)}") from None


def _write(path: str, data: bytes) -> None:
    try:
        with Path(path).expanduser().open("xb") as out:
            out.write(data)
    except NO_PATH as error:
        raise Refused(f"Cannot write {quoted(path)}: {why(error)}.") from error


def _pressable(shown: Message) -> list[Button | Menu]:
    return [part for part in shown.parts if isinstance(part, Menu) or part.url is None]


def _names(rest: str, entry: str) -> bool:
    """Whether what follows `:menu` starts with the entry, in quotes or without."""
    return (
        re.match(rf'"{re.escape(entry)}"|{re.escape(entry)}(?:\s|$)', rest, re.IGNORECASE)
        is not None
    )
