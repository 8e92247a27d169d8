"""Records in and out: files that others can read and write, and the dry run of an import."""

from knowledge.interchange.draft import (
    ATTACHMENT,
    OWN_FILE,
    Form,
    ImportDraft,
    ImportRefused,
    Limits,
    Problems,
    Progress,
)
from knowledge.interchange.exporting import export, export_json, export_yaml
from knowledge.interchange.planning import (
    Alteration,
    Difference,
    ImportPlan,
    Previewing,
    plan,
)
from knowledge.interchange.reading import read

__all__ = [
    "ATTACHMENT",
    "OWN_FILE",
    "Alteration",
    "Difference",
    "Form",
    "ImportDraft",
    "ImportPlan",
    "ImportRefused",
    "Limits",
    "Previewing",
    "Problems",
    "Progress",
    "export",
    "export_json",
    "export_yaml",
    "plan",
    "read",
]
