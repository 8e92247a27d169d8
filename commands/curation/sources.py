"""`/sources` and `/asserter`: add and change publications, and those who assert.

Discord has no command that is both `/source what` and `/source add`; so publications are kept
under `/sources`.
"""

from discord import app_commands

from commands.answers import AUDIENCE
from commands.chat import (
    AT_ONCE,
    FOR_CURATORS,
    ONLY_MEMBERS,
    ONLY_SERVERS,
    AnyForm,
    App,
    Interaction,
    UnsavedRecord,
    actor_of,
    aside,
    attempt,
    complete_asserter,
    curator,
)
from commands.curation.claim import complete_source
from commands.curation.writing import changing, editing, form_of, on_file, open_form
from knowledge.curation import AsserterForm, SourceForm
from knowledge.model import RecordKind

_FOR_CURATORS = {AUDIENCE: lambda interaction: actor_of(interaction).can_curate}

sources = app_commands.Group(
    name="sources",
    description="For curators: add and change publications",
    allowed_contexts=ONLY_SERVERS,
    allowed_installs=ONLY_MEMBERS,
    default_permissions=FOR_CURATORS,
    extras=_FOR_CURATORS,
)
asserter = app_commands.Group(
    name="asserter",
    description="For curators: add and change those who assert",
    allowed_contexts=ONLY_SERVERS,
    allowed_installs=ONLY_MEMBERS,
    default_permissions=FOR_CURATORS,
    extras=_FOR_CURATORS,
)


def register(app: App) -> None:
    """Add `/sources` and `/asserter`."""
    app.tree.add_command(sources, override=True)
    app.tree.add_command(asserter, override=True)


@sources.command(name="add", description="Add a publication; nothing is saved before you say so")
async def add_source(interaction: Interaction) -> None:
    """Open the form of a new publication."""
    await attempt(interaction, lambda: _new(interaction, SourceForm()))


@sources.command(name="edit", description="Change a publication; a form opens with what is on file")
@app_commands.describe(source="The publication")
@app_commands.autocomplete(source=complete_source)
async def edit_source(interaction: Interaction, source: str) -> None:
    """Open the form of a publication on file."""

    async def work() -> None:
        curator(interaction)
        app = interaction.client
        found = await aside(interaction, lambda: app.workspace.lookup.source(source), AT_ONCE)
        await _change(interaction, "source", found.id)

    await attempt(interaction, lambda: changing(interaction, work))


@asserter.command(name="add", description="Add a person, an office or an organisation that asserts")
async def add_asserter(interaction: Interaction) -> None:
    """Open the form of a new asserter."""
    await attempt(interaction, lambda: _new(interaction, AsserterForm()))


@asserter.command(name="edit", description="Change an asserter; a form opens with what is on file")
@app_commands.describe(asserter="Who it is")
@app_commands.autocomplete(asserter=complete_asserter)
async def edit_asserter(interaction: Interaction, asserter: str) -> None:
    """Open the form of an asserter on file."""

    async def work() -> None:
        curator(interaction)
        app = interaction.client
        found = await aside(interaction, lambda: app.workspace.lookup.asserter(asserter), AT_ONCE)
        await _change(interaction, "asserter", found.id)

    await attempt(interaction, lambda: changing(interaction, work))


async def _new(interaction: Interaction, form: AnyForm) -> None:
    curator(interaction)
    await open_form(interaction, UnsavedRecord(interaction.user.id, interaction.guild_id, form))


async def _change(interaction: Interaction, kind: RecordKind, key: str) -> None:
    actor = curator(interaction)
    held = await on_file(interaction, actor, kind, key)
    actor.require_home(held)
    await open_form(interaction, editing(interaction, held, form_of(held.record)))
