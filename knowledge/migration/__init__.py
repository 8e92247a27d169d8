"""From a base of earlier versions to one whose claims say what their figures are of."""

from knowledge.migration.guide import BadGuide, Guide, read_guide, written_guide
from knowledge.migration.migrating import Migrated, migrate
from knowledge.migration.notes import Note

__all__ = [
    "BadGuide",
    "Guide",
    "Migrated",
    "Note",
    "migrate",
    "read_guide",
    "written_guide",
]
