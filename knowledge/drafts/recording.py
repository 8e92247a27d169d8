"""Makes records of the proposals that a curator accepts, over what is on file already."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.drafts.article import NO_TITLE, UNKNOWN_PUBLISHER, Article
from knowledge.drafts.onfile import asserter_on_file
from knowledge.drafts.proposals import Proposal, Proposals
from knowledge.drafts.statements import topic_title
from knowledge.model import (
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    DateBasis,
    Edtf,
    ForPeople,
    Kind,
    Link,
    LinkKind,
    Measure,
    RecordKind,
    Source,
    Topic,
)
from knowledge.records import claim_id, key_words, new_id, source_id
from knowledge.workspaces import Workspace

_NAME = 24
"""Characters of a name in an id, so that what is added to it has room (chosen by eye)."""
_LONGEST = 100
"""What the model takes of a description."""
_ARTICLE_DAY = "The day of the article is taken; it does not say when this was said."
_KINDS: dict[str, RecordKind] = {"s": "source", "t": "topic", "a": "asserter", "c": "claim"}
_UNPRINTED = "The article prints no date."


class Undated(ForPeople):
    """A claim cannot be recorded before somebody says when it was asserted."""

    def __init__(self) -> None:
        super().__init__("The article does not say when this was said: give the day first.")


@dataclass
class Recorder:
    """Makes the records of one article for one place, each new one once."""

    workspace: Workspace
    found: Proposals
    made: dict[str, AnyRecord] = field(default_factory=dict)
    _speakers: dict[object, Asserter] = field(default_factory=dict)

    def within(self, workspace: Workspace) -> "Recorder":
        """Return another one over a workspace as it is now, to try what may not be saved."""
        return Recorder(workspace, self.found, dict(self.made), dict(self._speakers))

    def records(self, one: Proposal) -> list[AnyRecord]:
        """Return the claim of a proposal, and what it refers to that is not there yet.

        Raises:
            Undated: it is not known when it was said.
        """
        if one.asserted_on is None:
            raise Undated
        return list(self._all(one, one.asserted_on))

    def _all(self, one: Proposal, asserted_on: Edtf) -> Iterator[AnyRecord]:
        before = len(self.made)
        source = self._source()
        topic = one.topic or self._topic(one)
        asserter = one.asserter or self._asserter(one)
        yield from list(self.made.values())[before:]
        yield self._claim(one, asserted_on, source, topic, asserter)

    def _taken(self, kind: str) -> Callable[[str], bool]:
        library = self.workspace.library
        named = _KINDS[kind]
        return lambda key: library.has(named, key) or f"{kind} {key}" in self.made

    def _source(self) -> str:
        if self.found.source:
            return self.found.source
        made = next((one for one in self.made.values() if isinstance(one, Source)), None)
        if made is None:
            made = source_of(self.found.article, self._taken("s"))
            self.made[f"s {made.id}"] = made
        return made.id

    def _topic(self, one: Proposal) -> Topic:
        """Make a topic for what a figure counts, where none on file fits."""
        title = topic_title(one)
        same = (topic for topic in self.made.values() if isinstance(topic, Topic))
        found = next((topic for topic in same if topic.title == title), None)
        if found is None:
            key = new_id([key_words(title, _NAME)], self._taken("t"))
            found = Topic(
                id=key,
                title=title,
                unit=_unit(one),
                measure=_measure(one),
                description=title[:_LONGEST],
            )
            self.made[f"t {key}"] = found
        return found

    def _asserter(self, one: Proposal) -> Asserter:
        if one.speaker not in self._speakers:
            speaker = one.speaker
            name = speaker.person or speaker.organisation or speaker.role or ""
            key = new_id([key_words(name, _NAME)], self._taken("a"))
            made = Asserter(
                id=key,
                person=speaker.person,
                role=speaker.role,
                organisation=speaker.organisation,
                country=speaker.country,
            )
            self.made[f"a {key}"] = self._speakers[one.speaker] = made
        return self._speakers[one.speaker]

    def _claim(
        self, one: Proposal, asserted_on: Edtf, source: str, topic: Topic, asserter: Asserter
    ) -> Claim:
        key = claim_id(topic.id, asserter.id, asserted_on, self._taken("c"))
        retold = self._retold(one, topic)
        made = Claim(
            id=key,
            topic=topic.id,
            asserter=asserter.id,
            statement=one.statement,
            figure=one.figure,
            qualifiers=dict(one.qualifiers),
            modality=one.modality,
            asserted_on=asserted_on,
            period=one.period,
            assumption=one.assumption,
            origin=self._origin(one, asserter, asserted_on, retold) or key,
            relations=(Link(kind=LinkKind.RETELLS, claim=retold),) if retold else (),
            citations=tuple(self._citations(one, source)),
            note=_note(self.found.article, one),
        )
        self.made[f"c {key}"] = made
        return made

    def _retold(self, one: Proposal, topic: Topic) -> str | None:
        """Return the claim whose figure an outlet has changed: of this article, or on file."""
        if one.retells is None:
            return None
        known = asserter_on_file(self.workspace, one.retells, frozenset({topic.id}))
        teller = known or self._speakers.get(one.retells)
        for made in self.made.values():
            own = isinstance(made, Claim) and teller is not None and made.asserter == teller.id
            if isinstance(made, Claim) and own and made.topic == topic.id:
                return made.id
        if known is None or topic.id not in self.workspace.library.topics:
            return None
        table = self.workspace.library.table(topic.id)
        return next((entry.id for entry in table if entry.asserter == known.id), None)

    def _origin(
        self, one: Proposal, asserter: Asserter, asserted_on: Edtf, retold: str | None
    ) -> str | None:
        """Return the utterance that a claim repeats: one on file, or one of this article."""
        if retold is not None:
            made = self.made.get(f"c {retold}")
            entry = self.workspace.library.find(retold)
            return made.origin if isinstance(made, Claim) else entry.origin if entry else None
        for beside in one.on_file:
            entry = self.workspace.library.find(beside.claim)
            if beside.how == "duplicate" and entry is not None:
                return entry.origin
        for other in self.made.values():
            same_day = isinstance(other, Claim) and other.asserted_on == asserted_on
            if same_day and isinstance(other, Claim) and other.asserter == asserter.id:
                return other.origin
        return None

    def _citations(self, one: Proposal, source: str) -> Iterable[Citation]:
        prints = self.found.article.fingerprints
        for number in (one.paragraph, *one.also):
            yield Citation(
                source=source, via=one.via, paragraph=number, fingerprint=prints[number - 1]
            )


def source_of(article: Article, taken: Callable[[str], bool]) -> Source:
    """Make the record of an article."""
    publisher = article.publisher or UNKNOWN_PUBLISHER
    title = article.title or f"{NO_TITLE} {article.name}"
    return Source(
        id=source_id(publisher, title, article.published_on, taken),
        publisher=publisher[:120],
        publisher_basis=article.publisher_basis if article.publisher else DateBasis.UNKNOWN,
        title=title[:300],
        title_basis=article.title_basis if article.title else DateBasis.UNKNOWN,
        published_on=article.published_on,
        date_basis=article.date_basis if article.published_on else DateBasis.UNKNOWN,
        date_reason=article.date_reason or (None if article.published_on else _UNPRINTED),
        url=article.url,
        opening=article.opening,
    )


def _unit(one: Proposal) -> str:
    amount = one.amount
    if amount.kind is Kind.SHARE:
        return f"share of {' '.join(amount.thing)}" if amount.thing else "share"
    if amount.kind is Kind.DECADE:
        return "year"
    return amount.currency or amount.unit or " ".join(amount.thing) or "count"


def _measure(one: Proposal) -> Measure:
    if one.amount.kind is Kind.SHARE:
        highest = max(filter(None, (one.amount.low, one.amount.high)), default=0.0)
        return Measure.CHANGE if one.amount.change or highest > 1 else Measure.SHARE
    if one.amount.kind is Kind.RATIO:
        return Measure.RATIO
    per = {"per", "daily", "weekly", "monthly", "yearly", "annually", "each", "every"}
    return Measure.RATE if per & set(one.amount.as_worded.split()) else Measure.LEVEL


def _note(article: Article, one: Proposal) -> str | None:
    """Say so where the day of the article stands for one that it does not give."""
    return _ARTICLE_DAY if one.asserted_on == article.published_on else None
