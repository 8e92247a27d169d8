"""The words that name topics, found again in a question despite typos and grammar."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from rapidfuzz import fuzz, process

from knowledge.language import LANGUAGES, Stem, Word, is_speech, outside, stems, words_of
from knowledge.model import Measure, Topic
from knowledge.reading import find_countries

_SHORTEST_TYPO = 5
_TYPO_CUTOFF = 82.0
_SHORTEST_PART = 6
_LONGEST_SET_PHRASE = 5
_PART_QUALITY = 0.85
_TERM_WEIGHT = 0.75

SPEECH_SHARE = 0.2
COUNTRY_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to name a topic: its parts with their share of meaning, and its own weight.

    A part is a stem, or a country as `@KP`; a word of mere speech means less than others.
    """

    topic: str
    parts: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word of a question was taken for, and how surely (0 to 1)."""

    stem: str
    quality: float


class _Roots:
    """One root for all the stems that a word may have in the languages it may be of."""

    def __init__(self) -> None:
        self._known: dict[Stem, str] = {}

    def of(self, stems: Sequence[Stem]) -> str:
        """Return the root that a word of these stems shares with those before it."""
        root = self.find(stems) or stems[0][1]
        for one in stems:
            self._known.setdefault(one, root)
        return root

    def find(self, stems: Sequence[Stem]) -> str | None:
        """Return the root of the first of the stems that is known."""
        return next((self._known[one] for one in stems if one in self._known), None)


class Vocabulary:
    """All phrases of all topics, by stem; rare stems weigh more than common ones."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._by_stem: dict[str, list[Phrase]] = defaultdict(list)
        self._spelled: dict[str, str] = {}
        self._roots = _Roots()
        owners: dict[str, set[str]] = defaultdict(set)
        self._set_phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for topic in topics:
            for words in _set_phrases(topic):
                self._set_phrases[words].add(topic.id)
            for phrase, spellings in _phrases(topic, self._roots):
                for part, _ in phrase.parts:
                    self._by_stem[part].append(phrase)
                    owners[part].add(phrase.topic)
                self._spelled.update(spellings)
        self._owners: Mapping[str, set[str]] = owners
        self._topics = max(len({name for names in owners.values() for name in names}), 1)
        self._latin = [spelling for spelling in self._spelled if spelling.isascii()]
        self._foreign = [spelling for spelling in self._spelled if not spelling.isascii()]
        self._cached = lru_cache(maxsize=4096)(self._sense)

    def weight(self, part: str) -> float:
        """Return how much a stem tells: log of the inverse share of topics that use it."""
        return log(1 + self._topics / max(len(self._owners.get(part, ())), 1))

    @property
    def unknown_weight(self) -> float:
        """Return the weight of a word that no topic uses."""
        return log(1 + self._topics)

    def named_outright(self, words: Sequence[Word]) -> set[str]:
        """Return the topics named by a phrase of plain speech, such as "since when"."""
        texts = [word.text for word in words]
        runs = (
            tuple(texts[start : start + length])
            for length in range(2, _LONGEST_SET_PHRASE + 1)
            for start in range(len(texts) - length + 1)
        )
        return {topic for run in runs for topic in self._set_phrases.get(run, ())}

    def phrases(self, part: str) -> list[Phrase]:
        """Return the phrases that hold a stem."""
        return self._by_stem.get(part, [])

    def topics_using(self, part: str) -> set[str]:
        """Return the topics that have a phrase with this stem."""
        return self._owners.get(part, set())

    def names(self, part: str) -> bool:
        """Whether a stem is by itself the name of a topic, whatever else it may be."""
        return any(phrase.parts == ((part, 1.0),) for phrase in self.phrases(part))

    def joined(self, words: Sequence[Word]) -> list[Word]:
        """Join neighbours that are known only as one word ("anti air")."""
        found: list[Word] = []
        for word in words:
            last = found[-1] if found else None
            both = last.text + word.text if last else ""
            if last and both in self._spelled and last.text not in self._spelled:
                found[-1] = replace(last, end=word.end, text=both, stem=self._spelled[both])
            else:
                found.append(word)
        return found

    def sense(self, word: Word, *, speech: bool = False) -> Sense | None:
        """Find the stem that a word stands for: itself, a form, a part of it, or a typo.

        What may be mere speech is taken at its letter only: "sell" is no misspelt "shell".
        """
        return self._cached(word.text, word.stems, speech)

    def _sense(self, text: str, roots: Sequence[Stem], speech: bool) -> Sense | None:
        if (root := self._roots.find(roots)) is not None:
            return Sense(root, 1.0)
        if text in self._spelled:
            return Sense(self._spelled[text], 1.0)
        if speech:
            return None
        return self._with_ending(text) or self._typo(text) or self._compound(text)

    def _with_ending(self, text: str) -> Sense | None:
        """Hangul glues its particles to the word: look for the longest known beginning."""
        if not "가" <= text[0] <= "힣":
            return None
        for length in range(len(text) - 1, 0, -1):
            if (head := text[:length]) in self._spelled:
                return Sense(self._spelled[head], 1.0 if length > 1 else 0.8)
        return None

    def _typo(self, text: str) -> Sense | None:
        if len(text) < _SHORTEST_TYPO or not text.isalpha():
            return None
        spellings = self._latin if text.isascii() else self._foreign
        best = process.extractOne(text, spellings, scorer=fuzz.ratio, score_cutoff=_TYPO_CUTOFF)
        if best is None or best[0][0] != text[0]:
            return None
        return Sense(self._spelled[best[0]], best[1] / 100)

    def _compound(self, text: str) -> Sense | None:
        """German writes compounds as one word; people also forget the space."""
        if len(text) <= _SHORTEST_PART:
            return None
        parts = [
            spelling
            for spelling in self._spelled
            if len(spelling) >= _SHORTEST_PART and spelling in text
        ]
        if not parts:
            return None
        return Sense(self._spelled[max(parts, key=len)], _PART_QUALITY)


