"""The tools: ask, figures, source, check, compare, topics; each with its answer as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from bot.mcp import words
from bot.published import CLAIMS_IN_DATA, Published, part_of
from commands.cards import (
    CheckCard,
    CompareCard,
    SourceCard,
    ask_card,
    figures_card,
)
from commands.chat import Outcome, Request, current
from commands.text import MOST_ASKED, MOST_CHECKED, Addresses
from knowledge.contract import Answer, Check, Comparison, Contents, Evidence
from knowledge.library import Typed, Window
from knowledge.model import ForOperators, ForPeople
from knowledge.workspaces import Workspace

_FEWEST, _MOST = 2, 4
"""Speakers that are set side by side, as in the chat."""

_DATE = "A date as people type it: 2024, 2024-02, 2024-02-23, Feb 2024, last month."
Topic = Annotated[str, Field(description="A topic by its id, title or another name.")]
Since = Annotated[str | None, Field(description=f"Only what speaks of this day or later. {_DATE}")]
Until = Annotated[
    str | None, Field(description=f"Only what speaks of this day or earlier. {_DATE}")
]
KnownBy = Annotated[
    str | None,
    Field(description=f"Only what had been asserted by this day: as if asked then. {_DATE}"),
]
Whose = Annotated[
    str | None, Field(description="Only this person's, organisation's or country's claims.")
]
Question = Annotated[
    str, Field(description="A question in a sentence or two; dates and names in it count.")
]
Checked = Annotated[str, Field(description="A text as somebody wrote it, up to 4,000 characters.")]
What = Annotated[str, Field(description="A topic, or a claim by its id.")]
Sides = Annotated[
    list[str],
    Field(description="Two to four people, organisations or countries.", min_length=1),
]

_READING = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_QUOTE = "Quote each figure of the answer with who said it, when, and its source."


@dataclass(frozen=True, slots=True)
class Tools:
    """Answers an agent's calls, and tells the observers how each ended."""

    published: Published
    today: Callable[[], date]
    addresses: Addresses | None
    observers: Sequence[Callable[[Request], None]]

    @property
    def workspace(self) -> Workspace:
        """Where everybody's questions are answered: the shared base."""
        return self.published.workspace

    def call(self, name: str, make: Callable[[], CallToolResult]) -> CallToolResult:
        """Answer one call; where it cannot be answered as it was made, say what to try."""
        request = Request("tool", name, None)
        token, begun = current.set(request), perf_counter()
        try:
            return make()
        except ForPeople as error:
            if isinstance(error, ForOperators):
                request.outcome = Outcome.FAILED
                raise
            request.outcome = Outcome.REFUSED
            return _refused(words.refusal(error))
        except Exception:
            request.outcome = Outcome.FAILED
            raise
        finally:
            request.seconds = perf_counter() - begun
            request.outcome = request.outcome or Outcome.ANSWERED
            current.reset(token)
            for observe in self.observers:
                observe(request)

    def window(
        self, since: str | None, until: str | None, known_by: str | None, by: str | None
    ) -> Window:
        """Read a window as an agent typed it."""
        parts = (part.strip() or None if part else None for part in (since, until, known_by, by))
        return self.workspace.lookup.window(Typed(*parts), self.today())

    # ---------------------------------------------------------------- answers

    def ask(self, question: str) -> CallToolResult:
        """Answer a question."""
        words.check_length(question, MOST_ASKED, "question")
        found = self.workspace.ask(question, self.today())
        if not found.claims:
            _silent()
            return _result(words.silence(self.workspace.library, found), found)
        card = ask_card(self.workspace.library, found)
        figures = card.figures
        address = self.addresses.ask(question) if self.addresses else None
        rest = words.rest(1, len(found.claims))
        text = words.told(card.card(), figures.cited_claims, figures.numbering, address, rest)
        return _result(text, part_of(found, found.claims[:CLAIMS_IN_DATA]))

    def figures(self, topic: str, window: Window) -> CallToolResult:
        """Answer with the figures of a topic in a window."""
        found = self.workspace.figures(topic, window)
        card = figures_card(self.workspace.library, found)
        if not found.claims:
            _silent()
        address = self.addresses.topic(found.topic or topic, window) if self.addresses else None
        shown = card.page()
        rest = words.rest(shown.count, len(found.claims))
        text = words.told(shown.card, card.cited_claims, card.numbering, address, rest)
        return _result(text, part_of(found, found.claims[-CLAIMS_IN_DATA:]))

    def source(self, what: str) -> CallToolResult:
        """Answer with the evidence behind a topic or a public claim."""
        claim = self.workspace.library.find(what.strip())
        found = self.published.claim(claim.id).evidence if claim else self.workspace.source(what)
        card = SourceCard(found, self.workspace.library)
        shown, address = card.page(), self._evidence_at(found)
        rest = words.rest(shown.count, len(found.origins), "origins")
        text = words.told(shown.card, card.cited_claims, card.numbering, address, rest)
        held = found.model_copy(update={"origins": found.origins[-CLAIMS_IN_DATA:]})
        return _result(text, held)

    def _evidence_at(self, found: Evidence) -> str | None:
        if self.addresses is None:
            return None
        at = self.addresses
        return at.claim(found.claim) if found.claim else at.topic(found.topic)

    def check(self, text: str) -> CallToolResult:
        """Hold the figures of a text against what is on file."""
        words.check_length(text, MOST_CHECKED, "text")
        found = self.workspace.check(text, self.today())
        if not found.assertions:
            _silent()
            return _result(words.nothing_checked(), found)
        card = CheckCard(found, self.workspace.library)
        cited = [claim for one in found.assertions for claim in card.cited(one)]
        return _result(words.told(card.card(), cited, card.numbering, None), found)

    def compare(self, topic: str, by: Sequence[str], window: Window) -> CallToolResult:
        """Set speakers side by side."""
        if not _FEWEST <= len(by) <= _MOST:
            raise words.NotSoMany(_FEWEST, _MOST)
        found = self.workspace.compare(topic, self.workspace.lookup.sides(by), window)
        card = CompareCard(found, self.workspace.library)
        shown = card.page()
        text = words.told(
            shown.card, card.cited_claims, card.numbering, None, words.rest(shown.count)
        )
        return _result(text, found)

    def topics(self) -> CallToolResult:
        """Answer with the table of contents, whole."""
        found = self.workspace.contents()
        address = self.addresses.topics() if self.addresses else None
        return _result(words.listed(found, address), found)


