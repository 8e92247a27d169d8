"""The commands that change what is on file; for curators and contributors."""

__all__ = []
