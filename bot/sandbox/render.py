"""Messages, buttons and forms as terminal text, laid out as Discord shows them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from discord import ComponentType, Embed
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.markdown import NO_NAMES, Names, clean, render
from bot.sandbox.chat import Box, Button, Field, File, Form, Menu, Message, Picture

PRIVATE_NOTE = "only you can see this"
_INLINE_FIELDS = 3
"""Fields that Discord shows side by side."""
_KIBI = 1024
"""Bytes of what is called a KB here."""


class Bar:
    """A body with a coloured bar along its left side, as an embed has."""

    def __init__(self, body: RenderableType, colour: str | None) -> None:
        self._body = body
        self._style = Style(color=colour) if colour else Style(dim=True)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The body's lines, each behind the bar."""
        width = max(options.max_width - 2, 1)
        for line in console.render_lines(self._body, options.update_width(width), pad=False):
            yield Segment("│ ", self._style)
            yield from line
            yield Segment.line()


def message(shown: Message, first: int, names: Names = NO_NAMES) -> RenderableType:
    """A message with its embeds, files and controls; its first control has number `first`."""
    body: list[RenderableType] = []
    if shown.thinking:
        body.append(Text(f"{clean(shown.author)} is thinking…", style="italic dim"))
    if shown.content:
        body.append(render(shown.content, names))
    body.extend(Bar(_embed(each, names), _colour(each)) for each in shown.embeds)
    number = first
    for box in shown.boxes:
        body.append(Bar(Group(*_box(box, number, names)), box.colour))
        number += len([part for part in box.parts if _numbered(part)])
    body.extend(_file(each) for each in shown.files)
    if not shown.boxes:
        body.extend(_controls(shown.parts, first))
    return Group(_header(shown), *body)


def _box(box: Box, first: int, names: Names) -> Iterator[RenderableType]:
    """The parts of a box, one below the other, and the controls that follow each other in a row."""
    number = first
    for controls, run in groupby(box.parts, key=lambda part: isinstance(part, Button | Menu)):
        if controls:
            row = [part for part in run if isinstance(part, Button | Menu)]
            yield from _controls(row, number)
            number += len([part for part in row if _numbered(part)])
            continue
        for part in run:
            if isinstance(part, Picture):
                yield Text(f"[picture: {clean(part.name)}]", style="italic")
            elif isinstance(part, str):
                yield render(part, names)
            else:
                yield Text("")


def _numbered(part: object) -> bool:
    return isinstance(part, Menu) or (isinstance(part, Button) and part.url is None)


def _header(shown: Message) -> Text:
    marks = [PRIVATE_NOTE] if shown.private else []
    marks += ["edited"] if shown.edited else []
    marks += [f"in {clean(shown.place)}"] if shown.place else []
    header = Text(clean(shown.author), style="bold")
    if marks:
        header.append(f"  ({', '.join(marks)})", style="dim not bold")
    return header


def _colour(embed: Embed) -> str | None:
    return str(embed.colour) if embed.colour else None


def _embed(embed: Embed, names: Names) -> RenderableType:
    parts: list[RenderableType] = []
    if embed.author.name:
        parts.append(_linked(Text(clean(embed.author.name), style="bold"), embed.author.url))
    if embed.title:
        title = render(embed.title, names)
        title.stylize("bold")
        parts.append(_linked(title, embed.url))
    if embed.description:
        parts.append(render(embed.description, names))
    parts.extend(_fields(embed, names))
    if embed.image.url:
        parts.append(Text(f"[picture: {_last_part(embed.image.url)}]", style="italic"))
    footer = _footer(embed)
    if footer:
        parts.append(footer)
    return Group(*parts)


def _linked(text: Text, url: str | None) -> Text:
    return Text.assemble(text, (f" ({clean(url)})", "dim not bold")) if url else text


def _last_part(url: str) -> str:
    return clean(url.split("?", 1)[0].rsplit("/", 1)[-1])


def _footer(embed: Embed) -> Text | None:
    when = embed.timestamp.strftime("%Y-%m-%d %H:%M") if embed.timestamp else None
    shown = [each for each in (embed.footer.text, when) if each]
    return Text(clean(" • ".join(shown)), style="dim") if shown else None


