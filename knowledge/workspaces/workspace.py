"""The workspace where everything is asked for: what `knowledge` offers to commands and programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from propcache.api import cached_property
from typing_extensions import override

from knowledge.answers import (
    claim_evidence,
    compare,
    contents,
    figures,
    publication,
    said,
    topic_evidence,
)
from knowledge.contract import Answer, Check, Comparison, Contents, Evidence, Publication, Said
from knowledge.library import (
    CHOICES,
    By,
    ClaimIds,
    Effects,
    Entry,
    Library,
    Lookup,
    Names,
    NotOnFile,
    RenamedLibrary,
    Window,
)
from knowledge.matching.questions import (
    Asker,
    Fit,
    Layered,
    TextEncoder,
    TopicMatcher,
    passage_of,
)
from knowledge.matching.retrieval import Layers, Meaning, PassageIndex, Ranker, Ranks, RenamedRanks
from knowledge.model import Asserter, Claim, RecordKind, Topic

if TYPE_CHECKING:
    from knowledge.matching.checking import Checker

_READ_AT_ONCE = 500
"""Claims that are read with one statement, as the store reads them."""
_LONGEST_TYPED = 200
"""Characters of what is being typed that are looked for: some thirty words (chosen by eye)."""
_FILTERED = 8
"""Claims that are looked at for each that is offered, as some are left out (chosen by eye)."""


@dataclass(frozen=True)
class _Matchers:
    """What has learnt the names of topics, asserters and outlets by heart."""

    library: Library
    topics: Mapping[str, Topic]
    asserters: Mapping[str, Asserter]
    lookup: Lookup
    asker: Asker
    below: "_Matchers | None"

    @cached_property
    def checker(self) -> "Checker":
        """Checks messages; whoever asks one question does not wait for its patterns."""
        from knowledge.matching.checking import Checker  # noqa: PLC0415

        return Checker(self.library, self.asker)


class Workspace:
    """Answers from one library; every reply is made in memory or by a few reads by id.

    That of a server stands on the shared one: its index holds its own claims alone, so
    that what one server adds changes no score and no answer anywhere else.
    """

    def __init__(
        self,
        library: Library,
        below: "Workspace | None" = None,
        index: PassageIndex | None = None,
    ) -> None:
        self.library = library
        if index is None:
            passages = map(passage_of, library.matched_claims())
            index = PassageIndex(passages, below.ranker.index if below else None)
        self.ranker: Ranker = Ranker(index=index)
        self._below = below
        self._meaning: Meaning | None = None
        self._ready: _Matchers | None = None
        self._lookup: Lookup | None = None

    def learn_topics(self) -> None:
        """Learn now what topics there are, and nothing that only other questions need."""
        self._matchers()

    def prepare(self) -> None:
        """Learn now what the first question, check or completion would have to wait for."""
        _ = self._matchers().checker, self.claim_ids
        self._matchers().lookup.prepare()

    @cached_property
    def claim_ids(self) -> ClaimIds:
        """Completes the ids of the claims of this place, apart from those on retired topics."""
        own, retired = self.library.own, self.library.retired
        if not retired:
            return ClaimIds(own.ids())
        found = (own.find(key) for key in own.ids())
        return ClaimIds([entry.id for entry in found if entry and entry.topic not in retired])

    @property
    def lookup(self) -> Lookup:
        """Finds topics and asserters by what a person types; waits for nothing else."""
        if self._ready or self._below:
            return self._matchers().lookup
        if self._lookup is None:
            self._lookup = Lookup(self.library)
        return self._lookup

    @property
    def ranks(self) -> Ranks:
        """Finds claims by their words, everything that is shown here."""
        return Layers(self._below.ranks, self.ranker) if self._below else self.ranker

    @property
    def renames(self) -> bool:
        """Whether records of the shared base go by other names here."""
        return isinstance(self._below, RenamedWorkspace)

    def original(self, kind: RecordKind, shown: str) -> str | None:
        """Return the id in the shared base of a record that goes by another one here."""
        return self._below.original(kind, shown) if self._below else None

    def complete_claims(
        self,
        text: str,
        limit: int = CHOICES,
        *,
        among: Callable[[Entry], bool] = lambda _: True,
        by_words: bool = False,
    ) -> list[Entry]:
        """Return the claims that a person may be about to name, by id or by words too.

        Those on a retired topic are named in full, and offered no more.
        """
        wanted = limit * _FILTERED
        ids = dict.fromkeys(self._ids(text, wanted))
        if by_words:
            ids |= dict.fromkeys(self._by_words(text.strip().casefold(), wanted))
        found = (entry for one in ids if (entry := self.library.find(one)))
        offered = (entry for entry in found if entry.topic in self.library.topics)
        return list(islice(filter(among, offered), limit))

    def _ids(self, text: str, limit: int) -> list[str]:
        shared = self._below._ids(text, limit) if self._below else []  # noqa: SLF001
        return [*self.claim_ids.complete(text, limit), *shared]

    def _by_words(self, typed: str, limit: int) -> Iterator[str]:
        if typed:
            # Words alone: a sentence model would take longer than the next key.
            read = typed[:_LONGEST_TYPED]
            yield from (hit.id for hit in self.ranks.rank(read, limit, words_only=True))
        for topic in self.library.topics:
            if topic.startswith(typed):
                yield from (entry.id for entry in self.library.table(topic)[-limit:])

    @property
    def asker(self) -> Asker:
        """What matches questions here."""
        return self._matchers().asker

    def figures(self, topic: str, window: Window | None = None) -> Answer:
        """Return the claims on a topic in a window, oldest first.

        Raises:
            NotOnFile: no topic goes by that name; the nearest ones are in the error.
        """
        return figures(self.library, self.lookup.topic(topic).id, window)

    def source(self, what: str) -> Evidence:
        """Return the evidence behind a topic or a claim, by id or by name.

        Raises:
            NotOnFile: nothing goes by that name; the nearest topics are in the error.
        """
        if self.library.claim(what.strip()) is not None:
            return claim_evidence(self.library, what.strip())
        return topic_evidence(self.library, self.lookup.topic(what))

    def evidence(self, what: str) -> Evidence | Publication:
        """Return the evidence behind a topic or a claim, or else the publication of that name.

        Raises:
            NotOnFile: nothing goes by that name; the nearest topics are in the error.
        """
        try:
            return self.source(what)
        except NotOnFile as unknown:
            try:
                return self.publication(what)
            except NotOnFile as error:
                raise (error if error.nearest and not unknown.nearest else unknown) from None

    def publication(self, what: str) -> Publication:
        """Return a publication by its id, address, publisher or title, with what it carries.

        Raises:
            NotOnFile: there is none, or several may be meant; the nearest are in the error.
        """
        return publication(self.library, self.lookup.source(what))

    def said(self, by: By) -> Said:
        """Return what a person, a body, a country or an outlet has said, over all topics."""
        return said(self.library, by)

    def ask(self, question: str, today: date) -> Answer:
        """Match a free-form question to what is on file, or honestly to nothing.

        Raises:
            EmptyQuestion: there is no word in it.
        """
        return self._matchers().asker.ask(question, today)

    def check(self, text: str, today: date) -> Check:
        """Hold each figure that a message asserts against what is on file."""
        return self._matchers().checker.check(text, today)

    def compare(self, topic: str, by: Sequence[By], window: Window | None = None) -> Comparison:
        """Set asserters side by side on a topic; with none named, everyone in the window.

        Raises:
            NotOnFile: no topic goes by that name; the nearest ones are in the error.
        """
        return compare(self.library, self.lookup.topic(topic).id, by, window)

    def fits(self, question: str, today: date) -> Sequence[Fit]:
        """Return how well each topic fits a question, the likeliest first."""
        asker = self._matchers().asker
        return asker.match(asker.read(question, today)).fits

    def contents(self) -> Contents:
        """Return every topic with its counts and dates."""
        return contents(self.library)

    def use_meaning(self, meaning: Meaning | None) -> None:
        """Match by sentence vectors too from now on; takes a while, and any thread may call it."""
        self.ranker.use_meaning(meaning)
        self._meaning = meaning
        if self._ready and self._judges_itself:
            self._ready.asker.use_encoder(self._encoder)
        else:
            self.learn_examples()

    @property
    def _judges_itself(self) -> bool:
        """Whether it has topics of its own; without, those below are judged as they are there."""
        return self._below is None or bool(self.library.own_topics)

    @property
    def _encoder(self) -> TextEncoder | None:
        below = self._below._meaning if self._below else None  # noqa: SLF001
        if self._meaning is None or below is None:
            return self._meaning
        return Layered(self._meaning, below)

    def refresh_names(self, effects: Effects) -> None:
        """Learn what has changed here; whoever asks meanwhile is answered by the old."""
        if effects.names:
            below = self._below._matchers() if self._below else None  # noqa: SLF001
            self._ready = self._make_matchers(below, speakers=effects.speakers)
            return
        if effects.carried or effects.dropped:
            self.note_carriers(effects)
        if effects.examples:
            self.learn_examples()

    def learn_examples(self) -> None:
        """Learn the examples anew, here or below; whoever asks meanwhile is answered by the old."""
        ready = self._ready
        if ready is None:
            return
        if ready.below is None or self._judges_itself:
            ready.asker.topics.learn(self.library.examples.values())
        else:
            ready.asker.topics = self._borrowed(ready.below)

    def _borrowed(self, below: _Matchers) -> TopicMatcher:
        """Return what judges topics below, with the examples of this place besides."""
        matcher = below.asker.topics
        own = self.library.own_examples
        return matcher.with_examples(self.library.examples.values()) if own else matcher

    def note_carriers(self, effects: Effects) -> None:
        """Learn who carries whom, here or below, before somebody has to wait for it."""
        asker = self._matchers().asker
        asker.carried(effects.carried)
        # What is carried no longer below may still be carried here.
        asker.dropped(one for one in effects.dropped if not self.library.carries(*one))

    def claims_on(self, topics: Iterable[str]) -> Iterator[Claim]:
        """Go through the claims of this place on some topics."""
        for topic in topics:
            ids = iter([entry.id for entry in self.library.own.of_topic(topic)])
            while some := list(islice(ids, _READ_AT_ONCE)):
                yield from self.library.claims(some)

    def telling_claims(self) -> Iterator[Claim]:
        """Go through the claims that topics are judged by: the latest of each, then the next."""
        sheets = self._matchers().asker.topics.sheets
        for some in zip_longest(*sheets.claims):
            yield from (sheets.known[one] for one in some if one is not None)

    def index(self, claims: Iterable[Claim]) -> None:
        """Take claims up into the index, each in the place of the one of its id.

        Those on a retired topic are left out.
        """
        retired, told = self.library.retired, []
        for claim in claims:
            if claim.topic in retired:
                self.ranker.leave_out(claim.id)
                continue
            self.claim_ids.add(claim.id)
            if claim.id in self.ranker.index:
                self.ranker.replace(passage_of(claim))
            else:
                self.ranker.add([passage_of(claim)])
            told.append(claim)
        if self._ready and self._judges_itself:
            self._ready.asker.topics.note(told)

    def _matchers(self) -> _Matchers:
        below = self._below._matchers() if self._below else None  # noqa: SLF001
        ready = self._ready
        if ready is None or ready.below is not below:
            ready = self._ready = self._make_matchers(below)
        return ready

    def _make_matchers(self, below: _Matchers | None, *, speakers: bool = False) -> _Matchers:
        """Learn all names; where those of `speakers` alone have changed, no topic is read anew."""
        library, last = self.library, self._ready
        topics, asserters = library.topics, library.asserters
        if last and last.topics is topics and last.asserters is asserters:
            lookup = last.lookup
        else:
            lookup = Lookup(library)
        if below and not self._judges_itself:
            matcher = self._borrowed(below)
        elif speakers and last:
            matcher = last.asker.topics
            if (new := _added(last.asserters, asserters)) is None:
                matcher.sheets.meet_anew()
            else:
                matcher.sheets.meet(new)
        else:
            matcher = TopicMatcher(library, last.asker.topics.sheets.known if last else None)
            matcher.use_encoder(self._encoder)
        asker = Asker(library, lookup, self.ranks, matcher)
        return _Matchers(library, topics, asserters, lookup, asker, below)


def _added(
    before: Mapping[str, Asserter], after: Mapping[str, Asserter]
) -> Sequence[Asserter] | None:
    """Return who has been added, or nothing where somebody has changed or gone."""
    if any(after.get(key) is not one for key, one in before.items()):
        return None
    return [one for key, one in after.items() if key not in before]


class RenamedWorkspace(Workspace):
    """The shared workspace as one sees it that has records of its own under the same ids."""

    def __init__(self, shared: Workspace, library: RenamedLibrary, names: Names) -> None:
        self._shared = shared
        self._names = names
        super().__init__(library, index=shared.ranker.index)
        self.ranker = shared.ranker
        self._meaning = shared._meaning  # noqa: SLF001 - the same place by other names

    @property
    @override
    def ranks(self) -> Ranks:
        return RenamedRanks(self._shared.ranks, self._names.of_claim)

    @override
    def original(self, kind: RecordKind, shown: str) -> str | None:
        return self._names.original(kind, shown)

    @override
    def _ids(self, text: str, limit: int) -> list[str]:
        found = map(self._names.of_claim, self._shared._ids(text, limit))  # noqa: SLF001
        return [one for one in found if one is not None]
