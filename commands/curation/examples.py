"""`/topic example`: questions that mean a topic, to be kept, listed and removed."""

from discord import app_commands

from commands.cards import Card, pages_in_order, titled
from commands.chat import (
    AT_ONCE,
    App,
    Choices,
    Interaction,
    Outcome,
    Refused,
    Reply,
    actor_of,
    answer,
    aside,
    choice,
    code,
    complete_topic,
    curation_of,
    curator,
    note,
    offered,
    respond,
    wait,
)
from commands.text import clip, many, number, plain, say
from knowledge.curation import Actor
from knowledge.model import LONGEST_EXAMPLE, Example, Revision

_ON_A_PAGE = 20
"""Examples on one screen and a half of a phone; the newest hundred of a topic are listed no
further (chosen by eye)."""
_OFFERED = 25
"""Choices that Discord shows."""

example = app_commands.Group(
    name="example", description="Questions that people ask, kept as meaning a topic"
)


@example.command(description="Keep a question as meaning a topic; it is answered so at once")
@app_commands.describe(topic="The topic that is meant", question="As somebody asked it")
@app_commands.autocomplete(topic=complete_topic)
async def add(
    interaction: Interaction,
    topic: str,
    question: app_commands.Range[str, 1, LONGEST_EXAMPLE],
) -> None:
    """Keep an example."""

    async def make() -> Reply:
        actor = curator(interaction)
        app = interaction.client
        found = await aside(interaction, lambda: app.workspace.lookup.topic(topic), AT_ONCE)
        await wait(interaction)
        revision = await curation_of(app).examples.keep(actor, found.id, question)
        return note(kept(titled(found), question, revision))

    await respond(interaction, make)


def kept(title: str, question: str, revision: Revision) -> str:
    """Say that a question is an example now, and how that is taken back."""
    return say(
        "**Kept:** “{question}” means {title} from now on.\n-# {code} · revision {number} · "
        "take it back with `/claim undo {number}`",
        question=plain(question, LONGEST_EXAMPLE),
        title=plain(title, 120),
        code=code(revision.record),
        number=revision.number,
    )


@example.command(name="list", description="The questions that are kept as meaning a topic")
@app_commands.describe(topic="Only those of this topic")
@app_commands.autocomplete(topic=complete_topic)
async def list_them(interaction: Interaction, topic: str | None = None) -> None:
    """List the examples."""
    app = interaction.client

    def make() -> Reply:
        actor = curator(interaction)
        of = app.workspace.lookup.topic(topic).id if topic else None
        return _listed(app, curation_of(app).examples.of(actor, of))

    await answer(interaction, make, private=True)


def _listed(app: App, found: list[Example]) -> Reply:
    if not found:
        return note(
            say("No question is kept as an example here. `/topic example add` keeps one."),
            outcome=Outcome.SILENT,
        )
    topics = app.workspace.library.topics
    own = app.workspace.library.own_examples
    blocks = []
    for one in found:
        title = titled(topics[one.topic]) if one.topic in topics else one.topic
        shared = "" if one.id in own else say(" · shared base")
        blocks.append(f"- “{plain(one.question, 150)}”\n-# {plain(title, 80)}{shared}")
    shown = pages_in_order(blocks, _ON_A_PAGE)[0]
    more = len(blocks) - len(shown)
    rest = (
        [say("-# and {more} more; name a topic to see its own", more=number(more))] if more else []
    )
    heading = many(
        "{count} question kept as an example", "{count} questions kept as examples", len(found)
    )
    text = "\n".join([*blocks[shown.start : shown.stop], *rest])
    return Reply(
        Card(heading, text, footer=say("/topic example remove takes one out")), private=True
    )


async def complete_example(interaction: Interaction, current: str) -> Choices:
    """Offer the examples that a curator may be about to name, by their words."""

    def make() -> Choices:
        actor = actor_of(interaction)
        if not actor.can_curate:
            return []
        typed = current.casefold()
        own = [one for one in _own(interaction.client, actor) if typed in one.question.casefold()]
        return [choice(clip(one.question, 100), one.id) for one in own[:_OFFERED]]

    return await offered(interaction, make)


def _own(app: App, actor: Actor) -> list[Example]:
    """Return the examples that somebody may remove."""
    own = app.workspace.library.own_examples
    return [
        one for one in curation_of(app).examples.of(actor) if one.id in own or actor.curates_base
    ]


@example.command(description="Let an example count no more; it can be taken back")
@app_commands.describe(example="The question")
@app_commands.autocomplete(example=complete_example)
async def remove(interaction: Interaction, example: str) -> None:
    """Remove an example."""

    async def make() -> Reply:
        actor = curator(interaction)
        app = interaction.client
        held = [
            one for one in curation_of(app).examples.of(actor) if example in {one.id, one.question}
        ]
        if not held:
            raise Refused(
                say("There is no such example here. Choose one while you type its words.")
            )
        await wait(interaction)
        revision = await curation_of(app).examples.remove(actor, held[0].id)
        return note(
            say(
                "**Removed:** “{question}” is no example any more.\n-# Revision {number} · take "
                "it back with `/claim undo {number}`",
                question=plain(held[0].question, LONGEST_EXAMPLE),
                number=revision.number,
            )
        )

    await respond(interaction, make)
