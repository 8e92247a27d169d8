"""What is proposed from an article: claims with their evidence, beside what is on file."""

from dataclasses import dataclass
from typing import Literal

from knowledge.drafts.amounts import Amount
from knowledge.drafts.articles import Article
from knowledge.drafts.cast import Speaker
from knowledge.model import Asserter, Edtf, Figure, Modality, Topic

How = Literal["duplicate", "same-figure", "differs"]


@dataclass(frozen=True, slots=True)
class OnFile:
    """A claim on file beside a proposal, and how the two stand to each other."""

    claim: str
    how: How
    statement: str
    figure: str
    asserted_by: str
    asserted_on: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that an article seems to make.

    `also` are further paragraphs that say the same. `attributed` tells that somebody is said to
    assert it, `described` that this is somebody whom only another place names, `quoted` that it
    stands between quotation marks; `retells` is whose figure an outlet has changed; `before` and
    `behind` are the words of its clause; `new_topic` is what a curator calls a topic to be made.
    """

    amount: Amount
    speaker: Speaker
    paragraph: int
    fingerprint: str
    topic: Topic | None = None
    new_topic: str = ""
    asserter: Asserter | None = None
    asserted_by: str = ""
    asserted_on: Edtf | None = None
    period: Edtf | None = None
    modality: Modality = Modality.REPORTED
    assumption: str | None = None
    statement: str = ""
    via: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    on_file: tuple[OnFile, ...] = ()
    attributed: bool = True
    described: bool = False
    quoted: bool = False
    retells: Speaker | None = None
    before: str = ""
    behind: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def figure(self) -> Figure:
        """The figure as a record has it: with its unit where that is not the topic's."""
        one = self.amount
        own = one.unit if self.topic and one.unit != self.topic.unit else None
        return Figure(
            low=one.low,
            high=one.high,
            value=one.value,
            interval=one.interval,
            relation=one.relation,
            unit=own,
            as_worded=one.as_worded,
        )


@dataclass(frozen=True, slots=True)
class Proposals:
    """An article with what is proposed from it, and the source it already is on file.

    `cut` tells that it holds more figures than are drafted.
    """

    article: Article
    claims: tuple[Proposal, ...]
    source: str | None = None
    cut: bool = False
