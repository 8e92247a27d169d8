"""What cannot be so is refused with field and reason: in a file, in an import and in the form."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.curation.claiming import draft_claim
from knowledge.interchange import export, read
from knowledge.model import AnyRecord, Claim, Figure, Measure, Relation, kind_of
from knowledge.records import RecordErrors, dump_record, load_records
from tests.bases.curating import FORM, HERE, base
from tests.bases.making import asserter, claim, planned, source, topic

TODAY = date(2026, 1, 1)
ON_FILE: tuple[AnyRecord, ...] = (
    topic(),
    topic("power", Measure.LEVEL, unit="MWh"),
    topic("opening", Measure.DATE, unit="year of opening"),
    asserter(),
    source(published_on="2024-03-01"),
)


def measured(number: float, unit: str | None, topic: str = "wells", **more: object) -> Claim:
    figure = Figure(
        low=number, high=number, relation=Relation.ABOUT, unit=unit, as_worded="as printed"
    )
    return Claim.model_validate({**dict(claim("new")), "figure": figure, "topic": topic, **more})


WRONG = [
    (measured(85, "kg", "power"), "figure.unit: kg measures something else than MWh"),
    (measured(5, "GBP"), "figure.unit: GBP is money, and wells counted"),
    (measured(5, "kg"), "figure.unit: kg is a measure, and wells counted"),
    (measured(20.5, None, "opening"), "figure.low: 20.5 is no year: write it as 2033"),
    (
        claim("new", qualifiers={"colour": "red"}),
        "qualifiers.colour: the topic wells has no dimension colour (it has none)",
    ),
    (
        claim("new", modality="forecast", period="2020"),
        "period: a forecast of 2020 cannot be made on 2024-01-15, after it",
    ),
    (
        claim("new", on="2024-06-01"),
        "citations[0].source: gazette appeared on 2024-03-01, before this was said (2024-06-01)",
    ),
]
NARROW = (
    "low: 1\n  high: 2\n  value: 3\n  relation: about\n  as_worded: so",
    "figure: the interval does not hold its value",
)


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_an_import_refuses_it(wrong: Claim, words: str) -> None:
    text = "".join(export([("claim", wrong)], "yaml"))
    assert words in str(planned(read(text.encode(), "f.yaml"), *ON_FILE, today=TODAY).refused)


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_a_file_refuses_it(wrong: Claim, words: str, tmp_path: Path) -> None:
    for record in (*ON_FILE, wrong):
        _write(tmp_path, record, dump_record(record))
    with pytest.raises(RecordErrors) as refused:
        load_records(tmp_path, today=TODAY)
    assert words in str(refused.value)


def test_an_interval_that_does_not_hold_its_value_is_refused(tmp_path: Path) -> None:
    figure, words = NARROW
    text = dump_record(claim("new")).replace("asserted_on", f"figure:\n  {figure}\nasserted_on")
    made = planned(read(f"--- # claim\n{text}".encode(), "f.yaml"), *ON_FILE, today=TODAY)
    assert words in str(made.refused)
    for record in ON_FILE:
        _write(tmp_path, record, dump_record(record))
    _write(tmp_path, claim("new"), text)
    with pytest.raises(RecordErrors, match="the interval does not hold its value"):
        load_records(tmp_path, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"figure": "£5 million"}, "figure", "money, and"),
        ({"figure": "85 kg"}, "figure", "a measure, and"),
        ({"figure": "5 (7 to 9)"}, "figure", "does not hold its value"),
        ({"asserted_on": "2026-01-01"}, "citations", "before this was said"),
    ],
)
def test_the_form_refuses_it(tmp_path: Path, typed: dict[str, str], field: str, words: str) -> None:
    with base(tmp_path / "claims.db") as home:
        form = replace(FORM, **typed)
        draft = draft_claim(home.workspaces.of(HERE), form, TODAY)
    assert [one.field for one in draft.problems] == [field]
    assert words in draft.problems[0].reason


def _write(folder: Path, record: AnyRecord, text: str) -> None:
    file = folder / f"{kind_of(record)}s" / f"{record.id}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
