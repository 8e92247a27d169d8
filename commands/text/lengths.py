"""How long a question, and a text to be checked, may be: a longer one is refused in words."""

from commands.text.i18n import number, say
from knowledge.model import ForPeople

MOST_ASKED = 1000
"""Chosen by eye: a question is a sentence or two, and a text is for a check."""
MOST_CHECKED = 4000
"""What Discord takes as a message."""


class Overlong(ForPeople):
    """More was written than is read; the message says how much that is."""


def check_question(question: str) -> None:
    """Make sure that a question is one.

    Raises:
        Overlong: it is too long.
    """
    if len(question) > MOST_ASKED:
        raise Overlong(
            say(
                "The question has {length} characters; at most {most} are read. "
                "Ask in a sentence or two.",
                length=number(len(question)),
                most=number(MOST_ASKED),
            )
        )


def check_text(text: str) -> None:
    """Make sure that a text can be checked.

    Raises:
        Overlong: it is too long.
    """
    if len(text) > MOST_CHECKED:
        raise Overlong(
            say(
                "The text has {length} characters; at most {most} are read. Check it in parts.",
                length=number(len(text)),
                most=number(MOST_CHECKED),
            )
        )
