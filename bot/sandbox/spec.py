"""What the registered commands accept, as the payload that was synced to Discord says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from discord import AppCommandOptionType as Kind

from knowledge.model import ForPeople

# Discord keeps integers and numbers within what a double represents exactly,
# and a text option within 6,000 characters.
NUMBER_LIMIT = 2**53 - 1
TEXT_LIMIT = 6000
"""The largest whole number, and the most characters, that Discord takes as an option."""
TRUE_WORDS = frozenset({"true", "yes", "y", "on"})
FALSE_WORDS = frozenset({"false", "no", "n", "off"})
NESTING = (Kind.subcommand.value, Kind.subcommand_group.value)

NO_PATH = (OSError, ValueError, RuntimeError)
"""What a path raises that a person typed: it holds a NUL, or the home of nobody."""

OptionValue = str | int | float | bool

_INTEGER = re.compile(r"-?\d{1,16}\Z", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?\Z", re.ASCII)


class Refused(ForPeople):
    """What a Discord client would not let a person send; one line that says why."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command. `minimum` and `maximum` bound a number, or a text's length."""

    name: str
    kind: Kind = Kind.string
    description: str = ""
    required: bool = False
    choices: tuple[tuple[str, OptionValue], ...] = ()
    autocomplete: bool = False
    minimum: int | float | None = None
    maximum: int | float | None = None

    @property
    def one_word(self) -> bool:
        """Whether a value never holds a space, so that text after it belongs elsewhere."""
        return self.kind in (Kind.integer, Kind.number, Kind.boolean)

    def read(self, typed: str) -> OptionValue:
        """The typed text as this option's value; people, channels, roles and files stay text."""
        if not typed:
            raise Refused(f"{self.name}: a value is needed.")
        if self.choices and not self.autocomplete:
            return self._choice(typed)
        if self.kind is Kind.integer or self.kind is Kind.number:
            return self._number(typed)
        if self.kind is Kind.boolean:
            return self._boolean(typed)
        if self.kind is Kind.string:
            self._check_length(typed)
        return typed

    def _choice(self, typed: str) -> OptionValue:
        wanted = typed.casefold()
        for name, value in self.choices:
            if wanted in (name.casefold(), str(value).casefold()):
                return value
        offered = ", ".join(name for name, _ in self.choices)
        raise Refused(f"{self.name}: choose one of {offered}.")

    def _number(self, typed: str) -> int | float:
        value: int | float
        if self.kind is Kind.integer:
            if not _INTEGER.match(typed):
                raise Refused(f"{self.name}: a whole number is needed, not {quoted(typed)}.")
            value = int(typed)
        else:
            if not _NUMBER.match(typed):
                raise Refused(f"{self.name}: a number is needed, not {quoted(typed)}.")
            value = float(typed)
        low = -NUMBER_LIMIT if self.minimum is None else self.minimum
        high = NUMBER_LIMIT if self.maximum is None else self.maximum
        if not low <= value <= high:
            raise Refused(f"{self.name}: must be between {low} and {high}.")
        return value

    def _boolean(self, typed: str) -> bool:
        word = typed.casefold()
        if word not in TRUE_WORDS | FALSE_WORDS:
            raise Refused(f"{self.name}: yes or no is needed, not {quoted(typed)}.")
        return word in TRUE_WORDS

    def _check_length(self, typed: str) -> None:
        low = self.minimum or 0
        high = TEXT_LIMIT if self.maximum is None else self.maximum
        if len(typed) < low:
            raise Refused(f"{self.name}: must be at least {low} characters, not {len(typed)}.")
        if len(typed) > high:
            raise Refused(f"{self.name}: must be at most {high} characters, not {len(typed)}.")


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, or one subcommand with its parents in the path: `claim add`."""

    path: str
    description: str = ""
    options: tuple[Option, ...] = ()

    @property
    def usage(self) -> str:
        """The command with its options, those that may be left out in brackets."""
        options = (each.name if each.required else f"[{each.name}]" for each in self.options)
        return " ".join((f"/{self.path}", *options))

    def option(self, name: str) -> Option | None:
        """The option of that name."""
        return next((option for option in self.options if option.name == name), None)


def quoted(text: str, limit: int = 40) -> str:
    """The text between quotation marks for a one-line message, cut where it is long."""
    flat = " ".join(text.split())
    return f"“{flat if len(flat) <= limit else flat[: limit - 1] + '…'}”"


def why(error: Exception) -> str:
    """Return why a file that a person named cannot be used."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def leaves(payload: Mapping[str, Any], parents: str = "") -> Iterator[Command]:
    """Every command a person can run that one registered command payload holds."""
    path = f"{parents} {payload['name']}".strip()
    options = payload.get("options") or []
    nested = [option for option in options if option["type"] in NESTING]
    for child in nested:
        yield from leaves(child, path)
    if not nested:
        found = tuple(_option(option) for option in options)
        yield Command(path, payload.get("description") or "", found)


def _option(payload: Mapping[str, Any]) -> Option:
    return Option(
        name=payload["name"],
        kind=Kind(payload["type"]),
        description=payload.get("description") or "",
        required=bool(payload.get("required")),
        choices=tuple((each["name"], each["value"]) for each in payload.get("choices") or ()),
        autocomplete=bool(payload.get("autocomplete")),
        minimum=payload.get("min_value", payload.get("min_length")),
        maximum=payload.get("max_value", payload.get("max_length")),
    )
