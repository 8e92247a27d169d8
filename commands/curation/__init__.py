"""The commands that change what is on file; for curators and contributors."""

from commands.curation.common import house_of, respond, wait

__all__ = ["house_of", "respond", "wait"]
