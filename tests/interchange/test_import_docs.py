"""The examples in docs/importing.md are files that can be imported."""

import re

import pytest

from knowledge.interchange import FORMS, read
from knowledge.interchange.columns import COLUMNS
from tests import ROOT

TEXT = (ROOT / "docs" / "importing.md").read_text("utf-8")
FENCES = re.findall(r"^```([a-z]+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
ENDINGS = {ending for form in FORMS.values() for ending in form.endings}
EXAMPLES = [(name, text) for name, text in FENCES if f".{name}" in ENDINGS]


@pytest.mark.parametrize(("form", "text"), EXAMPLES)
def test_an_example_is_read(form: str, text: str) -> None:
    draft = read(text.encode(), f"example.{form}", topic="wells")
    assert str(draft.problems) == ""
    assert draft.entries


def test_there_is_an_example_of_each_form() -> None:
    found = {read(text.encode(), f"x.{form}", topic="wells").form for form, text in EXAMPLES}
    assert found == set(FORMS)


def test_columns_that_are_named_exist() -> None:
    table = TEXT[TEXT.index("| column |") : TEXT.index("A claim needs")]
    named = re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\|(.*?)\|", table, re.MULTILINE)))
    assert set(named) <= set(COLUMNS)
