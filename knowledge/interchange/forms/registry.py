"""The forms in which records come in and go out: whoever names one names it here.

A further form is a module with a `read` and an `export`, and an entry of `FORMS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.interchange.draft import Reading
from knowledge.interchange.forms import (
    csv_form,
    json_form,
    jsonl_form,
    jsonld,
    jsonld_reading,
    yaml_form,
)
from knowledge.model import AnyRecord, ForPeople, RecordKind
from knowledge.store import Store

Records = Iterable[tuple[RecordKind, AnyRecord]]


class NoSuchForm(ForPeople):
    """Records are not written so; the message names the forms."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no form “{name[:40]}”. Choose one of {', '.join(FORMS)}.")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write records in a file.

    The first of the `endings` is given to files that are written. `begins` tells by the start of
    a text whether it is of this form, where the name of its file does not. A `mappable` one can be
    a table of others, whose columns a person maps to fields.
    """

    name: str
    endings: tuple[str, ...]
    title: str
    read: Callable[[bytes, Reading], None]
    export: Callable[[Records], Iterator[str]]
    begins: Callable[[bytes], bool] = lambda _: False
    mappable: bool = False


def _read_json(text: bytes, reading: Reading) -> None:
    if reading.columns:
        jsonl_form.read_array(text, reading)
    elif jsonl_form.begins(text):
        reading.draft.form = "jsonl"
        jsonl_form.read(text, reading)
    elif jsonld_reading.looks_like_it(text):
        reading.draft.form = "jsonld"
        jsonld_reading.read(text, reading)
    else:
        json_form.read(text, reading)


def _is_json(beginning: bytes) -> bool:
    return beginning.startswith((b"{", b"["))


def _is_csv(beginning: bytes) -> bool:
    heading = beginning.partition(b"\n")[0]
    return any(heading.count(sign) > 1 for sign in (b",", b";", b"\t")) and not (
        _is_json(beginning) or jsonld_reading.is_page(beginning)
    )


def _is_yaml(beginning: bytes) -> bool:
    if _is_json(beginning) or _is_csv(beginning) or jsonld_reading.is_page(beginning):
        return False
    return b":" in beginning.partition(b"\n")[0] or beginning.startswith((b"---", b"#"))


FORMS: Final[Mapping[str, Form]] = {
    form.name: form
    for form in (
        Form(
            "yaml",
            (".yaml", ".yml"),
            "YAML, as the shipped records",
            yaml_form.read,
            yaml_form.export,
            _is_yaml,
        ),
        Form(
            "csv",
            (".csv", ".tsv"),
            "CSV, for spreadsheets",
            csv_form.read,
            csv_form.export,
            _is_csv,
            mappable=True,
        ),
        Form(
            "jsonl",
            (".jsonl", ".ndjson"),
            "JSON Lines, a record a line",
            jsonl_form.read,
            jsonl_form.export,
            jsonl_form.begins,
            mappable=True,
        ),
        Form("json", (".json",), "JSON", _read_json, json_form.export, _is_json, mappable=True),
        Form(
            "jsonld",
            (".jsonld", ".html", ".htm"),
            "schema.org Claim and ClaimReview (JSON-LD)",
            jsonld_reading.read,
            jsonld.export,
            jsonld_reading.is_page,
        ),
    )
}
"""Every form by its name, in the order in which the chat offers them."""


def form_of(name: str) -> Form:
    """Return the form of this name.

    Raises:
        NoSuchForm: there is none.
    """
    if name not in FORMS:
        raise NoSuchForm(name)
    return FORMS[name]


def export(records: Records, form: str) -> Iterator[str]:
    """Write records in a form, in pieces to be printed one after the other.

    The records come as `Store.all_records` gives them: kind by kind, those that others refer to
    first. Everything but the mark at the head of CSV is to be written in UTF-8 without one.

    Raises:
        NoSuchForm: there is no such form.
    """
    return form_of(form).export(records)


def export_json(store: Store) -> Iterator[str]:
    """Write every record as one JSON object, with the number of the newest revision.

    The object holds `format`, `revision` (the newest when the export began) and the arrays
    `topics`, `asserters`, `sources`, `claims`, and `examples` where there are any; each record has
    every field, absent ones as null, and dates as EDTF.
    """
    return json_form.export(store.all_records(), store.revision())
