"""Articles that are sent: read beside everything else, and kept for the next claims from them."""

from dataclasses import replace
from hashlib import blake2s

import discord

from commands.chat import (
    READ_SECONDS,
    App,
    Interaction,
    Lost,
    ReadArticle,
    Refused,
    UnsavedRecord,
    aside,
    downloaded,
    think,
)
from commands.text import clip, say
from knowledge.drafts import MAX_BYTES, Article, read_apart


async def read_attachment(interaction: Interaction, file: discord.Attachment) -> Article:
    """Read an article that was sent as a file.

    Raises:
        Refused: it is too large, or Discord does not hand it over.
        BadArticle: it is no article.
    """
    if file.size > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise Refused(
            say(
                "{filename} is larger than {limit} MB: no article is.",
                filename=clip(file.filename, 80),
                limit=limit,
            )
        )
    today = interaction.client.today()
    data, name = await downloaded(file, MAX_BYTES), file.filename
    return await aside(interaction, lambda: read_apart(data, name, today), READ_SECONDS)


async def with_article(
    interaction: Interaction, unsaved: UnsavedRecord, file: discord.Attachment
) -> UnsavedRecord:
    """Read the article of a claim, and keep it for the next claims from the same source.

    Raises:
        Refused: it is too large, or Discord does not hand it over.
        BadArticle: it is no article.
    """
    await hold(interaction)
    article = await read_attachment(interaction, file)
    read = ReadArticle(unsaved.person, unsaved.guild, article)
    key = interaction.client.read.keep(read, _key(unsaved))
    return replace(unsaved, article=key, sent=None)


async def hold(interaction: Interaction) -> None:
    """Let Discord wait: where the form was opened from, or with a sign for the person alone."""
    message = interaction.message
    if interaction.response.is_done():
        return
    if message is not None and message.flags.ephemeral:
        await interaction.response.defer()
    else:
        await think(interaction, private=True)


def at_hand(app: App, interaction: Interaction, unsaved: UnsavedRecord) -> UnsavedRecord:
    """Return a claim with the key of its article, where its source has been read lately."""
    if unsaved.article or unsaved.sent or not getattr(unsaved.form, "source", ""):
        return unsaved
    key = _key(unsaved)
    try:
        app.read.find(key, interaction)
    except Lost:
        return unsaved
    return replace(unsaved, article=key)


def article_of(app: App, interaction: Interaction, unsaved: UnsavedRecord) -> Article | None:
    """Return the article of a claim, where it is still at hand."""
    try:
        return app.read.find(unsaved.article, interaction).article if unsaved.article else None
    except Lost:
        return None


def _key(unsaved: UnsavedRecord) -> str:
    """Return the key of the article of a source; one without a source has none to share."""
    source = getattr(unsaved.form, "source", "")
    if not source:
        return ""
    told = f"{unsaved.guild} {unsaved.person} {source}"
    return blake2s(told.encode(), digest_size=8).hexdigest()
