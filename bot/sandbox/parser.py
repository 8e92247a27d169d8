"""The terminal's grammar: one typed line becomes one slash-command call.

`/name [subcommand] text option value option: value option=value option="a value"`: an option is
known by the name Discord shows; its value runs to the next option's name; text before any name
fills the required options in order, else the first; a yes/no option standing alone means yes.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from discord import AppCommandOptionType as Kind
from rapidfuzz import fuzz, process

from bot.sandbox.spec import (
    FALSE_WORDS,
    TRUE_WORDS,
    Command,
    Option,
    OptionValue,
    Refused,
    quoted,
)

# A word; or a quoted text, which may stand behind `name=` or `name:` and holds \" and \\.
_TOKEN = re.compile(r'(?:[^\s":=]+[:=])?"(?:\\.|[^"\\])*"\S*|\S+', re.DOTALL)
_UNCLOSED = re.compile(r'(?:[^\s":=]+[:=])?"(?!(?:\\.|[^"\\])*")', re.DOTALL)
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"\Z', re.DOTALL)
_NAMED = re.compile(r"([^\W\d][\w-]*)([:=])(?!//)")
_PLAIN = re.compile(r"[\w.,%-]+\Z")
_NEAR = 60
_MISTYPED = 80
"""Likeness (0 to 100) of a name that is offered, and of one that was surely meant (chosen by
eye)."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command with its option values, ready to be sent."""

    command: Command
    values: Mapping[str, OptionValue] = field(default_factory=dict)

    def __str__(self) -> str:
        """The call as a person could type it; `parse` reads it back to an equal call."""
        named = (f"{name}: {_typed(value)}" for name, value in self.values.items())
        return " ".join((f"/{self.command.path}", *named))


@dataclass(slots=True)
class _Piece:
    """A run of text that belongs to one option, or to none yet; offsets into the line.

    `marked`: the option was named with `:` or `=`, so a value has to follow.
    """

    option: Option | None
    spans: list[tuple[int, int]] = field(default_factory=list)
    marked: bool = False

    def text(self, line: str) -> str:
        """The value: what stands in the line, without quotation marks around the whole."""
        if not self.spans:
            return ""
        raw = line[self.spans[0][0] : self.spans[-1][1]]
        return _unquoted(raw) if len(self.spans) == 1 else raw


def parse(line: str, commands: Sequence[Command]) -> Call:
    """The call that a line starting with `/` asks for.

    Raises:
        Refused: with one line for the person, where a Discord client would not send it.
    """
    command, start = find_command(line, commands)
    pieces = list(_pieces(line, start, command))
    values = {
        piece.option.name: _value(piece, piece.option, line)
        for piece in pieces
        if piece.option is not None
    }
    loose = [piece for piece in pieces if piece.option is None]
    for option, text in _place(command, loose, line, set(values)):
        values[option.name] = option.read(text)
    missing = [each for each in command.options if each.required and each.name not in values]
    if missing:
        raise Refused(f"/{command.path} needs {missing[0].name}: {missing[0].description}")
    return Call(command, {each.name: values[each.name] for each in _given(command, values)})


def find_command(line: str, commands: Sequence[Command]) -> tuple[Command, int]:
    """The command at the start of the line, and where its options begin.

    Raises:
        Refused: when there is none; names the nearest.
    """
    by_path = {command.path: command for command in commands}
    words = list(re.finditer(r"[^\s]+", line[1:]))[:3]
    for count in range(len(words), 0, -1):
        path = " ".join(word.group().lower() for word in words[:count])
        if path in by_path:
            return by_path[path], 1 + words[count - 1].end()
    raise Refused(_no_such_command([word.group().lower() for word in words], list(by_path)))


def _no_such_command(words: list[str], paths: list[str]) -> str:
    if not words:
        return "Type a command's name after the slash; :help lists the commands."
    family = [path for path in paths if path.startswith(f"{words[0]} ")]
    if family:
        return f"/{words[0]} needs one of: " + ", ".join(path.split(" ", 1)[1] for path in family)
    near = process.extract(words[0], paths, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR)
    hint = "Nearest: " + ", ".join(f"/{path}" for path, _, _ in near) if near else "See :help"
    return f"There is no command {quoted('/' + words[0])}. {hint}."


def _tokens(line: str, start: int) -> Iterator[re.Match[str]]:
    for token in _TOKEN.finditer(line, start):
        if _UNCLOSED.match(token.group()):
            raise Refused(f"A quotation mark is not closed: {quoted(line[token.start() :])}")
        yield token


def _pieces(line: str, start: int, command: Command) -> Iterator[_Piece]:
    """Cut the line at the option names that stand in it."""
    given: set[str] = set()
    piece = _Piece(None)
    for token in _tokens(line, start):
        named = _explicit(token.group(), command, given, piece)
        option = named[0] if named else _bare(token.group(), command, given, piece)
        if option is None:
            if _full(piece, token.group()):
                yield piece
                piece = _Piece(None)
            piece.spans.append(token.span())
            continue
        if option.name in given:
            raise Refused(f"{option.name}: given twice.")
        given.add(option.name)
        yield piece
        piece = _Piece(option, marked=named is not None)
        if named and named[1] < len(token.group()):
            piece.spans.append((token.start() + named[1], token.end()))
    yield piece


