"""A chat message as plain text: without markup and invisible characters, offsets kept."""

import re
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
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
    places = tuple(at for at, sign in enumerate(message) if not _INVISIBLE.match(sign))
    text = "".join(message[at] for at in places)
    return PlainText(_MARKUP.sub(lambda found: " " * len(found.group()), text), places)