def _silent() -> None:
    request = current.get()
    if request is not None:
        request.outcome = Outcome.SILENT


def _result(text: str, found: BaseModel) -> CallToolResult:
    """Give an answer in words, for whoever reads, and as the contract, for whoever computes."""
    return CallToolResult(
        content=[TextContent(type="text", text=text)],
        structured_content=found.model_dump(mode="json"),
    )


def _refused(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)


def add_tools(server: MCPServer[None], tools: Tools) -> None:
    """Offer the tools, each with a description for the model that chooses among them."""

    @server.tool(
        title="Ask a question",
        annotations=_READING,
        description="Answer a free-form question from the curated base: the claims that fit it "
        "best, the latest figure, the range, who denies it, and every source. When nothing is on "
        "file, the answer says so and names the nearest topics; then say that nothing is on "
        f"file. {_QUOTE}",
    )
    def ask(question: Question) -> Annotated[CallToolResult, Answer]:
        return tools.call("ask", lambda: tools.ask(question))

    @server.tool(
        title="Figures on a topic",
        annotations=_READING,
        description="List the claims on a topic, oldest first, with the latest figure, the "
        "range, disagreements and denials; narrowed by dates and by whose claims they are. "
        f"`topics` lists what there is. {_QUOTE}",
    )
    def figures(
        topic: Topic,
        since: Since = None,
        until: Until = None,
        known_by: KnownBy = None,
        by: Whose = None,
    ) -> Annotated[CallToolResult, Answer]:
        return tools.call(
            "figures", lambda: tools.figures(topic, tools.window(since, until, known_by, by))
        )

    @server.tool(
        title="Evidence",
        annotations=_READING,
        description="Show the evidence behind a topic or one claim: each utterance, the chain "
        "through which it came, every publication with date and paragraph, retellings and "
        f"denials. Outlets that repeat one utterance count once. {_QUOTE}",
    )
    def source(what: What) -> Annotated[CallToolResult, Evidence]:
        return tools.call("source", lambda: tools.source(what))

    @server.tool(
        title="Check a text",
        annotations=_READING,
        description="Hold each figure that a text asserts against what is on file: it matches, "
        "or lies within, above or below the range. A verdict says how a figure stands to the "
        f"claims on file, not whether it is true. {_QUOTE}",
    )
    def check(text: Checked) -> Annotated[CallToolResult, Check]:
        return tools.call("check", lambda: tools.check(text))

    @server.tool(
        title="Compare speakers",
        annotations=_READING,
        description="Set two to four people, organisations or countries side by side on a "
        f"topic, month by month. {_QUOTE}",
    )
    def compare(
        topic: Topic,
        by: Sides,
        since: Since = None,
        until: Until = None,
        known_by: KnownBy = None,
    ) -> Annotated[CallToolResult, Comparison]:
        return tools.call(
            "compare", lambda: tools.compare(topic, by, tools.window(since, until, known_by, None))
        )

    @server.tool(
        title="Topics on file",
        annotations=_READING,
        description="List what the base holds: every topic with its id, its measure and unit, "
        "how many claims there are, and from when to when. Anything else is not on file.",
    )
    def topics() -> Annotated[CallToolResult, Contents]:
        return tools.call("topics", tools.topics)
