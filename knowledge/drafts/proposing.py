"""From an article to proposed claims: who asserts which figure of what, when, and how surely."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import ValidationError

from knowledge.drafts.amounts import Amount, amounts_of
from knowledge.drafts.articles import Article
from knowledge.drafts.cast import Cast, Speaker, Spoken
from knowledge.drafts.merging import merged
from knowledge.drafts.onfile import asserter_on_file, compared, source_on_file
from knowledge.drafts.passages import Passage, Stretch, passage_of
from knowledge.drafts.proposals import Modality, Proposal, Proposals
from knowledge.drafts.speaking import Frame, frames_of, subject_mention
from knowledge.drafts.statements import statement, subject_of
from knowledge.drafts.subjects import Subjects
from knowledge.drafts.times import Times, day_of, times_of
from knowledge.language.attribution import (
    FORECASTING,
    MEASURING,
    POSSIBLE,
    REFUSING,
    STRONG,
    SUSPECTED,
)
from knowledge.library import asserter_name
from knowledge.model import MAX_PHRASE_WORDS, Asserter, Edtf, Kind
from knowledge.reading import find_countries
from knowledge.records import fingerprint
from knowledge.workspaces import Workspace

_CONDITION = re.compile(r"(?:^|[,;] )(?:if|assuming|provided) (?P<what>[^,;]+)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:\"()—–]|[.!?](?=\s|$)|\b(?:but|while|although|whereas)\b")
_EXPECTING = frozenset(
    "expects expect expected anticipates anticipated forecast forecasts predicts predicted projects "
    "projected plans planned pledges pledged promises promised".split()
)
_TELLER = 2


def propose(article: Article, workspace: Workspace, today: date) -> Proposals:
    """Find the assertions of an article and propose a claim for each."""
    return _Reading(article, workspace, today).proposals()


@dataclass(frozen=True, slots=True)
class _Said:
    """Who asserts a figure, by which attribution, and through whom it came."""

    speaker: Speaker
    spoken: Spoken | None
    via: tuple[str, ...] = ()
    described: bool = False


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
        self._plain = {
            word.strip(".,;:!?)(\"'")
            for text in article.paragraphs
            for word in text.split()
            if word.islower()
        }
        self._spoken = [
            Spoken(passage.number, at, frame)
            for passage in self._passages
            for at, stretch in enumerate(passage.stretches)
            for frame in frames_of(stretch)
            if not self._is_plain_word(frame, stretch)
        ]
        subjects = {
            (passage.number, at): mention
            for passage in self._passages
            for at, stretch in enumerate(passage.stretches)
            if (mention := subject_mention(stretch))
        }
        self._outlet = Speaker(role="unattributed report", organisation=article.publisher)
        self._cast = Cast(self._spoken, subjects, self._outlet)
        self._subjects = Subjects(workspace, self._today)
        self._last: tuple[int, Speaker, Edtf] | None = None

    def _is_plain_word(self, frame: Frame, stretch: Stretch) -> bool:
        """Whether what looks like a name is a word with the capital of its sentence."""
        mention = frame.mention
        if mention is None or mention.person is None or " " in mention.person:
            return False
        first = bool(stretch.tokens) and mention.start == stretch.tokens[0].start
        return first and mention.role is None and mention.person.lower() in self._plain

    def proposals(self) -> Proposals:
        """Return everything that is proposed."""
        found = _sharing_topics([one for passage in self._passages for one in self._of(passage)])
        kept = [one for one in merged(found, self._outlet) if not self._headline(one)]
        source = source_on_file(self._workspace.library, self._article)
        topics = frozenset(one.topic.id for one in kept if one.topic)
        claims = tuple(self._finished(one, topics) for one in kept)
        return Proposals(self._article, claims, source.id if source else None)

    def _headline(self, one: Proposal) -> bool:
        """Whether a headline alone has a figure, which the text beneath does not bear out."""
        text = self._article.paragraphs[one.paragraph - 1]
        return not one.attributed and text == self._article.title

    def _of(self, passage: Passage) -> Iterator[Proposal]:
        carried: _Said | None = None
        amounts = amounts_of(passage)
        for at, stretch in enumerate(passage.stretches):
            here = _with_things([a for a in amounts if stretch.start <= a.start < stretch.end])
            own = [
                one for one in self._spoken if (one.paragraph, one.stretch) == (passage.number, at)
            ]
            for amount in here:
                if self._unasserted(passage, at, amount):
                    continue
                said = (
                    self._said(passage, amount, own) or carried or self._quoted_on(passage, amount)
                )
                yield self._proposal(passage, at, amount, said)
            carried = self._speaks_on(own) or carried

    def _speaks_on(self, own: Sequence[Spoken]) -> _Said | None:
        """Return who goes on speaking in the sentences behind a stretch."""
        for one in own:
            speaker = self._cast.of(one)
            if speaker is not None and not speaker.shows:
                mention = one.frame.mention
                return _Said(
                    speaker,
                    one,
                    tuple(self._via(own, one)),
                    bool(mention and mention.indefinite and not speaker.generic),
                )
        return None

    def _quoted_on(self, passage: Passage, amount: Amount) -> _Said | None:
        """Return who is quoted on from the paragraph before, where this one names nobody."""
        if not passage.quoted(amount.start):
            return None
        before = [
            one for one in self._spoken if passage.number - _TELLER < one.paragraph < passage.number
        ]
        return self._speaks_on(before[-1:])

    def _said(self, passage: Passage, amount: Amount, own: Sequence[Spoken]) -> _Said | None:
        """Return who asserts a figure, by the attributions of its own stretch."""
        own = [s for s in own if s.frame.verb not in REFUSING]
        inside = [s for s in own if s.frame.how == "before" and s.frame.end <= amount.start]
        inside = _within(passage, inside, amount)
        around = [s for s in own if s.frame.how == "behind"]
        around += [s for s in own if s.frame.how == "according"]
        rest = [s for s in own if s not in inside and s not in around]
        ordered = [*reversed(inside), *around, *rest]
        known = [(one, speaker) for one in ordered if (speaker := self._cast.of(one))]
        if not known:
            return None
        if any(one.frame.how != "before" and not speaker.generic for one, speaker in known):
            known.sort(key=lambda pair: _is_weak(*pair))
        one, speaker = _chosen(known)
        mention = one.frame.mention
        described = bool(mention and mention.indefinite and mention.generic and not speaker.generic)
        return _Said(speaker, one, tuple(self._via(ordered, one)), described)

    def _via(self, own: Sequence[Spoken], asserting: Spoken) -> Iterator[str]:
        """Yield the steps between a speaker and this article, nearest the speaker first."""
        seen = set()
        for one in (asserting, *own):
            mention = one.frame.mention
            carriers = [*one.frame.carriers, *(mention.carriers if mention else ())]
            if one is not asserting and (speaker := self._cast.of(one)):
                passes_on = one.frame.how == "before" and not speaker.generic
                if speaker.outlet or (passes_on and speaker != self._cast.of(asserting)):
                    carriers.append(speaker.name)
            for name in carriers:
                if name and name not in seen:
                    seen.add(name)
                    yield name

    def _unasserted(self, passage: Passage, at: int, amount: Amount) -> bool:
        """Whether a figure is asked about or denied."""
        stretch = passage.stretches[at]
        text = passage.text[stretch.start : stretch.end].strip()
        if text.endswith("?") and not passage.quoted(amount.start):
            return True
        clause = _CLAUSE_END.split(passage.text[stretch.start : amount.start])[-1]
        words = set(clause.casefold().split())
        return bool(words & REFUSING)

    def _proposal(self, passage: Passage, at: int, amount: Amount, said: _Said | None) -> Proposal:
        stretch = passage.stretches[at]
        frames = [
            one.frame
            for one in self._spoken
            if (one.paragraph, one.stretch) == (passage.number, at)
        ]
        times = times_of(passage, stretch, frames, amount, dated=self._dated)
        if said is not None:
            times = self._continued(passage, said.speaker, times)
        speaker = said.speaker if said else self._outlet
        text = passage.text[stretch.start : stretch.end]
        return Proposal(
            amount=amount,
            speaker=speaker,
            paragraph=passage.number,
            fingerprint=fingerprint(self._article.paragraphs[passage.number - 1]),
            topic=self._subjects.topic(passage, at, amount, self._before(passage, at)),
            asserted_on=times.asserted,
            period=times.period,
            modality=self._modality(passage, at, amount, said, times),
            assumption=_assumption(text),
            via=said.via if said else (),
            attributed=said is not None,
            described=bool(said and said.described),
            quoted=passage.quoted(amount.start),
            subject=subject_of(passage.text[stretch.start : amount.start]),
            countries=tuple(dict.fromkeys(one.code for one in find_countries(text))),
        )

    def _before(self, passage: Passage, at: int) -> str:
        """Return the sentence before a stretch."""
        if at:
            stretch = passage.stretches[at - 1]
            return passage.text[stretch.start : stretch.end].strip()
        earlier = [one for one in self._passages if one.number == passage.number - 1]
        return earlier[0].text if earlier else ""

    def _continued(self, passage: Passage, speaker: Speaker, times: Times) -> Times:
        """Take over the day of what the same speaker said right before."""
        if times.asserted is not None:
            self._last = (passage.number, speaker, times.asserted)
        elif self._last and self._last[1] == speaker and passage.number - self._last[0] < _TELLER:
            self._last = (passage.number, speaker, self._last[2])
            return replace(times, asserted=self._last[2])
        return times

    def _modality(
        self, passage: Passage, at: int, amount: Amount, said: _Said | None, times: Times
    ) -> Modality:
        stretch = passage.stretches[at]
        head = _CLAUSE_END.split(passage.text[stretch.start : amount.start])[-1]
        tail = _CLAUSE_END.split(passage.text[amount.end : stretch.end])[0]
        words = set(re.findall(r"[a-z]+", f"{head} {tail}"))
        verb = said.spoken.frame.verb if said and said.spoken else ""
        if words & SUSPECTED:
            return "suspected"
        future = times.period is not None and times.period.earliest > self._today
        coming = future or bool(stretch.dates and not self._dated and self._forecast_near(passage))
        told = bool(said and said.spoken and said.spoken.frame.how == "before")
        coming = coming or ("would" in words and told)
        if verb in _EXPECTING or words & FORECASTING or coming:
            return "forecast"
        return "possible" if words & POSSIBLE else "reported"

    def _forecast_near(self, passage: Passage) -> bool:
        return bool(
            set(re.findall(r"[a-z]+", passage.text.casefold())) & (FORECASTING | _EXPECTING)
        )

    def _finished(self, one: Proposal, topics: frozenset[str]) -> Proposal:
        """Add what is on file, and the words of the statement."""
        on_file = asserter_on_file(self._workspace, one.speaker, topics)
        asserter = on_file or _asserter(one.speaker)
        name = asserter_name(asserter) if asserter else "an unnamed source"
        one = replace(
            one,
            asserter=on_file,
            asserted_by=name,
            asserted_on=one.asserted_on or self._published(),
        )
        short = (asserter.person or asserter.organisation) if asserter else None
        text = statement(
            one.amount,
            one.topic,
            one.subject,
            short or name,
            one.modality,
            one.period,
            one.assumption,
            one.countries,
            self._article.paragraphs,
        )
        return replace(one, statement=text, on_file=compared(self._workspace, one))

    def _published(self) -> Edtf | None:
        """Return the day of the article, the latest that an undated statement can be of."""
        published = self._article.published_on
        return None if published is None or published.is_open else published


def _with_things(amounts: Sequence[Amount]) -> list[Amount]:
    """Let a bare number count what its neighbour in the sentence counts."""
    found = list(amounts)
    for at, one in enumerate(found):
        if one.thing or one.kind is not Kind.AMOUNT:
            continue
        near = [*found[at + 1 :], *reversed(found[:at])]
        thing = next((other.thing for other in near if other.thing and other.unit is None), ())
        found[at] = replace(one, thing=thing)
    return found


def _sharing_topics(found: Sequence[Proposal]) -> list[Proposal]:
    """Give a figure the topic that the same figure has elsewhere in the article.

    Else that of its neighbour in the paragraph, where the two are joined ("3 million … or 2").
    """
    topics = {
        (one.amount.kind, one.amount.low, one.amount.high): one.topic for one in found if one.topic
    }
    known = []
    for one in found:
        key = (one.amount.kind, one.amount.low, one.amount.high)
        topic = one.topic or (None if one.amount.vague else topics.get(key))
        known.append(replace(one, topic=topic))
    return known


def _within(passage: Passage, inside: Sequence[Spoken], amount: Amount) -> list[Spoken]:
    """Leave out attributions whose reach ends before a figure, at a semicolon."""
    near = [one for one in inside if ";" not in passage.text[one.frame.end : amount.start]]
    return near or list(inside)


def _chosen(known: Sequence[tuple[Spoken, Speaker]]) -> tuple[Spoken, Speaker]:
    """Choose who asserts a figure: not who prints it, nor what shows it where somebody speaks."""
    first = known[0]
    speaking = [pair for pair in known if _speaks(pair[1])]
    if first[1].shows and not any(one.frame.how != "before" for one, _ in known[1:]):
        return first
    named = [pair for pair in known if not pair[1].shows]
    return (speaking or named or [first])[0]


def _is_weak(one: Spoken, speaker: Speaker) -> bool:
    """Whether a verb may tell what its subject did rather than said ("scanners counted …")."""
    return one.frame.verb in MEASURING or (
        one.frame.how == "before" and speaker.generic and one.frame.verb not in STRONG
    )


def _speaks(speaker: Speaker) -> bool:
    return not speaker.outlet and not speaker.shows


def _assumption(text: str) -> str | None:
    """Return a condition that a sentence names, in as few words as may be quoted."""
    found = _CONDITION.search(text.strip())
    return " ".join(found["what"].split()[:MAX_PHRASE_WORDS]) if found else None


def _asserter(speaker: Speaker) -> Asserter | None:
    """Write a speaker as the record of an asserter."""
    try:
        return Asserter(
            id="new",
            person=_cut(speaker.person),
            role=_cut(speaker.role),
            organisation=_cut(speaker.organisation),
            country=speaker.country,
        )
    except ValidationError:
        return None


def _cut(text: str | None) -> str | None:
    return text[:120] if text else None
