"""What is known of each topic before anybody asks: its words, names, countries and kind."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from knowledge.language import fold
from knowledge.library import Library
from knowledge.matching.questions.judging.days import Days
from knowledge.matching.questions.judging.evidence import Array
from knowledge.matching.questions.judging.vocabulary import Vocabulary
from knowledge.model import Asserter, Claim, Measure, Topic
from knowledge.reading import find_countries
from knowledge.words import Stem, Word, rarity, words_of

MOST_CLAIMS = 300
"""Of a topic with more claims, the latest are read: more of them bring hardly a new word, and a
base of a million claims is still opened in a moment."""
LEAST_TELLING = 0.05
"""What a word of a name tells at least: a name may be of common words alone."""
_NAMING, _SHORT = 0.8, 0.3
"""A name that tells less than `_NAMING` is covered only in part even where it is there whole, for
it may stand there by chance; `_SHORT` of it counts in any case. By eye."""
_SHARES = ("share", "percent", "%", "chance")


class Sheets:
    """Everything about the topics of a library that a question is held against, ready to use."""

    def __init__(self, library: Library, known: Mapping[str, Claim] | None = None) -> None:
        """Read what is on file; `known` are claims that were read before."""
        self.topics = tuple(library.topics.values())
        self.places = {topic.id: at for at, topic in enumerate(self.topics)}
        self.library = library
        self.kinds = np.array([kind_of(topic) for topic in self.topics], dtype=np.str_)
        self.units = [_stems_of(units_of(topic)) for topic in self.topics]
        self.names = _Names(self.topics)
        self.days = Days(self.topics, ((*names_of(one), one.description) for one in self.topics))
        size = len(self.topics)
        self.named, self.described = Vocabulary(size), Vocabulary(size)
        self.claimed, self.asserting = Vocabulary(size), Vocabulary(size)
        self.publishing, self.spoken = Vocabulary(size), Vocabulary(1)
        self.home = [_home(topic) for topic in self.topics]
        self._told: list[set[str]] = [set() for _ in self.topics]
        """The countries that claims on each topic name, and below those of whoever speaks too."""
        self.heard: list[set[str]] = [set() for _ in self.topics]
        self._asserters: dict[str, tuple[str, ...]] = {}
        self.known: dict[str, Claim] = dict(known or {})
        self.claims: list[list[str]] = [[] for _ in self.topics]
        self._fill()

    def _fill(self) -> None:
        for at, topic in enumerate(self.topics):
            names = (*names_of(topic), topic.id.replace("-", " "))
            self.named.add(at, names)
            self.described.add(at, (*names, *_told_of(topic)))
        self.meet(self.library.asserters.values())
        wanted = [self._latest(topic.id) for topic in self.topics]
        missing = [one for ids in wanted for one in ids if one not in self.known]
        self.known |= {claim.id: claim for claim in self.library.claims(missing)}
        self.known = {one: self.known[one] for ids in wanted for one in ids if one in self.known}
        for at, ids in enumerate(wanted):
            if told := [self.known[one] for one in ids if one in self.known]:
                self._note(at, told)

    def meet(self, asserters: Collection[Asserter]) -> None:
        """Learn the names of asserters, and on what those speak who are back."""
        for asserter in asserters:
            self._asserters[asserter.id] = names = _names_of(asserter)
            self.spoken.add(0, names)
        known = {asserter.id for asserter in asserters}
        for at, claims in enumerate(self.claims):
            if speaking := known.intersection(self.known[one].asserter for one in claims):
                self._note_speakers(at, speaking)

    def meet_anew(self) -> None:
        """Learn all names of asserters anew, as some have changed or gone; no claim is read."""
        self._asserters = {}
        self.asserting, self.spoken = Vocabulary(len(self.topics)), Vocabulary(1)
        self.heard = [set(told) for told in self._told]
        self.meet(self.library.asserters.values())

    def _latest(self, topic: str) -> list[str]:
        return self.library.latest(topic, MOST_CLAIMS)

    def note(self, claims: Iterable[Claim]) -> None:
        """Learn the words of claims on the topics that are here, of the latest on each."""
        by_topic: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            at = self.places.get(claim.topic)
            if at is not None and claim.status in {"active", "superseded"}:
                by_topic[at].append(claim)
        for at, some in by_topic.items():
            latest = set(self._latest(self.topics[at].id))
            if told := [claim for claim in some if claim.id in latest]:
                self._note(at, told)

    def _note(self, at: int, claims: Sequence[Claim]) -> None:
        listed = set(self.claims[at])
        self.claims[at] += [claim.id for claim in claims if claim.id not in listed]
        self.known |= {claim.id: claim for claim in claims}
        self.days.note(at, (self.known[one] for one in self.claims[at]))
        texts = [text for one in claims for text in (one.statement, one.assumption) if text]
        self.claimed.add(at, texts)
        self.publishing.add(at, self._outlets(claims))
        for text in texts:
            self._told[at] |= {mention.code for mention in find_countries(text)}
        self.heard[at] |= self._told[at]
        self._note_speakers(at, {claim.asserter for claim in claims})

    def _note_speakers(self, at: int, asserters: Collection[str]) -> None:
        """Learn that somebody speaks on a topic, by their names and for their country."""
        self.asserting.add(at, (name for one in asserters for name in self._asserters.get(one, ())))
        on_file = self.library.asserters
        self.heard[at] |= {
            code for one in asserters if one in on_file and (code := on_file[one].country)
        }

    def _outlets(self, claims: Iterable[Claim]) -> set[str]:
        cited = [citation for claim in claims for citation in claim.citations]
        passed_on = {outlet for citation in cited for outlet in citation.via}
        return passed_on | self.library.publishers_of({citation.source for citation in cited})


class _Names:
    """The names of all topics, and how much of each a question holds."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = len(topics)
        owners: list[int] = []
        names: list[int] = []
        self._words: list[Word] = []
        self._begins: list[int] = []
        """Where the words of each name begin among all words of names."""
        holding: dict[Stem, list[int]] = defaultdict(list)
        self._spelled: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._longest = 0
        for at, topic in enumerate(topics):
            for name in names_of(topic):
                begin = len(self._words)
                for word in (words := words_of(name)):
                    for stem in word.stems:
                        holding[stem].append(len(self._words))
                    names.append(len(owners))
                    self._words.append(word)
                if words:
                    owners.append(at)
                    self._begins.append(begin)
                    for key in _keys(words):
                        self._spelled[key].add(at)
                    self._longest = max(self._longest, len(words))
        self._owners = np.asarray(owners, dtype=np.intp)
        self._names, self._told = np.asarray(names, dtype=np.intp), np.zeros(len(names))
        self._sizes = self._by_name(np.ones(len(names)))
        self._weighed: set[int] = set()
        """The names of whose words it is known how much they tell: those that were met."""
        self._holding: Mapping[Stem, NDArray[np.intp]] = {
            stem: np.array(places, np.intp) for stem, places in holding.items()
        }

    def _by_name(self, values: Array) -> Array:
        sums = np.bincount(self._names, weights=values, minlength=len(self._owners))
        return sums.astype(np.float64)

    def _weigh(self, names: Iterable[int]) -> None:
        """Learn how much the words of names tell; the lists of every language take long to load."""
        for name in names:
            if name not in self._weighed:
                end = self._begins[name] + int(self._sizes[name])
                for at in range(self._begins[name], end):
                    self._told[at] = max(rarity(self._words[at]), LEAST_TELLING)
                self._weighed.add(name)

    def spelled(self, words: Sequence[Word]) -> tuple[int, int, frozenset[int]]:
        """Return the longest name that a text holds word for word: its words, and its topics."""
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                for key in _keys(words[start : start + length]):
                    if key in self._spelled:
                        return start, start + length, frozenset(self._spelled[key])
        return 0, 0, frozenset()

    def held(self, words: Iterable[Word]) -> tuple[Array, Array]:
        """Return, for each topic, the largest part of a name held, and how telling a whole one."""
        cover, whole = np.zeros(self._topics), np.zeros(self._topics)
        if not len(self._owners):
            return cover, whole
        found = np.zeros(len(self._told))
        for stem in {stem for word in words for stem in word.stems}:
            if stem in self._holding:
                found[self._holding[stem]] = 1.0
        met = np.array(sorted({*self._names[found > 0].tolist()}), dtype=np.intp)
        self._weigh(met.tolist())
        totals = self._by_name(self._told)
        part = self._by_name(found * self._told)[met] / totals[met]
        telling = np.minimum(1, totals[met] / _NAMING + _SHORT)
        np.maximum.at(cover, self._owners[met], part * telling)
        complete = self._by_name(found) == self._sizes
        np.maximum.at(whole, self._owners[complete], totals[complete])
        return cover, whole


