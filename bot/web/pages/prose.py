"""What the chat writes in its markdown, as HTML for a page or as plain text for a preview."""

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_SMALL = "-# "
_NUMBERED = re.compile(r"\[(\d+)((?: ¶[^\]]*)?)\]")
_CITED = re.compile(r" ?\[\d+(?: ¶[^\]]*)?\]")
_BREAK = "\u200b"
"""What the chat puts behind an @ so that nobody is called; a page calls nobody."""


def _text(tokens: Sequence[Token], at: int, *_: object) -> str:
    """Write text, each citation in it as a link to the source of that number on the page."""
    return _NUMBERED.sub(r'<a class="cite" href="#s\1">[\1\2]</a>', str(escape(tokens[at].content)))


# Only what the chat itself uses: no HTML, no images, no addresses that become links.
_markdown = MarkdownIt("zero").enable(["emphasis", "escape", "link", "backticks"])
_markdown.renderer.rules["text"] = _text  # type: ignore[attr-defined]


@lru_cache(4096)
def as_html(line: str) -> Markup:
    """Write a line of an answer as HTML."""
    small = line.startswith(_SMALL)
    inner = _markdown.renderInline(line.removeprefix(_SMALL).replace(_BREAK, ""))
    return Markup("<small>{}</small>" if small else "{}").format(Markup(inner))  # noqa: S704 - escaped


def as_text(line: str) -> str:
    """Write a line of an answer as plain text, without its citations."""
    found = _markdown.parseInline(line.removeprefix(_SMALL).replace(_BREAK, ""))
    whole = "".join(token.content for one in found for token in one.children or ())
    return _CITED.sub("", whole)