def _fields(embed: Embed, names: Names) -> Iterator[RenderableType]:
    """Fields below one another; those marked inline stand up to three in a row."""
    for inline, run in groupby(embed.fields, key=lambda field: bool(field.inline)):
        cells = [_cell(each.name or "", each.value or "", names) for each in run]
        step = _INLINE_FIELDS if inline else 1
        for start in range(0, len(cells), step):
            yield _row(cells[start : start + step])


def _cell(name: str, value: str, names: Names) -> Text:
    heading = render(name, names)
    heading.stylize("bold")
    return Text.assemble(heading, "\n", render(value, names))


def _row(cells: Sequence[Text]) -> RenderableType:
    if len(cells) == 1:
        return cells[0]
    table = Table.grid(padding=(0, 2), expand=False)
    for _ in cells:
        table.add_column(ratio=1)
    table.add_row(*cells)
    return table


def _file(file: File) -> Text:
    text = Text.assemble("[file] ", (clean(file.name), "bold"), f" ({size(file.size)})")
    if file.alt:
        text.append(f"\n       {clean(file.alt)}", style="dim")
    return text


def size(count: int) -> str:
    """A number of bytes as people write it."""
    if count < _KIBI:
        return f"{count} bytes"
    if count < _KIBI * _KIBI:
        return f"{count / _KIBI:.1f} KB"
    return f"{count / _KIBI / _KIBI:.1f} MB"


def _controls(parts: Sequence[Button | Menu], first: int) -> Iterator[RenderableType]:
    """Buttons side by side, each menu with its lines; links carry no number."""
    number = first
    for menus, run in groupby(parts, key=lambda part: isinstance(part, Menu)):
        row: list[Text] = []
        for part in run:
            if isinstance(part, Menu):
                yield _menu(part, number)
            elif part.url is not None:
                row.append(_linked(Text(f"↗ {clean(part.label)}"), part.url))
            else:
                row.append(_button(part, number))
            number += 1 if _numbered(part) else 0
        if not menus:
            yield Text("  ") + Text("   ").join(row)


def _button(button: Button, number: int) -> Text:
    label = clean(button.label) or "(button)"
    if button.disabled:
        return Text(f"[{number}] {label} (off)", style="dim")
    return Text.assemble((f"[{number}]", "bold cyan"), f" {label}")


def _menu(menu: Menu, number: int) -> RenderableType:
    head = Text.assemble((f"  [{number}]", "bold cyan"), f" {clean(menu.placeholder)} ▾")
    lines = [head]
    for index, choice in enumerate(menu.choices, 1):
        line = Text(f"      {number}.{index} {clean(choice.label)}")
        if choice.description:
            line.append(f"  {clean(choice.description)}", style="dim")
        lines.append(line)
    if not menu.choices:
        lines.append(Text(f"      :{number} NAME", style="dim"))
    return Group(*lines)


def form(shown: Form) -> RenderableType:
    """A form with its fields and what each takes."""
    body: list[RenderableType] = [Text(clean(shown.title), style="bold")]
    body.extend(render(note) for note in shown.notes)
    body.extend(field(each) for each in shown.fields)
    return Bar(Group(*body), "cyan")


def field(shown: Field) -> Text:
    """A form's field: its label, what it takes and what it holds already."""
    limits = [] if shown.required else ["optional"]
    if shown.kind is ComponentType.text_input and shown.maximum is not None:
        limits.append(f"at most {shown.maximum} characters")
    if shown.choices:
        limits.append("one of " + ", ".join(clean(each.label) for each in shown.choices))
    text = Text(clean(shown.label), style="bold")
    if limits:
        text.append(f" ({'; '.join(limits)})", style="dim not bold")
    if shown.description:
        text.append(f"\n  {clean(shown.description)}", style="dim not bold")
    if shown.default:
        text.append(f"\n  now: {clean(shown.default)}", style="not bold")
    return text


_LONGEST_NAME = 32
"""Columns of a name in a list, so that a terminal of 80 has room for what it stands for (chosen by
eye)."""


def listing(rows: Iterable[tuple[str, str]]) -> RenderableType:
    """Two columns: a name and what it stands for."""
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=_LONGEST_NAME)
    table.add_column()
    for name, meaning in rows:
        table.add_row(Text(clean(name), style="bold"), Text(clean(meaning)))
    return table
