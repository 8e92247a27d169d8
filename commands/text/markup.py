"""Texts made fit for Discord: nothing in them can ping, format, link or overflow."""

import re

from knowledge.language import SHAPING, is_visible

_ACTIVE = re.compile(
    r"[\\*_~`|<(#>+.-]"
    r"(?:(?<=[\\*_~`|<])|(?<=\]\()|(?<=^[#>+-])|(?<=^\d\.)(?=\s)|(?<=^\d\d\.)(?=\s))"
)
"""What formats. It begins with all the characters that may: others are passed over quickly."""
_MENTION = re.compile(r"@(everyone|here|[!&]?[0-9]{17,20})")
"""What pings in Discord; ids have 17 to 20 digits."""
_SCHEME = re.compile(r"(?<=\w):(?=//)")
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+"
)


def tidy(text: str) -> str:
    """Return a text on one line, without characters that are invisible or change direction."""
    if not text.isprintable():
        text = "".join(char if char in SHAPING else _visible(char) for char in text)
    text = " ".join(text.split())
    return text if text.isascii() else _STACKED.sub(r"\1", text)


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    return char if is_visible(char) else ""


def clip(text: str, limit: int) -> str:
    """Return a text on one line of at most `limit` characters, for places without markdown."""
    shown = tidy(text)
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = 300) -> str:
    """Return a text that Discord shows as it stands, at most `limit` characters when escaped."""
    whole = tidy(text)
    shown, escaped = whole, _escape(whole)
    while len(escaped) > limit:
        room = min(len(shown) - 1, len(shown) * (limit - 1) // len(escaped))
        shown = _up_to_a_word(shown[:room], whole)
        escaped = _escape(shown) + "…"
    return escaped


def _up_to_a_word(cut: str, whole: str) -> str:
    """Leave out the word that a cut went through, unless it is most of what is left."""
    if whole[len(cut) : len(cut) + 1].isspace():
        return cut.rstrip()
    words = cut.rpartition(" ")[0].rstrip()
    return words if len(words) > len(cut) // 2 else cut.rstrip()


def _escape(text: str) -> str:
    escaped = _ACTIVE.sub(r"\\\g<0>", _MENTION.sub("@\u200b\\1", text))
    return _SCHEME.sub(r"\\:", escaped) if "//" in escaped else escaped


def link(label: str, url: str | None) -> str:
    """Return an escaped label as a link, where there is an address to link to."""
    if not url:
        return label
    address = url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
    return f"[{label}]({address})"
