"""What the kinds of records are called in the reader's language."""

from commands.text import say
from knowledge.model import RecordKind


def kind_said(kind: RecordKind) -> str:
    """Name a kind of record."""
    return {
        "claim": say("claim"),
        "topic": say("topic"),
        "source": say("source"),
        "asserter": say("asserter"),
        "example": say("example"),
    }[kind]
