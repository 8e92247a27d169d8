"""The option `chart` and the button “Chart”, as people meet them in a chat."""

from pathlib import Path

from bot.client import Claimbot
from knowledge.workspaces import Workspace
from tests.conftest import TODAY, Chat, Shown
from tests.making import claim, library, topic

PNG = b"\x89PNG\r\n\x1a\n"


async def check_picture(chat: Chat, shown: Shown) -> str:
    """Check that there is one picture, shown in the embed, and return its alt text."""
    (file,) = shown.message.message.attachments
    assert shown.embed.image.url is not None
    assert "chart.png" in shown.embed.image.url
    data = chat.env.backend.cdn.get(file.url)
    assert data is not None
    assert data.startswith(PNG)
    return file.description or ""


async def test_the_option_attaches_a_picture_with_alt_text(chat: Chat) -> None:
    for command, options in (("sacks", {}), ("figures", {"topic": "sacks"})):
        shown = await chat.run(command, chart=True, **options)
        assert not shown.private
        assert "**Latest: more than 8 million sacks**" in shown.text
        alt = await check_picture(chat, shown)
        assert alt.startswith("Chart: Sacks of grain delivered")
        assert "23 Feb 2024: about 1.2 million" in alt
        assert "Chart" not in shown.buttons


async def test_the_button_draws_for_the_person_who_may_share_it(chat: Chat) -> None:
    shown = await chat.run("sacks", since="2024-02")
    drawn = await chat.press(shown, "Chart")
    assert drawn.private
    assert "-# since February 2024" in drawn.text
    assert "since 1 Feb 2024" in await check_picture(chat, drawn)
    assert "[4]" in drawn.text
    public = await chat.press(drawn, "Share")
    assert not public.private
    assert "Shared by alice" in public.text
    assert await check_picture(chat, public) == await check_picture(chat, drawn)


async def test_the_button_works_after_a_restart(chat: Chat, workspace: Workspace) -> None:
    shown = await chat.run("spoilt")
    await chat.env.restart_bot(Claimbot(workspace, today=lambda: TODAY))
    assert "about a quarter" in await check_picture(chat, await chat.press(shown, "Chart"))


async def test_nothing_to_draw_is_told_privately(chat: Chat) -> None:
    shown = await chat.run("denials", chart=True)
    assert shown.private
    assert "nothing to draw" in shown.text
    assert "Chart" not in (await chat.run("denials")).buttons
    empty = await chat.run("sacks", since="2030", chart=True)
    assert empty.private
    assert "Nothing on file" in empty.text


async def test_turning_the_page_takes_the_picture_away(chat: Chat, tmp_path: Path) -> None:
    many = [claim(f"c{n}", f"about {n + 2} thousand", f"20{n:02}-01") for n in range(20)]
    with library(tmp_path / "wells.db", topic(), *many) as found:
        await chat.env.restart_bot(Claimbot(Workspace(found), today=lambda: TODAY))
        shown = await chat.run("figures", topic="wells", chart=True)
        await check_picture(chat, shown)
        older = await chat.press(shown, "◀ Older")
        assert older.message.message.attachments == []
        assert older.embed.image.url is None
        assert "Chart" in older.buttons


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    await check_picture(private_chat, await private_chat.run("spoilt", chart=True))
