"""Lines from a pipe or a file, one at a time, while the bot goes on working."""

import asyncio
import codecs
import contextlib
import io
import os
import threading
from collections.abc import AsyncIterator, Iterator
from typing import TextIO

_CHUNK = 65536
_AHEAD = 64
"""Bytes that are read at once, as a pipe of Linux holds, and lines that wait (chosen by eye)."""


async def lines(stream: TextIO) -> AsyncIterator[str]:
    """Each line without its end, until the stream ends."""
    try:
        descriptor = stream.fileno()
    except (io.UnsupportedOperation, AttributeError):
        for line in stream:
            yield line.rstrip("\r\n")
        return
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    room = threading.Semaphore(_AHEAD)
    loop = asyncio.get_running_loop()

    def feed() -> None:
        # A loop that is closed means that nobody listens any more.
        with contextlib.suppress(RuntimeError):
            for line in _split(descriptor):
                room.acquire()
                loop.call_soon_threadsafe(queue.put_nowait, line)
            loop.call_soon_threadsafe(queue.put_nowait, None)

    # A daemon thread that reads the descriptor itself: a pipe that nobody closes must not keep
    # the process from leaving, as an executor's thread or the stream's own lock would.
    threading.Thread(target=feed, daemon=True).start()
    while (received := await queue.get()) is not None:
        room.release()
        yield received


def _split(descriptor: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = ""
    while chunk := _read(descriptor):
        *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        yield from (line.rstrip("\r") for line in whole)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK)
    except OSError:
        return b""
