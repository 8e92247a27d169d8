"""The server: what an agent may call and read, and what it is told about both."""

from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version

from mcp.server.mcpserver import MCPServer
from mcp_types import Resource

from bot.mcp.resources import add_resources, listed
from bot.mcp.tools import Tools, add_tools
from bot.published import Published
from commands.chat import Request
from commands.text import Addresses

INSTRUCTIONS = """\
A curated base of claims: figures and statements with who asserted them, when, and where that can \
be read. It makes up nothing, and it holds only what somebody has put on file.

Quote each figure together with who said it, when, and its source. Do not round figures, do not \
merge those of different speakers, and keep "about", "more than", the assumption that a figure \
rests on, and denials. When nothing is on file, say so; do not answer from memory in its name.

Start with `ask`, or with `topics` and then `figures`. `source` shows the evidence behind a topic \
or a claim, `compare` sets speakers side by side, `check` holds the figures of a text against \
what is on file."""


class AgentServer(MCPServer[None]):
    """Lists the topics as they are on file at that moment."""

    published: Published

    async def list_resources(self) -> list[Resource]:
        """List the table of contents, and a resource for each topic."""
        return [*await super().list_resources(), *listed(self.published)]


def agent_server(
    published: Published,
    *,
    today: Callable[[], date],
    addresses: Addresses | None = None,
    observers: Sequence[Callable[[Request], None]] = (),
) -> AgentServer:
    """Make the server; with `addresses`, answers name their pages on the web."""
    server = AgentServer(
        "claimbot",
        title="Claimbot",
        instructions=INSTRUCTIONS,
        version=version("claimbot"),
        website_url=addresses.home() if addresses else None,
        log_level="WARNING",
        subscriptions=False,
    )
    server.published = published
    add_tools(server, Tools(published, today, addresses, observers))
    add_resources(server, published)
    return server
