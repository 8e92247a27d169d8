"""What a person meets in the chat as plain values: messages, buttons, menus, forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ComponentType, Embed

LINK_STYLE = 5
"""Discord's number for a button that is a link."""
MENUS = frozenset(
    kind.value
    for kind in (
        ComponentType.select,
        ComponentType.user_select,
        ComponentType.role_select,
        ComponentType.mentionable_select,
        ComponentType.channel_select,
    )
)


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: `alt` is its description, `size` in bytes."""

    name: str
    size: int
    alt: str
    url: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button; with a `url` it is a link and cannot be pressed here."""

    label: str
    custom_id: str | None
    url: str | None
    disabled: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    label: str
    value: str
    description: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A select menu; without `choices` a person, role or channel is named."""

    custom_id: str
    placeholder: str
    choices: tuple[Choice, ...]
    disabled: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A coloured box of a message that is laid out: its parts in reading order."""

    colour: str | None
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a box, by the name of its file; what it shows stands with the file."""

    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message as its reader sees it; `place` names its channel where that is another one."""

    id: int
    author: str
    content: str
    embeds: tuple[Embed, ...]
    files: tuple[File, ...]
    parts: tuple[Button | Menu, ...]
    boxes: tuple[Box, ...] = ()
    """What stands in the boxes of a message that is laid out; their controls are `parts`, too."""
    private: bool = False
    edited: bool = False
    thinking: bool = False
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; `minimum` and `maximum` bound its length, or how many are chosen."""

    custom_id: str
    label: str
    description: str
    kind: ComponentType
    required: bool
    default: str
    choices: tuple[Choice, ...]
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Form:
    """A modal: what Discord opens over the chat for a person to fill in."""

    title: str
    notes: tuple[str, ...]
    fields: tuple[Field, ...]


Part = str | Picture | Button | Menu | None
"""What stands in a box; nothing is a line across it."""


def parts(components: Sequence[Mapping[str, Any]]) -> Iterator[Button | Menu]:
    """The buttons and menus of a message, in reading order."""
    for component in components:
        kind = component.get("type")
        if kind == ComponentType.button.value:
            yield _button(component)
        elif kind in MENUS:
            yield Menu(
                component["custom_id"],
                component.get("placeholder") or "Choose",
                _choices(component),
                bool(component.get("disabled")),
            )
        else:
            yield from parts(component.get("components") or ())
            accessory = component.get("accessory")
            yield from parts([accessory] if accessory else ())


def texts(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The texts that stand among the components of a message or a form, outside of its boxes."""
    for component in components:
        if component.get("type") == ComponentType.text_display.value:
            yield component["content"]
        if component.get("type") != ComponentType.container.value:
            yield from texts(component.get("components") or ())


def boxes(components: Sequence[Mapping[str, Any]]) -> Iterator[Box]:
    """The boxes of a message that is laid out."""
    for component in components:
        if component.get("type") == ComponentType.container.value:
            colour = component.get("accent_color")
            inside = tuple(_inside(component.get("components") or ()))
            yield Box(None if colour is None else f"#{colour:06x}", inside)


def _inside(
    components: Sequence[Mapping[str, Any]],
) -> Iterator[Part]:
    for component in components:
        kind = component.get("type")
        if kind == ComponentType.text_display.value:
            yield component["content"]
        elif kind == ComponentType.separator.value:
            yield None
        elif kind == ComponentType.media_gallery.value:
            for item in component.get("items") or ():
                yield Picture(item["media"]["url"].split("?", 1)[0].rsplit("/", 1)[-1])
        elif kind == ComponentType.button.value or kind in MENUS:
            yield from parts([component])
        else:
            yield from _inside(component.get("components") or ())
            accessory = component.get("accessory")
            yield from parts([accessory] if accessory else ())


def form(modal: Mapping[str, Any]) -> Form:
    """A form from the modal payload that the bot answered with."""
    components = modal["components"]
    return Form(modal["title"], tuple(texts(components)), tuple(_fields(components)))


def _button(payload: Mapping[str, Any]) -> Button:
    emoji = (payload.get("emoji") or {}).get("name") or ""
    label = f"{emoji} {payload.get('label') or ''}".strip()
    return Button(
        label, payload.get("custom_id"), payload.get("url"), bool(payload.get("disabled"))
    )


def _choices(payload: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(
        Choice(option["label"], option["value"], option.get("description") or "")
        for option in payload.get("options") or ()
    )


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[Field]:
    for component in components:
        kind = component.get("type")
        if kind == ComponentType.label.value:
            yield _field(component["component"], component)
        elif kind == ComponentType.action_row.value:
            for child in component["components"]:
                yield _field(child, child)


def _field(control: Mapping[str, Any], labelled: Mapping[str, Any]) -> Field:
    kind = ComponentType(control["type"])
    text = kind is ComponentType.text_input
    return Field(
        custom_id=control["custom_id"],
        label=labelled.get("label") or control["custom_id"],
        description=labelled.get("description") or control.get("placeholder") or "",
        kind=kind,
        required=bool(control.get("required", text or kind.value in MENUS)),
        default=_default(control),
        choices=_choices(control),
        minimum=control.get("min_length" if text else "min_values"),
        maximum=control.get("max_length" if text else "max_values"),
    )


def _default(control: Mapping[str, Any]) -> str:
    """What the field holds before anyone types: its text, or the values chosen beforehand."""
    value = control.get("value", control.get("default"))
    if isinstance(value, bool):
        return "yes" if value else "no"
    chosen = [each["value"] for each in control.get("options") or () if each.get("default")]
    return ", ".join(chosen) if chosen else str(value or "")
