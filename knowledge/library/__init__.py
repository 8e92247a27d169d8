"""Everything on file, in memory: tables by topic, windows on them, and what people call things."""

from knowledge.library.claim_ids import ClaimIds
from knowledge.library.library import Effects, Entry, Library, asserter_name, figure_view, in_force
from knowledge.library.lookup import (
    CHOICES,
    Lookup,
    NotOnFile,
    SameSide,
    Several,
    Typed,
    by_names,
    countries_of,
    same_address,
)
from knowledge.library.offering import months
from knowledge.library.renamed import Names, RenamedLibrary
from knowledge.library.tables import Qualifiers, as_of_date, by_date
from knowledge.library.window import By, Window, WindowError

__all__ = [
    "CHOICES",
    "By",
    "ClaimIds",
    "Effects",
    "Entry",
    "Library",
    "Lookup",
    "Names",
    "NotOnFile",
    "Qualifiers",
    "RenamedLibrary",
    "SameSide",
    "Several",
    "Typed",
    "Window",
    "WindowError",
    "as_of_date",
    "asserter_name",
    "by_date",
    "by_names",
    "countries_of",
    "figure_view",
    "in_force",
    "months",
    "same_address",
]
