"""Records in and out: files that others can read and write, and the dry run of an import."""

from knowledge.interchange.draft import (
    ATTACHMENT,
    OWN_FILE,
    ImportDraft,
    ImportRefused,
    Limits,
    People,
    Problems,
    Progress,
    Sample,
)
from knowledge.interchange.folder import read_file, read_folder
from knowledge.interchange.foreign import BadMap, parse_map
from knowledge.interchange.forms import (
    FORMS,
    Form,
    NoSuchForm,
    export,
    export_json,
    form_of,
    linked_data,
)
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
    "BadMap",
    "Difference",
    "Form",
    "ImportDraft",
    "ImportPlan",
    "ImportRefused",
    "Limits",
    "NoSuchForm",
    "People",
    "Previewing",
    "Problems",
    "Progress",
    "Sample",
    "export",
    "export_json",
    "form_of",
    "linked_data",
    "parse_map",
    "plan",
    "read",
    "read_file",
    "read_folder",
]
