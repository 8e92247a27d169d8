"""`/claim from-article`: claims proposed from an article, several on a screen, each judged."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import discord

from commands.cards import DESCRIPTION, Card, fitting, titled
from commands.chat import (
    READ_SECONDS,
    App,
    Button,
    DraftedArticle,
    Interaction,
    Kept,
    LastingButton,
    Refused,
    Reply,
    Texts,
    aside,
    base_of,
    code,
    curation_of,
    curator,
    in_words,
    label,
    note,
    revise,
    show_form,
    tell,
    wait,
)
from commands.curation.writing import ShowButton, further_form, read_attachment
from commands.text import clip, in_quotes, plain, say, told
from knowledge.drafts import (
    Article,
    Edits,
    FurtherEdits,
    Proposal,
    Recorder,
    Undated,
    edited,
    fetch,
    further_edited,
    propose,
    read_apart,
    topic_title,
)
from knowledge.model import Claim, Edtf
from knowledge.reading import parse_date_option
from knowledge.store import StoreError

_ON_SCREEN = 3
"""Proposals on one screen: Discord has five rows of buttons, and a phone shows no more text."""
_BESIDE = 2
"""Claims on file that are named beside a proposal (chosen by eye)."""
_LIMITS = {
    "statement": 600,
    "figure": 120,
    "topic": 100,
    "asserted_by": 300,
    "asserted_on": 60,
}
"""Characters of each text of the form."""
HOW = {"duplicate": "the same", "same-figure": "the same figure", "differs": "differs"}


async def begun(
    interaction: Interaction,
    file: discord.Attachment | None,
    address: str | None,
    published: str | None,
) -> Reply:
    """Read an article and show the first of what could be claimed from it; nothing is saved.

    Raises:
        NotAllowed: the person is no curator here.
        Refused: there is nothing to read.
        BadArticle: it is no article.
        BadDate: the day cannot be read.
    """
    curator(interaction)
    app = interaction.client
    base_of(app)
    day = _day(app, published) if published else None
    await wait(interaction)
    article = await _read(interaction, file, address)
    if day is not None:
        article = article.dated(day)
    workspace = await aside(interaction, lambda: app.workspace)
    today = app.today()
    found = await aside(interaction, lambda: propose(article, workspace, today), READ_SECONDS)
    if not found.claims:
        return note(
            say("**{name}** asserts no figure that I can find.", name=plain(article.name, 100))
        )
    drafted = DraftedArticle(
        person=interaction.user.id,
        guild=interaction.guild_id,
        found=found,
        recorder=Recorder(workspace, found),
    )
    return _screen(drafted, app.articles.keep(drafted))


def _day(app: App, published: str) -> Edtf:
    span = parse_date_option(published, app.today())
    return Edtf.of_days(span.start, span.end)


async def _read(
    interaction: Interaction, file: discord.Attachment | None, address: str | None
) -> Article:
    app, today = interaction.client, interaction.client.today()
    if (file is None) == (address is None):
        raise Refused(say("Give the article as a file, or its address: one of the two."))
    if file is None:
        page = await fetch(address or "", allowed=app.fetches)
        return await aside(
            interaction, lambda: read_apart(page.data, page.url, today, page.url), READ_SECONDS
        )
    return await read_attachment(interaction, file)


# ------------------------------------------------------------------ what is shown


def _screen(drafted: DraftedArticle, key: str) -> Reply:
    claims = drafted.found.claims
    first = drafted.page * _ON_SCREEN
    shown = range(first, min(first + _ON_SCREEN, len(claims)))
    blocks = [line for at in shown for line in _block(drafted, at)]
    card = Card(
        clip(
            say(
                "{claims} proposed from {title}",
                claims=len(claims),
                title=_title(drafted.found.article),
            ),
            200,
        ),
        fitting([*_head(drafted), *blocks], DESCRIPTION),
        footer=_standing(drafted),
    )
    return Reply(card, _buttons(drafted, key, shown), private=True)


def _title(article: Article) -> str:
    return f"“{article.title}”" if article.title else article.name


def _head(drafted: DraftedArticle) -> Iterator[str]:
    article = drafted.found.article
    when = f"{article.published_on or say('no date')} ({article.date_basis})"
    who = article.publisher or say("publisher unknown")
    yield f"-# {plain(who, 120)} ({article.publisher_basis}) · {plain(when, 80)}"
    if drafted.found.cut:
        yield say("⚠ It holds more figures: only the first are drafted.")
    if drafted.found.source:
        yield say("⚠ This article is on file already: {code}", code=code(drafted.found.source))


def _standing(drafted: DraftedArticle) -> str:
    saved = sum(bool(key) for key in drafted.decided.values())
    dropped = len(drafted.decided) - saved
    left = len(drafted.found.claims) - len(drafted.decided)
    counts = say(
        "{saved} saved, {dropped} dropped, {left} to judge.",
        saved=saved,
        dropped=dropped,
        left=left,
    )
    return say(
        "{counts} What you do not accept is not saved. Only you can see this.", counts=counts
    )


def _block(drafted: DraftedArticle, at: int) -> Iterator[str]:
    one = drafted.found.claims[at]
    outcome = drafted.decided.get(at)
    if outcome is not None:
        settled = say("✔ saved as {code}", code=code(outcome)) if outcome else say("✖ dropped")
        yield f"**{at + 1}** {settled}: {plain(one.statement, 120)}"
        return
    topic = (
        titled(one.topic)
        if one.topic
        else say("new topic: {topic_title}", topic_title=topic_title(one))
    )
    where = ", ".join(f"¶{number}" for number in (one.paragraph, *one.also))
    said = f"{one.asserted_by}, {one.asserted_on or say('day unknown')}"
    speaks = say(" · speaks of {period}", period=one.period) if one.period else ""
    via = say(" · through {listed}", listed=", ".join(one.via)) if one.via else ""
    yield f"**{at + 1}** {plain(one.statement, 300)}"
    kind, worded = told(one.modality), in_quotes(plain(one.amount.as_worded, 80))
    yield f"-# {plain(topic, 100)} · {worded} · {kind} · {where}"
    yield f"-# {plain(f'{said}{speaks}{via}', 250)}"
    for odd in drafted.asked.get(at, ()):
        yield say("⚠ **Is this meant?** {odd}", odd=plain(in_words(odd), 250))
    for beside in one.on_file[:_BESIDE]:
        words = (
            f"{told(HOW[beside.how])}: {beside.figure}, {beside.asserted_by}, {beside.asserted_on}"
        )
        mark = "⚠" if beside.how == "duplicate" else say("on file,")
        yield f"-# {mark} {plain(words, 200)} {code(beside.claim)}"


def _buttons(drafted: DraftedArticle, key: str, shown: range) -> list[Button]:
    buttons: list[Button] = []
    for row, at in enumerate(shown):
        buttons += _judging(drafted, key, at, row) if at not in drafted.decided else ()
        if claim := drafted.decided.get(at):
            buttons += [
                ShowButton(f"v:c:{claim}", say("Show {value}", value=at + 1), row=row),
                ArticleButton(f"a:un:{at}:{key}", say("Undo {value}", value=at + 1), _GREY, row),
            ]
    last = (len(drafted.found.claims) - 1) // _ON_SCREEN
    if drafted.page > 0:
        buttons.append(
            ArticleButton(f"a:pg:{drafted.page - 1}:{key}", say("Back"), _GREY, _ON_SCREEN)
        )
    if drafted.page < last:
        buttons.append(
            ArticleButton(f"a:pg:{drafted.page + 1}:{key}", say("More"), _GREY, _ON_SCREEN)
        )
    return buttons


def _judging(drafted: DraftedArticle, key: str, at: int, row: int) -> list[Button]:
    anyway, style = (say(" anyway"), _RED) if at in drafted.asked else ("", _GREEN)
    return [
        ArticleButton(
            f"a:ok:{at}:{key}",
            say("Accept {value}{anyway}", value=at + 1, anyway=anyway),
            style,
            row,
        ),
        ArticleButton(f"a:ed:{at}:{key}", say("Edit {value}", value=at + 1), _GREY, row),
        ArticleButton(f"a:mo:{at}:{key}", say("More {value}", value=at + 1), _GREY, row),
        ArticleButton(f"a:no:{at}:{key}", say("Drop {value}", value=at + 1), _GREY, row),
    ]


_GREEN, _GREY, _RED = (
    discord.ButtonStyle.success,
    discord.ButtonStyle.secondary,
    discord.ButtonStyle.danger,
)


# ------------------------------------------------------------------ what is done


class ArticleButton(LastingButton, template=rf"a:(?P<act>[a-z]+):(?P<at>\d+):(?P<key>{Kept.KEY})"):
    """Accepts, changes or drops a proposal, takes one back, or turns the page."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Do it for whoever the article was drafted for, as long as they may."""
        curator(interaction)
        key, at = found["key"], int(found["at"])
        drafted = interaction.client.articles.find(key, interaction)
        match found["act"]:
            case "ok":
                await _accept(interaction, drafted, key, at)
            case "ed":
                await _open(interaction, drafted, key, at)
            case "mo":
                await _open_further(interaction, drafted, key, at)
            case "no":
                await _show(interaction, _decided(drafted, at, ""), key)
            case "un":
                await _take_back(interaction, drafted, key, at)
            case _:
                await _show(interaction, replace(drafted, page=at), key)


