"""Finding a topic or an asserter by what a person typed, and the nearest where none fits."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from propcache.api import cached_property
from rapidfuzz import fuzz, process

from knowledge.library.candidates import Candidates
from knowledge.library.library import Library, asserter_name
from knowledge.library.offering import whose
from knowledge.library.spellings import COMPARED, Spellings, folded
from knowledge.library.window import By, Window
from knowledge.model import Asserter, ForPeople, Source, Topic
from knowledge.reading import (
    begins_country,
    country_code,
    country_name,
    find_countries,
    parse_date_option,
)

_SHOWN = 40
"""Characters of what was typed that a refusal repeats (chosen by eye)."""
_SURE_TITLE, _NEAR_TITLE = 92.0, 60.0
"""Likeness (0 to 100) of a title that is taken for the one typed, and of one that is offered
(chosen by eye)."""
_OFFERED = 5
"""Names that are offered where several are meant: what fits on a phone (chosen by eye)."""
_READ = 200
"""Characters in which a country is looked for: no name of anybody is longer (chosen by eye)."""
_BEGUN, _NEAREST = 3, 3
"""Letters with which a name is surely begun, and how many are offered for one that is not on file
(chosen by eye)."""
_ARTICLES = frozenset({"", "the"})
CHOICES = 25
"""Choices that Discord shows in an autocomplete list."""


class NotOnFile(ForPeople):
    """Nothing goes by that name; `nearest` holds what does, by id, and the message offers it."""

    def __init__(self, what: str, kind: str, nearest: Sequence[tuple[str, str]]) -> None:
        shown = what if len(what) <= _SHOWN else what[:_SHOWN] + "…"
        offer = ", ".join(name for _, name in nearest)
        tail = f" The nearest: {offer}." if offer else ""
        super().__init__(f"There is no {kind} “{shown}” on file.{tail}")
        self.what = shown
        self.kind = kind
        self.offer = offer
        self.nearest = tuple(key for key, _ in nearest)


class Several(ForPeople):
    """A name that several asserters bear where one is meant; the message offers them."""

    def __init__(self, name: str, offered: Sequence[str]) -> None:
        super().__init__(
            f"“{name[:80]}” may be several: {'; '.join(offered)}. Choose one from the list."
        )


class SameSide(ForPeople):
    """Two names that mean the same asserters, where they are to be set side by side."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"“{one}” and “{other}” are the same on file. Name somebody else.")
        self.one = one
        self.other = other


@dataclass(frozen=True, slots=True)
class Typed:
    """A window as a person typed it, each part None where it was left out."""

    since: str | None = None
    until: str | None = None
    known_by: str | None = None
    by: str | None = None


