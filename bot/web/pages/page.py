"""A page before it has a shape: the answer as data, and what its shapes are made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel

from bot.published import Published
from bot.web.pages.asked import Asked
from commands.chat import Outcome
from commands.text import Addresses, speak
from knowledge.charts import Chart, headline
from knowledge.contract import Events
from knowledge.model import AnyRecord, RecordKind

NAME = "Claimbot"

Records = Iterable[tuple[RecordKind, AnyRecord]]
Draw = Callable[[], Chart]


@dataclass(frozen=True, slots=True)
class Site:
    """What every page stands on; `addresses` begin with where the site is on the web.

    The pages of a server that has published its records are a site of their own, below `here`.
    """

    published: Published
    addresses: Addresses
    today: Callable[[], date]
    here: Addresses = field(default_factory=Addresses)

    @property
    def name(self) -> str:
        """Return what the site is called: by the server, where it is that of one."""
        return " · ".join(filter(None, (NAME, self.published.server)))

    @property
    def origin(self) -> str:
        """Return where the addresses in `here` begin on the web."""
        return self.addresses.root.removesuffix(self.here.root)

    @property
    def host(self) -> str:
        """Return where the site is, as people write it."""
        return self.origin.partition("://")[2]

    def of_server(self, place: str) -> "Site | None":
        """Return the site of a server; nothing as long as it has published none."""
        published = self.published.of_server(place)
        if published is None:
            return None
        addresses, here = self.addresses.server(place), self.here.server(place)
        return Site(published, addresses, self.today, here)


@dataclass(frozen=True, slots=True)
class Picture:
    """The words of the picture that a link to a page shows."""

    topic: str
    figure: str
    said: str

    def draw(self, host: str) -> bytes:
        """Draw it as PNG."""
        return headline(self.topic, self.figure, self.said, f"{NAME} · {host}")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `data` is the contract; `here` is its address below the root of the site.

    `records` gives what its linked data is written from; `light` and `dark` draw its chart. `pages`
    is how many there are, by form, where a long answer stands on several. `listed` says that search
    engines may list it, which a page made up by a question is not for.
    """

    template: str
    title: str
    summary: str
    here: str
    data: BaseModel | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    outcome: Outcome = Outcome.ANSWERED
    picture: Callable[[], Picture] | None = None
    records: Callable[[], Records] | None = None
    light: Draw | None = None
    dark: Draw | None = None
    events: Callable[[], Events] | None = None
    alt: str = ""
    listed: bool = True
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """A kind of page: its name in logs, its path, what makes it, and what its data is."""

    name: str
    path: str
    make: Callable[[Site, Asked], Page]
    data: type[BaseModel]
    parameters: tuple[str, ...] = ()
    forms: tuple[str, ...] = ("json",)

    def page(self, site: Site, asked: Asked) -> Page:
        """Make the page in the language that was asked for."""
        speak(asked.language)
        return self.make(site, asked)


class Moved(Exception):
    """What was asked for stands under another name; `to` is its address below the root."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


class Missing(Exception):
    """There is no such page, or not in this form."""
