"""Whatever a base holds, Discord takes each answer over it, and nothing in it is markup."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import cast

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.answers import check_reply, compare_reply, figures_reply, source_reply, topics_reply
from commands.answers.ask import ask_reply
from commands.answers.chart import chart_reply
from commands.answers.source import publication_reply
from commands.answers.who import said_reply
from commands.cards import Card, figures_card
from commands.chat import App, Controls, Reply, laid_out
from commands.chat.sending.sharing import TakeBackButton
from commands.text import SourceLine, speak
from knowledge.charts import NothingToDraw
from knowledge.library import By, Library, Window
from knowledge.store import Store
from knowledge.workspaces import Workspace
from tests.bases.hostile import Memory, shelves
from tests.conftest import TODAY, app_of, check_embed
from tests.driving.payload_limits import V2, check_message
from tests.properties import examples

pytestmark = pytest.mark.long

LOCALES = ["en-US", "de", "uk", "ko"]
ADDRESS = "https://claims.example/topic/wells?" + "x" * 470
LONGEST_NAME = "\N{PARTY POPPER}" * 80


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak("en-US")


def check(reply: Reply) -> None:
    """Fail where Discord would refuse a reply with all that may come to it, or it is markup."""
    buttons = [*reply.buttons, TakeBackButton("x:12345678901234567890", "Take back")]
    buttons += [reply.sharing] if reply.sharing else []
    card = replace(reply.card, author=LONGEST_NAME, footer=f"{reply.card.footer} · {'x' * 80}")
    controls = Controls(reply.menu, buttons, reply.link or ADDRESS)
    view = laid_out(card, discord.Colour(0), controls, None)
    parts = [each.to_component_dict() for each in view.children]
    check_message({"components": parts, "flags": V2})
    if not reply.answers:
        check_embed(reply.embed)
    shown = reply.card.description
    assert not re.search(r"@(everyone|here|[!&]?\d{17})|[\u202a-\u202e]", shown)
    assert "<" not in re.sub(r"\\.", "", shown)
    assert "```" not in re.sub(r"\\.", "", shown)


def answers(app: App) -> Iterator[Reply]:
    """Return every kind of answer over a base, and the first pages of those that have some."""
    yield figures_reply(app, "wells", Window())
    yield from lists(app)
    for page in range(3):
        yield source_reply(app, "wells", page)
    yield source_reply(app, "c0")
    yield topics_reply(app)
    sides = [By(name, frozenset({name})) for name in app.workspace.library.asserters]
    yield compare_reply(app, "wells", sides, Window())
    yield check_reply(app, app.workspace.check("They dug 1 thousand wells, not 3.", TODAY))
    yield ask_reply(app, "how many wells?")
    for side in sides:
        yield from (said_reply(app, side, page) for page in range(2))
    for printed in app.workspace.library.sources.values():
        yield publication_reply(app, printed)
    with suppress(NothingToDraw):
        yield chart_reply(app, "wells", Window())


def lists(app: App) -> Iterator[Reply]:
    """Return the lists of claims that a menu opens."""
    card = figures_card(app.workspace.library, app.workspace.figures("wells"))
    if card.answer.claims:
        for page in range(3):
            yield Reply(card.by_date(page).card, answers=True)
            yield Reply(card.by_speaker(page).card, answers=True)


def over(shelf: Memory) -> App:
    return app_of(Workspace(Library(cast("Store", shelf))))


@examples(12)
@given(shelves(), st.sampled_from(LOCALES))
def test_no_record_breaks_out_of_an_answer(shelf: Memory, locale: str) -> None:
    speak(locale)
    for reply in answers(over(shelf)):
        check(reply)


@examples(3)
@given(shelves(), st.sampled_from(LOCALES))
def test_many_claims_fit_page_by_page(shelf: Memory, locale: str) -> None:
    speak(locale)
    for reply in answers(over(shelf.times(150))):
        check(reply)


def test_a_publication_is_named_even_where_its_link_has_no_room() -> None:
    url = "https://example.org/" + "x" * 380
    listed: Sequence[SourceLine] = [
        SourceLine(n, f"Paper {n}", "Title", "2024", "2024", url) for n in range(1, 13)
    ]
    card = Card("Title", "x" * 3300).with_sources(listed)
    view = laid_out(card, discord.Colour(0), Controls())
    parts = [each.to_component_dict() for each in view.children]
    check_message({"components": parts, "flags": V2})
    for line in listed:
        assert f"[{line.number}] {line.publisher}, 2024" in str(parts)