class Lookup:
    """Names of topics and asserters, in every spelling that is on record."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known = (library.topics, library.asserters)
        self._sources = _Sources({})

    def prepare(self) -> None:
        """Learn now what the first name that is typed would have to wait for."""
        self._topics, self._asserters  # noqa: B018 - each is learnt when it is looked at

    @cached_property
    def _topics(self) -> Spellings:
        topics, _ = self._known
        return Spellings(_topic_names(topics.values()))

    @cached_property
    def _asserters(self) -> Spellings:
        _, asserters = self._known
        return Spellings(_asserter_names(asserters.values()))

    @property
    def _printed(self) -> "_Sources":
        """The names of the publications, which come and go without a new lookup."""
        if self._sources.of is not self._library.sources:
            self._sources = _Sources(self._library.sources)
        return self._sources

    def topic(self, text: str) -> Topic:
        """Return the topic of this id, title, command or alias.

        Raises:
            NotOnFile: no topic goes by that name.
        """
        found = self._topics.find(text)
        if found is None:
            near = [(topic.id, topic.id) for topic in self.nearest_topics(text)]
            raise NotOnFile(text, "topic", near)
        return self._library.topic(found)

    def nearest_topics(self, text: str, limit: int = 3) -> list[Topic]:
        """Return the topics whose names look most like a text."""
        return [self._library.topic(key) for key in self._topics.nearest(text, limit, 0.0)]

    def complete_topics(self, text: str, limit: int = CHOICES) -> list[Topic]:
        """Return the topics that a person may be about to type, the likeliest first."""
        return [self._library.topic(key) for key in self._topics.complete(text, limit)]

    def by(self, text: str) -> By:
        """Return whose claims are meant: a country's, an outlet's, one asserter's, an office's.

        A country, in any language, is everybody who speaks for it, whoever else has its name;
        an outlet is what it said itself or carried.

        Raises:
            NotOnFile: nobody goes by that name.
        """
        code = _whole_country(text)
        return (
            (self._of_countries(frozenset({code})) if code else None)
            or self._named(text)
            or self._of_countries(frozenset(one.code for one in find_countries(text[:_READ])))
            or self._nearest(text)
        )

    def asserters(self, text: str) -> frozenset[str]:
        """Return the asserters of exactly this id or name; else the one that a slip missed.

        Raises:
            NotOnFile: nobody goes by that name.
        """
        return frozenset(self._asserters.all_of(folded(text))) or self._nearest(text).asserters

    def _of_countries(self, codes: frozenset[str]) -> By | None:
        asserters = self._library.asserters.values()
        speakers = frozenset(one.id for one in asserters if codes & countries_of(one))
        label = " and ".join(sorted(country_name(code) for code in codes))
        return By(label, speakers) if speakers else None

    def _named(self, text: str) -> By | None:
        """Return the asserters and the outlet of exactly this name."""
        cleaned = folded(text)
        exact = self._asserters.all_of(cleaned)
        via, sources = self._library.outlets().get(cleaned, (frozenset(), frozenset()))
        if not exact and not via and not sources:
            return None
        label = text.strip() if via or sources else self._label(exact, text)
        return By(label, frozenset(exact), via, sources)

    def _nearest(self, text: str) -> By:
        near = self._asserters.find(text)
        if near is None:
            keys = self._near_asserters(text)
            raise NotOnFile(text, "asserter", [(key, self._library.name(key)) for key in keys])
        return By(self._library.name(near), frozenset({near}))

    def asserter(self, text: str) -> Asserter:
        """Return the one asserter of this id or name.

        Raises:
            NotOnFile: nobody goes by that name.
            Several: more than one does.
        """
        asserters = self._library.asserters
        if text in asserters:
            return asserters[text]
        meant = sorted(self.asserters(text))
        if len(meant) > 1:
            raise Several(text, [self._library.name(one) for one in meant[:_OFFERED]])
        return asserters[meant[0]]

    def named_exactly(self, text: str) -> Asserter | None:
        """Return the one asserter who is called exactly this, if there is just one.

        Nobody is called as the organisation that they belong to, or by half of their name.
        """
        cleaned = folded(text)
        meant = [self._library.asserters[one] for one in self._asserters.all_of(cleaned)]
        called = [one for one in meant if cleaned in map(folded, _called(one))]
        return called[0] if len(called) == 1 else None

    def sides(self, names: Iterable[str]) -> list[By]:
        """Return whom each of the names means.

        Raises:
            NotOnFile: nobody goes by one of the names.
            SameSide: two of them mean the same.
        """
        sides = [self.by(name) for name in names]
        for one, other in combinations(sides, 2):
            if one.covering == other.covering:
                raise SameSide(one.label, other.label)
        return sides

    def window(self, typed: Typed, today: date) -> Window:
        """Read a window; "last month" is reckoned from `today`.

        Raises:
            BadDate: a date cannot be read.
            NotOnFile: nobody goes by the name in `by`.
            WindowError: `since` is after `until`.
        """
        since, until, known = (
            parse_date_option(text, today) if text is not None else None
            for text in (typed.since, typed.until, typed.known_by)
        )
        window = Window(
            since=since.start if since else None,
            until=until.end if until else None,
            known_by=known.end if known else None,
        )
        return window if typed.by is None else replace(window, by=self.by(typed.by))

    def _label(self, asserters: set[str], typed: str) -> str:
        if len(asserters) == 1:
            return self._library.name(next(iter(asserters)))
        return typed.strip()

    def _near_asserters(self, text: str) -> list[str]:
        """Return who may be meant by a name that nobody goes by: somebody else is no help."""
        begun = self._asserters.beginning(text) if len(folded(text)) >= _BEGUN else []
        return list(dict.fromkeys([*begun, *self._asserters.like(text, _NEAREST)]))[:_NEAREST]

    @cached_property
    def _countries(self) -> Mapping[str, frozenset[str]]:
        """Who speaks for each country, by its code."""
        _, asserters = self._known
        found: dict[str, set[str]] = {}
        for one in asserters.values():
            for code in countries_of(one):
                found.setdefault(code, set()).add(one.id)
        return {code: frozenset(some) for code, some in found.items()}

    def complete_by(
        self,
        text: str,
        limit: int = CHOICES,
        *,
        topic: str | None = None,
        name_of: Callable[[str], str] = country_name,
    ) -> list[tuple[str, str]]:
        """Return whose claims a person may be about to ask for: what is shown, what is sent.

        Those come first who have said most, on a `topic` where one is given; who has said nothing
        is left out. Countries, shown as `name_of` calls them, are found by their names in any
        language, and an asserter whose id is the name of a country goes by its own name.
        """
        people = self._asserters.beginning(text) or self._asserters.like(text, limit)
        whole = _whole_country(text)
        countries = {
            code: some
            for code, some in self._countries.items()
            if code == whole or begins_country(code, text)
        }
        found = whose(self._library, people, countries, topic)
        return [self._choice(key, name_of) for key in found[:limit]]

    def _choice(self, key: str, name_of: Callable[[str], str]) -> tuple[str, str]:
        if key in self._countries:
            return name_of(key), country_name(key)
        name = self._library.name(key)
        return name, key if _whole_country(key.replace("-", " ")) is None else name

    def source(self, text: str) -> Source:
        """Return the source of this id, web address or title, or the one of this publisher.

        A part of a title that no other one has will do.

        Raises:
            NotOnFile: there is none, or the publisher has several.
        """
        wanted = text.strip()
        sources = self._library.sources
        if wanted in sources:
            return sources[wanted]
        for one in sources.values() if "." in wanted else ():
            addresses = filter(None, (one.url, one.archive_url))
            if any(same_address(wanted, each) for each in addresses):
                return one
        typed = folded(wanted)
        printed = self._printed
        published = printed.of_publisher(typed)
        if len(published) == 1:
            return sources[published[0]]
        for known in (printed.titles, printed.names):
            found = process.extract(
                typed, known, scorer=fuzz.ratio, limit=2, score_cutoff=_SURE_TITLE
            )
            if found and _alone(found):
                return sources[found[0][2]]
        held = printed.holding(typed) if len(typed) >= _BEGUN and not published else []
        if len(held) == 1:
            return sources[held[0]]
        near = published or held or [one.id for one in self.complete_sources(wanted, 3) if wanted]
        named = [(one, _printed_name(sources[one])) for one in near[:_OFFERED]]
        raise NotOnFile(wanted, "source", named)

    def complete_sources(self, text: str, limit: int = CHOICES) -> list[Source]:
        """Return the sources that a person may be about to type, the likeliest first."""
        sources = self._library.sources
        typed = folded(text)
        if not typed:
            return list(sources.values())[-limit:][::-1]
        return [sources[key] for key in self._printed.nearest(typed[:COMPARED], limit)]

    def complete_asserters(self, text: str, limit: int = CHOICES) -> list[Asserter]:
        """Return the asserters that a person may be about to type, the likeliest first."""
        return [self._library.asserters[key] for key in self._asserters.complete(text, limit)]


def by_names(library: Library, named: Iterable[tuple[str, Collection[str]]]) -> By | None:
    """Return whom names in a text mean together, each with the asserters that it may stand for.

    The name of an outlet stands for what it said itself or carried, claim by claim, and for
    nothing else that those said whom it carried once.
    """
    listed = list(named)
    if not listed:
        return None
    outlets = library.outlets()
    found: list[By] = []
    for label, meant in listed:
        via, sources = outlets.get(folded(label), (frozenset(), frozenset()))
        outlet = bool(via or sources)
        own = [one for one in meant if not outlet or _goes_by(library.asserters[one], label)]
        alone = len(own) == 1 and not outlet
        found.append(By(library.name(own[0]) if alone else label, frozenset(own), via, sources))
    by = By.together(found)
    return by if by and any(by.covering) else None


def _called(asserter: Asserter) -> tuple[str, ...]:
    own = asserter.person or asserter.organisation or asserter.role or asserter.id
    return (own, asserter_name(asserter), *asserter.aliases)


def _goes_by(asserter: Asserter, name: str) -> bool:
    names = (asserter.person, asserter.organisation, *asserter.aliases)
    return folded(name) in {folded(one) for one in names if one}


def _printed_name(source: Source) -> str:
    title = source.title if len(source.title) <= _SHOWN else source.title[:_SHOWN] + "…"
    return f"{source.publisher}, “{title}”"


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first in _ARTICLES else name


def same_address(one: str, other: str) -> bool:
    """Whether two web addresses are one, however much of `https://www.` was typed."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/") or address.removeprefix(
        "www."
    ).rstrip("/")