def _set_phrases(topic: Topic) -> Iterable[tuple[str, ...]]:
    """Yield the names of a topic that hold no word of their own, only speech."""
    for text in (*topic.aliases, *topic.terms):
        words = words_of(text)
        if len(words) > 1 and all(is_speech(word) for word in words):
            yield tuple(word.text for word in words)


def _share_terms() -> Iterable[str]:
    """Yield the words for a share as such: they fit every topic that is measured so."""
    for one in LANGUAGES.values():
        yield from sorted(one.questions.sharing)


def _phrases(topic: Topic, roots: _Roots) -> Iterable[tuple[Phrase, dict[str, str]]]:
    names = (topic.title, topic.id.replace("-", " "), *topic.aliases)
    measured = _share_terms() if topic.measure is Measure.SHARE else ()
    for weight, texts in ((1.0, names), (_TERM_WEIGHT, (*topic.terms, *measured))):
        for text in texts:
            countries = [one for one in find_countries(text) if not one.leader]
            words = outside(words_of(text), [(one.start, one.end) for one in countries])
            parts = {f"@{one.code}": COUNTRY_SHARE for one in countries}
            content = [word for word in words if not is_speech(word)]
            if not content and len(words) == 1 and weight == 1.0:
                content = words
            parts |= {roots.of(word.stems): SPEECH_SHARE for word in words}
            parts |= {roots.of(word.stems): 1.0 for word in content}
            if not content:
                continue
            yield (
                Phrase(topic.id, tuple(parts.items()), weight),
                {word.text: roots.of(word.stems) for word in content},
            )
            if len(content) > 1:
                glued = "".join(word.text for word in words)
                root = roots.of(stems(glued, words[0].languages))
                yield Phrase(topic.id, ((root, 1.0),), weight), {glued: root}