def _explicit(
    token: str, command: Command, given: set[str], piece: _Piece
) -> tuple[Option, int] | None:
    """The option that `name:` or `name=` names, and the length of that prefix."""
    named = _NAMED.match(token)
    if named is None:
        return None
    name = named[1].lower().replace("_", "-")
    option = command.option(name) or command.option(named[1].lower())
    if option is not None:
        return option, named.end()
    names = [each.name for each in command.options]
    near = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=_MISTYPED)
    slot = _next_slot(command, given)
    in_text = piece.spans or (slot is not None and slot.required)
    if near or (named[2] == "=" and not in_text):
        hint = f"Did you mean {near[0]}?" if near else "It has: " + (", ".join(names) or "none")
        raise Refused(f"/{command.path} has no option {quoted(named[1])}. {hint}")
    return None


def _bare(token: str, command: Command, given: set[str], piece: _Piece) -> Option | None:
    """The option that a word alone names, unless that word can only be part of the text."""
    option = command.option(token)
    if option is None or option.name in given:
        return None
    if piece.marked and not piece.spans:
        return None
    if piece.option is None and piece.spans and option is _next_slot(command, given):
        return None
    return option


def _next_slot(command: Command, given: set[str]) -> Option | None:
    return next(iter(_slots(command, given)), None)


def _slots(command: Command, given: set[str]) -> list[Option]:
    """The options that text without a name fills, in order."""
    free = [each for each in command.options if each.name not in given]
    return [each for each in free if each.required] + [
        each for each in free if not each.required and each.kind is not Kind.boolean
    ]


def _full(piece: _Piece, token: str) -> bool:
    """Whether the piece's option takes no more, so that the token starts loose text."""
    if piece.option is None or not piece.option.one_word:
        return False
    if piece.option.kind is Kind.boolean and not piece.spans and not piece.marked:
        return token.casefold() not in TRUE_WORDS | FALSE_WORDS
    return bool(piece.spans)


def _value(piece: _Piece, option: Option, line: str) -> OptionValue:
    if option.kind is Kind.boolean and not piece.spans and not piece.marked:
        return True
    return option.read(piece.text(line))


def _place(
    command: Command, loose: list[_Piece], line: str, given: set[str]
) -> Iterator[tuple[Option, str]]:
    """Hand the text that stands without a name to the options that are still open."""
    rest = [_Piece(None, piece.spans) for piece in loose if piece.spans]
    slots = _slots(command, given)
    for index, slot in enumerate(slots):
        if not rest:
            return
        more = any(each.required for each in slots[index + 1 :])
        if not (more or slot.one_word):
            yield slot, " ".join(piece.text(line) for piece in rest)
            return
        yield slot, _Piece(None, [rest[0].spans[0]]).text(line)
        rest[0] = _Piece(None, rest[0].spans[1:])
        rest = [piece for piece in rest if piece.spans]
    if rest:
        extra = quoted(rest[0].text(line))
        names = ", ".join(each.name for each in command.options) or "none"
        raise Refused(f"/{command.path} has no option for {extra}. Its options: {names}.")


def _given(command: Command, values: Mapping[str, OptionValue]) -> Iterator[Option]:
    return (option for option in command.options if option.name in values)


def _unquoted(raw: str) -> str:
    whole = _QUOTED.match(raw)
    return re.sub(r"\\(.)", r"\1", whole[1], flags=re.DOTALL) if whole else raw


def _typed(value: OptionValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if _PLAIN.match(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class Cursor:
    """What stands at the end of a half-typed line, for completion.

    `typed` is the end of the line that a completion replaces; `option` is the one whose value it
    begins, or None where only a name fits; `free` are the options not given yet.
    """

    command: Command
    option: Option | None
    typed: str
    filled: Mapping[str, OptionValue]
    free: tuple[Option, ...]


def cursor(line: str, commands: Sequence[Command]) -> Cursor | None:
    """Where a half-typed command stands; None while its name is typed, or when it cannot be."""
    try:
        command, start = find_command(line, commands)
        pieces = list(_pieces(line, start, command))
    except Refused:
        return None
    if not line[start:]:
        return None
    last = pieces.pop()
    filled = _readable(command, pieces, line)
    given = set(filled) | ({last.option.name} if last.option else set())
    ended = last.option is not None and line[-1:].isspace() and _full(last, "")
    option = None if ended else last.option
    typed = line[last.spans[0][0] :] if last.spans and not ended else ""
    free = tuple(each for each in command.options if each.name not in given)
    return Cursor(command, option or _next_slot(command, given), typed, filled, free)


def _readable(command: Command, pieces: list[_Piece], line: str) -> dict[str, OptionValue]:
    """The values that are complete; one that its option would refuse counts as still open."""
    values: dict[str, OptionValue] = {}
    named = {piece.option.name for piece in pieces if piece.option is not None}
    with contextlib.suppress(Refused):
        for piece in pieces:
            if piece.option is not None:
                values[piece.option.name] = _value(piece, piece.option, line)
        loose = [piece for piece in pieces if piece.option is None]
        for option, text in _place(command, loose, line, named):
            values[option.name] = option.read(text)
    return values
