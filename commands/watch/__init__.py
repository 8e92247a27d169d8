"""The commands and messages that tell a channel what has changed."""

__all__ = []
