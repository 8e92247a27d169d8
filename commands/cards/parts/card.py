"""A card: an answer in words, as the parts that every place shows in its own way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from commands.text import SourceLine, say

DESCRIPTION = 3300
"""Discord takes 4,000 characters of an answer that is laid out; the rest is for its sources."""
FIELD = 1024
TOTAL = 5700
"""Discord takes 1024 and 6000 characters of an embed; the rest is for what a button adds to it."""


class Tone(Enum):
    """What a card is, which its colour tells."""

    ANSWER = auto()
    NOTE = auto()
    WARNING = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A heading with text below it; those marked inline may stand side by side."""

    name: str
    value: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Title, text, fields, sources and footer; title and text are Discord's markdown and safe."""

    title: str = ""
    description: str = ""
    fields: tuple[Field, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    """The publications that the text cites, in the order of their numbers."""
    opening: SourceLine | None = None
    """The one of them that stands first, with a button: where the first figure can be read."""
    titled: frozenset[int] = frozenset()
    """The numbers of those whose titles matter as much as where they can be read."""
    footer: str = ""
    author: str = ""
    """Who showed it, where somebody did."""
    above: str = ""
    """What was asked, above the title."""
    tone: Tone = Tone.ANSWER

    def __len__(self) -> int:
        """Count the characters as Discord does."""
        own = (self.title, self.description, self.footer, self.author, self.above)
        fields = sum(len(field.name) + len(field.value) for field in self.fields)
        return sum(map(len, own)) + fields

    def with_lines(self, name: str, lines: Sequence[str], budget: int = TOTAL) -> "Card":
        """Add lines as a field, or as two, as far as Discord takes them; what is cut is said."""
        card, left = self, list(lines)
        cut = say("… more under `/source`")
        for title in (name, say("{name} (continued)", name=name)):
            room = min(FIELD, budget - len(card) - len(title)) - len(cut) - 1
            value: list[str] = []
            while left and len(left[0]) + 1 <= room:
                room -= len(left[0]) + 1
                value.append(left.pop(0))
            if left and title != name:
                value.append(cut)
            if value:
                card = card.with_field(title, "\n".join(value))
            if not left:
                break
        return card

    def with_sources(
        self,
        sources: Sequence[SourceLine],
        opening: SourceLine | None = None,
        *,
        titled: Iterable[int] = (),
    ) -> "Card":
        """Add the publications that the text cites."""
        return replace(self, sources=tuple(sources), opening=opening, titled=frozenset(titled))

    def with_field(self, name: str, value: str, *, inline: bool = False) -> "Card":
        """Add a field."""
        return replace(self, fields=(*self.fields, Field(name, value, inline)))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer, counted from 0, and how many there are."""

    card: Card
    number: int = 0
    count: int = 1
    topics: tuple[str, ...] = ()
    """The topics that it lists, by their ids."""

    @property
    def last(self) -> int:
        """The number of the last page."""
        return self.count - 1


def note(text: str) -> Card:
    """Make a card of a few words; `text` is markdown and already safe."""
    return Card(description=text, tone=Tone.NOTE)
