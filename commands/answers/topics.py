"""`/topics`: what the database holds, with counts and dates."""

import re

import discord
from discord import app_commands

from commands.chat import (
    ACCENT,
    AnswerDigest,
    App,
    Button,
    Interaction,
    Outcome,
    Reply,
    ScreenButton,
    answer,
    note,
    pages_in_order,
)
from commands.text import claims, clip, footer, human, origins, plain, publications, say
from knowledge.contract import Contents, TopicLine
from knowledge.model import Edtf, Measure

_TOPICS_ON_A_PAGE = 12


def register(app: App) -> None:
    """Add `/topics` and its buttons."""
    app.tree.add_command(topics, override=True)
    app.add_dynamic_items(TopicsButton)


@app_commands.command(description="What the database holds, with counts and dates")
async def topics(interaction: Interaction) -> None:
    """Answer with the table of contents."""
    app = interaction.client
    await answer(interaction, lambda: topics_reply(app))


class TopicsButton(
    ScreenButton, template=rf"t:(?P<how>t):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}"
):
    """Shows a page of the table of contents."""

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        return topics_reply(app, int(found["page"]))


def topics_reply(app: App, page: int = 0) -> Reply:
    """Return a page of the table of contents, those with figures first."""
    contents = app.workspace.contents()
    if not contents.topics:
        return note(say("The database holds no topics yet."), outcome=Outcome.SILENT)
    lines = sorted(contents.topics, key=lambda line: line.measure is Measure.QUALITATIVE)
    blocks = [_block(line) for line in lines]
    dealt = pages_in_order(blocks, _TOPICS_ON_A_PAGE)
    page = min(page, len(dealt) - 1)
    text = _listed([(lines[index], blocks[index]) for index in dealt[page]])
    embed = discord.Embed(title=say("Topics on file"), description=text, colour=ACCENT)
    embed.set_footer(text=_footer(contents, page, len(dealt)))
    mark = AnswerDigest.of(contents.revision, contents.topics)
    return Reply(embed, _turning(page, len(dealt) - 1, mark), mark=mark)


def _listed(shown: list[tuple[TopicLine, str]]) -> str:
    text: list[str] = []
    for line, block in shown:
        statements = line.measure is Measure.QUALITATIVE
        heading = f"**{say('Statements') if statements else say('With figures')}**"
        if heading not in text:
            text.append(heading)
        text.append(block)
    return "\n".join(text)


def _block(line: TopicLine) -> str:
    command = f"/{line.command}" if line.command else f"/figures {line.id}"
    return f"{plain(line.title, 130)} · `{command}`\n-# {_held(line)}"


def _held(line: TopicLine) -> str:
    if not line.claims or line.first is None or line.last is None:
        return say("nothing yet")
    first, last = (human(Edtf.parse(f"{day:%Y-%m}")) for day in (line.first, line.last))
    when = first if first == last else say("{first} to {last}", first=first, last=last)
    held = say("{claims} from {origins}", claims=claims(line.claims), origins=origins(line.origins))
    return f"{held} · {when}"


def _footer(contents: Contents, page: int, count: int) -> str:
    held = say(
        "{claims} from {publications}",
        claims=claims(contents.claims),
        publications=publications(contents.sources),
    )
    place = say("Page {page} of {count}", page=page + 1, count=count) if count > 1 else ""
    return clip(" · ".join(filter(None, (place, held, footer(contents.revision)))), 200)


def _turning(page: int, last: int, mark: AnswerDigest) -> list[Button]:
    tail = mark.encode()
    back = [TopicsButton(f"t:t:{page - 1}:{tail}", say("◀ Back"))] if page > 0 else []
    on = [TopicsButton(f"t:t:{page + 1}:{tail}", say("More ▶"))] if page < last else []
    return [*back, *on]
