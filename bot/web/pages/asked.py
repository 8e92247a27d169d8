"""What is asked of a page: its parameters, in the chat's own grammar, and the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import QueryParams
from starlette.requests import Request

from bot.web.pages.words import LANGUAGES, language_wanted
from knowledge.library import NotOnFile, Typed, Window
from knowledge.model import ForPeople
from knowledge.workspaces import Workspace

WINDOW = ("since", "until", "known-by", "by")
_LANGUAGE, _PAGE = "lang", "page"
MOST_PAGES = 100_000
LONGEST_NAME = 200
"""More than any topic has pages, and more than any name has characters."""


class Unreadable(ForPeople):
    """A parameter cannot be read; `parameter` says which, and `reason` is a word of ours."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(f"{parameter}: {reason}")
        self.parameter = parameter
        self.reason = reason


class UnknownName(ForPeople):
    """Nobody goes by the name in `by`, which is the asker's slip and no missing page."""

    def __init__(self, error: NotOnFile) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a page, as far as its answer depends on it.

    `chosen` says that the language was chosen in the address, so that links keep it.
    """

    path: str
    values: Mapping[str, str]
    language: str
    chosen: bool
    today: date
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this request from every other one that is answered otherwise."""
        return self.path, tuple(sorted(self.values.items())), self.language, self.chosen

    @property
    def name(self) -> str:
        """Return the name in the path."""
        return self.names.get("name", "")

    def value(self, parameter: str) -> str:
        """Return a parameter, empty where it is left out."""
        return self.values.get(parameter, "")

    @property
    def page(self) -> int:
        """Return which page is wanted, counted from 1.

        Raises:
            Unreadable: it is no number of a page.
        """
        typed = self.value(_PAGE) or "1"
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= MOST_PAGES):
            raise Unreadable(_PAGE, "page")
        return int(typed)

    def window(self, workspace: Workspace) -> Window:
        """Read the window.

        Raises:
            BadDate: a date cannot be read.
            UnknownName: nobody goes by the name in `by`.
            WindowError: `since` is after `until`.
        """
        parts = (self.value(name)[:LONGEST_NAME] or None for name in WINDOW)
        try:
            return workspace.lookup.window(Typed(*parts), self.today)
        except NotOnFile as error:
            raise UnknownName(error) from error


def read(request: Request, parameters: tuple[str, ...], today: date) -> Asked:
    """Read what a page depends on; parameters of others, such as trackers', are left out.

    Raises:
        Unreadable: a parameter stands twice, or the language is none of ours.
    """
    query = request.query_params
    values = {name: one for name in parameters if (one := _once(query, name).strip())}
    language = _once(query, _LANGUAGE)
    if language and language not in LANGUAGES:
        raise Unreadable(_LANGUAGE, "language")
    return Asked(
        path=request.url.path,
        values=values,
        language=language or language_wanted(request.headers.get("accept-language", "")),
        chosen=bool(language),
        today=today,
        names=request.path_params,
    )


def _once(query: QueryParams, name: str) -> str:
    found = query.getlist(name)
    if len(found) > 1:
        raise Unreadable(name, "twice")
    return found[0] if found else ""
