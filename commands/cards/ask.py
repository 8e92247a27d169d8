"""The answer to a question in words: how it was read, the claims that fit it best, or silence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commands.cards.figures import FiguresCard, Group, figures_card
from commands.cards.parts import Card, described, first_page, narrowed, note, titled
from commands.text import in_quotes, many, plain, say
from knowledge.contract import Answer, ClaimView
from knowledge.library import Library
from knowledge.model import Topic

_GROUPS_SHOWN = 4
_DESCRIBED = 100
"""Characters that describe a topic which is offered: two lines of a phone (chosen by eye)."""
_QUOTED = 200
"""Chosen by eye: the question, the answer and the best claims on one screen of a phone."""


@dataclass(frozen=True, slots=True)
class AskCard:
    """The parts of an answer to a question; `others` are the topics that may be meant.

    `kept` says that a question that found nothing is kept for the curators.
    """

    figures: FiguresCard
    others: tuple[Topic, ...] = ()
    kept: bool = False

    def card(self) -> Card:
        """Return the best claims below the lines that answer, or that there are none."""
        found, figures = self.figures.answer, self.figures
        if not found.claims:
            return self._silence()
        groups = self._shown
        position = f"-# {_position(self.more)}" if self.more else ""
        head = [quoted(found), _read_as(found), self._unsure(self.others), *figures.head()]
        blocks = [figures.block(group) for group in groups]
        return figures.laid_out(head, [position, *blocks], figures.cited(groups))

    def screen(self) -> Card:
        """Return the one screen that answers, or that nothing is on file."""
        if not self.figures.answer.claims:
            return self._silence()
        asked = replace(self.figures.screen(), above=quoted(self.figures.answer))
        # The first is enough: all of them stand below, as buttons.
        unsure = self._unsure(self.others[:1])
        text = f"{asked.description}\n{unsure}" if unsure else asked.description
        return replace(asked, description=text)

    def _unsure(self, others: Sequence[Topic]) -> str:
        if not others:
            return ""
        named = ", ".join(in_quotes(plain(titled(one), 80)) for one in others)
        unsure = say("Not sure: the words fit {others} as well; see below.", others=named)
        return f"-# {unsure}"

    @property
    def more(self) -> int:
        """How many groups of claims are on file beside those shown."""
        return len(self.figures.every_group) - len(self._shown)

    @property
    def _shown(self) -> Sequence[Group]:
        return first_page(self.figures.every_group, self.figures.block, _GROUPS_SHOWN)

    def _silence(self) -> Card:
        found = self.figures.answer
        if found.outcome == "offer" and found.speaker and not found.suggestions:
            asked = say("Asks for all that {name} has said.", name=plain(found.speaker, 110))
            return note(f"{quoted(found)}\n{asked}")
        lines = [quoted(found), f"**{say('Nothing on file about that.')}**"]
        if found.topic:
            lines.insert(1, _read_as(found))
        if self.others:
            lines.append(say("What is on file and comes nearest, which may be something else:"))
            lines += [_described(one) for one in self.others]
        else:
            lines.append(f"-# {say('/topics lists what is on file.')}")
        if self.kept:
            lines.append(told_kept())
        return note("\n".join(lines))


def _described(topic: Topic) -> str:
    about, title = plain(described(topic), _DESCRIBED), f"**{plain(titled(topic), 80)}**"
    return f"- {title}: {about}" if about else f"- {title}"


def told_kept() -> str:
    """Tell that a question is kept."""
    told = say("This question is kept for the curators of this server, without your name.")
    return f"-# {told}"


def ask_card(library: Library, answer: Answer, *, kept: bool = False) -> AskCard:
    """Make the card of an answer; `kept` where a question that found nothing is kept."""
    others = (library.topics[one] for one in answer.suggestions if one in library.topics)
    return AskCard(figures_card(library, answer, _best(answer)), tuple(others), kept)


def _best(answer: Answer) -> ClaimView | None:
    """Return the claim that a question means; else the latest leads, or the newest forecast.

    Of several groups none does.
    """
    if answer.closest and (answer.groups or answer.closest != answer.latest):
        return next((claim for claim in answer.claims if claim.id == answer.closest), None)
    if answer.groups or answer.latest:
        return None
    newest = answer.forecasts[-1] if answer.forecasts else None
    return next((claim for claim in answer.claims if claim.id == newest and claim.figure), None)


def _position(more: int) -> str:
    return many(
        "Best match first; {count} more on file", "Best match first; {count} more on file", more
    )


def quoted(found: Answer) -> str:
    """Return the question as it was asked."""
    return f"> {plain(found.question, _QUOTED)}"


def _read_as(found: Answer) -> str:
    title = plain(found.title or found.topic or "", 200)
    read = " · ".join([title, *narrowed(found.filters)])
    return f"-# {say('Read as: {reading}', reading=read)}"
