"""What runs here in words: the program, its database, and how long it has been up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, metadata

from commands.cards.parts import Card
from commands.text import claims, link, many, number, plain, publications, say, spoken
from knowledge.contract import Contents

_NAME = "Claimbot"


@dataclass(frozen=True, slots=True)
class Links:
    """What whoever runs the bot links to, where they do."""

    source: str | None = None
    support: str | None = None


def about_card(
    contents: Contents,
    started: datetime | None,
    now: datetime,
    here: Sequence[str] = (),
    links: Links | None = None,
) -> Card:
    """Return the program's version, its database and since when it has answered.

    `here` says how things are in the server, in lines that are safe already.
    """
    name, told = _program()
    more = [*_given(links or Links()), *told]
    held = say(
        "{claims} on {topics}, from {publications}",
        claims=claims(contents.claims),
        topics=many("{count} topic", "{count} topics", len(contents.topics)),
        publications=publications(contents.sources),
    )
    card = Card(name, _purpose()).with_field(
        say("Database revision"), number(contents.revision), inline=True
    )
    card = card.with_field(say("On file"), held, inline=True)
    if started is not None:
        card = card.with_field(say("Uptime"), _since(started, now), inline=True)
    if here:
        card = card.with_field(say("In this server"), "\n".join(here))
    return card.with_field(say("More"), " · ".join(more)) if more else card


def _given(links: Links) -> list[str]:
    given = {say("Source code"): links.source, say("Support"): links.support}
    return [link(label, address) for label, address in given.items() if address]


def _purpose() -> str:
    return say("Answers from a curated database of claims, each figure with its citation.")


def _since(moment: datetime, now: datetime) -> str:
    from babel.dates import format_timedelta  # noqa: PLC0415 - no other answer needs it

    lasted = format_timedelta(now - moment, locale=spoken())
    return say("{lasted}, since {moment}", lasted=lasted, moment=f"<t:{int(moment.timestamp())}:f>")


def _program() -> tuple[str, list[str]]:
    """Return what the installed package says of itself: its name with the version, links."""
    try:
        told = metadata("claimbot")
    except PackageNotFoundError:
        return _NAME, []
    addresses = (each.split(", ", 1) for each in told.get_all("Project-URL") or [])
    links = [link(plain(label, 60), url) for label, url in addresses if url.startswith("https://")]
    return f"{_NAME} {told['Version']}", links[:5]
