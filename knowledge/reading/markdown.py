"""A chat message as plain text: without markup and invisible characters, offsets kept."""

import re
from dataclasses import dataclass

from knowledge.language import INVISIBLE

_MARKUP = re.compile(
    r"```(?:[a-z]+\n)?|``?|\|\||\*+|~~|__|(?<!\w)_|_(?!\w)|^[ \t]*(?:>{1,3}|-#|\#{1,3}|[-+])[ \t]+",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """What a person sees of a message; `places[i]` is where `text[i]` stands in the message."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the text stands in the message."""
        return self.places[start], self.places[end - 1] + 1


def plain_text(message: str) -> PlainText:
    """Blank out markup (spoilers, code, quotes, headings) and leave out invisible characters."""
    places = tuple(at for at, sign in enumerate(message) if sign not in INVISIBLE)
    text = "".join(message[at] for at in places)
    return PlainText(_MARKUP.sub(lambda found: " " * len(found.group()), text), places)
