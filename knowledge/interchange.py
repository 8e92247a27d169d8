"""The whole database as text that others can read, written piece by piece."""

import json
from collections.abc import Iterator
from itertools import groupby

from knowledge.models import KINDS
from knowledge.records import dump_record, full_content
from knowledge.store import Store

FORMAT = "claimbot-1"


def export_json(store: Store) -> Iterator[str]:
    """Write every record as one JSON object, in pieces to be printed one after the other.

    The object holds `format`, `revision` (the newest when the export began) and the arrays
    `topics`, `asserters`, `sources` and `claims`; each record has every field, absent ones as
    null, and dates as EDTF.
    """
    yield f'{{"format": {json.dumps(FORMAT)}, "revision": {store.revision()}'
    missing = list(KINDS)
    for kind, records in groupby(store.all_records(), key=lambda named: named[0]):
        while missing[0] != kind:
            yield f',\n"{missing.pop(0)}s": []'
        opening = f',\n"{missing.pop(0)}s": [\n'
        for _, record in records:
            yield opening + json.dumps(full_content(record), ensure_ascii=False)
            opening = ",\n"
        yield "\n]"
    for kind in missing:
        yield f',\n"{kind}s": []'
    yield "}\n"


def export_yaml(store: Store) -> Iterator[str]:
    """Write every record as a YAML document in its canonical form, each under a `---` line.

    A comment above the fields names the kind of the record.
    """
    for kind, record in store.all_records():
        yield f"--- # {kind}\n{dump_record(record)}"
