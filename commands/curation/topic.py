"""`/topic`: add, change and retire topics; one with a command name gets its command at once."""

from dataclasses import replace

from discord import app_commands

from commands.answers import AUDIENCE
from commands.chat import (
    AT_ONCE,
    FOR_CURATORS,
    ONLY_MEMBERS,
    ONLY_SERVERS,
    App,
    Interaction,
    UnsavedRecord,
    actor_of,
    aside,
    attempt,
    complete_topic,
    curator,
)
from commands.curation import history as topic_history
from commands.curation.examples import example
from commands.curation.topic_commands import follow_topics
from commands.curation.writing import (
    MEASURES,
    changing,
    editing,
    form_of,
    given,
    on_file,
    open_form,
)
from knowledge.curation import TopicForm

_MEASURES = [app_commands.Choice(name=one.label, value=one.value) for one in MEASURES]
_COMMAND = app_commands.Range[str, 1, 32]

topic = app_commands.Group(
    name="topic",
    description="For curators: add, change and retire topics",
    allowed_contexts=ONLY_SERVERS,
    allowed_installs=ONLY_MEMBERS,
    default_permissions=FOR_CURATORS,
    extras={AUDIENCE: lambda interaction: actor_of(interaction).can_curate},
)
topic.add_command(example)


def register(app: App) -> None:
    """Add `/topic`, and let the topics' own commands follow what is on file."""
    app.tree.add_command(topic, override=True)
    follow_topics(app)


@topic.command(description="Add a topic; a form opens, and nothing is saved before you say so")
@app_commands.describe(
    measure="What its figures are",
    command="The name of a slash command of its own, such as: bridges",
)
@app_commands.choices(measure=_MEASURES)
async def add(
    interaction: Interaction, measure: str | None = None, command: _COMMAND | None = None
) -> None:
    """Open the form of a new topic, which asks for the measure where it was left out."""

    async def work() -> None:
        curator(interaction)
        form = given(TopicForm(), measure=measure, command=command)
        person, guild = interaction.user.id, interaction.guild_id
        asks = () if measure else ("title", "measure")
        await open_form(interaction, UnsavedRecord(person, guild, form, asks=asks))

    await attempt(interaction, work)


@topic.command(description="Change a topic; a form opens with what is on file")
@app_commands.describe(
    topic="The topic", measure="What its figures are", command="Another slash command of its own"
)
@app_commands.choices(measure=_MEASURES)
@app_commands.autocomplete(topic=complete_topic)
async def edit(
    interaction: Interaction,
    topic: str,
    measure: str | None = None,
    command: _COMMAND | None = None,
) -> None:
    """Open the form of a topic on file."""

    async def work() -> None:
        actor = curator(interaction)
        app = interaction.client
        found = await aside(interaction, lambda: app.workspace.lookup.topic(topic), AT_ONCE)
        held = await on_file(interaction, actor, "topic", found.id)
        actor.require_home(held)
        unsaved = editing(interaction, held, form_of(held.record))
        form = given(unsaved.form, measure=measure, command=command)
        await open_form(interaction, replace(unsaved, form=form))

    await attempt(interaction, lambda: changing(interaction, work))


@topic.command(description="Take a topic out of every answer; what was claimed stays readable")
@app_commands.describe(topic="The topic", reason="Why: it stands in the history")
@app_commands.autocomplete(topic=complete_topic)
async def retire(
    interaction: Interaction, topic: str, reason: app_commands.Range[str, 1, 300]
) -> None:
    """Retire a topic."""
    await topic_history.retire(interaction, topic, reason)
