"""Every answer in words, without a connection: what the chat and the command line show."""

from commands.cards.about import Links, about_card
from commands.cards.ask import AskCard, ask_card, quoted, told_kept
from commands.cards.check import CheckCard
from commands.cards.check import heading as check_heading
from commands.cards.compare import CompareCard
from commands.cards.figures import FiguresCard, Group, empty_card, figures_card
from commands.cards.parts import (
    DESCRIPTION,
    FIELD,
    AnswerDigest,
    Card,
    Field,
    Page,
    Tone,
    chart_words,
    described,
    fitting,
    in_own_words,
    named,
    note,
    notes,
    pages,
    pages_in_order,
    resting,
    source_order,
    titled,
    views_in_own_words,
)
from commands.cards.said import SaidCard, publication_card, said_card
from commands.cards.source import SourceCard
from commands.cards.topics import by_size, topics_page
from commands.cards.watch import Cause, WatchCard, notice_in_own_words, snapshot_lines, telling_of

__all__ = [
    "DESCRIPTION",
    "FIELD",
    "AnswerDigest",
    "AskCard",
    "Card",
    "Cause",
    "CheckCard",
    "CompareCard",
    "Field",
    "FiguresCard",
    "Group",
    "Links",
    "Page",
    "SaidCard",
    "SourceCard",
    "Tone",
    "WatchCard",
    "about_card",
    "ask_card",
    "by_size",
    "chart_words",
    "check_heading",
    "described",
    "empty_card",
    "figures_card",
    "fitting",
    "in_own_words",
    "named",
    "note",
    "notes",
    "notice_in_own_words",
    "pages",
    "pages_in_order",
    "publication_card",
    "quoted",
    "resting",
    "said_card",
    "snapshot_lines",
    "source_order",
    "telling_of",
    "titled",
    "told_kept",
    "topics_page",
    "views_in_own_words",
]
