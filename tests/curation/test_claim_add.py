"""Adding and changing claims in the chat: nothing is saved before it was shown as understood."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.model import Claim
from tests.bases.engines import on_both_engines
from tests.conftest import Chat
from tests.driving.curators import (
    ADD,
    FULL,
    WAYS,
    Server,
    curating_bot,
    drafted,
    fill,
    own,
    pressed,
)

pytestmark = on_both_engines


async def test_a_claim_is_shown_as_understood_and_saved_on_the_word(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await drafted(ann)
    assert shown.private
    assert "more than 2 million sacks" in shown.text
    assert "2 February 2024" in shown.text
    assert "via Some Agency" in shown.text
    assert list(shown.buttons) == ["Save", *WAYS]
    assert own(base, server) == []
    done = await pressed(ann, shown, "Save")
    assert "Saved" in done.text
    assert "/claim undo" in done.text
    assert list(done.buttons) == ["Show", "Undo"]
    (claim,) = own(base, server)
    assert claim.figure is not None
    assert claim.figure.low == 2e6
    assert claim.citations[0].via == ("Some Agency",)
    assert claim.citations[0].paragraph == 3
    answer = await ann.run("figures", topic="sacks", since="2024-02-02", until="2024-02-02")
    assert "more than 2 million" in answer.text


async def test_near_duplicates_are_named_before_anything_is_saved(ann: Chat) -> None:
    shown = await drafted(ann, figure="1.2 million", asserted_on="2024-02-23")
    assert "Already on file?" in shown.text
    assert "sacks-kamau-2024-02" in shown.text
    assert "same speaker" in shown.text


async def test_cancel_saves_nothing(base: KnowledgeBase, server: Server, ann: Chat) -> None:
    shown = await drafted(ann)
    assert "Nothing was saved" in (await pressed(ann, shown, "Cancel")).text
    assert own(base, server) == []


async def test_edit_opens_the_form_with_what_was_typed(ann: Chat) -> None:
    shown = await drafted(ann)
    form = await ann.click(shown, "Edit")
    again = await fill(ann, form, figure="3–5 million")
    assert "between 3 and 5 million sacks" in again.text
    assert FULL["statement"] in again.text


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"figure": "5–3 million"}, "Figure"),
        ({"figure": "umpteen blorbs"}, "Figure"),
        ({"figure": "half"}, "Figure"),
        ({"asserted_on": "2099-01-01"}, "Said on"),
        ({"asserted_on": "2024-02-30"}, "Said on"),
        ({"asserted_on": "yesteryear-ish"}, "Said on"),
        ({"paragraph": "the fourth"}, "Paragraph"),
        ({"paragraph": "0"}, "Paragraph"),
    ],
)
async def test_what_cannot_be_read_is_refused_field_by_field_and_kept(
    base: KnowledgeBase, server: Server, ann: Chat, texts: dict[str, str], field: str
) -> None:
    shown = await drafted(ann, **texts)
    assert shown.private
    assert f"**{field}**" in shown.text
    assert "Save" not in shown.buttons
    assert next(iter(shown.buttons)) == "Edit"
    form = await ann.click(shown, "Edit")
    right = await fill(ann, form, **FULL)
    assert "Save" in right.buttons
    assert own(base, server) == []


async def test_a_field_that_few_need_is_corrected_in_its_own_form(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await drafted(ann, asserted_on="2024-02; 2024-13")
    assert "**Speaks of**" in shown.text
    right = await fill(ann, await ann.click(shown, "More fields"), period="by January 2024")
    await pressed(ann, right, "Save")
    (claim,) = own(base, server)
    assert str(claim.period) == "2024-01"


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("topic", "submarines of the moon"),
        ("asserter", "zzzzzz qqqqqq"),
        ("source", "zzzzzz qqqqqq"),
    ],
)
async def test_what_is_not_on_file_is_refused_before_the_form(
    ann: Chat, option: str, text: str
) -> None:
    shown = await ann.run("claim add", **{**ADD, option: text})
    assert shown.private
    assert "There is no" in shown.text


async def test_a_relation_needs_its_target(ann: Chat) -> None:
    shown = await ann.run("claim add", **ADD, relation="denies")
    assert shown.private
    assert "go together" in shown.text


async def saved(ann: Chat, base: KnowledgeBase, server: Server, **texts: str) -> Claim:
    before = {claim.id for claim in own(base, server)}
    await pressed(ann, await drafted(ann, **texts), "Save")
    (claim,) = [one for one in own(base, server) if one.id not in before]
    return claim


async def test_a_claim_neither_supersedes_itself_nor_closes_a_circle(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    first = await saved(ann, base, server)
    second = await saved(
        ann, base, server, relation="supersedes", relates_to=first.id, figure="3 million"
    )
    for target in (first.id, second.id):
        form = await ann.invoke(
            "claim edit", claim=first.id, relation="supersedes", relates_to=target
        )
        shown = await fill(ann, form)
        assert "Save" not in shown.buttons
        assert "circle" in shown.text or "itself" in shown.text


async def test_an_edit_keeps_what_was_not_touched(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    claim = await saved(ann, base, server, note="Read with care.")
    form = await ann.invoke("claim edit", claim=claim.id)
    shown = await fill(ann, form, figure="3 million")
    assert "Change to claim" in shown.text
    await pressed(ann, shown, "Save")
    (now,) = own(base, server)
    assert now.figure is not None
    assert now.figure.low == 3e6
    assert now.model_copy(update={"figure": claim.figure}) == claim


async def test_of_two_who_save_at_once_the_second_sees_both_and_chooses(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    bob = server.person("bob", "curator")
    claim = await saved(ann, base, server)
    hers = await fill(ann, await ann.invoke("claim edit", claim=claim.id), figure="3 million")
    his = await fill(bob, await bob.invoke("claim edit", claim=claim.id), figure="4 million")
    await pressed(ann, hers, "Save")
    both = await pressed(bob, his, "Save")
    assert both.private
    assert "3 million" in both.text
    assert "4 million" in both.text
    assert list(both.buttons) == ["Keep theirs", "Save mine anyway", "Edit"]
    figure = own(base, server)[0].figure
    assert figure is not None
    assert figure.low == 3e6
    done = await pressed(bob, both, "Save mine anyway")
    assert "Changed" in done.text
    figure = own(base, server)[0].figure
    assert figure is not None
    assert figure.low == 4e6


async def test_keeping_theirs_saves_nothing(base: KnowledgeBase, server: Server, ann: Chat) -> None:
    bob = server.person("bob", "curator")
    claim = await saved(ann, base, server)
    his = await fill(bob, await bob.invoke("claim edit", claim=claim.id), figure="4 million")
    hers = await fill(ann, await ann.invoke("claim edit", claim=claim.id), figure="3 million")
    await pressed(ann, hers, "Save")
    both = await pressed(bob, his, "Save")
    await pressed(bob, both, "Keep theirs")
    figure = own(base, server)[0].figure
    assert figure is not None
    assert figure.low == 3e6


async def test_the_shipped_claims_cannot_be_changed_from_a_server(ann: Chat) -> None:
    shown = await ann.run("claim edit", claim="sacks-kamau-2024-02")
    assert shown.private
    assert "cannot be changed from here" in shown.text
    shown = await ann.run("claim retract", claim="sacks-kamau-2024-02", reason="no")
    assert "shared base" in shown.text


async def test_a_draft_is_lost_with_a_restart_and_the_person_is_told(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await drafted(ann)
    await server.env.restart_bot(curating_bot(base))
    beside = await pressed(ann, shown, "Save")
    assert "start again" in beside.text
    assert own(base, server) == []


async def test_what_people_type_is_shown_as_it_stands(ann: Chat) -> None:
    nasty = "@everyone **bold** [x](https://evil.example) <@123456789012345678> ||no||"
    shown = await drafted(ann, statement=nasty, paragraph="3; @here `x`")
    assert "@everyone" not in shown.text
    assert "**bold**" not in shown.text
    assert "](" not in shown.text.replace("\\]", "").replace("]\\(", "")
    done = await pressed(ann, shown, "Save")
    assert "@everyone" not in done.text
    history = await ann.run("claim history")
    assert "@everyone" not in history.text
