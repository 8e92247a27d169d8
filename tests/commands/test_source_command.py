"""`/source`: the evidence, as people meet it in a chat."""

import pytest

from knowledge.workspaces import Workspace
from tests.conftest import Chat


async def every_page(chat: Chat, what: str) -> list[str]:
    shown = await chat.run("source", what=what)
    seen = [shown.text]
    while "◀ Older" in shown.buttons:
        shown = await chat.press(shown, "◀ Older")
        seen.append(shown.text)
    return seen


async def test_one_origin_stands_behind_both_outlets(chat: Chat) -> None:
    shown = await chat.run("source", what="spoilt")
    text = "\n".join(await every_page(chat, "spoilt"))
    origin = text[text.index("**23 February 2024 · Wanjiru Kamau") :]
    assert shown.title == "Evidence: Share of sacks that are spoilt"
    assert "one origin behind 2 publications" in origin
    assert "Wanjiru Kamau → Agency Savanna → Radio Fjord" in origin
    assert "Wanjiru Kamau → Agency Savanna → The Ledger → Mill Review" in origin


async def test_a_retelling_is_named_with_the_figure_it_changed(chat: Chat) -> None:
    text = "\n".join(await every_page(chat, "spoilt"))
    assert "“over a quarter” in Mill Review is a retelling** of “about a quarter”" in text


async def test_denials_assumptions_and_notes_are_shown(chat: Chat) -> None:
    first = await chat.run("source", what="sacks")
    assert "Denied by" in first.text
    assert "if every wagon held sacks of 10 kilos" in first.text
    assert "`sacks-inspection-2025-07`" in first.text


async def test_a_denial_of_a_single_claim_is_named_where_it_belongs(chat: Chat) -> None:
    text = (await chat.run("source", what="other-goods-nairobi-flour-2024-03")).text
    assert "Denied by Government" in text
    whole = "\n".join(await every_page(chat, "other-goods"))
    (line,) = [line for line in whole.splitlines() if "other-goods-nairobi-flour-2024-03" in line]
    assert line.startswith("-# denied by Government")


async def test_a_claim_has_its_own_evidence(chat: Chat) -> None:
    shown = await chat.run("source", what="sacks-kamau-2024-02")
    assert "claim `sacks-kamau-2024-02`" in shown.text
    assert "**1 origin** in 2 publications" in shown.text


async def test_pages_lead_from_the_newest_origin_to_the_oldest(chat: Chat) -> None:
    public = await chat.run("source", what="sacks")
    first = await chat.press(public, "◀ Older")
    seen = [public.text, first.text]
    assert first.private
    while "◀ Older" in first.buttons:
        first = await chat.press(first, "◀ Older")
        seen.append(first.text)
    assert "newest origin first" in seen[0]
    assert "2025" in seen[0]
    assert "`sacks-bureau-2023-11`" in seen[-1]
    assert "`sacks-bureau-2023-11`" not in seen[0]
    assert (await chat.press(first, "Newer ▶")).text == seen[-2]


async def test_every_topic_and_every_claim_has_evidence(chat: Chat, workspace: Workspace) -> None:
    for topic in workspace.library.topics:
        assert not (await chat.run("source", what=topic)).private
        for entry in workspace.library.table(topic):
            shown = await chat.run("source", what=entry.id)
            assert f"`{entry.id}`" in shown.text


async def test_something_unknown_is_told_privately_with_the_nearest_as_buttons(chat: Chat) -> None:
    shown = await chat.run("source", what="spoilt shares of things")
    assert shown.private
    assert "There is no topic" in shown.text
    opened = await chat.press(shown, "Evidence: Share of sacks that are spoilt")
    assert opened.private
    assert opened.title == "Evidence: Share of sacks that are spoilt"


@pytest.mark.parametrize(
    "typed", ["   ", "' OR 1=1 --", "NEAR(a b)", "```", "\u202eabc", "x" * 6000]
)
async def test_whatever_is_typed_gets_a_clear_private_answer(chat: Chat, typed: str) -> None:
    shown = await chat.run("source", what=typed)
    assert shown.private
    assert "```" not in shown.text
    assert "\u202e" not in shown.text


async def test_topics_and_claims_are_completed(chat: Chat) -> None:
    assert ("Share of sacks that are spoilt", "spoilt") in await chat.complete(
        "source", "what", "spoi"
    )
    values = [value for _, value in await chat.complete("source", "what", "kamau")]
    assert "sacks-kamau-2024-02" in values
    assert await chat.complete("source", "what", "")


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert any("Kamau" in text for text in await every_page(private_chat, "spoilt"))


@pytest.mark.parametrize(
    "typed", ["Mill Review", "mill-review-2024-02", "quarter of Swedish grain", "old-harvest-2024"]
)
async def test_a_publication_is_found_by_what_it_is_called(
    chat: Chat, workspace: Workspace, typed: str
) -> None:
    shown = await chat.run("source", what=typed)
    assert not shown.private
    source = workspace.lookup.source(typed)
    assert source.title in shown.title
    carried = workspace.publication(source.id).claims
    assert f"{len(carried)} claims on " in shown.text
    assert f"`{source.id}`" in shown.text
    text = shown.text
    while "More ▶" in shown.buttons:
        shown = await chat.press(shown, "More ▶")
        text += shown.text
    for topic in {claim.topic for claim in carried}:
        assert workspace.library.topic(topic).title in text


async def test_an_inferred_date_of_a_publication_says_how_it_is_known(chat: Chat) -> None:
    shown = await chat.run("source", what="radio-fjord-2024-03")
    assert "(inferred)" in shown.text
    assert "It speaks of last month's briefing." in shown.text


async def test_a_publisher_of_several_is_asked_back_about(chat: Chat) -> None:
    shown = await chat.run("source", what="Unknown publisher")
    assert shown.private
    assert len(shown.buttons) > 1
    opened = await chat.press(shown, next(iter(shown.buttons)))
    assert "On file from it" in opened.text


async def test_a_number_is_that_of_the_answers(chat: Chat) -> None:
    answer = await chat.run("sacks")
    number = answer.sources.splitlines()[0].split("]")[0].lstrip("[")
    shown = await chat.run("source", what=f"[{number}]")
    assert f"[{number}] is:" in shown.text or "On file from it" in shown.text
    missing = await chat.run("source", what="99")
    assert missing.private
    assert "No answer has a source with the number 99" in missing.text


async def test_publications_are_completed(chat: Chat) -> None:
    values = [value for _, value in await chat.complete("source", "what", "Mill Rev")]
    assert "mill-review-2024-02" in values
