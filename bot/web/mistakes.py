"""What is told where there is no answer: a page in words, or the same as data (RFC 9457)."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup
from pydantic import BaseModel

from bot.web.pages import Missing, Page, UnknownName, Unreadable, many, say
from commands.chat import Outcome
from commands.text import Addresses, Overlong
from knowledge.library import NotOnFile, WindowError
from knowledge.matching.questions import EmptyQuestion
from knowledge.model import ForOperators, ForPeople
from knowledge.reading import EXAMPLES, BadDate
from knowledge.store import StoreError
from knowledge.workspaces import BeingRead

PROBLEM = "application/problem+json"
_Offers = tuple[tuple[str, str], ...]
_EXAMPLES = ("?since=2024-02", "?until=Feb+2025&known-by=2024-12-31")


class Problem(BaseModel):
    """What was wrong, and what may be tried."""

    status: int
    title: str
    detail: str
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A status with words for a person, and where to go on: addresses with what they are."""

    status: int
    title: str
    words: str
    offers: tuple[tuple[str, str], ...] = ()
    wait: int = 0

    def page(self) -> Page:
        """Lay it out."""
        return Page(
            template="error.html",
            title=self.title,
            summary=self.words,
            here="",
            context={"words": self.words, "offers": self.offers},
            status=self.status,
            outcome=Outcome.FAILED if self.status >= 500 else Outcome.REFUSED,  # noqa: PLR2004
            listed=False,
        )

    def problem(self) -> Problem:
        """Tell it to a program."""
        return Problem(
            status=self.status,
            title=_plain(self.title),
            detail=_plain(self.words),
            offers=tuple(address for address, _ in self.offers),
        )


def _plain(words: str) -> str:
    return words.unescape() if isinstance(words, Markup) else words


def mistake_of(error: Exception, here: Addresses, topic: str = "") -> Mistake | None:
    """Word an error that a person caused; nothing where it is a failure of the program.

    `here` writes addresses on the site; `topic` is one on file, for the examples.
    """
    match error:
        case NotOnFile():
            return Mistake(404, say("Not on file"), *_of_name(error, here))
        case BeingRead():
            return being_read()
        case StoreError() if error.reason:
            return _away(error.reason)
        case Missing():
            return missing()
    return _of_parameters(error, here, topic)


def _of_parameters(error: Exception, here: Addresses, topic: str) -> Mistake | None:
    if isinstance(error, ForOperators) or not isinstance(error, ForPeople):
        return None
    title: str = say("The address cannot be read")
    words, offers = str(error), _Offers()
    match error:
        case BadDate() | WindowError():
            title, words, offers = (
                say("A date cannot be read"),
                _of_date(error),
                _examples(here, topic),
            )
        case UnknownName():
            title = say("Nobody of that name")
            words, offers = _of_name(error.error, here)
        case Unreadable():
            words = _of_parameter(error)
        case EmptyQuestion():
            title = say("Nothing to read")
            words = say("The question is empty. Ask something such as “how many … since 2024?”")
        case Overlong():
            title = say("Too long")
    return Mistake(400, title, words, offers)


def missing() -> Mistake:
    """Say that there is no such page."""
    words = say("There is nothing at this address. What is on file, the topics list.")
    return Mistake(404, say("Not here"), words)


def not_allowed() -> Mistake:
    """Say that the pages are for reading."""
    words = say("This address is for reading: GET and HEAD are answered, nothing else.")
    return Mistake(405, say("Only for reading"), words)


def not_acceptable(forms: Iterable[str]) -> Mistake:
    """Say in which forms a page can be had."""
    words = say(
        "This page cannot be had in a form that was asked for. There is {forms}.",
        forms=", ".join(forms),
    )
    return Mistake(406, say("Not in that form"), words)


def too_long(most: int) -> Mistake:
    """Say that an address is too long to be read."""
    words = say(
        "What stands behind the “?” may have {most} characters. Ask in a sentence or two; a "
        "longer text goes into the form.",
        most=most,
    )
    return Mistake(414, say("The address is too long"), words)


def no_form() -> Mistake:
    """Say that what was sent is no form."""
    words = say("What was sent is no form. Write the text into the field on the page.")
    return Mistake(400, say("Nothing to read"), words)


def too_large(most: int) -> Mistake:
    """Say that more was sent than is read."""
    words = say("At most {most} bytes are read. Check the text in parts.", most=most)
    return Mistake(413, say("Too long"), words)


def too_often(seconds: int) -> Mistake:
    """Say when to go on."""
    words = many(
        "That was more than is answered within a minute. Try again in {count} second.",
        "That was more than is answered within a minute. Try again in {count} seconds.",
        seconds,
    )
    return Mistake(429, say("Too often"), words, wait=seconds)


def too_busy() -> Mistake:
    """Say that others have to be answered first."""
    words = say("Many are asking at this moment. Try again in a second.")
    return Mistake(503, say("Busy"), words, wait=1)


def being_read() -> Mistake:
    """Say that a large workspace is being opened."""
    words = say("What this server has on file is being read. Please try again in a few seconds.")
    return Mistake(503, say("Busy"), words, wait=3)


def _away(reason: str) -> Mistake:
    """Say that the database has to be asked for this, and cannot be."""
    words = say(
        "This cannot be looked up now: the database {reason}. Please try again in a moment.",
        reason=reason,
    )
    return Mistake(503, say("Busy"), words, wait=10)


def failed(request: str) -> Mistake:
    """Apologise, and name the request as the log does."""
    words = say(
        "Something went wrong here, and it was not your doing. Please try again; if it stays, "
        "tell the people who run this bot: error `{name}`.",
        name=request,
    ).replace("`", "")
    return Mistake(500, say("Something went wrong"), words)


def _of_date(error: Exception) -> str:
    match error:
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
    return str(error)


def _examples(here: Addresses, topic: str) -> tuple[tuple[str, str], ...]:
    shown = [f"{here.topic(topic)}{example}" for example in _EXAMPLES] if topic else []
    return tuple((one, one) for one in shown)


def _of_name(error: NotOnFile, here: Addresses) -> tuple[str, tuple[tuple[str, str], ...]]:
    words = {
        "topic": say("There is no topic “{name}” on file.", name=error.what),
        "asserter": say("There is no asserter “{name}” on file.", name=error.what),
        "claim": say("There is no claim “{name}” on file.", name=error.what),
        "source": say("There is no source “{name}” on file.", name=error.what),
    }.get(error.kind, str(error))
    if not error.nearest:
        return words, ()
    nearest = say("The nearest: {names}.", names=error.offer)
    offers = tuple((here.of(error.kind, key), key) for key in error.nearest)
    return Markup(" ").join((words, nearest)), offers


def _of_parameter(error: Unreadable) -> str:
    match error.reason:
        case "twice":
            return say(
                "“{name}” stands in it more than once. Leave it there once.", name=error.parameter
            )
        case "language":
            return say("“lang” is one of {codes}.", codes="de, en, ko, uk")
    return say("“{name}” is a number from 1 on.", name=error.parameter)
