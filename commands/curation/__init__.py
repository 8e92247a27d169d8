"""The commands that change what is on file; for curators and contributors."""

from commands.curation.common import base_of, respond, wait

__all__ = ["base_of", "respond", "wait"]
