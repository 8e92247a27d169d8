"""Records in and out: files that others can read and write, and the dry run of an import."""

from knowledge.interchange.draft import (
    ATTACHMENT,
    OWN_FILE,
    ImportDraft,
    ImportRefused,
    Limits,
    Problems,
    Progress,
)
from knowledge.interchange.folder import read_folder
from knowledge.interchange.forms import FORMS, Form, NoSuchForm, export, export_json, form_of
from knowledge.interchange.jsonld import document as linked_data
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
    "FORMS",
    "OWN_FILE",
    "Alteration",
    "Difference",
    "Form",
    "ImportDraft",
    "ImportPlan",
    "ImportRefused",
    "Limits",
    "NoSuchForm",
    "Previewing",
    "Problems",
    "Progress",
    "export",
    "export_json",
    "form_of",
    "linked_data",
    "plan",
    "read",
    "read_folder",
]
