"""The commands that change what is on file; for curators and contributors."""

from commands.curation.after import UndoButton
from commands.curation.history import deed, deed_said

__all__ = ["UndoButton", "deed", "deed_said"]