def _keys(words: Sequence[Word]) -> set[tuple[str, ...]]:
    """Return a name by its stems, and as it is: a stem depends on the language of its text."""
    return {tuple(word.stem for word in words), tuple(word.text for word in words)}


def names_of(topic: Topic) -> tuple[str, ...]:
    """Return what a topic is called, its titles in other languages among it."""
    titles = (words.title for words in topic.translations.values())
    return (topic.title, *topic.aliases, *filter(None, titles))


def _told_of(topic: Topic) -> Iterator[str]:
    """Yield the descriptions and units of a topic, in every language that has them."""
    descriptions = (words.description for words in topic.translations.values())
    yield from filter(None, (topic.description, *descriptions))
    yield from units_of(topic)


def units_of(topic: Topic) -> Iterator[str]:
    """Yield the unit of a topic in every language that has one, in all its forms."""
    if topic.unit:
        yield topic.unit
    for words in topic.translations.values():
        forms = words.unit.values() if isinstance(words.unit, Mapping) else (words.unit,)
        yield from filter(None, forms)


def _stems_of(texts: Iterable[str]) -> frozenset[Stem]:
    return frozenset(stem for text in texts for word in words_of(text) for stem in word.stems)


def summary_of(topic: Topic) -> str:
    """Return what a topic is about, in one text."""
    return f"{topic.title}. {topic.description}. {topic.unit or ''}"


