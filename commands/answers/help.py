"""`/help`: what can be asked, made from the commands themselves."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from commands.cards import Card, titled
from commands.chat import (
    AnswerButton,
    App,
    Choices,
    Interaction,
    Menu,
    MenuLine,
    Refused,
    Reply,
    answer,
    choice,
)
from commands.text import clip, plain, say, told
from knowledge.library import CHOICES, asserter_name, in_force
from knowledge.model import Topic

AUDIENCE = "audience"
"""The key in a command's extras of who may use it, where not everybody may."""

Audience = Callable[[discord.Interaction[Any]], bool]
_Slash = app_commands.Command[Any, ..., Any]
_Named = tuple[str, _Slash]


def register(app: App) -> None:
    """Add `/help`."""
    app.tree.add_command(show_help, override=True)
    app.add_dynamic_items(HelpButton)


async def complete_command(interaction: Interaction, current: str) -> Choices:
    """Offer the commands whose name holds what was typed."""
    wanted = current.strip().lstrip("/").casefold()
    named = [name for name, _ in allowed(interaction)]
    groups = dict.fromkeys(name.split()[0] for name in named if " " in name)
    names = [name for name in (*groups, *named) if wanted in name]
    return [choice(f"/{name}", name) for name in names[:CHOICES]]


@app_commands.command(name="help", description="What I can answer, with options and examples")
@app_commands.describe(command="A command, to see its options")
@app_commands.autocomplete(command=complete_command)
async def show_help(interaction: Interaction, command: str | None = None) -> None:
    """Answer, to the person alone, with the commands that they may use."""
    asked = Asked.by(interaction)
    await answer(
        interaction,
        lambda: screen(asked, _START) if command is None else details(asked, command),
        private=True,
    )


class HelpButton(AnswerButton, template=r"help:(?P<how>[t]):(?P<what>.+)"):
    """Shows a part of the help, or one command, in place of what was there."""

    def shown(self, interaction: Interaction, found: re.Match[str]) -> Reply:
        """Return the part for whoever asks: what they may use may have changed."""
        asked, what = Asked.by(interaction), found["what"]
        return details(asked, what[1:]) if what.startswith("/") else screen(asked, what)


_MESSAGES = discord.AppCommandType.message


def allowed(interaction: discord.Interaction[Any]) -> Iterator[_Named]:
    """Return the commands that a person may use, by their whole name."""
    for command in interaction.client.tree.get_commands(type=discord.AppCommandType.chat_input):
        if _may(interaction, command):
            yield from _unfolded(interaction, command)


def _unfolded(
    interaction: discord.Interaction[Any], command: _Slash | app_commands.Group
) -> Iterator[_Named]:
    if isinstance(command, app_commands.Group):
        for each in command.commands:
            if _may(interaction, each):
                yield from _unfolded(interaction, each)
    else:
        yield command.qualified_name, command


def _may(interaction: discord.Interaction[Any], command: _Slash | app_commands.Group) -> bool:
    audience: Audience | None = command.extras.get(AUDIENCE)
    if audience is not None:
        # A server's integrations may show a command to those whom its default leaves out.
        return audience(interaction)
    needed = command.default_permissions
    return needed is None or needed <= interaction.permissions


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for help, as far as it matters: what they may use."""

    app: App
    commands: Sequence[_Named]
    menus: Sequence[str]

    @classmethod
    def by(cls, interaction: discord.Interaction[Any]) -> "Asked":
        """Look at what a person may use, and at the entries in the menu of a message."""
        menus = [menu.name for menu in interaction.client.tree.walk_commands(type=_MESSAGES)]
        return cls(interaction.client, list(allowed(interaction)), menus)

    @property
    def general(self) -> list[_Named]:
        """The commands for everybody that belong to no topic, in the order of their use."""
        own = [each for each in self.commands if not _topic(each) and not is_for_some(each[1])]
        return sorted(own, key=lambda each: _PLACES.get(each[0], len(_PLACES)))

    @property
    def of_topics(self) -> list[_Named]:
        """The topics' own commands, those on which most is on file first."""
        library = self.app.workspace.library

        def held(each: _Named) -> int:
            topic = _topic(each) or ""
            return -len(library.table(topic)) if topic in library.topics else 0

        return sorted((each for each in self.commands if _topic(each)), key=held)

    def is_for_others(self, name: str) -> bool:
        """Whether there is a command, or a group of them, that this person may not use."""
        every = self.app.tree.walk_commands(type=discord.AppCommandType.chat_input)
        return any(one.qualified_name == name for one in every)

    @property
    def some(self) -> list[_Named]:
        """What only some may use, and this person may."""
        return [each for each in self.commands if is_for_some(each[1])]


