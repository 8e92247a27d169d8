"""What a server has set, as commands meet it: who sees an answer, and in which language."""

from commands.chat.app import App, Interaction
from commands.text import language_of, speak, spoken
from knowledge.servers import ServerSettings

_NOTHING_SET = ServerSettings()


def settings_of(app: App, guild: int | None) -> ServerSettings:
    """Return what a server has set, from memory; in a direct message nothing is."""
    if app.base is None or guild is None:
        return _NOTHING_SET
    return app.base.settings.of(str(guild))


def is_private(interaction: Interaction, chosen: bool | None) -> bool:
    """Whether only the person sees an answer: as they chose, or else as the server has set."""
    if chosen is not None:
        return chosen
    return bool(settings_of(interaction.client, interaction.guild_id).private_answers)


def speak_for(interaction: Interaction, *, private: bool) -> bool:
    """Speak the server's language in public, where it has set one, and else the person's own.

    Return whether it is another one than the person's own.
    """
    own = interaction.locale.value
    theirs = settings_of(interaction.client, interaction.guild_id).language
    speak(own if private or theirs is None else theirs)
    return spoken() != language_of(own)