def _names_of(asserter: Asserter) -> tuple[str, ...]:
    names = (asserter.person, asserter.organisation, asserter.role, *asserter.aliases)
    return tuple(name for name in names if name)


def _home(topic: Topic) -> frozenset[str]:
    texts = (topic.title, topic.description, *topic.aliases)
    named = {mention.code for text in texts for mention in find_countries(text)}
    return frozenset({*topic.parties, *topic.places, *named})


def kind_of(topic: Topic) -> str:
    """Return what kind of figure a topic has: money, date, share, count, or none."""
    unit = fold(topic.unit or "")
    if topic.measure is Measure.QUALITATIVE:
        return "none"
    if topic.measure is Measure.DATE or unit.split()[:1] == ["year"]:
        return "date"
    if topic.measure in {Measure.SHARE, Measure.CHANGE} or unit.startswith(_SHARES):
        return "share"
    words = re.findall(r"\w+", topic.unit or "")
    codes = [word for word in words if _CODE.fullmatch(word)]
    money = _CURRENCIES.intersection(map(fold, words)) or (codes and _codes().intersection(codes))
    return "money" if money else "count"


_CODE = re.compile("[A-Z]{3}")
_CURRENCIES = frozenset(
    """
    afghanis ariaries baht balboas birrs bolivars bolivianos cedis colons cordobas dalasis denari
    dinars dirhams dobras dollars dong drams emalangeni escudos euros florin forints francs gourdes
    guaranis guilders hryvnias kina kips korunas kroner kronor kronur kwachas kwanzas kyats laris
    lei leke lempiras leones lira lotis manat manats marks meticals nairas nakfas ngultrums ouguiyas
    patacas paʻanga pesos pounds pulas quetzals rand reals rials riels ringgits riyals rubles
    rufiyaas rupees rupiahs shekels shillings soles som somonis soms takas tala tenges tugriks vatus
    won yen yuan zlotys
    """.split()
)
"""What currencies in use are called, in the plural and folded, as CLDR has it: looking there takes
a twentieth of a start. Gold is mostly something else ("Zimbabwean gold")."""


@cache
def _codes() -> frozenset[str]:
    """Return the ISO 4217 codes of the currencies in use."""
    from babel.core import get_global  # noqa: PLC0415 - few units are in capitals

    used = get_global("territory_currencies").values()
    return frozenset(
        code for some in used for code, _, until, tender in some if tender and until is None
    )
