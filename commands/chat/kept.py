"""What people are writing, kept in memory until it is saved, dropped or forgotten."""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import discord

from knowledge.curation import AsserterForm, ClaimForm, SourceForm, TopicForm
from knowledge.drafts import Proposals, Recorder
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
            "I no longer have what this was about: it was saved or cancelled, or I restarted "
            "meanwhile. Nothing is lost from the database; start again with the command."
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

    @property
    def kind(self) -> RecordKind:
        """What kind of record it is."""
        return KIND_OF[type(self.form)]


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody may import, as it was sent; `topic` is for claims that name none."""

    person: int
    guild: int | None
    name: str
    data: bytes
    topic: str | None


@dataclass(frozen=True, slots=True)
class DraftedArticle:
    """An article from which claims are proposed to somebody.

    `decided` tells what became of a proposal, by its place: the id under which it was saved, or
    nothing where it was dropped. `recorder` knows what was saved for the ones before.
    """

    person: int
    guild: int | None
    found: Proposals
    recorder: Recorder
    decided: Mapping[int, str] = field(default_factory=dict)
    page: int = 0


class Kept(Generic[Item]):
    """Items by a short key, the longest unused forgotten when there are too many."""

    KEY = r"[0-9a-f]{16}"

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: OrderedDict[str, Item] = OrderedDict()

    def keep(self, item: Item, key: str = "") -> str:
        """Keep an item, in the place of another one if its key is given; return the key."""
        key = key or secrets.token_hex(8)
        self._items[key] = item
        self._items.move_to_end(key)
        while len(self._items) > self._most:
            self._items.popitem(last=False)
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
        self._items.pop(key, None)