def _topic(named: _Named) -> str | None:
    found = named[1].extras.get("topic")
    return found if isinstance(found, str) else None


_START, _MARKS, _TOPICS, _SOME, _EXAMPLES = "start", "marks", "topics", "some", "examples"
_PLACES = {
    name: place
    for place, name in enumerate(
        ("ask", "figures", "check", "who", "source", "compare", "topics", "mine", "help", "about")
    )
}
"""The order of the commands: what people ask first (chosen by eye)."""
_FIRST = 7
"""Commands on the first screen; the menu has the rest (measured: 800 points of a phone)."""
_TOLD = 10
"""Commands for curators that are described one by one; more stand side by side (measured)."""
_SHOWN = 15
"""Topics' commands that are listed, with a line each (chosen by eye)."""


def screen(asked: Asked, part: str) -> Reply:
    """Return a part of the help: one screen of a phone, with a menu of the others."""
    parts: dict[str, Callable[[Asked], Card]] = {
        _MARKS: lambda _: _marks(),
        _TOPICS: _topics,
        _SOME: _for_some,
        _EXAMPLES: _with_examples,
    }
    card = parts.get(part, _start)(asked)
    return Reply(card, private=True, answers=True, menu=_menu(asked))


def _menu(asked: Asked) -> Menu | None:
    parts = [(_START, say("What I can answer"), ""), (_MARKS, say("How to read an answer"), "")]
    if asked.of_topics:
        named = say("The commands of the topics")
        parts.append((_TOPICS, named, ", ".join(f"/{name}" for name, _ in asked.of_topics)))
    if asked.some:
        parts.append((_SOME, say("For curators"), ""))
    parts.append((_EXAMPLES, say("Examples"), ""))
    groups = dict.fromkeys(name.split()[0] for name, _ in asked.some if " " in name)
    listed = [(f"/{name}", f"/{name}", told(str(one.description))) for name, one in asked.general]
    listed += [(f"/{name}", f"/{name} …", "") for name in groups]
    lines = [
        MenuLine(HelpButton(f"help:t:{what}", label), about)
        for what, label, about in (*parts, *listed)
    ]
    return Menu.of("help", say("More help"), lines)


def _start(asked: Asked) -> Card:
    lines = [
        f"/{name} {plain(told(str(command.description)), 100)}"
        for name, command in asked.general[:_FIRST]
    ]
    if asked.of_topics:
        some = ", ".join(f"/{name}" for name, _ in asked.of_topics[:2])
        lines.append(say("{commands}, …: the same for one topic each", commands=some))
    lines += [
        say("Apps → {entry}, in the menu of a message", entry=f"**{plain(told(menu), 40)}**")
        for menu in asked.menus
    ]
    intro = say("Figures and who said them, from a curated database, each with its source.")
    marks = say("[4 ¶1–3] is where it can be read: source 4, paragraphs 1 to 3.")
    return Card(say("What I can answer"), "\n".join([intro, *lines, f"-# {marks}"]))


def _marks() -> Card:
    """Explain what stands behind and before figures."""
    lines = [
        say(
            "**[4 ¶1–3]**: source 4 of the topic, paragraphs 1 to 3. {source} 4 shows it.",
            source="/source",
        ),
        say("**~** before a date: about then; the publication names no day."),
        say(
            "**(inferred)**: the publication does not print its date; how it is known stands "
            "under {source}.",
            source="/source",
        ),
        say("**origin**: one utterance. Five outlets that repeat one official are one origin."),
        say("**Retold, not counted**: an outlet passes a figure on that it did not find out."),
        say("**Without an assumption**: the range of what is counted or estimated outright."),
        say("**Forecast**, **a possibility**: what is to come or could be; never in the range."),
        say(
            "**known-by**: only what had been said by that day, as if asked on it. **since** and "
            "**until** are about the time that a figure speaks of."
        ),
    ]
    text = "\n".join(f"- {line}" for line in lines)
    return Card(say("How to read an answer"), text)


def _topics(asked: Asked) -> Card:
    library = asked.app.workspace.library
    lines = [
        f"/{name} {plain(titled(library.topics[topic]) if topic in library.topics else '', 60)}"
        for name, topic in ((each[0], _topic(each) or "") for each in asked.of_topics[:_SHOWN])
    ]
    options = [each.display_name for each in asked.of_topics[0][1].parameters]
    lines.append(f"-# {say('Options: {names}', names=', '.join(options))}")
    lines.append(f"-# {say('/figures takes every topic; /topics lists them.')}")
    return Card(say("A command for each of these topics"), "\n".join(lines))


