"""Direct messages that nobody asked for at this moment: they may not arrive."""

import logging
from collections.abc import Sequence

import aiohttp
import discord

from commands.cards import Card
from commands.chat.sending.replies import Button, embed_of, view_of

_log = logging.getLogger(__name__)
UNSENT = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What Discord, or the way to it, makes of a message that cannot be sent."""


async def write_to(
    app: discord.Client, person: int, card: Card, buttons: Sequence[Button] = ()
) -> bool:
    """Write to somebody; return whether it arrived, which it does not where they are closed."""
    try:
        direct = await app.create_dm(discord.Object(person))
        await direct.send(embed=embed_of(card), view=view_of(buttons) or discord.utils.MISSING)
    except UNSENT as error:
        _log.info("Somebody was not written to: %s", error)
        return False
    return True
