"""Discord's published limits as models: whatever a bot sends is checked as Discord would.

From https://docs.discord.com/developers: Application Commands, Receiving and Responding,
Message and Embed objects, Component Reference. Unknown fields are refused, so that a misspelt
one is found.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

Text = Annotated[str, Field(min_length=1)]
Url = Annotated[str, Field(max_length=2048, pattern=r"^(https?|attachment)://\S+$")]
Localised = dict[str, Annotated[str, Field(min_length=1, max_length=100)]] | None
Name = Annotated[str, Field(pattern=r"^[-_'\w]{1,32}$")]
MenuName = Annotated[str, Field(min_length=1, max_length=32)]
Described = Annotated[str, Field(min_length=1, max_length=100)]
CustomId = Annotated[str, Field(min_length=1, max_length=100)]

COMMANDS, MENUS = 100, 15
COMMAND_CHARACTERS = 8000
EMBED_CHARACTERS = 6000
TEXT_INPUT, SUBCOMMAND, GROUP = 3, 1, 2
EPHEMERAL, V2 = 1 << 6, 1 << 15
COMPONENTS, TEXTS = 40, 4000


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


# ------------------------------------------------------------------ commands


class Choice(_Exact):
    """A value that an option offers."""

    name: Described
    name_localizations: Localised = None
    value: Annotated[str, Field(max_length=100)] | int | float


class Option(_Exact):
    """An option, a subcommand or a group of those."""

    type: Annotated[int, Field(ge=1, le=11)]
    name: Name
    name_localizations: Localised = None
    description: Described
    description_localizations: Localised = None
    required: bool = False
    choices: Annotated[list[Choice], Field(max_length=25)] | None = None
    options: Annotated[list["Option"], Field(max_length=25)] | None = None
    channel_types: list[int] | None = None
    min_value: int | float | None = None
    max_value: int | float | None = None
    min_length: Annotated[int, Field(ge=0, le=6000)] | None = None
    max_length: Annotated[int, Field(ge=1, le=6000)] | None = None
    autocomplete: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        assert self.name == self.name.lower(), "an option's name is lower case"
        assert not (self.choices and self.autocomplete), "choices rule autocompletion out"
        if self.type not in {SUBCOMMAND, GROUP}:
            assert not self.options, "only subcommands and groups have options"
        _check_options(self.options or [])
        return self

    def characters(self) -> int:
        """Count what Discord counts of it."""
        own = len(self.name) + len(self.description)
        own += sum(len(each.name) + len(str(each.value)) for each in self.choices or [])
        return own + sum(each.characters() for each in self.options or [])


class Command(_Exact):
    """A slash command or an entry of a context menu, as it is registered."""

    type: Literal[1, 2, 3] = 1
    name: MenuName
    name_localizations: Localised = None
    description: Annotated[str, Field(max_length=100)] = ""
    description_localizations: Localised = None
    options: Annotated[list[Option], Field(max_length=25)] = []
    default_member_permissions: Annotated[str, Field(pattern=r"^\d+$")] | int | None = None
    dm_permission: bool | None = None
    contexts: list[Literal[0, 1, 2]] | None = None
    integration_types: list[Literal[0, 1]] | None = None
    nsfw: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.type == 1:
            TypeAdapter(Name).validate_python(self.name)
            assert self.name == self.name.lower(), "a slash command's name is lower case"
            assert self.description, "a slash command is described"
        else:
            assert not self.description, "a menu's entry has no description"
            assert not self.options, "a menu's entry has no options"
        _check_options(self.options)
        used = len(self.name) + len(self.description)
        assert used + sum(each.characters() for each in self.options) <= COMMAND_CHARACTERS
        return self


def _check_options(options: list[Option]) -> None:
    names = [each.name for each in options]
    assert len(names) == len(set(names)), f"a name twice: {names}"
    required = [each.required for each in options]
    assert required == sorted(required, reverse=True), f"required ones come first: {names}"


def check_commands(payload: list[dict[str, Any]]) -> list[Command]:
    """Check what is registered at once; raise where Discord would refuse it."""
    found = TypeAdapter(list[Command]).validate_python(payload)
    names = [(each.type, each.name) for each in found]
    assert len(names) == len(set(names)), f"a name twice: {names}"
    assert sum(each.type == 1 for each in found) <= COMMANDS
    assert all(sum(each.type == kind for each in found) <= MENUS for kind in (2, 3))
    return found


# ------------------------------------------------------------------ messages


class Footer(_Exact):
    """The small print of an embed."""

    text: Annotated[str, Field(min_length=1, max_length=2048)]
    icon_url: Url | None = None


class Author(_Exact):
    """The line above an embed's title."""

    name: Annotated[str, Field(min_length=1, max_length=256)]
    url: Url | None = None
    icon_url: Url | None = None


