"""Tells whether a figure is said of another thing than a topic is about, by that thing's name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Final

from knowledge.language import tables_of
from knowledge.matching.checking.assertions import Assertion
from knowledge.matching.questions import attributes, names_of
from knowledge.model import Topic
from knowledge.reading import find_countries, find_quantities
from knowledge.words import Stem, Word, is_filling, languages_of, outside, rarity, words_of, zipf

Knows = Callable[[Word], bool]
_NAME: Final = 0.75
"""How rare the first word of a sentence has to be to be a name, for its capital tells nothing:
"Walmart" has 0.78, "engineers" 0.63, "officials" 0.54. By eye."""
_LEADING: Final = 6.2
"""Zipf frequency up to which a word makes another thing of the next ("long"): "the" has 7.7."""
_NOUNS_LARGE: Final = "de"
_PLURAL: Final = "s"


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What of topics' names is written as a name, and is no country's; and what of it also is not.

    Of "the Renaissance Dam" and "turbines of the dam", any dam is a dam.
    """

    names: frozenset[Stem] = frozenset()
    common: frozenset[Stem] = frozenset()

    def has(self, words: Iterable[Word]) -> bool:
        """Whether one of some words is in them."""
        return any(self.names & set(word.stems) for word in words)

    def has_alone(self, words: Iterable[Word]) -> bool:
        """Whether one of some words is in them and nothing else is called by it."""
        return any((self.names - self.common) & set(word.stems) for word in words)


def own_names(topics: Iterable[Topic]) -> OwnNames:
    """Gather the names in what topics are called."""
    names: set[Stem] = set()
    common: set[Stem] = set()
    for name in (name for topic in topics for name in (*names_of(topic), topic.description)):
        countries = [(one.start, one.end) for one in find_countries(name)]
        words = outside(words_of(name), countries)
        for word in words if words and words[0].languages[0] != _NOUNS_LARGE else ():
            if not word.capital:
                common |= set(word.stems)
            elif word.start or name[: word.end].isupper():
                names |= set(word.stems)
    return OwnNames(frozenset(names), frozenset(common))


def is_of_something_wider(one: Assertion, topic: Topic, others: Iterable[Topic]) -> bool:
    """Whether a figure is of what a topic is a kind of, which others are named by as well.

    One that is named by "long COVID" alone is not of "COVID", where other topics are.
    """
    words = {word.stem for saying in one.sayings for word in saying.words}
    leads = {
        word: some[0]
        for word, some in _leads_in(names_of(topic)).items()
        if word in words and len(some) > 1 and len({*some}) == 1
    }
    return any(
        lead is not None and {lead} != {lead, *_leads_in(names_of(other)).get(word, ())}
        for word, lead in leads.items()
        if lead not in words
        for other in others
    )


@lru_cache(maxsize=1024)
def _leads_in(names: tuple[str, ...]) -> dict[str, tuple[str | None, ...]]:
    """Return what stands before each word in some names, nothing where it tells nothing."""
    leads: dict[str, list[str | None]] = {}
    for name in names:
        words = words_of(name)
        for before, word in zip([None, *words], words, strict=False):
            if not is_filling(word):
                telling = before and zipf(before.text, before.languages) < _LEADING
                leads.setdefault(word.stem, []).append(before.stem if before and telling else None)
    return {word: tuple(some) for word, some in leads.items()}


def is_of_another(one: Assertion, topic: Topic, own: OwnNames, knows: Knows) -> bool:
    """Whether a figure is said of a name that the topic does not know, and of none of its `own`.

    A name is what a figure is of where its clause begins with it, or where it follows an "of".
    """
    heads = [*one.heads, one.before]
    words = [word for head in heads for word in head] + list(one.behind)
    if not own.names or not words or not _is_in_its_language(words, topic):
        return False
    if all(word.capital for word in words):
        return False  # a headline
    strange = [
        word
        for run, thing in (*_leading(heads, knows), *_following(heads, one.behind))
        if not all(map(knows, run)) and not own.has_alone(run)
        for word in (*run, *thing)
    ]
    return bool(strange) and not own.has(word for word in words if word not in strange)


def _is_in_its_language(words: Sequence[Word], topic: Topic) -> bool:
    """Whether a message may spell names as the topic does; and nouns are not written as names."""
    language = words[0].languages[0]
    return language != _NOUNS_LARGE and language == languages_of(topic.description)[0]


_Named = tuple[Sequence[Word], Sequence[Word]]
"""A name, and the word behind it, which may say what it is: of "the Hoover dam" the last."""


def _leading(heads: Iterable[Sequence[Word]], knows: Knows) -> Iterator[_Named]:
    """Yield the names that clauses begin with, but for those of who says something."""
    for head in heads:
        small = [*takewhile(_is_small, head)]
        run = _run(head[len(small) :])
        if not run:
            continue
        alone = run[0] is head[0] and len(run) == 1
        behind = head[len(small) + len(run) :][:1]
        if not any(map(attributes, behind)) and not (alone and not _is_rare(run[0], knows)):
            yield run, behind


def _following(heads: Iterable[Sequence[Word]], behind: Sequence[Word]) -> Iterator[_Named]:
    """Yield the names behind an "of"."""
    for words in (*heads, behind):
        for at, word in enumerate(words):
            if word.text in tables_of(word.languages).dates.of:
                rest = words[at + 1 :]
                small = [*takewhile(_is_article, rest)]
                if run := _run(rest[len(small) :]):
                    yield run, rest[len(small) + len(run) :][:1]


def _run(words: Sequence[Word]) -> list[Word]:
    """Return the words of a name that some words begin with."""
    return [*takewhile(_is_written_as_a_name, words)]


def _is_written_as_a_name(word: Word) -> bool:
    """Whether a word is one of a name; a number word may begin one ("Three Gorges")."""
    written = word.capital and any(map(str.isalpha, word.text))
    return written and not (is_filling(word) and not find_quantities(word.text))


def _is_small(word: Word) -> bool:
    return _is_article(word) or word.text in word.cues.adverbs


def _is_article(word: Word) -> bool:
    return word.text in word.cues.articles


def _is_rare(word: Word, knows: Knows) -> bool:
    """Whether a sentence's first word is a name: no other stands there alone without an article."""
    needed = bool(word.cues.articles) and not word.text.endswith(_PLURAL)
    return needed and rarity(word) >= _NAME and not knows(word)
