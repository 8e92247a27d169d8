"""The same answers for agents: a server of the Model Context Protocol, read-only."""

from bot.mcp.running import over_http, over_stdio
from bot.mcp.server import agent_server

__all__ = ["agent_server", "over_http", "over_stdio"]
