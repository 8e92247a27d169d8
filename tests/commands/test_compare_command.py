"""`/compare`, as people meet it in a chat."""

import re
from pathlib import Path

import pytest

from bot.client import Claimbot
from commands.answers import compare_reply
from knowledge.library import By, Lookup, Window
from knowledge.model import Claim
from knowledge.workspaces import Workspace
from tests.bases.making import asserter, claim, library, topic
from tests.conftest import TODAY, Chat, Shown, app_of

TWO = {"topic": "sacks", "by": "Kamau", "with": "Vidal"}


async def whole(chat: Chat, shown: Shown) -> str:
    """Return every page of a comparison, the oldest months first."""
    seen = [shown.text]
    while "◀ Older" in shown.buttons:
        shown = await chat.press(shown, "◀ Older")
        seen.append(shown.text)
    return "\n".join([seen[0], *seen[:0:-1], seen[0]])


async def test_the_sides_stand_month_by_month(chat: Chat) -> None:
    shown = await chat.run("compare", **TWO)
    assert not shown.private
    assert shown.title == "Compared: Sacks of grain delivered"
    text = await whole(chat, shown)
    assert "**Wanjiru Kamau**: latest **about 1.2 million** (23 Feb 2024) [" in text
    assert re.search(
        r"\*\*Rosa Vidal\*\*: latest .*3\.6 million.*, range about 400,000 if .* \[", text
    )
    february = text[text.index("**Feb 2024**") :]
    assert "- Wanjiru Kamau: **about 1.2 million** [" in february
    assert "- Rosa Vidal: **about 400,000** if " in february
    assert "-# Nothing from Wanjiru Kamau" in text[text.index("**Jun 2024**") :]


async def test_arithmetic_has_both_citations_and_is_nobodys_claim(chat: Chat) -> None:
    text = (await chat.run("compare", **TWO)).text
    assert "**Arithmetic on these counts; nobody claimed it**" in text
    assert re.search(
        r"Jun 2024: about 3\.6 million sacks \[\d ¶16\] ÷ about 9,000 wagons \[\d ¶16\]"
        r" = \*\*about 400\*\*",
        text,
    )


async def test_every_figure_is_cited_and_every_number_has_its_source(chat: Chat) -> None:
    shown = await chat.run("compare", **TWO, **{"and": "FIA"})
    description = shown.body
    for line in description.splitlines():
        if line.startswith("- "):
            assert re.search(r"\[\d+ ¶", line), line
    cited = set(re.findall(r"\[(\d+)(?: ¶|\])", description))
    assert cited == set(re.findall(r"^\[(\d+)\]", shown.sources, re.MULTILINE))


async def test_a_window_narrows_it(chat: Chat) -> None:
    text = (await chat.run("compare", **TWO, until="2024-03")).text
    assert "until March 2024" in text
    assert "3.6 million" not in text


async def test_up_to_four_are_taken(chat: Chat) -> None:
    shown = await chat.run("compare", **TWO, **{"and": "FIA", "and-also": "CGB"})
    text = await whole(chat, shown)
    assert "- Central Grain Bureau: **more than 700,000** [" in text
    assert "Freight Inspection Agency" in shown.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": "nobody at all"}, "There is no asserter “nobody at all” on file"),
        ({"with": "Kamau"}, "are the same on file"),
        ({"topic": "zzz"}, "There is no topic “zzz” on file"),
        ({"since": "32 Feb"}, "is not a date"),
        ({"since": "2030"}, "Nothing on file about **Sacks of grain delivered**"),
    ],
)
async def test_what_cannot_be_compared_is_told_privately(
    chat: Chat, options: dict[str, str], words: str
) -> None:
    shown = await chat.run("compare", **{**TWO, **options})
    assert shown.private
    assert words in shown.text


async def test_topics_and_asserters_are_completed(chat: Chat) -> None:
    assert (await chat.complete("compare", "topic", "saks"))[0][1] == "sacks"
    for option in ("by", "with", "and", "and-also"):
        assert (await chat.complete("compare", option, "Kama"))[0][1] == "kamau"


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert "Kamau" in (await private_chat.run("compare", **TWO)).text


def monthly(count: int) -> list[Claim]:
    """Make claims of two asserters in turn, one a month."""
    return [
        claim(f"c{n}", f"about {n + 1} thousand", f"{2000 + n // 12}-{n % 12 + 1:02}", asserter=who)
        for n, who in ((n, ("ministry", "union")[n % 2]) for n in range(count))
    ]


async def test_many_months_are_paged_and_the_pages_survive_a_restart(
    chat: Chat, tmp_path: Path
) -> None:
    sides = (asserter("ministry"), asserter("union"))
    with library(tmp_path / "many.db", topic(), *sides, *monthly(40)) as found:
        await chat.env.restart_bot(Claimbot(Workspace(found), today=lambda: TODAY))
        newest = await chat.run("compare", topic="wells", by="ministry", **{"with": "union"})
        count = int(re.findall(r"Page (\d+) of \1, oldest first", newest.text)[0])
        await chat.env.restart_bot(Claimbot(Workspace(found), today=lambda: TODAY))
        older = await chat.press(newest, "◀ Older")
        assert older.private
        assert f"Page {count - 1} of {count}, oldest first" in older.text
        assert (await chat.press(older, "Newer ▶")).body == newest.body


def test_every_button_is_within_the_limit(workspace: Workspace) -> None:
    app = app_of(workspace)
    names = ["Kamau", "Vidal", "Chile", "CGB"]
    sides = workspace.lookup.sides(names)
    reply = compare_reply(app, "sacks", sides, Window())
    assert all(len(button.custom_id) <= 100 for button in reply.buttons)


def test_a_page_looks_up_nobody_but_those_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [asserter(f"other-{number}") for number in range(50)]
    sides = (asserter("ministry"), asserter("union"), *others)
    with library(tmp_path / "many.db", topic(), *sides, *monthly(40)) as found:
        workspace = Workspace(found)
        shown = workspace.lookup.sides(["ministry", "union"])
        looked_up: list[str] = []
        by = Lookup.by

        def noted(lookup: Lookup, text: str) -> By:
            looked_up.append(text)
            return by(lookup, text)

        monkeypatch.setattr(Lookup, "by", noted)
        reply = compare_reply(app_of(workspace), "wells", shown, Window())
    assert any(button.custom_id.startswith("v:t:1:") for button in reply.buttons)
    assert not [name for name in looked_up if "Other" in name]


async def test_the_first_page_names_the_months_of_the_others(chat: Chat) -> None:
    shown = await chat.run("compare", **TWO)
    assert "◀ Older" in shown.buttons
    assert re.search(r"oldest first(; the months on the others)?: \w+ \d{4}", shown.text)
    older = await chat.press(shown, "◀ Older")
    assert "oldest first: " in older.text
