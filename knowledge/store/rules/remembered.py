"""Claims as they were last read or written, to answer with and not ask a server for each."""

import zlib
from collections.abc import Iterable, Iterator, Sequence

from knowledge.model import Claim

_QUICKLY = 1
"""The level of compression: a claim takes half a KB then, and a hundredth of a millisecond."""


class Remembered:
    """The texts of claims, packed; any thread may ask and note.

    Answers hold everything else in memory anyway. What stands here is as old as what they show, as
    both are told of the same changes.
    """

    def __init__(self) -> None:
        self._packed: dict[tuple[str | None, str], bytes] = {}

    def note(self, claims: Iterable[Claim], workspace: str | None) -> None:
        """Remember claims of a place in place of what they were."""
        for claim in claims:
            self.note_text(claim.id, workspace, claim.model_dump_json())

    def missing(self, ids: Iterable[str], workspace: str | None) -> Iterator[str]:
        """Go through the claims of a place that are not remembered."""
        return (one for one in ids if (workspace, one) not in self._packed)

    def note_new(self, claims: Iterable[Claim], workspace: str | None) -> None:
        """Remember those claims of a place that are not remembered in another version."""
        for claim in claims:
            if (workspace, claim.id) not in self._packed:
                packed = _packed(claim.model_dump_json())
                # Somebody may have changed it since the line above.
                self._packed.setdefault((workspace, claim.id), packed)

    def note_text(self, claim: str, workspace: str | None, text: str | None) -> None:
        """Remember a claim by its JSON, or forget it."""
        if text is None:
            self._packed.pop((workspace, claim), None)
        else:
            self._packed[workspace, claim] = _packed(text)

    def recall(self, ids: Sequence[str], workspace: str | None) -> list[Claim] | None:
        """Return claims of a place by id; nothing where one of them is not remembered."""
        packed = [self._packed.get((workspace, one)) for one in ids]
        if None in packed:
            return None
        return [Claim.model_validate_json(zlib.decompress(one)) for one in packed if one]


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), _QUICKLY)
