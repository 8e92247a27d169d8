"""What cards are made of: fields, phrases, ranges, pages, and the reader's own words."""

from commands.cards.parts.card import (
    DESCRIPTION,
    FIELD,
    Card,
    Field,
    Page,
    Tone,
    note,
)
from commands.cards.parts.digest import (
    AnswerDigest,
)
from commands.cards.parts.drawn import (
    chart_words,
)
from commands.cards.parts.numbers import (
    source_order,
)
from commands.cards.parts.own_words import (
    described,
    in_own_words,
    named,
    titled,
    views_in_own_words,
)
from commands.cards.parts.paging import (
    first_page,
    fitting,
    pages,
    pages_in_order,
)
from commands.cards.parts.phrases import (
    OPPOSED,
    OPPOSING,
    brief_speaker,
    denied,
    end_day,
    modality,
    narrowed,
    notes,
    opponents,
    opposed,
    opposing,
    qualified,
    rated,
    resting,
    speaker,
    time_of,
    where,
)
from commands.cards.parts.ranges import (
    at_end,
    bold_end,
    ends,
    small_end,
)

__all__ = [
    "DESCRIPTION",
    "FIELD",
    "OPPOSED",
    "OPPOSING",
    "AnswerDigest",
    "Card",
    "Field",
    "Page",
    "Tone",
    "at_end",
    "bold_end",
    "brief_speaker",
    "chart_words",
    "denied",
    "described",
    "end_day",
    "ends",
    "first_page",
    "fitting",
    "in_own_words",
    "modality",
    "named",
    "narrowed",
    "note",
    "notes",
    "opponents",
    "opposed",
    "opposing",
    "pages",
    "pages_in_order",
    "qualified",
    "rated",
    "resting",
    "small_end",
    "source_order",
    "speaker",
    "time_of",
    "titled",
    "views_in_own_words",
    "where",
]