class Media(_Exact):
    """A picture in an embed."""

    url: Url
    description: Annotated[str, Field(max_length=4096)] | None = None


class Shown(_Exact):
    """A field of an embed."""

    name: Annotated[str, Field(max_length=256, pattern=r"\S")]
    value: Annotated[str, Field(max_length=1024, pattern=r"\S")]
    inline: bool = False


class Embed(_Exact):
    """An embed; all embeds of a message share one limit of characters."""

    type: Literal["rich"] = "rich"
    title: Annotated[str, Field(max_length=256)] | None = None
    description: Annotated[str, Field(max_length=4096)] | None = None
    url: Url | None = None
    timestamp: str | None = None
    color: Annotated[int, Field(ge=0, le=0xFFFFFF)] | None = None
    footer: Footer | None = None
    author: Author | None = None
    image: Media | None = None
    thumbnail: Media | None = None
    fields: Annotated[list[Shown], Field(max_length=25)] = []
    flags: int | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        assert self.title or self.description or self.fields or self.image, "an empty embed"
        return self

    def characters(self) -> int:
        """Count what Discord counts of it."""
        lone = (self.title, self.description, self.footer and self.footer.text)
        named = (self.author.name if self.author else "",)
        fields = (text for field in self.fields for text in (field.name, field.value))
        return sum(len(text or "") for text in (*lone, *named, *fields))


class Button(_Exact):
    """A button: with a link, or with an id of its own."""

    type: Literal[2]
    id: int | None = None
    style: Literal[1, 2, 3, 4, 5]
    label: Annotated[str, Field(max_length=80)] | None = None
    emoji: dict[str, Any] | None = None
    custom_id: CustomId | None = None
    url: Annotated[str, Field(max_length=512)] | None = None
    disabled: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        assert self.label or self.emoji, "a button without a label"
        assert (self.style == 5) == (self.url is not None) == (self.custom_id is None)
        return self


class SelectOption(_Exact):
    """One line of a menu."""

    label: Annotated[str, Field(min_length=1, max_length=100)]
    value: Annotated[str, Field(min_length=1, max_length=100)]
    description: Annotated[str, Field(max_length=100)] | None = None
    emoji: dict[str, Any] | None = None
    default: bool = False


class Select(_Exact):
    """A menu under a message."""

    type: Literal[3, 5, 6, 7, 8]
    id: int | None = None
    custom_id: CustomId
    placeholder: Annotated[str, Field(max_length=150)] | None = None
    options: Annotated[list[SelectOption], Field(min_length=1, max_length=25)] | None = None
    min_values: Annotated[int, Field(ge=0, le=25)] = 1
    max_values: Annotated[int, Field(ge=1, le=25)] = 1
    disabled: bool = False
    required: bool | None = None
    channel_types: list[int] | None = None
    default_values: list[dict[str, Any]] | None = None


class Row(_Exact):
    """A row of up to five buttons, or of one menu."""

    type: Literal[1]
    id: int | None = None
    components: Annotated[list[Button | Select], Field(min_length=1, max_length=5)]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        assert len(self.components) == 1 or all(c.type == 2 for c in self.components)
        return self


class TextDisplay(_Exact):
    """A text of a message that is laid out."""

    type: Literal[10]
    id: int | None = None
    content: Annotated[str, Field(min_length=1, max_length=4000, pattern=r"\S")]


class Section(_Exact):
    """Texts with a button beside them."""

    type: Literal[9]
    id: int | None = None
    components: Annotated[list[TextDisplay], Field(min_length=1, max_length=3)]
    accessory: Button


