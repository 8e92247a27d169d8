"""`/help`: what can be asked, made from the commands themselves."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import discord
from discord import app_commands

from commands.cards import Card, titled
from commands.chat import App, Choices, Interaction, Refused, Reply, answer, choice
from commands.text import clip, plain, say, told
from knowledge.library import asserter_name, in_force
from knowledge.model import Topic

AUDIENCE = "audience"
"""The key in a command's extras of who may use it, where not everybody may."""

Audience = Callable[[discord.Interaction[Any]], bool]
_Slash = app_commands.Command[Any, ..., Any]
_Named = tuple[str, _Slash]
_CHOICES = 25
"""Choices that Discord shows in an autocomplete list."""


def register(app: App) -> None:
    """Add `/help`."""
    app.tree.add_command(show_help, override=True)


async def complete_command(interaction: Interaction, current: str) -> Choices:
    """Offer the commands whose name holds what was typed."""
    wanted = current.strip().lstrip("/").casefold()
    names = [name for name, _ in allowed(interaction) if wanted in name]
    return [choice(f"/{name}", name) for name in names[:_CHOICES]]


@app_commands.command(name="help", description="What I can answer, with options and examples")
@app_commands.describe(command="A command, to see its options")
@app_commands.autocomplete(command=complete_command)
async def show_help(interaction: Interaction, command: str | None = None) -> None:
    """Answer, to the person alone, with the commands that they may use."""
    found = list(allowed(interaction))
    menus = [menu.name for menu in interaction.client.tree.walk_commands(type=_MESSAGES)]
    app = interaction.client
    await answer(
        interaction,
        lambda: overview(app, found, menus) if command is None else details(app, found, command),
    )


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


def overview(app: App, commands: Sequence[_Named], menus: Sequence[str]) -> Reply:
    """Return every command in a line, those of the topics together."""
    topics = {
        topic.command: topic for topic in app.workspace.library.topics.values() if topic.command
    }
    own = [each for each in commands if each[0] not in topics]
    general = [each for each in own if not is_for_some(each[1])]
    some = [each for each in own if is_for_some(each[1])]
    lines = [_line(*each) for each in general]
    lines += [
        say("Apps → {entry}, in the menu of a message", entry=f"**{plain(told(menu), 40)}**")
        for menu in menus
    ]
    card = Card(
        say("What I can answer"),
        say("Figures and who said them, from a curated database, each with its source."),
        footer=say("/help and the name of a command shows its options"),
    ).with_lines(say("Commands"), lines)
    of_topics = [each for each in commands if each[0] in topics]
    if of_topics:
        heading = say("A command for each of these topics")
        card = card.with_lines(heading, list(_topic_lines(of_topics)))
    if some:
        card = card.with_lines(say("For curators"), list(_some_lines(some)))
    card = card.with_lines(say("Examples"), [f"`{example}`" for example in examples(app)])
    return Reply(card, private=True)


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
    return f"`/{name}{_signature(command)}` {plain(told(command.description), 100)}"


def _signature(command: _Slash) -> str:
    needed = [f" {each.display_name}" for each in command.parameters if each.required]
    return f"{''.join(needed)}{' …' if len(needed) < len(command.parameters) else ''}"


def _topic_lines(commands: Sequence[_Named]) -> Iterator[str]:
    yield ", ".join(f"`/{name}`" for name, _ in commands)
    options = [each.display_name for each in commands[0][1].parameters]
    yield f"-# {say('Options: {names}', names=', '.join(options))}"


def details(app: App, commands: Sequence[_Named], typed: str) -> Reply:
    """Return one command with its options.

    Raises:
        Refused: there is no such command for this person.
    """
    name = typed.strip().lstrip("/").casefold()
    command = dict(commands).get(name)
    if command is None:
        raise Refused(
            say("There is no command “/{name}”. /help lists what there is.", name=clip(name, 40))
        )
    card = Card(f"/{name}", plain(told(command.description), 100))
    optional = say("optional")
    options = [
        f"`{each.display_name}`{'' if each.required else f' ({optional})'}: "
        f"{plain(told(str(each.description)), 100)}"
        for each in command.parameters
    ]
    if options:
        card = card.with_lines(say("Options"), options)
    fitting = [example for example in examples(app) if example.split()[0] == f"/{name}"]
    if fitting:
        card = card.with_lines(say("Example"), [f"`{example}`" for example in fitting])
    return Reply(card, private=True)


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
    if len(set(names)) > 1:
        yield f"/compare topic:{topic.id} by:{names[0]} with:{names[1]}"


def _call(topic: Topic) -> str:
    return f"/{topic.command}" if topic.command else f"/figures topic:{topic.id}"


def _safe(text: str) -> str:
    """Return a text that stands within backticks."""
    return clip(text, 60).replace("`", "'")
