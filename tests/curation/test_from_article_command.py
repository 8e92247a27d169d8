"""`/claim from-article`: what an article asserts, on a few screens, with a button for each."""

import pytest

from bot.client import Claimbot
from knowledge.base import KnowledgeBase
from tests.bases.articles import FOLDER, page, pdf
from tests.bases.engines import on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import (
    CONTRIBUTOR,
    Server,
    answered,
    call,
    fill,
    pressed,
)

pytestmark = on_both_engines

STORY = b"""Library costs double
The Ostby Post
14 March 2024
The new library has cost 14 million crowns, Mayor Kari Lund told the council.
She said 60 people work there.
"""
UNDATED = b"Mayor Kari Lund told the council of Ostby that 60 people work in its new library."


async def sent(chat: Chat, data: bytes, name: str = "story.txt", **options: str) -> Shown:
    given = {"file": (name, data), **options}
    return answered(await call(chat, "claim from-article", given))


async def test_accepted_on_buttons_alone_a_claim_answers(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    before = base.store.revision()
    shown = await sent(ann, STORY)
    assert shown.private
    assert "Library costs double" in (shown.embed.title or "")
    assert "Kari Lund, Mayor" in shown.text
    acts = ("Accept", "Edit", "More", "Drop")
    assert list(shown.buttons) == [f"{act} {number}" for number in (1, 2) for act in acts]
    assert base.store.revision() == before
    shown = await pressed(ann, shown, "Accept 1")
    assert "saved as" in shown.text
    shown = await pressed(ann, shown, "Accept 2")
    assert "2 saved, 0 dropped, 0 to judge" in (shown.embed.footer.text or "")
    assert list(shown.buttons) == ["Show 1", "Undo 1", "Show 2", "Undo 2"]
    place = str(server.guild.id)
    assert len(base.store.sources(place)) == len(base.store.asserters(place)) == 1
    titles = [topic.title for topic in base.store.topics(place)]
    answer = await ann.run("figures", topic=next(one for one in titles if "People" in one))
    assert "60" in answer.text
    assert "Kari Lund" in answer.text


async def test_what_is_saved_bears_its_evidence(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await sent(ann, STORY)
    await pressed(ann, shown, "Accept 1")
    (claim,) = base.store.all_claims(str(server.guild.id))
    cited = claim.citations[0]
    assert (cited.paragraph, claim.asserted_on.text) == (4, "2024-03-14")
    assert cited.fingerprint is not None
    assert claim.figure is not None
    assert claim.figure.as_worded == "14 million"


async def test_an_unknown_day_is_asked_for(ann: Chat, base: KnowledgeBase, server: Server) -> None:
    shown = await sent(ann, UNDATED)
    assert "day unknown" in shown.text
    form = await ann.click(shown, "Accept 1")
    assert form.modal is not None
    shown = await fill(ann, form, asserted_on="May 2023", statement="Sixty people work there.")
    assert "Sixty people work there." in shown.text
    await pressed(ann, shown, "Accept 1")
    (claim,) = base.store.all_claims(str(server.guild.id))
    assert claim.asserted_on.text == "2023-05"
    assert claim.statement == "Sixty people work there."


async def test_the_day_of_an_article_can_be_given(ann: Chat) -> None:
    shown = await sent(ann, UNDATED, published="May 2023")
    assert "2023-05" in shown.text


async def test_kind_time_and_chain_of_a_proposal_are_changed_in_a_form_of_their_own(
    ann: Chat, base: KnowledgeBase, server: Server
) -> None:
    shown = await sent(ann, STORY)
    form = await ann.click(shown, "More 1")
    given = {"modality": "forecast", "period": "by 2030", "via": "The Ledger", "assumption": "if"}
    shown = await fill(ann, form, **given)
    assert "forecast" in shown.text
    assert "speaks of 2030" in shown.text
    await pressed(ann, shown, "Accept 1")
    (claim,) = base.store.all_claims(str(server.guild.id))
    assert (claim.modality, str(claim.period), claim.assumption) == ("forecast", "2030", "if")
    assert claim.citations[0].via == ("The Ledger",)


async def test_what_cannot_be_read_in_the_form_is_told(ann: Chat) -> None:
    shown = await sent(ann, UNDATED)
    form = await ann.click(shown, "Edit 1")
    told = await fill(ann, form, asserted_on="some day")
    assert "not a date" in told.text


async def test_dropped_is_not_saved(base: KnowledgeBase, server: Server, ann: Chat) -> None:
    shown = await sent(ann, STORY)
    shown = await pressed(ann, shown, "Drop 1")
    assert "✖ dropped" in shown.text
    assert "Accept 1" not in shown.buttons
    assert list(base.store.all_claims(str(server.guild.id))) == []


async def test_pages_turn(ann: Chat) -> None:
    shown = await sent(ann, (FOLDER / "quake.txt").read_bytes(), "quake.txt")
    assert "Accept 4" not in shown.buttons
    shown = await pressed(ann, shown, "More")
    assert "Accept 4" in shown.buttons
    shown = await pressed(ann, shown, "Back")
    assert "Accept 1" in shown.buttons


async def test_what_is_on_file_stands_beside(ann: Chat) -> None:
    shown = await sent(
        ann,
        b"Norway sends grain\n2 May 2024\nFarm Minister Rosa Vidal said that Norway had sent "
        b"Sweden 400,000 sacks of grain.",
    )
    assert "⚠ the same: about 400,000" in shown.text
    assert "sacks-vidal-large-2024-02" in shown.text


async def test_an_article_on_file_is_named(ann: Chat) -> None:
    shown = await sent(ann, STORY)
    await pressed(ann, shown, "Accept 1")
    again = await sent(ann, STORY)
    assert "on file already" in again.text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"a" * 6_000_000, "long.txt", "larger than 5 MB"),
        (pdf(), "scan.pdf", "it is a scan"),
        (b"\0\1\2" * 90, "noise.bin", "binary"),
        (b"#!/bin/sh\necho\n", "tidy.sh", "program"),
        (
            page('<p>Sign in to continue reading.</p><input type="password">'),
            "wall.html",
            "log in or subscribe",
        ),
        (b"The river runs slowly to the sea, and I sit beside it.", "poem.txt", "no figure"),
    ],
)
async def test_what_is_no_article_is_told_and_nothing_is_saved(
    base: KnowledgeBase, ann: Chat, data: bytes, name: str, words: str
) -> None:
    before = base.store.revision()
    told = await sent(ann, data, name)
    assert told.private
    assert words in told.text
    assert base.store.revision() == before


async def test_an_address_is_read_only_where_it_is_allowed(
    ann: Chat, simcord_bot: Claimbot
) -> None:
    told = answered(await call(ann, "claim from-article", {"address": "https://example.org/a"}))
    assert "not fetched here" in told.text
    simcord_bot.fetches = True
    told = answered(await call(ann, "claim from-article", {"address": "http://127.0.0.1/a"}))
    assert "not a public address" in told.text


async def test_one_article_at_a_time(ann: Chat) -> None:
    told = answered(await call(ann, "claim from-article", {}))
    assert "one of the two" in told.text


async def test_only_curators_draft(server: Server) -> None:
    told = await sent(server.person("cid", CONTRIBUTOR), STORY)
    assert "Only curators" in told.text
