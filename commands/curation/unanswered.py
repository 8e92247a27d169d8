"""`/unanswered`: what a server asked in vain, to become an example, a topic, or nothing."""

import re
from collections.abc import Sequence

import discord
from discord import app_commands

from commands.answers import AUDIENCE
from commands.cards import Card, titled
from commands.chat import (
    FOR_CURATORS,
    ONLY_MEMBERS,
    ONLY_SERVERS,
    App,
    Button,
    Interaction,
    LastingButton,
    LastingMenu,
    Outcome,
    Refused,
    Reply,
    UnsavedRecord,
    actor_of,
    aside,
    base_of,
    curation_of,
    curator,
    long,
    manager,
    manages,
    note,
    respond,
    revise,
    saved,
    settings_of,
    short,
    tell,
    turning,
    wait,
)
from commands.curation.examples import kept
from commands.curation.writing import open_form
from commands.text import clip, human, many, number, plain, say
from knowledge.curation import TopicForm
from knowledge.language import Wanted
from knowledge.library import CHOICES
from knowledge.model import LONGEST_EXAMPLE, Edtf, ForPeople, Measure
from knowledge.servers import KEPT_DAYS, QUESTION_KEY, Group
from knowledge.words import wanted

_WORDINGS = 4
"""Other ways to ask the same that are shown, and offers that were pressed (chosen by eye)."""
_TITLE = 120
"""Characters of a topic's title that the form takes."""
_MEASURES = {
    Wanted.SHARE: Measure.SHARE,
    Wanted.WHEN: Measure.DATE,
    Wanted.MANY: Measure.CUMULATIVE,
    Wanted.MUCH: Measure.CUMULATIVE,
    Wanted.MONEY: Measure.CUMULATIVE,
}
"""What the figures of a new topic are likely to be, by what is asked for."""
_GREEN, _GREY = discord.ButtonStyle.success, discord.ButtonStyle.secondary
_RED = discord.ButtonStyle.danger


def register(app: App) -> None:
    """Add `/unanswered` and what its screen is made of."""
    app.tree.add_command(unanswered, override=True)
    app.add_dynamic_items(UnansweredButton, UnansweredMenu)


@app_commands.command(description="For curators: what people here asked and found nothing about")
@app_commands.default_permissions(FOR_CURATORS)
async def unanswered(interaction: Interaction) -> None:
    """Show the question that was asked most in vain."""

    async def make() -> Reply:
        curator(interaction)
        await wait(interaction)
        return await _screen(interaction, 0)

    await respond(interaction, make)


unanswered.allowed_contexts = ONLY_SERVERS
unanswered.allowed_installs = ONLY_MEMBERS
unanswered.extras[AUDIENCE] = lambda interaction: actor_of(interaction).can_curate


# ------------------------------------------------------------------ what is shown


async def _groups(interaction: Interaction) -> list[Group]:
    app, guild = interaction.client, interaction.guild_id or 0
    today, there = app.today(), base_of(app).unanswered
    return await aside(interaction, lambda: there.groups(guild, today))


async def _screen(interaction: Interaction, page: int) -> Reply:
    """Return one group of questions with what may become of it."""
    app = interaction.client
    groups = await _groups(interaction)
    on = bool(settings_of(app, interaction.guild_id).keep_questions)
    if not groups:
        return note(_nothing(on=on), outcome=Outcome.SILENT)
    page = min(page, len(groups) - 1)
    group = groups[page]
    topics = await aside(interaction, lambda: _topics(app, group))
    standing = "" if on else say(" · no longer kept: /settings")
    footer = say(
        "{value} of {groups} · asked in the last {kept_days} days{standing} · nobody’s name is "
        "kept",
        value=page + 1,
        groups=len(groups),
        kept_days=KEPT_DAYS,
        standing=standing,
    )
    card = Card(say("Asked in vain"), "\n".join(_lines(app, group)), footer=footer)
    buttons = _deciding(app, group, topics, page)
    buttons += turning(_to_page, page, len(groups) - 1, say("Next ▶"))
    if manages(interaction):
        buttons.append(UnansweredButton("un:c:0:-:", say("Delete all"), _RED))
    return Reply(card, buttons, private=True)


def _nothing(*, on: bool) -> str:
    if on:
        return say("Nothing was asked here in vain that nobody has looked at.")
    return say(
        "Questions are not kept here. Somebody who manages the server can switch that on with "
        "`/settings`."
    )


def _lines(app: App, group: Group) -> list[str]:
    topics = app.workspace.library.topics
    found = [
        f"**“{plain(group.question, LONGEST_EXAMPLE)}”**",
        many(
            "asked {count} time, last on {day}",
            "asked {count} times, last on {day}",
            group.times,
            day=human(Edtf.of_day(group.last)),
        ),
    ]
    others = [one for one in group.wordings if one != group.question]
    found += [say("-# also: “{one}”", one=plain(one, 150)) for one in others[:_WORDINGS]]
    if len(others) > _WORDINGS:
        found.append(say("-# and {value} more wordings", value=number(len(others) - _WORDINGS)))
    pressed = [
        f"{plain(titled(topics[topic]), 80)} ({times:,})"
        for topic, times in group.pressed.most_common(_WORDINGS)
        if topic in topics
    ]
    return (
        [*found, say("Offers pressed: {listed}", listed=", ".join(pressed))] if pressed else found
    )


