"""The shapes of a page: HTML, JSON, linked data, pictures and feeds."""

from bot.web.shapes.forms import MEDIA, Shaped, shaped
from bot.web.shapes.rendering import ASSETS, Templates

__all__ = ["ASSETS", "MEDIA", "Shaped", "Templates", "shaped"]
