"""Writing a record: the form, what was understood of it, saving, and what comes after."""

from commands.curation.writing.after import (
    KINDS_OF,
    ShowButton,
    UndoButton,
    told,
    undone,
)
from commands.curation.writing.articles import (
    read_attachment,
)
from commands.curation.writing.drafts import (
    DraftButton,
    editing,
    on_file,
    open_form,
)
from commands.curation.writing.forms import (
    LINES,
    MEASURES,
    form_of,
    further_form,
    given,
)
from commands.curation.writing.kinds import (
    kind_said,
)
from commands.curation.writing.record_card import (
    cut,
    differing,
    lines,
    named,
    rows,
)
from commands.curation.writing.shipped import (
    DisputeButton,
    answering,
    changing,
)

__all__ = [
    "KINDS_OF",
    "LINES",
    "MEASURES",
    "DisputeButton",
    "DraftButton",
    "ShowButton",
    "UndoButton",
    "answering",
    "changing",
    "cut",
    "differing",
    "editing",
    "form_of",
    "further_form",
    "given",
    "kind_said",
    "lines",
    "named",
    "on_file",
    "open_form",
    "read_attachment",
    "rows",
    "told",
    "undone",
]
