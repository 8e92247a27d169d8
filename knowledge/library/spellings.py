"""Spellings of names on file, and which of them a text means, begins or comes near."""

from collections.abc import Callable, Iterable

from anyascii import anyascii
from rapidfuzz import fuzz, process, utils

from knowledge.library.candidates import Candidates

COMPARED = 60
"""Letters of a text that are compared with names: what is longer is no name with a slip, and costs
with each letter (chosen by eye)."""
_SURE, _LIKE, _NEAR = 90.0, 75.0, 55.0
"""Likeness (0 to 100) of a name that is taken for the one typed, of one that a slip or two may have
made, and of one that is offered while somebody types (chosen by eye)."""
Scorer = Callable[..., float]

_LONGEST_NAME = 300
"""Characters of a name that are compared, before it is written in Latin letters and after: a title
of a source has no more, and an emoji may become forty letters."""


class Spellings:
    """Spellings and the keys that they stand for."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._keys: dict[str, list[str]] = {}
        for name, key in names:
            keys = self._keys.setdefault(folded(name), [])
            if key not in keys:
                keys.append(key)
        self._keys.pop("", None)
        self._all = list(dict.fromkeys(key for keys in self._keys.values() for key in keys))
        self._candidates = Candidates(list(self._keys))

    def all_of(self, cleaned: str) -> set[str]:
        """Return the keys of exactly this spelling."""
        return set(self._keys.get(cleaned, ()))

    def find(self, text: str) -> str | None:
        """Return the key of a spelling, forgiving a slip."""
        cleaned = folded(text)
        if cleaned in self._keys:
            return self._keys[cleaned][0]
        best = process.extractOne(cleaned, self._keys.keys(), scorer=fuzz.ratio, score_cutoff=_SURE)
        return self._keys[best[0]][0] if best else None

    def nearest(
        self, text: str, limit: int, cutoff: float, scorer: Scorer = fuzz.WRatio
    ) -> list[str]:
        """Return the keys of the spellings that look most like a text."""
        cleaned = folded(text)[:COMPARED]
        scored = process.extract(
            cleaned,
            self._candidates.of(cleaned),
            scorer=scorer,
            limit=limit * 8,
            score_cutoff=cutoff,
        )
        keys = dict.fromkeys(key for name, _, _ in scored for key in self._keys[name])
        return list(keys)[:limit]

    def beginning(self, text: str) -> list[str]:
        """Return the keys of spellings that begin with a text, then of those with such a word."""
        cleaned = folded(text)
        if not cleaned:
            return self._all
        starting = (name for name in self._keys if name.startswith(cleaned))
        later = (name for name in self._keys if f" {cleaned}" in name)
        return list(dict.fromkeys(key for one in (*starting, *later) for key in self._keys[one]))

    def like(self, text: str, limit: int) -> list[str]:
        """Return the keys of the spellings that differ from a text by a slip or two."""
        return self.nearest(text, limit, _LIKE, fuzz.ratio)

    def complete(self, text: str, limit: int) -> list[str]:
        """Return the keys that a text may begin, and then the nearest where there is room."""
        keys = dict.fromkeys(self.beginning(text))
        if len(keys) < limit:
            keys |= dict.fromkeys(self.nearest(text, limit - len(keys), _NEAR))
        return list(keys)[:limit]


def folded(name: str) -> str:
    """Write a name as names are compared: Latin letters and digits, in small letters."""
    return utils.default_process(anyascii(name[:_LONGEST_NAME])[:_LONGEST_NAME])
