"""The same base on the web: pages over the answers of the chat, read-only."""

from bot.web.app import application
from bot.web.guards import Limited, Observer
from bot.web.pages import Site
from bot.web.server import Taken, serving

__all__ = ["Limited", "Observer", "Site", "Taken", "application", "serving"]
