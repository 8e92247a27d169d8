"""Whatever is pasted into the sandbox: it goes on, in a pipe and at a terminal."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from simcord.backend.models import Message as StoredMessage

import bot.sandbox.world
from bot.sandbox import run_sandbox
from bot.sandbox.session import Session
from bot.sandbox.terminal import Lines
from bot.sandbox.world import open_world
from tests.properties import examples
from tests.sandbox.test_sandbox import DummyBot
from tests.sandbox.test_sandbox_terminal import Choosy, type_keys

LINES = 10_000
RUBBISH = {
    "many lines": "sacks of grain\n" * LINES,
    "a long line": "sacks " * LINES * 5,
    "one word": "x" * 200_000,
    "binary": "".join(map(chr, range(256))) * 20,
    "nothing": "\0" * 5_000,
    "surrogates": "\udcff\udc80\ud800",
    "brackets": '"([{\\' * 5_000,
    "numbers": "1.1 " * 20_000,
}
ORDERS = (
    *(
        "",
        "/",
        "/ask ",
        "/figures ",
        "/upload ",
        ":menu Check claims ",
        ":press ",
        ":as ",
        ":wait ",
    ),
    *(":save ", ":language ", ":", "1 ", ":1."),
)
_WORDS = [
    *(
        "/figures",
        "/ask",
        "/add",
        "topic:",
        "since=",
        ":menu",
        "Check claims",
        ":press",
        ":as",
        ":2.3",
    ),
    *(
        ":save",
        ":language",
        ":wait",
        "1.",
        "1.1.1",
        '"',
        "'",
        "\\",
        "=",
        ":",
        "Statement=",
        "\0",
        "\x1b[",
    ),
    *("x" * 3000, "9" * 400, ":submit", ":1", "/pages", "/upload", "/", "\udcff", "\u202e"),
]
_LINE = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=4).map("".join),
    st.text(max_size=20),
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@asynccontextmanager
async def chat() -> AsyncIterator[Session]:
    """Open a chat of its own; what it shows goes nowhere."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    async with open_world(DummyBot(), "Claimbot", "person") as world:
        yield Session(world, Console(file=out, markup=False, highlight=False, width=80))


@pytest.mark.parametrize("pasted", RUBBISH)
async def test_each_order_takes_rubbish_as_one_line(pasted: str) -> None:
    async with chat() as session:
        for before in ORDERS:
            assert await session.handle(f"{before}{RUBBISH[pasted]}")
        assert await session.handle("/add")
        assert await session.handle(RUBBISH[pasted])
        assert await session.handle(f"Statement={RUBBISH[pasted]}")


async def test_a_pipe_of_rubbish_ends_with_the_pipe(tmp_path: Path) -> None:
    file = tmp_path / "rubbish"
    many = b"sacks\n" * 30 + bytes(range(256)) * 20 + b"\0" * 5_000 + b"\n\xff\n/ask still there"
    file.write_bytes(many)
    out, dummy = io.StringIO(), DummyBot()
    with file.open() as stdin:
        assert await run_sandbox(dummy, stdin=stdin, stdout=out) == 0
    assert out.getvalue().count("You asked sacks\n") == 30
    assert "You asked still there" in out.getvalue()
    assert dummy.closed == 1


async def test_a_longer_chat_is_no_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    state_of = bot.sandbox.world.state_of

    def counting(stored: StoredMessage) -> tuple[object, ...]:
        nonlocal read
        read += 1
        return state_of(stored)

    monkeypatch.setattr(bot.sandbox.world, "state_of", counting)
    monkeypatch.setattr(bot.sandbox.world, "LOOKED_AT", 10)
    steps = []
    async with chat() as session:
        for _ in range(3):
            before = read
            for _ in range(10):
                await session.handle("/ask hello")
            steps.append(read - before)
    assert steps[2] == steps[1]


async def test_a_message_longer_than_discord_takes_is_refused_in_words() -> None:
    out = io.StringIO()
    line = f":menu Check claims {'x' * 2001}\n"
    assert await run_sandbox(DummyBot(), stdin=io.StringIO(line), stdout=out) == 0
    assert "! Discord sends at most 2,000 characters; this has 2,001." in out.getvalue()


@pytest.mark.parametrize("path", ["~nobody-of-that-name/x", "a\0b", "/no/such/folder/x"])
async def test_a_path_that_is_none_is_refused_in_words(path: str) -> None:
    out = io.StringIO()
    lines = f"/upload {path}\n/figures sacks chart: yes\n:save chart.png {path}\n"
    assert await run_sandbox(DummyBot(), stdin=io.StringIO(lines), stdout=out) == 0
    assert "! file: cannot read" in out.getvalue()
    assert "! Cannot write" in out.getvalue()


@examples(30)
@given(st.lists(_LINE, max_size=8))
def test_whatever_is_typed_the_sandbox_goes_on(lines: list[str]) -> None:
    async def typed() -> str:
        out, dummy = io.StringIO(), DummyBot()
        text = "".join(f"{one.replace(chr(10), ' ')}\n" for one in lines)
        text = re.sub(r"(?mi)^\s*:(q|quit|exit)\s*$", "", text)
        stdin = io.StringIO(f"{text}:as person\n:server\n/ask still there\n")
        assert await run_sandbox(dummy, stdin=stdin, stdout=out) == 0
        assert dummy.closed == 1
        return out.getvalue()

    assert "You asked still there" in asyncio.run(typed())


@pytest.mark.parametrize("pasted", ["many lines", "binary", "nothing", "a long line"])
async def test_a_terminal_takes_a_paste_as_one_line(state: Path, pasted: str) -> None:
    text = RUBBISH[pasted].replace("\x1b", "")
    choosy = Choosy()
    shown = await type_keys(f"\x1b[200~{text}\x1b[201~\r/figures sacks\r\x04", choosy)
    assert "sacks None False" in shown
    assert choosy.closed == 1
    assert "/figures sacks" in (state / "claimbot" / "history").read_text("utf-8")


def test_what_is_no_text_is_remembered_as_question_marks(tmp_path: Path) -> None:
    lines = Lines(tmp_path / "history")
    lines.store_string("a\udcff\ud800b")
    assert list(lines.load_history_strings()) == ["a??b"]
    Lines(tmp_path / "gone" / "history").store_string("x")