def _decided(drafted: DraftedArticle, at: int, outcome: str) -> DraftedArticle:
    """Note what became of a proposal; one that was decided already stays as it is."""
    return replace(drafted, decided={at: outcome, **drafted.decided})


async def _show(interaction: Interaction, drafted: DraftedArticle, key: str) -> None:
    interaction.client.articles.keep(drafted, key)
    await revise(interaction, _screen(drafted, key))


async def _accept(interaction: Interaction, drafted: DraftedArticle, key: str, at: int) -> None:
    """Save a claim with what it refers to; one of an unknown day is asked about first."""
    if at in drafted.decided:
        await _show(interaction, drafted, key)
        return
    app = interaction.client
    workspace = await aside(interaction, lambda: app.workspace)
    recorder = drafted.recorder.within(workspace)
    try:
        records = recorder.records(drafted.found.claims[at])
    except Undated:
        await _open(interaction, drafted, key, at)
        return
    claim = next(one for one in records if isinstance(one, Claim))
    actor, curation = curator(interaction), curation_of(app)
    if at not in drafted.asked and (
        odd := await aside(interaction, lambda: curation.odd(actor, claim))
    ):
        asked = {**drafted.asked, at: tuple(f"{label(one.field)}: {one.reason}" for one in odd)}
        await _show(interaction, replace(drafted, asked=asked), key)
        return
    # Out of reach while it is being saved, so that pressing twice saves once.
    app.articles.keep(_decided(drafted, at, claim.id), key)
    await interaction.response.defer()
    try:
        name = clip(drafted.found.article.name, 80)
        await curation.take_in(actor, records, why=f"drafted from {name}")
    except Exception:
        app.articles.keep(drafted, key)
        raise
    try:
        await _show(interaction, _decided(replace(drafted, recorder=recorder), at, claim.id), key)
    except StoreError:
        # It is saved, and said to be, though the others cannot be shown at this moment.
        await tell(interaction, note(f"**{say('Saved as')}** {code(claim.id)}"))