def _for_some(asked: Asked) -> Card:
    """List what only some may use: with a word each, or by group where they are many."""
    if len(asked.some) <= _TOLD:
        lines = [f"/{name} {_short(command)}" for name, command in asked.some]
    else:
        groups: dict[str, list[str]] = {}
        for name, _ in asked.some:
            groups.setdefault(name.split()[0], []).append(f"/{name}")
        lines = [f"- {', '.join(names)}" for names in groups.values()]
    return Card(say("For curators"), "\n".join(lines))


def _short(command: _Slash) -> str:
    """Return the first part of a description."""
    return plain(told(str(command.description)).partition(";")[0], 60)


def _with_examples(asked: Asked) -> Card:
    return Card(say("Examples"), "\n".join(f"- `{one}`" for one in examples(asked.app)))


def is_for_some(command: _Slash) -> bool:
    """Whether a command is not for everybody."""
    parents = (command, command.parent, command.root_parent)
    return any(
        AUDIENCE in each.extras or each.default_permissions is not None
        for each in parents
        if each is not None
    )


def _some_lines(commands: Sequence[_Named]) -> Iterator[str]:
    """Say what each command is for; those of a group within a group are one line."""
    said = set()
    for name, command in commands:
        parent = command.parent
        if parent is None or parent.parent is None:
            yield _line(name, command)
        elif parent not in said:
            said.add(parent)
            yield f"`/{parent.qualified_name} …` {plain(told(parent.description), 100)}"


def _line(name: str, command: _Slash) -> str:
    return f"`/{name}{_signature(command)}` {plain(told(str(command.description)), 100)}"


def _signature(command: _Slash) -> str:
    needed = [f" {each.display_name}" for each in command.parameters if each.required]
    return "".join(needed)


def details(asked: Asked, typed: str) -> Reply:
    """Return one command with its options, or what a group of commands holds.

    Raises:
        Refused: there is no such command for this person.
    """
    name = " ".join(typed.strip().lstrip("/").casefold().split())
    within = [each for each in asked.commands if each[0].startswith(f"{name} ")]
    command = dict(asked.commands).get(name)
    if command is None and within:
        lines = [f"/{whole} {_short(one)}" for whole, one in within]
        card = Card(f"/{name}", "\n".join(lines))
        return Reply(card, private=True, answers=True, menu=_menu(asked))
    if command is None:
        if asked.is_for_others(name):
            raise Refused(
                say(
                    "/{name} is for those who look after what is on file here; /about names them.",
                    name=name,
                )
            )
        raise Refused(
            say("There is no command “/{name}”. /help lists what there is.", name=clip(name, 40))
        )
    card = Card(f"/{name}", plain(told(str(command.description)), 100))
    optional = say("optional")
    options = [
        f"`{each.display_name}`{'' if each.required else f' ({optional})'}: "
        f"{plain(told(str(each.description)), 100)}"
        for each in command.parameters
    ]
    if options:
        card = card.with_lines(say("Options"), options)
    fitting = [one for one in examples(asked.app) if one.split()[0] == f"/{name}"]
    if fitting:
        card = card.with_lines(say("Example"), [f"`{example}`" for example in fitting])
    return Reply(card, private=True, answers=True, menu=_menu(asked))


def examples(app: App) -> Iterator[str]:
    """Return calls that have an answer, made of what is on file."""
    library = app.workspace.library
    tables = {
        topic: [entry for entry in library.table(topic) if in_force(entry, None)]
        for topic in library.topics
    }
    topic = max(
        library.topics.values(),
        key=lambda each: sum(entry.counted for entry in tables[each.id]),
        default=None,
    )
    if topic is None or not tables[topic.id]:
        return
    last = tables[topic.id][-1]
    yield f"{_call(topic)} since:{last.last:%Y-%m}"
    yield f"/ask question:{_safe(titled(topic))} in {last.last:%Y}?"
    yield f"/source what:{topic.id}"
    people = list(dict.fromkeys(entry.asserter for entry in tables[topic.id] if entry.counted))
    names = [_safe(asserter_name(library.asserter(one)).split(", ")[0]) for one in people[-2:]]
    if names:
        yield f"/who name:{names[-1]}"
    if len(set(names)) > 1:
        yield f"/compare topic:{topic.id} by:{names[0]} with:{names[1]}"


def _call(topic: Topic) -> str:
    return f"/{topic.command}" if topic.command else f"/figures topic:{topic.id}"


def _safe(text: str) -> str:
    """Return a text that stands within backticks."""
    return clip(text, 60).replace("`", "'")
