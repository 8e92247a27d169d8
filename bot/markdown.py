"""Discord's markdown as styled terminal text, with nothing in it that could steer a terminal."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rich.text import Text

from knowledge.language import SHAPING, is_visible

_TIME_FORMATS = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%Y-%m-%d",
    "D": "%d %B %Y",
    "f": "%d %B %Y %H:%M",
    "F": "%A, %d %B %Y %H:%M",
    "s": "%Y-%m-%d %H:%M",
    "S": "%Y-%m-%d %H:%M:%S",
    "R": "%d %B %Y %H:%M",
}
_INLINE = re.compile(
    r"""
      \\(?P<escaped>[^\w\s]|_)
    | (?P<ticks>`{1,2})(?P<code>.+?)(?P=ticks)(?!`)
    | \[(?P<label>(?:\\.|\[[^\[\]\\\n]*\]|[^\[\]\\\n])+)\]
        \(<?(?P<url>https?://[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)
        >?(?:\s+"[^"\n]*")?\)
    | <(?P<bare>https?://[^\s<>]+)>
    | (?P<web>https?://[^\s<>]+)
    | <t:(?P<unix>-?\d{1,12})(?::(?P<format>[tTdDfFRsS]))?>
    | <(?P<sigil>@!?|@&|\#)(?P<id>\d+)>
    | </(?P<command>[^:<>\n]+):\d+>
    | <a?(?P<emoji>:\w+:)\d+>
    | \*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)
    | __(?P<underline>(?:\\.|[^\\])+?)__(?!_)
    | ~~(?P<strike>(?:\\.|[^\\])+?)~~
    | \|\|(?P<spoiler>(?:\\.|[^\\])+?)\|\|
    | \*(?P<star>(?![\s*])(?:\\.|\*\*|[^\\*])+?(?<!\s))\*(?!\*)
    | (?<!\w)_(?P<under>(?!_)(?:\\.|[^\\_])+?)_(?!\w)
    """,
    re.VERBOSE | re.DOTALL,
)
_NESTED = {
    "bold": "bold",
    "underline": "underline",
    "strike": "strike",
    "spoiler": "reverse",
    "star": "italic",
    "under": "italic",
}
_FENCE = re.compile(r"```(?:[\w+-]*\n)?(?P<body>.*?)```\n?", re.DOTALL)
_LINE = re.compile(
    r"(?P<quote>>\ )|(?P<heading>\#{1,3}\ )|(?P<subtext>-\#\ )|(?P<indent>\ *)(?P<bullet>[-*]\ )"
)
_QUOTE_BAR = "▏ "
_DEEPEST = 8
"""Marks within marks; nobody writes so many, and a text made to nest must not (chosen by eye)."""


@dataclass(frozen=True, slots=True)
class Names:
    """What Discord shows for the ids in a text; an id that is missing stays a number."""

    people: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)


NO_NAMES = Names()


def clean(text: str) -> str:
    """The text without control, direction-changing or unassigned characters; line ends stay."""
    return "".join(_safe(char) for char in text.replace("\r\n", "\n"))


def _safe(char: str) -> str:
    if char == "\n" or char in SHAPING:
        return char
    if char in "\t\u2028\u2029":
        return " "
    return char if is_visible(char) else ""


def render(text: str, names: Names = NO_NAMES) -> Text:
    """A message's or an embed's text as Discord would show it."""
    text = clean(text)
    out = Text()
    start = 0
    for fence in _FENCE.finditer(text):
        out.append_text(_lines(text[start : fence.start()], names))
        out.append(fence["body"].strip("\n") + "\n", style="cyan")
        start = fence.end()
    out.append_text(_lines(text[start:], names))
    out.rstrip()
    return out


def _lines(text: str, names: Names) -> Text:
    """Block markdown, line by line; `>>>` quotes everything below it."""
    out = Text()
    quoted = False
    for line in text.splitlines(keepends=True):
        body = line
        if not quoted and body.startswith(">>> "):
            quoted, body = True, body[4:]
        if quoted:
            out.append(_QUOTE_BAR, style="dim")
        out.append_text(_line(body, names))
    return out


def _line(line: str, names: Names) -> Text:
    block = _LINE.match(line)
    if block is None:
        return _inline(line, names)
    rest = line[block.end() :]
    if block["quote"]:
        return Text.assemble((_QUOTE_BAR, "dim"), _inline(rest, names))
    if block["heading"]:
        return _styled(_inline(rest, names), "bold underline")
    if block["subtext"]:
        return _styled(_inline(rest, names), "dim")
    return Text.assemble(f"{block['indent']}• ", _inline(rest, names))


def _styled(text: Text, style: str) -> Text:
    text.stylize(style)
    return text


def _inline(text: str, names: Names, depth: int = 0) -> Text:
    if depth > _DEEPEST:
        return Text(text)
    out = Text()
    start = 0
    for found in _INLINE.finditer(text):
        out.append(text[start : found.start()])
        out.append_text(_span(found, names, depth + 1))
        start = found.end()
    out.append(text[start:])
    return out


def _span(found: re.Match[str], names: Names, depth: int) -> Text:
    """One piece of inline markdown; what it holds may hold more."""
    for group, style in _NESTED.items():
        if found[group] is not None:
            return _styled(_inline(found[group], names, depth), style)
    if found["label"] is not None:
        return _link(_inline(found["label"], names, depth), found["url"])
    group = found.lastgroup or ""
    simple = _SIMPLE.get(group)
    return simple(found) if simple else _mention(found, names)


def _link(label: Text, url: str) -> Text:
    """A link's label with the address behind it: a terminal shows no other way to it."""
    if label.plain == url:
        return Text(url, style="underline")
    return Text.assemble(_styled(label, "underline"), (f" ({url})", "dim"))


def _mention(found: re.Match[str], names: Names) -> Text:
    number = int(found["id"])
    if found["sigil"] == "#":
        shown = f"#{names.channels.get(number, number)}"
    elif found["sigil"] == "@&":
        shown = f"@{names.roles.get(number, number)}"
    else:
        shown = f"@{names.people.get(number, number)}"
    return Text(clean(shown), style="bold")


def _moment(found: re.Match[str]) -> Text:
    style = _TIME_FORMATS[found["format"] or "f"]
    try:
        moment = datetime.fromtimestamp(int(found["unix"]), UTC)
    except (ValueError, OverflowError, OSError):
        return Text(found.group())
    return Text(moment.strftime(style) + ("" if style.endswith(("%d", "%Y")) else " UTC"))


_SIMPLE: dict[str, Callable[[re.Match[str]], Text]] = {
    "escaped": lambda found: Text(found["escaped"]),
    "code": lambda found: Text(found["code"].strip(), style="cyan"),
    "bare": lambda found: Text(found["bare"], style="underline"),
    "web": lambda found: Text(found["web"], style="underline"),
    "unix": _moment,
    "format": _moment,
    "command": lambda found: Text(f"/{found['command']}", style="bold"),
    "emoji": lambda found: Text(found["emoji"]),
}
