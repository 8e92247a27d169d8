"""A base with records of wells to curate: people with rights, and forms filled in."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date

from knowledge.curation import Actor, ClaimForm, Curation
from knowledge.model import Claim
from knowledge.store import Store, Where, open_store
from knowledge.workspaces import Workspaces, Writer
from tests.bases.making import asserter, claim, source, topic

TODAY = date(2026, 3, 10)
HERE, THERE = "111", "222"
ANNA = Actor("Anna", "1", HERE, can_curate=True, can_propose=True)
BOB = Actor("Bob", "2", HERE, can_curate=True, can_propose=True)
CARL = Actor("Carl", "3", HERE, can_propose=True)
DORA = Actor("Dora", "4", HERE)
EVE = Actor("Eve", "5", THERE, can_curate=True, can_propose=True)
OWNER = Actor("Olga", "6", "333", can_curate=True, can_propose=True, curates_base=True)
FORM = ClaimForm(
    topic="wells",
    asserter="ministry",
    statement="Thousands of wells were dug in the delta.",
    figure="more than 1.5 million",
    asserted_on="Feb 2024",
    source="gazette",
    paragraph="3",
)


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """A small database, open, with all that curation needs."""

    store: Store
    workspaces: Workspaces
    writer: Writer
    curation: Curation

    def drafted(self, actor: Actor = ANNA, form: ClaimForm = FORM) -> Claim:
        """Draft a claim that has nothing wrong with it."""
        draft = self.curation.draft_claim(actor, form)
        assert draft.problems == ()
        assert isinstance(draft.record, Claim)
        return draft.record

    def shown(self, workspace: str | None) -> list[str]:
        """Return the claims that /wells answers with."""
        return [view.id for view in self.workspaces.of(workspace).figures("wells").claims]


@contextmanager
def base(path: Where) -> Iterator[KnowledgeBase]:
    """Open a database with one shared claim on wells."""
    with closing(open_store(path, wait=0.2, today=lambda: TODAY)) as store:
        with store.change("test", "to begin with") as change:
            change.put_all([topic(), asserter(), source(), claim("shared", "about 3 million")])
        workspaces = Workspaces(store)
        with closing(Writer(store, workspaces)) as writer:
            yield KnowledgeBase(
                store, workspaces, writer, Curation(store, workspaces, writer, lambda: TODAY)
            )
