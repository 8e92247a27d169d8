"""The command by which moderators set how the bot works in their server."""

__all__ = []
