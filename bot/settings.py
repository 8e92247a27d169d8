"""The settings, from the environment and from `.env`; each says what it is for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from bot.shards import Shards
from knowledge.model import ForOperators
from knowledge.store import BadAddress, Where, where_of

if TYPE_CHECKING:
    from commands.cards import Links
    from commands.chat import Limits, Rights
    from knowledge.store import Quota

_RECORDS = ("shipped", "none")
"""What `CLAIMBOT_RECORDS` may be beside a folder, as `knowledge.base` has it."""
AUTOMATIC = "automatic"
"""As many shards as Discord recommends, all of them in this process."""
LogLevel = Literal["debug", "info", "warning", "error"]


def _where(given: object) -> object:
    try:
        return where_of(given) if isinstance(given, str) else given
    except BadAddress as error:
        raise ValueError(str(error)) from None


class Settings(BaseSettings):
    """What differs between one installation and another."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_prefix="CLAIMBOT_",
        env_ignore_empty=True,
        extra="ignore",
    )

    token: Annotated[
        SecretStr | None,
        Field(
            validation_alias=AliasChoices("DISCORD_TOKEN", "CLAIMBOT_TOKEN"),
            description="The bot's token from the Discord Developer Portal; without one, "
            "the bot runs in a simulated Discord in the terminal.",
        ),
    ] = None
    database: Annotated[
        Where,
        NoDecode,
        BeforeValidator(_where),
        Field(
            description="The SQLite file that holds the claims; made when it is not there. Or "
            "postgresql://USER:PASSWORD@HOST/NAME, for several processes on one base."
        ),
    ] = Path("claimbot.db")
    records: Annotated[
        str,
        Field(
            min_length=1,
            description="Whose records the bot answers from: shipped (the example that comes with "
            "the program), a folder of your own, or none (what people add in the chat alone).",
        ),
    ] = "shipped"
    log_level: Annotated[
        LogLevel,
        Field(description="How much is logged: debug, info, warning or error."),
    ] = "info"
    shards: Annotated[
        Shards | None,
        NoDecode,
        Field(
            description="Which shards of the bot this process serves, of how many, such as 0-3/16; "
            "automatic: all that Discord recommends.",
        ),
    ] = None
    metrics_port: Annotated[
        int | None,
        Field(
            ge=1,
            le=65535,
            description="Shows Prometheus metrics on http://127.0.0.1:PORT/metrics, to this "
            "machine only; without a port, nowhere.",
        ),
    ] = None
    public_url: Annotated[
        str | None,
        Field(
            description="Where the pages of `claimbot serve` are on the web, such as "
            "https://claims.example; answers in the chat then link to them.",
        ),
    ] = None
    source_url: Annotated[
        str | None,
        Field(description="Where the source code is that runs here; /about links to it."),
    ] = None
    support_url: Annotated[
        str | None,
        Field(description="Where people get help with this bot; /about links to it."),
    ] = None
    web_rate: Annotated[
        int,
        Field(
            ge=0,
            le=1_000_000,
            description="How many pages, or calls of an agent, one address may ask for within a "
            "minute; 0: any number.",
        ),
    ] = 300
    model: Annotated[
        str,
        Field(
            description="The sentence model that matches by meaning: the one that is installed "
            "with the program, a folder, a name on the Hugging Face hub, or off.",
        ),
    ] = "multilingual-e5-small"
    curator_role: Annotated[
        str,
        Field(
            description="Members with this role, by name or id, add and change claims for their "
            "server; so does everybody with the permission Manage Server."
        ),
    ] = "curator"
    contributor_role: Annotated[
        str,
        Field(description="Members with this role, by name or id, may propose claims."),
    ] = "contributor"
    review_channel: Annotated[
        str,
        Field(
            description="Proposals wait in the channel of this name or id, in each server that "
            "has one where the bot may write."
        ),
    ] = "claim-review"
    base_servers: Annotated[
        frozenset[int],
        NoDecode,
        Field(
            description="Ids of servers, with commas between, whose curators change the shared "
            "claims that every server sees."
        ),
    ] = frozenset()
    person_calls: Annotated[
        int,
        Field(
            ge=5,
            description="Commands and buttons that one person may use within 10 seconds; choices "
            "that are offered while typing count apart, twice as many.",
        ),
    ] = 30
    server_calls: Annotated[
        int,
        Field(ge=5, description="The same of everybody in one server together."),
    ] = 150

    def serves_place(self, place: str) -> bool:
        """Whether the server with this id falls to this process."""
        return self.shards is None or not place.isdecimal() or self.shards.serve(int(place))

    @property
    def limits(self) -> "Limits":
        """How often somebody may ask."""
        from commands.chat import Limits  # noqa: PLC0415

        return Limits(self.person_calls, self.server_calls)

    most_claims: Annotated[
        int,
        Field(
            ge=1,
            description="How many claims of its own a server may have, and as many speakers and "
            "sources.",
        ),
    ] = 20_000
    most_topics: Annotated[
        int,
        Field(ge=1, description="How many topics of its own a server may have."),
    ] = 200

    fetch: Annotated[
        bool,
        Field(
            description="Whether curators may draft claims from an address: on or off. Only public "
            "addresses are fetched, 5 MB and 10 seconds at most."
        ),
    ] = False

    @property
    def quota(self) -> "Quota":
        """What each server may add."""
        from knowledge.store import Quota  # noqa: PLC0415 - as for the rights

        return Quota(self.most_claims, self.most_topics)

    @property
    def links(self) -> "Links":
        """What is linked to."""
        from commands.cards import Links  # noqa: PLC0415 - as for the rights

        return Links(self.source_url, self.support_url)

    @property
    def rights(self) -> "Rights":
        """Who may change what."""
        # The command line reads the settings too, and does not wait for Discord's library.
        from commands.chat import Rights  # noqa: PLC0415

        return Rights(
            self.curator_role, self.contributor_role, self.review_channel, self.base_servers
        )

    @field_validator("public_url", mode="after")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise ValueError("write it like https://claims.example")
        return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")

    @field_validator("source_url", "support_url", mode="after")
    @classmethod
    def _link(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value.strip())
        if parts.scheme != "https" or not parts.hostname or not value.strip().isprintable():
            raise ValueError("write an address that begins with https://")
        return value.strip()

    @field_validator("shards", mode="before")
    @classmethod
    def _shards_as_written(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return None if value.strip().lower() == AUTOMATIC else Shards.read(value)

    @field_validator("base_servers", mode="before")
    @classmethod
    def _ids_between_commas(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("curator_role", "contributor_role", "review_channel", mode="after")
    @classmethod
    def _bare_name(cls, value: str) -> str:
        return value.strip().lstrip("@#")

    @field_validator("records", mode="before")
    @classmethod
    def _choice_in_any_case(cls, value: object) -> object:
        text = value.strip() if isinstance(value, str) else value
        return text.lower() if isinstance(text, str) and text.lower() in _RECORDS else text

    @field_validator("token", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value


class BadSettings(ForOperators):
    """A setting cannot be used; the message is one line and holds no secret."""


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        BadSettings: a value, or the file `.env` itself, cannot be read.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettings("; ".join(_problem(each) for each in error.errors())) from None
    except (OSError, UnicodeDecodeError, SettingsError) as error:
        raise BadSettings(f".env cannot be read: {error}") from None


def variable(name: str) -> str:
    """Return the environment variable of a setting, the first where there are several."""
    alias = Settings.model_fields[name].validation_alias
    if isinstance(alias, AliasChoices):
        return str(alias.choices[0])
    return f"CLAIMBOT_{name.upper()}"


def _problem(error: ErrorDetails) -> str:
    """Word one problem in a line, with the value only where it cannot be a secret."""
    place = str(error["loc"][0]) if error["loc"] else "settings"
    name = place if place.isupper() else variable(place)
    secret = "TOKEN" in name or name.endswith("DATABASE")
    given = "" if secret else f" (it is {str(error['input'])[:40]!r})"
    return f"{name}: {error['msg']}{given}"
