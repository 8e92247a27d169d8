"""From an article to proposed claims: who asserts which figure of what, when, and how surely."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from pydantic import ValidationError

from knowledge.drafts.amounts import Amount, amounts_of, with_things
from knowledge.drafts.articles import Article
from knowledge.drafts.attributing import Attributions, Said
from knowledge.drafts.cast import Speaker
from knowledge.drafts.merging import merged
from knowledge.drafts.modality import (
    assumption_in,
    is_asserted,
    is_to_come,
    modality_of,
)
from knowledge.drafts.onfile import asserter_on_file, compared, source_on_file
from knowledge.drafts.passages import Passage, passage_of
from knowledge.drafts.proposals import Proposal, Proposals
from knowledge.drafts.statements import Parts, Printed, clause_around, statement
from knowledge.drafts.subjects import Subjects
from knowledge.drafts.times import Times, day_of, times_of
from knowledge.library import asserter_name
from knowledge.model import Asserter, Edtf, Kind, Modality
from knowledge.records import fingerprint
from knowledge.workspaces import Workspace

_LONGEST_NAME = 120
"""What the model takes of a name."""
MOST_FIGURES = 300
"""More stand in a table, not in an article; and a curator judges each one."""
_SMALL = 10
"""Below this a number that nobody asserts is mostly a manner of speaking (chosen by eye)."""
_UNKNOWN = "unattributed report"
_NOBODY = "an unnamed source"


def propose(article: Article, workspace: Workspace, today: date) -> Proposals:
    """Find the assertions of an article and propose a claim for each."""
    return _Reading(article, workspace, today).proposals()


class _Reading:
    """One article as it is read."""

    def __init__(self, article: Article, workspace: Workspace, today: date) -> None:
        self._article = article
        self._workspace = workspace
        self._dated = article.published_on is not None
        self._today = day_of(article, today)
        self._passages = [
            passage_of(number, text, self._today)
            for number, text in enumerate(article.paragraphs, start=1)
        ]
        unknown = None if article.publisher else _UNKNOWN
        self._outlet = Speaker(role=unknown, organisation=article.publisher)
        self._attributions = Attributions(self._passages, self._outlet)
        self._subjects = Subjects(workspace, self._today, article)
        self._printed = Printed(article.paragraphs)
        self._last: tuple[int, Speaker, Edtf] | None = None

    def proposals(self) -> Proposals:
        """Return everything that is proposed."""
        every = (one for passage in self._passages for one in self._of(passage))
        found = _sharing_topics(list(islice(every, MOST_FIGURES + 1)))
        kept = [
            one for one in merged(found[:MOST_FIGURES], self._outlet) if not self._is_headline(one)
        ]
        source = source_on_file(self._workspace.library, self._article)
        topics = frozenset(one.topic.id for one in kept if one.topic)
        claims = tuple(self._finished(one, topics) for one in kept)
        cut = len(found) > MOST_FIGURES
        return Proposals(self._article, claims, source.id if source else None, cut=cut)

    def _is_headline(self, one: Proposal) -> bool:
        """Whether a headline alone has a figure, which the text beneath does not bear out."""
        text = self._article.paragraphs[one.paragraph - 1]
        return not one.attributed and text == self._article.title

    def _of(self, passage: Passage) -> Iterator[Proposal]:
        amounts = amounts_of(passage)
        for at, stretch in enumerate(passage.stretches):
            for one in with_things([a for a in amounts if stretch.start <= a.start < stretch.end]):
                said = self._attributions.said(passage, at, one)
                if is_asserted(passage, at, one) and (said or _speaks_for_itself(one)):
                    yield self._proposal(passage, at, one, said)

    def _proposal(self, passage: Passage, at: int, amount: Amount, said: Said | None) -> Proposal:
        stretch = passage.stretches[at]
        frames = [one.frame for one in self._attributions.of(passage, at)]
        times = times_of(passage, stretch, frames, amount, dated=self._dated)
        if said is not None:
            times = self._continued(passage, said.speaker, times)
        told = {times.asserted, self._article.published_on}
        to_come = is_to_come(passage, at, times, self._today)
        modality = modality_of(passage, at, amount, said, to_come=to_come)
        period = None if times.period in told else times.period
        if period and period.approximate and modality is Modality.FORECAST:
            # "by Sunday" is read as the last one: what is to come is none of the past.
            period = period if period.latest >= self._today else None
        before, behind = clause_around(passage, stretch, amount)
        text = passage.text[stretch.start : stretch.end]
        topic = self._subjects.topic(passage, at, amount, self._before(passage, at))
        return Proposal(
            amount=amount,
            speaker=said.speaker if said else self._outlet,
            paragraph=passage.number,
            fingerprint=fingerprint(self._article.paragraphs[passage.number - 1]),
            topic=topic,
            qualifiers=self._subjects.qualifiers(topic, text),
            asserted_on=times.asserted,
            period=period,
            modality=modality,
            assumption=assumption_in(text),
            via=said.via if said else (),
            attributed=said is not None,
            described=said is not None and said.described,
            quoted=passage.quoted(amount.start),
            before=before,
            behind=behind,
        )

    def _before(self, passage: Passage, at: int) -> str:
        """Return the sentence before a stretch."""
        if at:
            stretch = passage.stretches[at - 1]
            return passage.text[stretch.start : stretch.end].strip()
        return self._passages[passage.number - 2].text if passage.number > 1 else ""

    def _continued(self, passage: Passage, speaker: Speaker, times: Times) -> Times:
        """Take over the day of what the same speaker said right before."""
        last = self._last
        if times.asserted is not None:
            self._last = (passage.number, speaker, times.asserted)
        elif last and last[1] == speaker and passage.number <= last[0] + 1:
            self._last = (passage.number, speaker, last[2])
            return replace(times, asserted=last[2])
        return times

    def _finished(self, one: Proposal, topics: frozenset[str]) -> Proposal:
        """Add what is on file, and the words of the statement."""
        on_file = asserter_on_file(self._workspace, one.speaker, topics)
        asserter = on_file or _asserter(one.speaker)
        name = asserter_name(asserter) if asserter else _NOBODY
        one = replace(
            one,
            asserter=on_file,
            asserted_by=name if on_file else one.speaker.called or name,
            asserted_on=one.asserted_on or self._published(),
        )
        short = (asserter.person or asserter.organisation) if asserter else None
        parts = Parts(
            amount=one.amount,
            topic=one.topic,
            before=one.before,
            behind=one.behind,
            name=short or name,
            modality=one.modality,
            asserted_on=one.asserted_on,
            period=one.period,
            assumption=one.assumption,
        )
        text = statement(parts, self._printed)
        return replace(one, statement=text, on_file=compared(self._workspace, one))

    def _published(self) -> Edtf | None:
        """Return the day of the article, the latest that an undated statement can be of."""
        published = self._article.published_on
        return None if published is None or published.is_open else published


def _speaks_for_itself(one: Amount) -> bool:
    """Whether a figure is worth a claim of the outlet's own, which nobody is said to assert."""
    small = one.kind is Kind.AMOUNT and one.number is not None and one.number < _SMALL
    return not one.vague and not small


def _sharing_topics(found: Sequence[Proposal]) -> list[Proposal]:
    """Give a figure the topic that the same figure has elsewhere in the article."""
    topics = {_figure(one): one.topic for one in found if one.topic and not one.amount.vague}
    return [replace(one, topic=one.topic or topics.get(_figure(one))) for one in found]


def _figure(one: Proposal) -> tuple[object, ...]:
    return one.amount.kind, one.amount.low, one.amount.high, one.amount.vague


def _asserter(speaker: Speaker) -> Asserter | None:
    """Write a speaker as the record of an asserter."""
    names = (speaker.person, speaker.role, speaker.organisation)
    person, role, organisation = (text[:_LONGEST_NAME] if text else None for text in names)
    try:
        return Asserter(
            id="new", person=person, role=role, organisation=organisation, country=speaker.country
        )
    except ValidationError:
        return None
