"""Files that are sent: fetched from Discord in time, or refused in words."""

import asyncio

import aiohttp
import discord

from commands.chat.sending import Refused
from commands.text import say

DOWNLOAD_SECONDS = 30.0
"""10 MB come within these over a line of 3 Mbit a second (chosen by eye)."""
READ_SECONDS = 120.0
"""A dry run or an export of the most records that are taken, on a slow machine (chosen by eye)."""


async def downloaded(attachment: discord.Attachment, most: int) -> bytes:
    """Fetch a file from Discord.

    Raises:
        Refused: it does not come, or not in time, or breaks off.
    """
    try:
        async with asyncio.timeout(DOWNLOAD_SECONDS):
            data = await attachment.read()
    except TimeoutError:
        raise Refused(
            say(
                "Discord did not hand me the whole file within {seconds} seconds. "
                "Please send it again.",
                seconds=f"{DOWNLOAD_SECONDS:g}",
            )
        ) from None
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        raise Refused(say("Discord did not hand me the file. Please send it again.")) from None
    if len(data) > most:
        raise Refused(
            say("Discord handed me more than it had announced. Please send the file again.")
        )
    return data
