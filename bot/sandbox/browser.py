"""The same simulated Discord in a page of a local browser: pictures, buttons, menus and forms.

The page is simcord's own. It listens on this machine alone, and answers nobody who does not know
the random word in its address, nor a page of another site.
"""

import asyncio
import contextlib
import threading
import webbrowser
from collections.abc import Awaitable, Callable

import discord
from simcord import SetupError

from bot.sandbox.world import World, open_world

CONTRIBUTOR, GUIDE = "contributor", "guide"
_WELCOME = (
    "Type `/` for the commands: `/topics` shows what is on file, `/ask` takes a question, `/help` "
    "explains the rest. “Viewing as” above makes you a curator, who adds claims, or a contributor, "
    "who proposes some."
)
_TICK_SECONDS = 5.0
"""How often the simulated clock catches up with the real one, so that what the bot does by itself
is seen (chosen by eye). A tick takes half a millisecond, in which no press is taken."""


async def run_in_browser(
    bot: discord.Client,
    stop: asyncio.Event,
    *,
    tell: Callable[[str], None],
    name: str = "Claimbot",
    person: str = "person",
) -> int:
    """Run the bot in a simulated Discord whose chat is a browser page, until `stop` is set.

    Ending the session in the page stops it too. `tell` is given the address, which is a key:
    whoever has it may act in the chat. `bot` is closed once, whatever happens.

    Returns:
        The exit code: 0.
    """
    async with open_world(bot, name, person) as world:
        world.become(CONTRIBUTOR, CONTRIBUTOR)
        world.become(person)
        viewers = sorted(world.members.values(), key=lambda one: one is not world.me)
        await world.welcome(GUIDE, _WELCOME)
        async with world.env.preview(world.channel, viewers=viewers, layout="channel") as page:
            tell(page.url)
            tasks = [
                asyncio.create_task(page.wait_closed()),
                asyncio.create_task(stop.wait()),
                asyncio.create_task(_tick(world, page.refresh)),
            ]
            # A browser of the terminal keeps whoever opens it waiting: not the chat, nor its end.
            threading.Thread(target=webbrowser.open, args=[page.url], daemon=True).start()
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
    return 0


async def _tick(world: World, refresh: Callable[[], Awaitable[None]]) -> None:
    """Let the clock run, and show what the bot did on the way: a page shown anew drops a press."""
    while True:
        await asyncio.sleep(_TICK_SECONDS)
        # Something of the page is under way: the next time will do.
        with contextlib.suppress(SetupError):
            world.news()
            await world.catch_up()
            if world.news():
                await refresh()
