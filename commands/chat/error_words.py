"""What a person got wrong, in that person's language; the errors themselves speak English."""

from commands.text import say
from knowledge.library import NotOnFile, WindowError
from knowledge.matching.questions import EmptyQuestion
from knowledge.reading import EXAMPLES, BadDate


def in_words(error: ValueError) -> str:
    """Return the message of an error, translated where its kind is known."""
    match error:
        case NotOnFile():
            return _not_on_file(error)
        case BadDate(typed=str(typed)):
            return say(
                "“{typed}” is not a date that I can read. Write it like {examples}.",
                typed=typed,
                examples=EXAMPLES,
            )
        case WindowError():
            return say(
                "“since” ({since}) is after “until” ({until}). Swap them, or leave one out.",
                since=error.since,
                until=error.until,
            )
        case EmptyQuestion():
            return say("The question is empty. Ask something such as “how many … since 2024?”")
    return str(error)


def _not_on_file(error: NotOnFile) -> str:
    match error.kind:
        case "topic":
            missing = say("There is no topic “{name}” on file.", name=error.what)
        case "asserter":
            missing = say("There is no asserter “{name}” on file.", name=error.what)
        case _:
            return str(error)
    nearest = say("The nearest: {names}.", names=error.offer) if error.offer else ""
    return f"{missing} {nearest}".rstrip()
