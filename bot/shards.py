"""Which shards of the bot a process serves: how that is written, and whose server is whose."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

MOST = 10_000
"""Shards: twenty-five million servers, as Discord puts up to 2,500 into one."""
_FORM = re.compile(r"(?P<listed>\d{1,6}(?:-\d{1,6})?(?:,\d{1,6}(?:-\d{1,6})?)*)/(?P<count>\d{1,6})")


@dataclass(frozen=True, slots=True)
class Shards:
    """Some of the shards that the servers are spread over, of `count` in all."""

    ids: tuple[int, ...]
    count: int

    @classmethod
    def every(cls, count: int) -> Self:
        """Take all of them."""
        return cls(tuple(range(count)), count)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "0-3/16", "2/16" or "0,3-5/16".

        Raises:
            ValueError: it names none, or one that is not there, or one twice.
        """
        found = _FORM.fullmatch("".join(text.split()))
        if found is None:
            raise ValueError(
                "write the shards of this process and how many there are in all, like 0-3/16, "
                "2/16 or 0,3-5/16; or automatic"
            )
        count = int(found["count"])
        if not 0 < count <= MOST:
            raise ValueError(f"there can be 1 to {MOST:,} shards, not {count:,}")
        ids = [one for part in found["listed"].split(",") for one in _range(part, count)]
        twice = next((one for one, times in Counter(ids).items() if times > 1), None)
        if twice is not None:
            raise ValueError(f"shard {twice} stands there twice")
        return cls(tuple(sorted(ids)), count)

    def serve(self, guild: int | None) -> bool:
        """Whether a server is on one of them.

        Without one: whether what belongs to no server is, as direct messages, which Discord sends
        to the first shard.
        """
        return ((guild or 0) >> 22) % self.count in self.ids


def _range(part: str, count: int) -> Iterator[int]:
    first, _, last = part.partition("-")
    low, high = int(first), int(last or first)
    if high < low:
        raise ValueError(f"{part} runs backwards: write {high}-{low}")
    if high >= count:
        raise ValueError(f"there is no shard {high}: of {count}, the last one is {count - 1}")
    yield from range(low, high + 1)
