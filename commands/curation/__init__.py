"""The commands that change what is on file; for curators and contributors."""

from commands.curation.history import deed, deed_said
from commands.curation.writing import UndoButton

__all__ = ["UndoButton", "deed", "deed_said"]