def _alone(found: Sequence[tuple[str, float, str]]) -> bool:
    """Whether the best of what was found is better than the second."""
    return len(found) == 1 or found[1][1] < found[0][1]


class _Sources:
    """What publications are called, of one state of them."""

    def __init__(self, of: Mapping[str, Source]) -> None:
        self.of = of

    @cached_property
    def titles(self) -> dict[str, str]:
        return {key: folded(one.title) for key, one in self.of.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        return {key: folded(f"{one.publisher} {one.title}") for key, one in self.of.items()}

    @cached_property
    def _publishers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, one in self.of.items():
            found.setdefault(_without_article(folded(one.publisher)), []).append(key)
        return found

    def of_publisher(self, name: str) -> list[str]:
        """Return the keys of what a publisher of this folded name has published."""
        return self._publishers.get(_without_article(name), [])

    def holding(self, typed: str) -> list[str]:
        """Return the keys of the publications whose publisher and title hold a folded text."""
        return [key for key, name in self.names.items() if f" {typed} " in f" {name} "]

    @cached_property
    def _called(self) -> dict[str, str]:
        return {f"{name} {folded(key)}": key for key, name in self.names.items()}

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(list(self._called))

    def nearest(self, typed: str, limit: int) -> list[str]:
        """Return the keys of the publications whose name, title or id looks most like a text."""
        found = process.extract(
            typed,
            self._candidates.of(typed),
            scorer=fuzz.partial_token_set_ratio,
            limit=limit,
            score_cutoff=_NEAR_TITLE,
        )
        return [self._called[name] for name, _, _ in found]


def _topic_names(topics: Iterable[Topic]) -> Iterable[tuple[str, str]]:
    listed = list(topics)
    for topic in listed:
        yield topic.id, topic.id
    for topic in listed:
        yield topic.title, topic.id
        if topic.command:
            yield topic.command, topic.id
    for topic in listed:
        for words in topic.translations.values():
            if words.title:
                yield words.title, topic.id
    for topic in listed:
        for alias in topic.aliases:
            yield alias, topic.id


def _asserter_names(asserters: Iterable[Asserter]) -> Iterable[tuple[str, str]]:
    for asserter in asserters:
        yield asserter.id, asserter.id
        yield asserter_name(asserter), asserter.id
        for name in (asserter.person, asserter.organisation, *asserter.aliases):
            if name:
                yield name, asserter.id
        for language, words in asserter.translations.items():
            yield asserter_name(asserter, language), asserter.id
            if words.person:
                yield words.person, asserter.id
        if asserter.person:
            for part in asserter.person.split():
                yield part, asserter.id


def _whole_country(text: str) -> str | None:
    """Return the country that a text names and nothing else."""
    if len(text) > _READ:
        return None
    if code := country_code(text):
        return code
    found = find_countries(text)
    named = found[0] if len(found) == 1 else None
    rest = text[: named.start] + text[named.end :] if named else text
    return named.code if named and folded(rest).strip() in _ARTICLES else None


def countries_of(asserter: Asserter) -> set[str]:
    """Return the countries that an asserter speaks for: its own, and those in its name."""
    named = {mention.code for mention in find_countries(asserter.organisation or "")}
    return named | ({asserter.country} if asserter.country else set())