class GalleryMedia(_Exact):
    """Where a picture is; what Discord adds once it has it is not sent."""

    url: Url
    model_config = ConfigDict(extra="allow")


class GalleryItem(_Exact):
    """A picture of a gallery."""

    media: GalleryMedia
    description: Annotated[str, Field(max_length=1024)] | None = None
    spoiler: bool = False


class Gallery(_Exact):
    """Pictures side by side."""

    type: Literal[12]
    id: int | None = None
    items: Annotated[list[GalleryItem], Field(min_length=1, max_length=10)]


class Separator(_Exact):
    """A line, or room, between two parts."""

    type: Literal[14]
    id: int | None = None
    divider: bool = True
    spacing: Literal[1, 2] = 1


class Container(_Exact):
    """A box with a coloured edge."""

    type: Literal[17]
    id: int | None = None
    accent_color: Annotated[int, Field(ge=0, le=0xFFFFFF)] | None = None
    spoiler: bool = False
    components: Annotated[
        list[Row | TextDisplay | Section | Gallery | Separator], Field(min_length=1)
    ]


LaidOut = Container | Row | TextDisplay | Section | Gallery | Separator
"""What may stand at the top of a message that is laid out."""


class Mentions(_Exact):
    """Whom a message may call; this bot calls nobody."""

    parse: Annotated[list[str], Field(max_length=0)]
    replied_user: Literal[False] = False


class Message(_Exact):
    """A message: an answer, a follow-up, or what one is changed to."""

    content: Annotated[str, Field(max_length=2000)] | None = None
    tts: Literal[False] = False
    embeds: Annotated[list[Embed], Field(max_length=10)] = []
    components: list[LaidOut] = []
    attachments: Annotated[list[dict[str, Any]], Field(max_length=10)] = []
    allowed_mentions: Mentions | None = None
    flags: int | None = None

    @property
    def laid_out(self) -> bool:
        """Whether it is made of components alone."""
        return bool((self.flags or 0) & V2)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        assert sum(each.characters() for each in self.embeds) <= EMBED_CHARACTERS
        everything = list(_walked(self.components))
        ids = [one.custom_id for one in everything if isinstance(one, Button | Select)]
        named = [one for one in ids if one]
        assert len(named) == len(set(named)), f"an id twice: {named}"
        if not self.laid_out:
            assert all(isinstance(one, Row) for one in self.components), "not laid out"
            assert len(self.components) <= 5
            return self
        assert not self.content, "components stand without content"
        assert not self.embeds, "components stand without embeds"
        assert self.components, "an empty message"
        assert len(everything) <= COMPONENTS
        written = [one.content for one in everything if isinstance(one, TextDisplay)]
        assert sum(map(len, written)) <= TEXTS, f"{sum(map(len, written))} characters"
        return self


def _walked(components: Iterable[BaseModel]) -> Iterator[BaseModel]:
    for one in components:
        yield one
        yield from _walked(getattr(one, "components", []))
        if isinstance(one, Section):
            yield one.accessory


class Offered(_Exact):
    """What autocompletion offers."""

    choices: Annotated[list[Choice], Field(max_length=25)]


_ALLOWED = {2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5, 6, 7}}
"""Which callbacks Discord takes for which interaction."""


def check_callback(kind: int, payload: dict[str, Any]) -> None:
    """Check an answer to an interaction of a kind; raise where Discord would refuse it."""
    answered = payload["type"]
    assert answered in _ALLOWED[kind], f"callback {answered} for interaction {kind}"
    assert set(payload) <= {"type", "data"}
    match answered:
        case 4:
            message = Message.model_validate(payload["data"])
            empty = not (message.content or message.embeds or message.laid_out)
            assert not empty, "an empty message"
            assert message.allowed_mentions is not None, "the answer may call people"
        case 7:
            Message.model_validate(payload["data"])
        case 8:
            Offered.model_validate(payload["data"])
        case _:
            assert set(payload.get("data") or {}) <= {"flags"}


def check_message(payload: dict[str, Any]) -> None:
    """Check a follow-up or a change of a message; raise where Discord would refuse it."""
    Message.model_validate(payload)
