"""Discord's markdown in the terminal."""

import unicodedata

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.markdown import Names, clean, render
from bot.sandbox.chat import Message, boxes, parts
from bot.sandbox.render import message, size

NAMES = Names({1: "dave"}, {2: "Curator"}, {3: "general"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** *it* _it_ __u__ ~~s~~ ||sp||", "bold it it u s sp"),
        ("***both*** **a *b* c**", "both a b c"),
        ("snake_case_name and 5 * 3 * 2", "snake_case_name and 5 * 3 * 2"),
        (r"\*not\* \_x\_ \[y\](z) \`q\` \> \#", "*not* _x_ [y](z) `q` > #"),
        ("`code **x** \\*`", "code **x** \\*"),
        ("``a`b``", "a`b"),
        ("```py\nx **y**\n```after", "x **y**\nafter"),
        ("[1](https://a.b/c_(d))", "1 (https://a.b/c_(d))"),
        ("[“[no] title”](https://a.b)", "“[no] title” (https://a.b)"),
        ("[**1**](<https://a.b>)", "1 (https://a.b)"),
        ("<https://a.b> https://c.d/e_f_g", "https://a.b https://c.d/e_f_g"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("# Head\n## Sub\n-# small", "Head\nSub\nsmall"),
        ("> quoted\nplain", "▏ quoted\nplain"),
        (">>> all\nof it", "▏ all\n▏ of it"),
        ("- one\n  - two\n* three\n1. four", "• one\n  • two\n• three\n1. four"),
        ("<@1> <@!1> <@&2> <#3> <@9>", "@dave @dave @Curator #general @9"),
        ("</ask:5> <:ok:77> <a:ok:77>", "/ask :ok: :ok:"),
        ("<t:0:D> <t:0:t> <t:0>", "01 January 1970 00:00 UTC 01 January 1970 00:00 UTC"),
        ("<t:999999999999:D>", "<t:999999999999:D>"),
        ("a\x1b[31mb\x9bc\u202ed\u2066e\tf\u2028g", "a[31mbcde f g"),
    ],
)
def test_markdown_is_shown_as_discord_shows_it(text: str, shown: str) -> None:
    assert render(text, NAMES).plain == shown


def test_styles_reach_the_terminal() -> None:
    spans = render("plain **bold *both***").spans
    assert {str(span.style) for span in spans} == {"bold", "italic"}


@given(st.text())
def test_no_text_carries_control_characters(text: str) -> None:
    shown = clean(text)
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"} for c in shown)
    assert clean(shown) == shown


@given(st.text(alphabet="*_~|`<>[]()\\:t@#1a \n-"))
def test_any_markdown_is_rendered(text: str) -> None:
    assert len(render(text).plain) <= 3 * len(text) + 2


@pytest.mark.parametrize("text", ["*a" * 2000, "||a" * 1300, "[" * 4000, "_a " * 1300, "**" * 2000])
def test_markdown_that_never_ends_is_rendered(text: str) -> None:
    assert render(text).plain


def _shown(shown: Message, width: int = 40) -> str:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(message(shown, 1))
    return capture.get()


def test_an_embed_stands_behind_its_bar_at_any_width() -> None:
    embed = discord.Embed(title="Sacks", url="https://a.b", description="word " * 30, colour=1)
    embed.set_author(name="DIA")
    embed.add_field(name="Wide", value="> quoted", inline=False)
    embed.set_image(url="https://cdn/x/chart.png?width=3")
    embed.set_footer(text="6 origins")
    lines = _shown(Message(1, "Claimbot", "", (embed,), (), ()), 30).splitlines()
    assert lines[0] == "Claimbot"
    assert all(line.startswith("│ ") and len(line) <= 30 for line in lines[1:])
    assert "│ Sacks (https://a.b)" in lines
    assert "│ [picture: chart.png]" in lines
    assert "│ ▏ quoted" in lines


def test_marks_stand_beside_the_author() -> None:
    shown = Message(1, "Claimbot", "x", (), (), (), private=True, edited=True, place="#log")
    assert _shown(shown, 80).startswith("Claimbot  (only you can see this, edited, in #log)\nx")
    assert "Claimbot is thinking…" in _shown(Message(1, "Claimbot", "", (), (), (), thinking=True))


@pytest.mark.parametrize(
    ("count", "shown"), [(7, "7 bytes"), (46_080, "45.0 KB"), (5_242_880, "5.0 MB")]
)
def test_sizes_read_as_people_write_them(count: int, shown: str) -> None:
    assert size(count) == shown


def test_a_message_that_is_laid_out_is_shown_in_reading_order() -> None:
    view = discord.ui.LayoutView(timeout=None)
    read: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(
        label="Read", url="https://a.b"
    )
    menu: discord.ui.Select[discord.ui.LayoutView] = discord.ui.Select(
        custom_id="m",
        placeholder="More",
        options=[discord.SelectOption(label="Chart", value="c", description="wide")],
    )
    press: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(
        label="Press", custom_id="p"
    )
    picture = discord.MediaGalleryItem("attachment://chart.png", description="all of it")
    box: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        discord.ui.TextDisplay("### Title\n# 12"),
        discord.ui.MediaGallery(picture),
        discord.ui.Separator(),
        discord.ui.Section(discord.ui.TextDisplay("[1] Gazette"), accessory=read),
        discord.ui.ActionRow(menu),
        discord.ui.ActionRow(press),
        accent_colour=0x3B82C4,
    )
    view.add_item(box)
    components = [each.to_component_dict() for each in view.children]
    shown = Message(1, "bot", "", (), (), tuple(parts(components)), tuple(boxes(components)))
    console = Console(width=60)
    with console.capture() as captured:
        console.print(message(shown, 4))
    assert [line.rstrip() for line in captured.get().splitlines()[1:]] == [
        "│ Title",
        "│ 12",
        "│ [picture: chart.png]",
        "│",
        "│ [1] Gazette",
        "│   ↗ Read (https://a.b)",
        "│   [4] More ▾",
        "│       4.1 Chart  wide",
        "│   [5] Press",
    ]
