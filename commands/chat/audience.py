"""Who sees an answer: everybody in the channel, or the person alone."""

from commands.chat.app import Interaction

PRIVATE = "Show it to you alone; you can share it from there"
"""The description of the option `private`."""


def answers_privately(interaction: Interaction, wanted: bool | None) -> bool:
    """Whether the answer to a command is for the person alone; `wanted` is what they chose.

    Nobody else reads a direct message anyway.
    """
    return bool(wanted) and interaction.guild_id is not None