def _topics(app: App, group: Group) -> list[str]:
    """Return the topics that may be meant, those whose offers were pressed first."""
    workspace = app.workspace
    known = workspace.library.topics
    pressed = [topic for topic, _ in group.pressed.most_common() if topic in known]
    try:
        likely = [fit.topic for fit in workspace.fits(group.question, app.today())]
    except ForPeople:
        likely = []
    return list(dict.fromkeys([*pressed, *likely, *known]))[:CHOICES]


def _deciding(app: App, group: Group, topics: Sequence[str], page: int) -> list[Button]:
    known = app.workspace.library.topics
    found: list[Button] = []
    if topics:
        best = topics[0]
        options = [
            discord.SelectOption(
                label=clip(titled(known[one]), 100), value=one, default=one == best
            )
            for one in topics
        ]
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"um:{page}:{group.key}",
            placeholder=say("An example of another topic"),
            options=options,
        )
        label = say("Example of: {title}", title=clip(titled(known[best]), 26))
        found += [
            UnansweredMenu(menu),
            UnansweredButton(f"un:x:{page}:{group.key}:{short(best)}", label, _GREEN),
        ]
    found.append(UnansweredButton(f"un:n:{page}:{group.key}:", say("New topic")))
    found.append(UnansweredButton(f"un:d:{page}:{group.key}:", say("Dismiss")))
    return found


def _to_page(page: int, label: str) -> list["UnansweredButton"]:
    return UnansweredButton.fitting(f"un:p:{page}:-:", label)


# ------------------------------------------------------------------ what is done


class UnansweredButton(
    LastingButton,
    template=rf"un:(?P<act>[xndpc]):(?P<page>\d{{1,4}}):(?P<key>{QUESTION_KEY}|-):(?P<topic>.*)",
):
    """Decides on a question, turns the page, or deletes everything."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Do it for a curator; only who manages the server deletes everything."""
        act, page = found["act"], int(found["page"])
        if act == "c":
            await _clear(interaction)
            return
        curator(interaction)
        if act == "n":
            await _new_topic(interaction, found["key"])
            return
        await interaction.response.defer()
        if act == "x":
            app = interaction.client
            topics = await aside(interaction, lambda: app.workspace.library.topics)
            topic = long(found["topic"], topics)
            await _keep(interaction, found["key"], topic)
        elif act == "d":
            await _forget(interaction, await _group(interaction, found["key"]))
        await revise(interaction, await _screen(interaction, page))


class UnansweredMenu(LastingMenu, template=rf"um:(?P<page>\d{{1,4}}):(?P<key>{QUESTION_KEY})"):
    """Makes a question an example of the topic that is chosen."""

    async def chosen(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Keep it for a curator."""
        curator(interaction)
        await interaction.response.defer()
        await _keep(interaction, found["key"], self.item.values[0])
        await revise(interaction, await _screen(interaction, int(found["page"])))


async def _group(interaction: Interaction, key: str) -> Group:
    for group in await _groups(interaction):
        if key in group.keys:
            return group
    raise Refused(
        say("Somebody has decided on this question already. `/unanswered` shows the rest.")
    )


async def _keep(interaction: Interaction, key: str, topic: str) -> None:
    """Make a question an example of a topic, and say how that is taken back."""
    app = interaction.client
    group = await _group(interaction, key)
    title = titled(app.workspace.library.topics[topic])
    revision = await curation_of(app).examples.keep(
        curator(interaction), topic, group.question, "asked in vain"
    )
    await tell(interaction, note(kept(title, group.question, revision)))
    await _forget(interaction, group)


async def _forget(interaction: Interaction, group: Group) -> None:
    guild, there = interaction.guild_id or 0, base_of(interaction.client).unanswered
    await saved(lambda: there.forget(guild, group.keys))


async def _new_topic(interaction: Interaction, key: str) -> None:
    """Open the form of a new topic with the question in it, which is kept as its first example."""
    group = await _group(interaction, key)
    asked = wanted(group.question)
    measure = next((one for want, one in _MEASURES.items() if want in asked), Measure.QUALITATIVE)
    form = TopicForm(title=clip(group.question, _TITLE), measure=measure.value)

    async def then(answered: Interaction, topic: str) -> None:
        await _keep(answered, key, topic)

    person, guild = interaction.user.id, interaction.guild_id
    asks = ("title", "measure")  # what is guessed of the measure is there to be changed
    await open_form(interaction, UnsavedRecord(person, guild, form, asks=asks, then=then))


async def _clear(interaction: Interaction) -> None:
    """Delete everything that this server has asked."""
    manager(interaction)
    await interaction.response.defer()
    guild, there = interaction.guild_id or 0, base_of(interaction.client).unanswered
    await saved(lambda: there.clear(guild))
    await revise(interaction, note(say("**Deleted:** every question that was kept here is gone.")))
