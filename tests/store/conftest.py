"""A small database, and one at the end of a line that can be cut."""

from collections.abc import Iterator

import pytest

from knowledge.store import ServerAddress, Where
from tests.bases.curating import KnowledgeBase, base
from tests.bases.proxy import Line, line_to


@pytest.fixture
def home(where: Where) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(where) as opened:
        yield opened


@pytest.fixture
def far(where: Where) -> Iterator[tuple[Line, KnowledgeBase]]:
    """Open a small database at the end of a line that can be cut."""
    assert isinstance(where, ServerAddress)
    with line_to(where) as (line, address), base(address) as opened:
        yield line, opened
