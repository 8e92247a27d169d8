"""The forms of files: each read and written in a module of its own, and named in one registry."""

from knowledge.interchange.forms.jsonld import document as linked_data
from knowledge.interchange.forms.registry import (
    FORMS,
    Form,
    NoSuchForm,
    export,
    export_json,
    form_of,
)
from knowledge.interchange.forms.yaml_text import (
    write_record,
)

__all__ = [
    "FORMS",
    "Form",
    "NoSuchForm",
    "export",
    "export_json",
    "form_of",
    "linked_data",
    "write_record",
]
