"""Questions that found nothing: kept for the curators of a server that has switched it on."""

import logging

from commands.chat import Interaction, base_of, saved, settings_of
from knowledge.workspaces import Unsaved

_log = logging.getLogger(__name__)


def keeps_questions(interaction: Interaction) -> bool:
    """Whether this server keeps what it asks in vain."""
    app, guild = interaction.client, interaction.guild_id
    there = app.base is not None and guild is not None and app.get_guild(guild) is not None
    return there and bool(settings_of(app, guild).keep_questions)


async def note_question(interaction: Interaction, question: str) -> None:
    """Keep a question, without whoever asked it; where that fails, nobody is bothered."""
    kept, today = base_of(interaction.client).unanswered, interaction.client.today()
    guild = interaction.guild_id or 0
    try:
        await saved(lambda: kept.note(guild, question, today))
    except Unsaved:
        _log.warning("A question of server %d was not kept", guild)


async def note_press(interaction: Interaction, key: str, topic: str) -> None:
    """Count that an offer was pressed, where questions are kept now."""
    if not keeps_questions(interaction):
        return
    kept, today = base_of(interaction.client).unanswered, interaction.client.today()
    guild = interaction.guild_id or 0
    try:
        await saved(lambda: kept.press(guild, key, topic, today))
    except Unsaved:
        _log.warning("A press in server %d was not kept", guild)
