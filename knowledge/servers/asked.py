"""What a server asked in vain: kept for its curators for a while, and grouped by likeness."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2s
from operator import itemgetter

from rapidfuzz import fuzz, process

from knowledge.model import LONGEST_EXAMPLE
from knowledge.records import without_controls
from knowledge.store import Asked, AskedInVain
from knowledge.words import folded_words, is_filling, words_of

KEPT_DAYS = 90
MOST_OF_A_SERVER = 1_000
"""Questions and days of one server: eleven a day for as long as they are kept. They are grouped in
half a second, the longest in three. The oldest go first."""
_ALIKE, _SAME_SIZE = 85.0, 60.0
"""How alike (of 100) the words of two questions have to be, as sets, to be listed as one; and as
lists, so that a short question does not swallow the long ones that hold it. By eye."""
_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>")
KEY = r"[0-9a-f]{12}"
"""What the key of a question looks like."""


@dataclass(slots=True)
class Group:
    """Questions that are alike: the one asked most, how often all were, and what was pressed."""

    question: str
    key: str
    keys: set[str] = field(default_factory=set)
    wordings: list[str] = field(default_factory=list)
    times: int = 0
    last: date = date.min
    pressed: Counter[str] = field(default_factory=Counter)

    @property
    def wanted(self) -> str | None:
        """The topic whose offer was pressed most."""
        return self.pressed.most_common(1)[0][0] if self.pressed else None


class Unanswered:
    """The questions that found nothing, of every server.

    Every method may be called from any thread, and raises `StoreError` where the database cannot
    be used. Whether a server keeps its questions at all is its setting, which whoever notes one
    has looked at.
    """

    def __init__(self, kept: AskedInVain) -> None:
        self._kept = kept
        self._pruned: date | None = None

    def note(self, guild: int, question: str, today: date) -> None:
        """Keep a question without who asked it; one too long for an example is not kept."""
        text = cleaned(question)
        if key := key_of(text):
            self._kept.note(guild, key, text, today, MOST_OF_A_SERVER)

    def press(self, guild: int, key: str, topic: str, today: date) -> None:
        """Note that the offer of a topic was pressed, where the question is kept."""
        self._kept.press(guild, key, topic, today)

    def groups(self, guild: int, today: date) -> list[Group]:
        """Return what a server has asked in vain, what was asked most first."""
        return grouped(self._kept.of(guild, _oldest(today)))

    def forget(self, guild: int, keys: Collection[str]) -> None:
        """Delete these questions of a server."""
        self._kept.forget(guild, keys)

    def clear(self, guild: int) -> int:
        """Delete everything that a server has asked; return how many rows that were."""
        return self._kept.forget(guild)

    def prune(self, today: date) -> None:
        """Delete what is older than it may be, once a day."""
        if self._pruned != today:
            self._kept.prune(_oldest(today))
            self._pruned = today


def _oldest(today: date) -> date:
    return today - timedelta(days=KEPT_DAYS)


def cleaned(question: str) -> str:
    """Return a question in one line, without the numbers of people and channels in it."""
    return _MENTION.sub("@…", " ".join(without_controls(question).split()))


def key_of(question: str) -> str:
    """Return what a question is known by, however it is written; empty where it is not kept."""
    words = folded_words(question)
    if len(question) > LONGEST_EXAMPLE or not any(map(str.isalpha, "".join(words))):
        return ""
    return blake2s(" ".join(words).encode(), digest_size=6).hexdigest()


def grouped(asked: Iterable[Asked]) -> list[Group]:
    """Sort questions into groups of those that are alike, what was asked most first."""
    single: dict[str, Group] = {}
    for one in asked:
        found = single.setdefault(one.key, Group(one.question, one.key, {one.key}))
        if one.topic:
            found.pressed[one.topic] += one.times
        else:
            found.times += one.times
            found.last = max(found.last, one.day)
            found.question, found.wordings = one.question, [one.question]
    groups: list[Group] = []
    gists: list[str] = []
    for lone in sorted(single.values(), key=lambda lone: (-lone.times, lone.key)):
        if not lone.times:
            continue  # its question has gone before the presses
        gist = _gist(lone.question)
        at = _nearest(gist, gists)
        if at is None:
            groups.append(lone)
            gists.append(gist)
        else:
            _join(groups[at], lone)
    return sorted(groups, key=lambda one: (-one.times, -one.last.toordinal(), one.key))


def _nearest(gist: str, gists: Sequence[str]) -> int | None:
    alike = process.extract(
        gist, gists, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=None
    )
    numbers = _numbers(gist)
    sized = [
        (fuzz.token_sort_ratio(gist, text, score_cutoff=_SAME_SIZE), at)
        for text, _, at in alike
        if _numbers(text) == numbers
    ]
    best = max(sized, key=itemgetter(0), default=(0.0, -1))
    return best[1] if best[0] else None


def _gist(question: str) -> str:
    """Return the words that a question is about, and its numbers: "GTA 5" is no "GTA 6"."""
    words = words_of(question)
    told = [word.stem for word in words if word.text.isdigit() or not is_filling(word)]
    return " ".join(told or [word.text for word in words])


def _numbers(gist: str) -> set[str]:
    return {word for word in gist.split() if word.isdigit()}


def _join(group: Group, other: Group) -> None:
    group.keys |= other.keys
    group.wordings += other.wordings
    group.times += other.times
    group.last = max(group.last, other.last)
    group.pressed += other.pressed
