"""`/ask`: a free-form question, as people meet it in a chat."""

import pytest

from tests.conftest import Chat


async def test_the_best_claim_comes_first_and_the_reading_is_told(chat: Chat) -> None:
    shown = await chat.run("ask", question="how many wagons by august 2024")
    lines = shown.text.splitlines()
    assert not shown.private
    assert lines[0] == "> how many wagons by august 2024"
    assert lines[1] == "### Wagons sent to Sweden · until August 2024"
    assert lines[2] == "# About 11,000 wagons"
    assert lines[3].startswith("Latest: Freight Inspection Agency (Chile), August 2024 [")


async def test_the_asserter_is_read_out_of_the_question(chat: Chat) -> None:
    text = (await chat.run("ask", question="What share did Kamau call spoilt?")).text
    assert "by Wanjiru Kamau" in text
    assert "# About a quarter" in text


async def test_a_claim_that_is_not_the_latest_is_named_as_the_closest(chat: Chat) -> None:
    text = (await chat.run("ask", question="who says more than 5 million sacks")).text
    assert "# More than 5 million sacks\nClosest to the question: Mia Brandt" in text
    assert "**Latest: more than 8 million sacks**" in text


async def test_what_does_not_fit_on_a_screen_is_a_choice_away(chat: Chat) -> None:
    shown = await chat.run("ask", question="how many sacks since february 2024")
    everything = await chat.press(shown, "All by date")
    assert everything.private
    assert everything.title == "Sacks of grain delivered · since February 2024 · by date"
    assert "Rosa Vidal" in everything.text


async def test_a_question_can_be_asked_privately_and_its_answer_shared(chat: Chat) -> None:
    shown = await chat.run("ask", question="how many wagons", private=True)
    assert shown.private
    assert "Take back" not in shown.buttons
    public = await chat.press(shown, "Share here")
    assert not public.private
    assert public.text == f"-# Shared by alice\n{shown.text}"
    assert public.menu == shown.menu


async def test_nothing_on_file_is_said_privately_with_the_nearest_topics(chat: Chat) -> None:
    shown = await chat.run("ask", question="what share of the sacks is usable")
    assert shown.private
    assert "**Nothing on file about that.**" in shown.text
    assert "8 million" not in shown.text
    label = next(iter(shown.buttons))
    opened = await chat.press(shown, label)
    assert opened.title == label
    assert opened.private


@pytest.mark.parametrize("typed", [" ", "\u200b\u200b", "🎉🎉🎉", "?!", "```", "\u202e"])
async def test_a_question_without_a_word_is_told_privately(chat: Chat, typed: str) -> None:
    shown = await chat.run("ask", question=typed)
    assert shown.private
    assert "The question is empty" in shown.text
    assert shown.buttons == {}


async def test_a_day_that_may_be_two_is_asked_back(chat: Chat) -> None:
    shown = await chat.run("ask", question="how many wagons in 02/03/2024")
    assert shown.private
    assert "may be 2 March 2024 or 3 February 2024" in shown.text


async def test_a_long_question_is_told_privately_how_much_is_read(chat: Chat) -> None:
    shown = await chat.run("ask", question="grains " * 857)
    assert shown.private
    assert "5,999 characters; at most 1,000 are read" in shown.text
    assert len(shown.text) < 200
    assert "are read" not in (await chat.run("ask", question="how many sacks " * 62)).text


@pytest.mark.parametrize(
    "typed",
    [
        "@everyone how many sacks <@123456789012345678>",
        "**how** many `sacks` ||spoiler|| ```py\nsacks```",
        "sacks'; DROP TABLE claims; --",
        'sacks* OR NEAR(wagons, 5) AND NOT "x"',
        "כמה פגזים? \u202esacks",
        "how many sacks\n# headline\n> quote",
        "[sacks](https://evil.example) https://evil.example",
        "sacks " + "Z\u0336\u0336\u0336\u0336\u0336\u0336\u0336",
    ],
)
async def test_whatever_is_typed_stays_within_its_quote(chat: Chat, typed: str) -> None:
    shown = await chat.run("ask", question=typed)
    text = shown.text
    first = (shown.text if shown.title else shown.body).splitlines()[0]
    assert first.startswith("> ")
    assert "\n# headline" not in text
    assert "@everyone" not in text
    assert "```" not in text
    assert "<@1" not in text.replace("\\<", "")
    assert "](" not in text.replace("]\\(", "")
    assert "https://evil" not in text
    assert "\u202e" not in text


async def test_a_long_question_is_quoted_in_part(chat: Chat) -> None:
    shown = await chat.run("ask", question="how many sacks " + "really " * 100)
    assert len(shown.text.splitlines()[0]) <= 202


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    shown = await private_chat.run("ask", question="how many wagons by august 2024")
    assert "about 11,000" in shown.text
