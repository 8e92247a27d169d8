"""The option `chart` and the button “Chart”, as people meet them in a chat."""

from bot.client import Claimbot
from knowledge.workspaces import Workspace
from tests.conftest import TODAY, Chat, Shown

PNG = b"\x89PNG\r\n\x1a\n"


async def check_picture(chat: Chat, shown: Shown) -> str:
    """Check that there is one picture, as wide as the message, and return its alt text."""
    (file,) = shown.message.message.attachments
    (picture,) = (item for part in shown.parts for item in part.get("items", []))
    assert "chart.png" in picture["media"]["url"]
    assert picture["description"] == file.description
    data = chat.env.backend.cdn.get(file.url)
    assert data is not None
    assert data.startswith(PNG)
    return file.description or ""


async def test_the_option_attaches_a_picture_with_alt_text(chat: Chat) -> None:
    for command, options in (("sacks", {}), ("figures", {"topic": "sacks"})):
        shown = await chat.run(command, chart=True, **options)
        assert not shown.private
        assert "# More than 8 million sacks" in shown.text
        alt = await check_picture(chat, shown)
        assert alt.startswith("Chart: Sacks of grain delivered")
        assert "23 Feb 2024: about 1.2 million" in alt


async def test_the_button_draws_for_the_person_who_may_share_it(chat: Chat) -> None:
    shown = await chat.run("sacks", since="2024-02")
    drawn = await chat.press(shown, "Chart")
    assert drawn.private
    assert drawn.title == "Sacks of grain delivered · since February 2024"
    assert "since 1 Feb 2024" in await check_picture(chat, drawn)
    assert "[4]" in drawn.text
    public = await chat.press(drawn, "Share here")
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
    assert "Chart" not in (await chat.run("denials")).menu
    empty = await chat.run("sacks", since="2030", chart=True)
    assert empty.private
    assert "Nothing on file" in empty.text


async def test_a_picture_that_one_person_asked_for_is_shared_as_a_picture(chat: Chat) -> None:
    drawn = await chat.run("sacks", chart=True, private=True)
    assert drawn.private
    public = await chat.press(drawn, "Share here")
    assert not public.private
    assert await check_picture(chat, public) == await check_picture(chat, drawn)


async def test_the_picture_has_the_numbers_of_the_text(chat: Chat) -> None:
    shown = await chat.run("sacks", until="2024-02", chart=True)
    _, _, numbers = (await check_picture(chat, shown)).partition("Denied")
    assert "[1]" not in shown.text
    assert "[1]" not in numbers


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    await check_picture(private_chat, await private_chat.run("spoilt", chart=True))
