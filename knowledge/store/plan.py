"""A dry run: what a set of records would change, and everything that is wrong with them."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from sqlite_utils import Database

from knowledge.model import AnyRecord
from knowledge.store.base import Named, Plan
from knowledge.store.change import (
    SLICE,
    Shelves,
    command_misfits,
    elsewhere,
    in_slices,
    kind_of,
    misfits,
    repeated,
    standing_of,
)


def plan(db: Database, records: Sequence[AnyRecord], workspace: str | None, today: date) -> Plan:
    """Compare records with what stands, and hold them against each other and against the rest."""
    fresh = {(kind_of(record), record.id): record for record in records}
    shelves = Shelves(db, workspace, fresh)
    problems = [*repeated(records), *misfits(records, shelves, today)]
    problems += command_misfits(shelves.every_topic(), fresh)
    outcome: dict[str, list[Named]] = {"added": [], "changed": [], "same": []}
    for kind, group in groupby(records, key=kind_of):
        for some in in_slices(group, SLICE):
            standing = standing_of(db, kind, some)
            problems += elsewhere(some, standing, workspace)
            for record in some:
                named = Named(kind, record.id)
                before = standing.get(record.id)
                if before is None:
                    outcome["added"].append(named)
                else:
                    outcome["same" if before[0] == record else "changed"].append(named)
    found = {how: tuple(named) for how, named in outcome.items()}
    return Plan(**found, problems=tuple(problems))
