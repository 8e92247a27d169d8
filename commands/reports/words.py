"""A reported error in words: for those who decide on it, and for whoever reported it."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import discord

from commands.cards import DESCRIPTION, Card, Tone, fitting, titled
from commands.chat import App, code
from commands.text import link, plain, say
from knowledge.servers import Filed, ReportState

_ANSWER_LIMIT = 500
_TEXT_LIMIT = 1200
"""Characters when escaped: twice what may be typed."""
_SMALL = re.compile(r"^-# ", re.MULTILINE)
"""What makes a line small, which the library's remover leaves half of."""


def is_address(text: str) -> bool:
    """Whether a text is a web address that can be linked to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = text.isprintable() and not any(char.isspace() for char in text)
    return whole and parts.scheme in {"http", "https"} and bool(parts.hostname)


def report_card(app: App, filed: Filed, position: str = "") -> Card:
    """Show a report to those who decide on it."""
    report = filed.report
    lines = [*_outcome(filed), *_head(filed)]
    if about := _about(app, filed):
        lines.append(about)
    if report.shown:
        shown = discord.utils.remove_markdown(_SMALL.sub("", report.shown))
        lines.append(f"> {plain(shown, _ANSWER_LIMIT)}")
    lines += [f"**{say('What is wrong')}**", plain(report.wrong, _TEXT_LIMIT)]
    if report.source:
        host = plain(urlsplit(report.source).hostname or "", 80)
        lines.append(f"**{say('A better source')}** {link(host, report.source)}")
    if report.link:
        lines.append(link(say("The answer"), report.link))
    footer = say("Database revision {revision}", revision=report.revision)
    tone = Tone.WARNING if report.state is ReportState.OPEN else Tone.NOTE
    title = say("Reported error") + position
    return Card(title, fitting(lines, DESCRIPTION), footer=footer, tone=tone)


def _head(filed: Filed) -> Iterator[str]:
    report = filed.report
    reported = say("Reported by {name}, {when}", name=plain(report.name, 80), when=_when(report.at))
    yield f"-# {reported}"


def _outcome(filed: Filed) -> Iterator[str]:
    report = filed.report
    if report.state is ReportState.OPEN:
        return
    line = f": {plain(report.line, _TEXT_LIMIT)}" if report.line else ""
    yield f"**{outcome(filed)}**{line}"


def outcome(filed: Filed) -> str:
    """Say what became of a report."""
    name = plain(filed.report.by, 80)
    match filed.report.state:
        case ReportState.OPEN:
            return say("Waits for the curators")
        case ReportState.MENDED:
            return say("Mended by {name}", name=name)
        case ReportState.NO_ERROR:
            return say("Not an error, says {name}", name=name)


def _about(app: App, filed: Filed) -> str:
    """Name the topic or the claim, as it stands where it was reported."""
    about = filed.report.about
    if not about:
        return ""
    base = app.base
    library = (base.workspaces.opened(filed.place) if base else app.workspace).library
    topic, claim = library.topics.get(about), library.claim(about)
    named = titled(topic) if topic else claim.statement if claim else ""
    return f"**{plain(named, 200)}** {code(about)}" if named else code(about)


def report_lines(filed: Filed) -> list[str]:
    """Show a report to whoever filed it, in two lines."""
    report = filed.report
    line = f": {plain(report.line, _TEXT_LIMIT)}" if report.line else ""
    return [
        f"- **{outcome(filed)}**{line}",
        f"-# {_when(report.at)} · {plain(report.wrong, 160)}",
    ]


def news_card(filed: Filed, server: str) -> Card:
    """Tell whoever reported an error what became of it."""
    return Card(
        say("What became of your report"),
        "\n".join([*_outcome(filed), f"> {plain(filed.report.wrong, _TEXT_LIMIT)}"]),
        footer=server[:200],
        tone=Tone.NOTE,
    )


def _when(at: datetime) -> str:
    return discord.utils.format_dt(at, "R")