async def _take_back(interaction: Interaction, drafted: DraftedArticle, key: str, at: int) -> None:
    """Withdraw a claim that was accepted; its proposal waits to be judged again."""
    decided = dict(drafted.decided)
    if claim := decided.pop(at, ""):
        await interaction.response.defer()
        await curation_of(interaction.client).retract(
            curator(interaction), claim, reason="accepted by mistake"
        )
    await _show(interaction, replace(drafted, decided=decided), key)


async def _open(interaction: Interaction, drafted: DraftedArticle, key: str, at: int) -> None:
    """Open the form of a proposal."""
    if at in drafted.decided:
        await _show(interaction, drafted, key)
        return

    async def sent(answered: Interaction, texts: Texts) -> None:
        edits = Edits(**{name: texts.get(name, "")[:limit] for name, limit in _LIMITS.items()})
        app, today = answered.client, answered.client.today()
        await _changed(answered, key, at, lambda one: edited(one, edits, app.workspace, today))

    await show_form(interaction, _form(drafted.found.claims[at], at), sent)


def _form(one: Proposal, at: int) -> discord.ui.Modal:
    """Make the form of a proposal, filled in with what was read."""
    modal = discord.ui.Modal(title=say("Proposal {value}", value=at + 1))
    topic = one.topic.id if one.topic else topic_title(one)
    for name, text, hint, value in (
        ("statement", say("Statement"), say("In your own words"), one.statement),
        ("figure", say("Figure"), say("As it is printed"), one.amount.as_worded),
        ("topic", say("Topic"), say("One on file, or the title of a new one"), topic),
        ("asserted_by", say("Said by"), say("Name, office, organisation"), one.asserted_by),
        (
            "asserted_on",
            say("Said on"),
            say("2024-02-23, Feb 2024 or 2024"),
            str(one.asserted_on or ""),
        ),
    ):
        long = name == "statement"
        control: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
            default=value[: _LIMITS[name]] or None,
            max_length=_LIMITS[name],
            custom_id=name,
        )
        modal.add_item(discord.ui.Label(text=text, description=hint, component=control))
    return modal


async def _open_further(
    interaction: Interaction, drafted: DraftedArticle, key: str, at: int
) -> None:
    """Open the form of what few proposals need changed."""
    if at in drafted.decided:
        await _show(interaction, drafted, key)
        return

    one = drafted.found.claims[at]
    held = {
        "modality": str(one.modality),
        "period": str(one.period or ""),
        "via": ", ".join(one.via),
        "assumption": one.assumption or "",
    }

    async def sent(answered: Interaction, texts: Texts) -> None:
        further = FurtherEdits(**{name: texts.get(name, value) for name, value in held.items()})
        today = answered.client.today()
        await _changed(answered, key, at, lambda one: further_edited(one, further, today))

    await show_form(interaction, further_form(say("Proposal {value}", value=at + 1), held), sent)


Change = Callable[[Proposal], Proposal]


async def _changed(interaction: Interaction, key: str, at: int, change: Change) -> None:
    """Show a proposal as it was changed; nothing is saved yet."""
    curator(interaction)
    app = interaction.client
    drafted = app.articles.find(key, interaction)
    claims = list(drafted.found.claims)
    one = claims[at]
    claims[at] = await aside(interaction, lambda: change(one))
    found = replace(drafted.found, claims=tuple(claims))
    asked = {place: odd for place, odd in drafted.asked.items() if place != at}
    await _show(interaction, replace(drafted, found=found, asked=asked), key)
