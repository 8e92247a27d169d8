"""`/compare`: what two to four asserters say about a topic, side by side and month by month."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2s

from discord import app_commands

from commands.answers.figures import topic_buttons
from commands.answers.source import SourceButton
from commands.cards import AnswerDigest, CompareCard
from commands.chat import (
    DAYS,
    PRIVATE,
    App,
    Button,
    Gone,
    Interaction,
    Reply,
    ScreenButton,
    ShareButton,
    WindowCode,
    answer,
    complete_by,
    complete_topic,
    heavy,
    refusal,
    silence,
)
from commands.reports import error_button
from commands.text import say
from knowledge.library import By, NotOnFile, Typed, Window
from knowledge.model import Asserter
from knowledge.reading import country_name


def register(app: App) -> None:
    """Add `/compare` and its buttons."""
    app.tree.add_command(compare, override=True)
    app.add_dynamic_items(CompareButton)


@heavy
@app_commands.command(description="What two to four people or bodies say, side by side by month")
@app_commands.rename(with_="with", and_="and", and_also="and-also", known_by="known-by")
@app_commands.describe(
    topic="What is measured or asserted; /topics lists everything",
    by="A person, an organisation or a country",
    with_="Whom to set beside it",
    and_="A third one",
    and_also="A fourth one",
    since="Only what speaks of this day or later: 2024-02, Feb 2024, last month",
    until="Only what speaks of this day or earlier: 2024-02-23, 2024",
    known_by="Only what had been said by that day: answers as if asked on it",
    private=PRIVATE,
)
@app_commands.autocomplete(
    topic=complete_topic,
    by=complete_by,
    with_=complete_by,
    and_=complete_by,
    and_also=complete_by,
    **DAYS,
)
async def compare(  # noqa: PLR0913, PLR0917
    interaction: Interaction,
    topic: str,
    by: str,
    with_: str,
    and_: str | None = None,
    and_also: str | None = None,
    since: str | None = None,
    until: str | None = None,
    known_by: str | None = None,
    private: bool | None = None,
) -> None:
    """Answer with the claims of each, month by month."""
    app = interaction.client
    named = [name for name in (by, with_, and_, and_also) if name is not None]
    typed = Typed(since, until, known_by)
    await answer(
        interaction,
        lambda: compare_reply(app, topic, app.workspace.lookup.sides(named), app.window(typed)),
        private=private,
    )


class CompareButton(
    ScreenButton,
    template=rf"v:(?P<how>[st]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:(?P<sides>[0-9a-f.]+):{WindowCode.PATTERN}",
):
    """Shows a page of a comparison."""

    @classmethod
    def to_turn(cls, tail: str, digest: AnswerDigest, page: int, last: int) -> Iterator[Button]:
        """Make the buttons to the pages before and after; page 0 is the newest."""
        if page < last:
            yield cls(f"v:t:{page + 1}:{digest.encode()}:{tail}", say("◀ Older"))
        if page > 0:
            yield cls(f"v:t:{page - 1}:{digest.encode()}:{tail}", say("Newer ▶"))

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        code = WindowCode.decode(app, found)
        keys = found["sides"].split(".")
        library = app.workspace.library
        known: dict[str, By] = {}
        for side in _sides(app, library.asserters.values(), library.outlet_names()):
            if (key := _key(side)) in keys:
                known.setdefault(key, side)
            if len(known) == len(set(keys)):
                break
        else:
            raise Gone
        sides = [known[key] for key in keys]
        return compare_reply(app, code.topic, sides, code.window, int(found["page"]))


def compare_reply(
    app: App, topic: str, sides: Sequence[By], window: Window, page: int = 0
) -> Reply:
    """Return a page of a comparison, page 0 the newest months."""
    try:
        found = app.workspace.compare(topic, sides, window)
    except NotOnFile as error:
        return refusal(error, topic_buttons(app, error.nearest, window))
    card = CompareCard(found, app.workspace.library, phone=True)
    shown = card.page(page)
    if not found.months:
        return silence(shown.card, topic_buttons(app, [found.topic], window))
    tail = _tail(app, found.topic, sides, window) if shown.last else None
    turning = CompareButton.to_turn(tail, card.digest, shown.number, shown.last) if tail else ()
    sources = SourceButton.to_open(say("Sources"), found.topic, card.digest.bare())
    reporting = error_button(app, found.topic, card.digest.revision)
    return Reply(
        shown.card,
        [*turning, *sources, *reporting],
        digest=card.digest,
        answers=True,
        sharing=ShareButton.of(card.digest),
    )


def _tail(app: App, topic: str, sides: Sequence[By], window: Window) -> str | None:
    """Return the part of a custom id, or nothing where a side could not be found again."""
    code = WindowCode(topic, replace(window, by=None)).encode()
    if not code or not all(_is_found(app, side) for side in sides):
        return None
    return f"{'.'.join(map(_key, sides))}:{code}"


def _is_found(app: App, side: By) -> bool:
    """Whether a side can be found again: it goes by a name of somebody whom it covers."""
    library = app.workspace.library
    covered = (library.asserters[one] for one in side.asserters if one in library.asserters)
    outlets = side.via | {library.publisher(source) for source in side.sources}
    return any(_key(one) == _key(side) for one in _sides(app, covered, outlets))


def _key(side: By) -> str:
    """Return a digest of whom a side covers."""
    covered = "\n".join(sorted(side.asserters | side.via | side.sources))
    return blake2s(covered.encode(), digest_size=3).hexdigest()


def _sides(app: App, asserters: Iterable[Asserter], outlets: Iterable[str]) -> Iterator[By]:
    """Go through these asserters, then through every name that they or an outlet go by.

    Whom a name covers is looked up as it is come to, which takes a while where names are many.
    """
    names = set(outlets)
    for asserter in asserters:
        yield By(app.workspace.library.name(asserter.id), frozenset({asserter.id}))
        names.update(name for name in (asserter.organisation, *asserter.aliases) if name)
        if asserter.country:
            names.add(country_name(asserter.country))
    yield from map(app.workspace.lookup.by, sorted(names))
