"""A dry run: what a set of records would change, and everything that is wrong with them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from knowledge.model import AnyRecord, kind_of
from knowledge.records import Misfit
from knowledge.store.base import Altered, Preview, Progress
from knowledge.store.engine import Reads
from knowledge.store.rules.visible import (
    Key,
    Rules,
    elsewhere,
    in_slices,
    misfits,
    odd_ones,
    over_quota,
    repeated,
    standing_of,
)


def preview(
    reads: Reads,
    records: Sequence[AnyRecord],
    workspace: str | None,
    rules: Rules,
    progress: Progress | None,
) -> Preview:
    """Compare records with what stands, and hold them against each other and against the rest."""
    before: dict[Key, AnyRecord] = {}
    taken: list[Misfit] = []
    done = 0
    if progress:
        progress(0, len(records))
    for kind, group in groupby(records, key=kind_of):
        for some in in_slices(group):
            standing = standing_of(reads, kind, workspace, some)
            taken += elsewhere(some, standing, workspace)
            before |= {(kind, key): stood for key, (stood, _) in standing.items()}
            done += len(some)
            if progress:
                progress(done, len(records))
    fresh = {(kind_of(record), record.id): record for record in records}
    problems = [*repeated(records), *misfits(reads, workspace, fresh, before, rules), *taken]
    added = [record for key, record in fresh.items() if key not in before]
    problems += over_quota(reads, workspace, added, rules)
    pairs = [(before.get((kind_of(record), record.id)), record) for record in records]
    return Preview(
        added=tuple(record for stood, record in pairs if stood is None),
        changed=tuple(_altered(pairs)),
        same=tuple(record for stood, record in pairs if stood == record),
        problems=tuple(problems),
        odd=tuple(odd_ones(reads, workspace, fresh, before)),
    )


def _altered(pairs: Sequence[tuple[AnyRecord | None, AnyRecord]]) -> Iterator[Altered]:
    for stood, record in pairs:
        if stood is not None and stood != record:
            yield Altered(stood, record)
