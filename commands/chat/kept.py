"""What people are writing, kept in memory until it is saved, dropped or forgotten."""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import discord

from commands.text import say
from knowledge.curation import AsserterForm, ClaimForm, SourceForm, TopicForm
from knowledge.drafts import Article, Proposals, Recorder
from knowledge.model import ForPeople, RecordKind

AnyForm = TopicForm | AsserterForm | SourceForm | ClaimForm

KIND_OF: dict[type[AnyForm], RecordKind] = {
    TopicForm: "topic",
    AsserterForm: "asserter",
    SourceForm: "source",
    ClaimForm: "claim",
}


class Lost(ForPeople):
    """What a button would go on with is not in memory any more."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "I no longer have what this was about: it was saved or cancelled, or I "
                "restarted meanwhile. Nothing is lost from the database; start again with the "
                "command."
            )
        )


class Owned(Protocol):
    """Something that one person does in one place."""

    @property
    def person(self) -> int:
        """Whose it is."""

    @property
    def guild(self) -> int | None:
        """The server where it was begun."""


Item = TypeVar("Item", bound=Owned)


@dataclass(frozen=True, slots=True)
class UnsavedRecord:
    """A record that somebody is writing; `form` holds every text as it was typed."""

    person: int
    guild: int | None
    form: AnyForm
    record: str = ""
    """The id of the record that is being changed; empty for a new one."""
    seen: int = 0
    """The newest revision of that record when it was read."""
    asks: tuple[str, ...] = ()
    """Fields that a command left open, so that the form asks for them first."""
    article: str = ""
    """The key of the article that the claim stands in, where it is at hand."""
    sent: discord.Attachment | None = None
    """That article as it was sent with the command, and is not read yet."""
    then: "Afterwards | None" = None
    """What is done once it is saved."""

    @property
    def kind(self) -> RecordKind:
        """What kind of record it is."""
        return KIND_OF[type(self.form)]


Afterwards = Callable[[discord.Interaction[Any], str], Awaitable[None]]
"""Goes on with a record that was saved, by its id."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody may import, as it was sent, and what they said about it.

    `topic` is for claims that name none, `columns` says which column of a table is which field,
    and with `skip_refused` what fits is imported without the rest.
    """

    person: int
    guild: int | None
    name: str
    data: bytes
    topic: str | None
    columns: Mapping[str, str] = field(default_factory=dict)
    skip_refused: bool = False


@dataclass(frozen=True, slots=True)
class DraftedArticle:
    """An article from which claims are proposed to somebody.

    `decided` tells what became of a proposal, by its place: the id under which it was saved, or
    nothing where it was dropped. `asked` holds what is odd about one, once a person was asked.
    `recorder` knows what was saved for the ones before.
    """

    person: int
    guild: int | None
    found: Proposals
    recorder: Recorder
    decided: Mapping[int, str] = field(default_factory=dict)
    asked: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that somebody has sent, by which paragraphs are found."""

    person: int
    guild: int | None
    article: Article


Texts = Mapping[str, str]
"""What was typed into a form, by the ids of its texts."""
ThenDo = Callable[[discord.Interaction[Any], Texts], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that stands open before a person, and what to do with what is typed into it."""

    person: int
    guild: int | None
    sent: ThenDo


@dataclass(frozen=True, slots=True)
class Room:
    """How many items one person may have in one place, all people of a place, and all together."""

    person: int
    server: int
    everywhere: int


class Kept(Generic[Item]):
    """Items by a short key, the longest unused forgotten where there are too many.

    Too many are those of one person in a place, or of one server; it never costs another server
    anything. Where memory sets an end to all of them together, the place with the most gives way.
    """

    KEY = r"[0-9a-f]{16}"

    def __init__(self, room: Room) -> None:
        self._room = room
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._places: dict[int, OrderedDict[str, int]] = {}
        """Whose each item of a place is, the longest unused first."""

    def keep(self, item: Item, key: str = "") -> str:
        """Keep an item, in the place of another one if its key is given; return the key."""
        key = key or secrets.token_hex(8)
        self.drop(key)
        self._items[key] = item
        there = self._places.setdefault(_place(item), OrderedDict())
        there[key] = item.person
        own = [one for one, person in there.items() if person == item.person]
        for one in own[: max(0, len(own) - self._room.person)]:
            self.drop(one)
        while len(there) > self._room.server:
            self.drop(next(iter(there)))
        while len(self._items) > self._room.everywhere:
            fullest = max(self._places, key=lambda place: len(self._places[place]))
            self.drop(next(iter(self._places[fullest])))
        return key

    def find(self, key: str, interaction: discord.Interaction[Any]) -> Item:
        """Return an item to the person who keeps it, in the server where it was begun.

        Raises:
            Lost: it is not here.
        """
        item = self._items.get(key)
        if item is None or (item.person, item.guild) != (
            interaction.user.id,
            interaction.guild_id,
        ):
            raise Lost
        return item

    def take(self, key: str, interaction: discord.Interaction[Any]) -> Item:
        """Return an item as `find` does, and keep it no longer.

        Raises:
            Lost: it is not here.
        """
        item = self.find(key, interaction)
        self.drop(key)
        return item

    def drop(self, key: str) -> None:
        """Forget an item."""
        item = self._items.pop(key, None)
        if item is None:
            return
        there = self._places[_place(item)]
        del there[key]
        if not there:
            del self._places[_place(item)]


def _place(item: Owned) -> int:
    return item.guild or item.person
