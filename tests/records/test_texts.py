"""What a text on file may hold: controls are refused, and what nobody sees counts as empty."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation import Invalid
from knowledge.interchange import FORMS, export, read
from knowledge.model import AnyRecord, RecordKind
from knowledge.records import Records, is_blank, record_problems, without_controls
from knowledge.store import Where
from tests.bases import making
from tests.bases.curating import ANNA, FORM, OWNER, KnowledgeBase, base
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines

CONTROLS = ["\0", "\x07", "\x1b", "\x7f", "\x9b"]
UNSEEN = ["\u200b", "\u200b\u2060", "\u00ad", " \u3164 ", "\u2800", "\u202e", "\ufeff"]


@pytest.fixture
def home(where: Where) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(where) as opened:
        yield opened


def complaints(record: AnyRecord) -> list[str]:
    others = Records(
        {"wells": topic(dimensions=("group",))}, {"ministry": asserter()}, {"gazette": source()}, {}
    )
    found = record_problems([record], others, date(2026, 1, 1))
    return [f"{one.field}: {one.reason}" for one in found]


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_character_is_refused_with_its_number(control: str) -> None:
    reason = f"holds a control character (U+{ord(control):04X}): take it out"
    assert complaints(claim("a", note=f"Seen{control}twice.")) == [f"note: {reason}"]
    assert complaints(source("s", title=f"a{control}b")) == [f"title: {reason}"]
    cited = {"source": "gazette", "paragraph": 1, "via": ["Agency", f"A{control}B"]}
    assert complaints(claim("a", citations=[cited])) == [f"citations[0].via[1]: {reason}"]
    assert complaints(claim("a", qualifiers={"group": f"x{control}"})) == [
        f"qualifiers.group: {reason}"
    ]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_nobody_sees_counts_as_empty(text: str) -> None:
    reason = "is empty: there is nothing in it that can be seen"
    assert complaints(topic("dams", description=text)) == [f"description: {reason}"]
    assert complaints(topic("dams", description="x", title=text)) == [f"title: {reason}"]
    assert complaints(asserter("a", person=text)) == [f"person: {reason}"]


@pytest.mark.parametrize(
    "text", ["a\nb", "a\tb", "a\r\nb", "한국어", "نص", "👩\u200d🚀", "c\u0327a"]
)
def test_other_texts_are_as_they_are(text: str) -> None:
    assert not complaints(claim("a", note=text))
    assert without_controls(text) == text


@given(st.text())
def test_what_is_left_without_controls_is_no_complaint(text: str) -> None:
    left = without_controls(text)
    assert not is_blank(f"{left}x")
    if not is_blank(left):
        assert not complaints(claim("a").model_copy(update={"note": left}))


@pytest.mark.parametrize("form", FORMS)
def test_no_file_brings_a_control_in(form: str) -> None:
    records: list[tuple[RecordKind, AnyRecord]] = [("claim", claim("a", note="Bell \x07 rings."))]
    data = "".join(export(records, form)).encode()
    made = making.planned(read(data, f"f.{form}"), topic(), asserter(), source())
    assert "holds a control character (U+0007)" in str(made.refused)


async def test_no_form_brings_one_in(home: KnowledgeBase) -> None:
    draft = home.curation.draft_claim(ANNA, FORM)
    assert draft.record is not None
    with_nul = draft.record.model_copy(update={"note": "a\0b"})
    with pytest.raises(Invalid, match=r"note: holds a control character \(U\+0000\)"):
        await home.curation.add(ANNA, with_nul)


async def test_reasons_lose_their_controls_and_have_to_be_seen(home: KnowledgeBase) -> None:
    await home.curation.add(OWNER, claim("new"), why="read\0 it\x1b[31m")
    assert home.curation.recent(OWNER, 1)[0].why == "read it[31m"
    with pytest.raises(Invalid, match="say why"):
        await home.curation.retract(OWNER, "new", reason="\u200b")
