"""Records out: the forms in which others can read them, written piece by piece."""

from collections.abc import Iterable, Iterator

from knowledge.interchange import csv_form, json_form, jsonld, yaml_form
from knowledge.interchange.draft import Form
from knowledge.model import AnyRecord, RecordKind
from knowledge.store import Store


def export(records: Iterable[tuple[RecordKind, AnyRecord]], form: str) -> Iterator[str]:
    """Write records in a form, in pieces to be printed one after the other.

    The records come as `Store.all_records` gives them: kind by kind, those that others refer to
    first. Everything but the mark at the head of CSV is to be written in UTF-8 without one.
    """
    match Form(form):
        case Form.YAML:
            return yaml_form.export(records)
        case Form.CSV:
            return csv_form.export(records)
        case Form.JSON:
            return json_form.export(records)
        case Form.JSONLD:
            return jsonld.export(records)


def export_json(store: Store) -> Iterator[str]:
    """Write every record as one JSON object, with the number of the newest revision.

    The object holds `format`, `revision` (the newest when the export began) and the arrays
    `topics`, `asserters`, `sources` and `claims`; each record has every field, absent ones as
    null, and dates as EDTF.
    """
    return json_form.export(store.all_records(), store.revision())


def export_yaml(store: Store) -> Iterator[str]:
    """Write every record as a YAML document in its canonical form, each under a `---` line.

    A comment above the fields names the kind of the record.
    """
    return yaml_form.export(store.all_records())
