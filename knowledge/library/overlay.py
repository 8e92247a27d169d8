"""Records in use as a place sees them: its own over those of the shared base."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from knowledge.model import Record, is_retired

_Kind = TypeVar("_Kind", bound=Record)


class Overlay(Generic[_Kind]):
    """Records in use of a place over those of the shared base, joined anew when either changed."""

    def __init__(self) -> None:
        self._joined: (
            tuple[Mapping[str, _Kind] | None, Mapping[str, _Kind], Mapping[str, _Kind]] | None
        ) = None

    def over(
        self, base: Mapping[str, _Kind] | None, own: Mapping[str, _Kind]
    ) -> Mapping[str, _Kind]:
        """Return both in one, without what is retired; what has changed is another dictionary."""
        if base is not None and not own:
            return base
        kept = self._joined
        if kept is None or kept[0] is not base or kept[1] is not own:
            used = _in_use(own)
            kept = self._joined = (base, own, used if base is None else {**base, **used})
        return kept[2]


def _in_use(records: Mapping[str, _Kind]) -> Mapping[str, _Kind]:
    if not isinstance(records, dict):
        return records  # cold sources leave out what is retired by themselves
    if not any(map(is_retired, records.values())):
        return records
    return {key: one for key, one in records.items() if not is_retired(one)}
