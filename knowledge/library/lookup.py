"""Finding a topic or an asserter by what a person typed, and the nearest where none fits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations

from rapidfuzz import fuzz, process

from knowledge.library.candidates import Candidates
from knowledge.library.library import Library, asserter_name, folded
from knowledge.library.window import By, Window
from knowledge.model import Asserter, ForPeople, Source, Topic
from knowledge.reading import country_name, find_countries, parse_date_option

_SHOWN = 40
"""Characters of what was typed that a refusal repeats (chosen by eye)."""
_COMPARED = 60
"""Letters of a text that are compared with names: what is longer is no name with a slip, and costs
with each letter (chosen by eye)."""
_SURE, _NEAR = 90.0, 55.0
"""Likeness (0 to 100) of a name that is taken for the one typed, and of one that is offered: one
slip in ten letters, and half of them (chosen by eye)."""
_SURE_TITLE, _NEAR_TITLE = 92.0, 60.0
"""The same of titles, which are longer and more alike (chosen by eye)."""
_OFFERED = 5
"""Names that are offered where several are meant: what fits on a phone (chosen by eye)."""
_READ = 200
"""Characters in which a country is looked for: no name of anybody is longer (chosen by eye)."""
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
    def _topics(self) -> "_Names":
        topics, _ = self._known
        return _Names(_topic_names(topics.values()))

    @cached_property
    def _asserters(self) -> "_Names":
        _, asserters = self._known
        return _Names(_asserter_names(asserters.values()))

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
            keys = self._asserters.nearest(text, 3, _NEAR)
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

    def complete_by(self, text: str, limit: int = CHOICES) -> list[tuple[str, str]]:
        """Return whose claims a person may be about to ask for: what is shown, what is sent.

        Countries come first. An asserter whose id is the name of a country goes by its own name.
        """
        speaking = {code for one in self._library.asserters.values() for code in countries_of(one)}
        named = {country_name(code) for code in speaking}
        whole = _whole_country(text)
        typed = country_name(whole) if whole in speaking else text.strip()
        starting = sorted(name for name in named if name.casefold().startswith(typed.casefold()))
        countries = [(name, name) for name in starting] if typed else []
        people = []
        for one in self.complete_asserters(text, limit):
            name = asserter_name(one)
            plain_id = _whole_country(one.id.replace("-", " ")) is None
            people.append((name, one.id if plain_id else name))
        return [*countries, *people][:limit]

    def source(self, text: str) -> Source:
        """Return the source of this id, web address or title, or the one of this publisher.

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
        near = published or [one.id for one in self.complete_sources(wanted, 3) if wanted]
        named = [(one, _printed_name(sources[one])) for one in near[:_OFFERED]]
        raise NotOnFile(wanted, "source", named)

    def complete_sources(self, text: str, limit: int = CHOICES) -> list[Source]:
        """Return the sources that a person may be about to type, the likeliest first."""
        sources = self._library.sources
        typed = folded(text)
        if not typed:
            return list(sources.values())[-limit:][::-1]
        return [sources[key] for key in self._printed.nearest(typed[:_COMPARED], limit)]

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


class _Names:
    """Spellings and the keys that they stand for."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._keys: dict[str, list[str]] = {}
        for name, key in names:
            keys = self._keys.setdefault(folded(name), [])
            if key not in keys:
                keys.append(key)
        self._keys.pop("", None)
        self._all = list(dict.fromkeys(key for keys in self._keys.values() for key in keys))
        self._candidates = Candidates(list(self._keys))

    def all_of(self, cleaned: str) -> set[str]:
        return set(self._keys.get(cleaned, ()))

    def find(self, text: str) -> str | None:
        """Return the key of a spelling, forgiving a slip."""
        cleaned = folded(text)
        if cleaned in self._keys:
            return self._keys[cleaned][0]
        best = process.extractOne(cleaned, self._keys.keys(), scorer=fuzz.ratio, score_cutoff=_SURE)
        return self._keys[best[0]][0] if best else None

    def nearest(self, text: str, limit: int, cutoff: float) -> list[str]:
        cleaned = folded(text)[:_COMPARED]
        scored = process.extract(
            cleaned,
            self._candidates.of(cleaned),
            scorer=fuzz.WRatio,
            limit=limit * 8,
            score_cutoff=cutoff,
        )
        keys = dict.fromkeys(key for name, _, _ in scored for key in self._keys[name])
        return list(keys)[:limit]

    def complete(self, text: str, limit: int) -> list[str]:
        """Return the keys of spellings that begin with a text, then of those with such a word."""
        cleaned = folded(text)
        if not cleaned:
            return self._all[:limit]
        starting = (name for name in self._keys if name.startswith(cleaned))
        later = (name for name in self._keys if f" {cleaned}" in name)
        keys = dict.fromkeys(key for name in (*starting, *later) for key in self._keys[name])
        if len(keys) < limit:
            keys |= dict.fromkeys(self.nearest(text, limit - len(keys), _NEAR))
        return list(keys)[:limit]


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
    found = find_countries(text)
    named = found[0] if len(found) == 1 else None
    rest = text[: named.start] + text[named.end :] if named else text
    return named.code if named and folded(rest).strip() in _ARTICLES else None


def countries_of(asserter: Asserter) -> set[str]:
    """Return the countries that an asserter speaks for: its own, and those in its name."""
    named = {mention.code for mention in find_countries(asserter.organisation or "")}
    return named | ({asserter.country} if asserter.country else set())
