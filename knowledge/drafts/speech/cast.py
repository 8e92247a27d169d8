"""Who speaks in an article: everybody named, and whom "he", "the agency" or "officials" mean."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge.drafts.speech.mentions import Mention, is_outlet, without_country
from knowledge.drafts.speech.speaking import Frame
from knowledge.drafts.speech.words import WORDS
from knowledge.language import fold

_AHEAD = 6
"""Paragraphs within which a lead's "a health official" is named in full."""
_BACK = 60
"""Attributions within which "he" or "the agency" was named: a long magazine article has so many."""
_SHORT = 3
"""A description of so few words names nobody ("experts", "local media")."""
_ONE_PERSON = frozenset({"official", "officer", "lawmaker", "source", "witness", "diplomat"})
_FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "ms", "miss", "sir", "dame", "dr", "lord", "lady"})
_OFFICIALS = frozenset({"official", "officials", "authorities", "government"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asserts something, as the article names them; `kind` are words that say what they are."""

    person: str | None = None
    role: str | None = None
    organisation: str | None = None
    country: str | None = None
    acronym: str | None = None
    kind: frozenset[str] = frozenset()
    generic: bool = False
    shows: bool = False
    called: str = ""
    """The words of the article, for somebody whom it does not name."""

    @property
    def name(self) -> str:
        """What the speaker is called first of all."""
        return self.person or self.organisation or self.role or ""

    @property
    def outlet(self) -> bool:
        """Whether it is a publication, or one's journalist."""
        named = self.organisation or ("" if self.person else self.role or "")
        return not self.generic and is_outlet(named)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An attribution with its place among all, its paragraph, and its stretch there."""

    place: int
    paragraph: int
    stretch: int
    frame: Frame


class Cast:
    """The speakers of one article, learnt from all of its attributions in order."""

    def __init__(
        self,
        spoken: Iterable[Spoken],
        subjects: Mapping[tuple[int, int], Mention],
        outlet: Speaker,
    ) -> None:
        """Learn the speakers; `subjects` are who each stretch (paragraph, number) begins with."""
        self._spoken = list(spoken)
        self._outlet = outlet
        self._subjects = subjects
        self._named: list[tuple[int, Speaker]] = []
        for one in self._spoken:
            mention = one.frame.mention
            if mention is not None and not mention.generic:
                self._learn(one.paragraph, _speaker(mention))
                if mention.person and mention.organisation and not mention.outlet:
                    body = Speaker(organisation=mention.organisation, country=mention.country)
                    self._learn(one.paragraph, body)

    def of(self, one: Spoken) -> Speaker | None:
        """Return who is meant by an attribution; nothing where nobody can be told."""
        mention = one.frame.mention
        if mention is None:
            return self._before(one)
        if mention.pronoun:
            return self._meant(mention.pronoun, one)
        speaker = _speaker(mention)
        if not mention.generic:
            return self._full(speaker)
        return self._identified(mention, speaker, one) or speaker

    def _learn(self, paragraph: int, speaker: Speaker) -> None:
        """Take a speaker up, or what is new of one who is known."""
        for at, (first, known) in enumerate(self._named):
            if _same(known, speaker):
                self._named[at] = (first, _merged(known, speaker))
                return
        self._named.append((paragraph, speaker))

    def _full(self, speaker: Speaker) -> Speaker:
        return next((known for _, known in self._named if _same(known, speaker)), speaker)

    def _before(self, one: Spoken) -> Speaker | None:
        """Return who spoke last before an attribution that names nobody."""
        return self.of(self._spoken[one.place - 1]) if one.place else None

    def _earlier(self, one: Spoken) -> Iterator[Speaker]:
        """Yield the named speakers before an attribution, the last first."""
        for other in reversed(self._spoken[max(0, one.place - _BACK) : one.place]):
            mention = other.frame.mention
            if mention is None or mention.generic:
                continue
            speaker = self._full(_speaker(mention))
            yield speaker
            if speaker.person and speaker.organisation and not speaker.outlet:
                body = Speaker(organisation=speaker.organisation, country=speaker.country)
                yield self._full(replace(body, kind=frozenset(fold(speaker.organisation).split())))

    def _meant(self, pronoun: str, one: Spoken) -> Speaker | None:
        """Return whom a pronoun stands for; "we" is whoever publishes it."""
        if pronoun == "we":
            return self._outlet
        for speaker in (*self._begun(one), *self._earlier(one)):
            person = bool(speaker.person) or (bool(speaker.role) and not speaker.organisation)
            fits = {"person": person, "body": not person, "any": True}.get(pronoun, False)
            if fits and not (speaker.outlet and pronoun == "person"):
                return speaker
        return None

    def _begun(self, one: Spoken) -> Iterator[Speaker]:
        """Yield whom the sentence before an attribution is about."""
        before = self._subjects.get((one.paragraph, one.stretch - 1))
        if before is not None:
            yield self._full(_speaker(before))

    def _identified(self, mention: Mention, speaker: Speaker, one: Spoken) -> Speaker | None:
        """Return the named speaker whom a description means, where only one can be meant."""
        if mention.indefinite:
            return self._named_later(speaker, one)
        if not mention.pointing:
            return None
        printed = bool(speaker.kind & WORDS.outlet_words)
        for known in (*self._begun(one), *self._earlier(one)):
            if known.outlet or printed:
                if printed and (known.outlet or _is_bare_name(known)):
                    return known
                continue
            if may_mean(speaker, known) or (speaker.shows and not known.person):
                return known
        return None

    def _named_later(self, speaker: Speaker, one: Spoken) -> Speaker | None:
        """Find who is described first and named then, or named in the same paragraph."""
        if speaker.shows:
            return None
        near = [known for first, known in self._named if first == one.paragraph]
        later = [
            known for first, known in self._named if one.paragraph < first <= one.paragraph + _AHEAD
        ]
        singular = _is_one_person(speaker)
        for known in (*near, *later[:_AHEAD]):
            if known.outlet or (bool(known.person) != singular and known in later):
                continue
            if may_mean(speaker, known) and (known.person is None or singular):
                return known
        return None


def _is_bare_name(speaker: Speaker) -> bool:
    """Whether nothing tells what bears a name ("The Advertiser")."""
    return bool(speaker.organisation) and not (speaker.person or speaker.role or speaker.country)


def _is_one_person(speaker: Speaker) -> bool:
    """Whether a description is of a single person ("a health official")."""
    last = fold(speaker.role or "").split()[-1:]
    return bool(last) and last[0] in WORDS.titles | _ONE_PERSON


def _speaker(mention: Mention) -> Speaker:
    role = mention.role
    if role:
        parts = [part for part in role.split() if fold(part).strip(".") not in _FORMS_OF_ADDRESS]
        role = " ".join(parts) or None
    if not (mention.person or mention.organisation or role):
        role = "Government" if mention.country and not mention.generic else mention.text
    if role and mention.generic and mention.indefinite and not mention.country:
        plain = role.islower() or (role[1:].islower() and " " not in role)
        role = f"unnamed {role.lower()}" if plain and len(role.split()) <= _SHORT else role
    if role and mention.generic and mention.country:
        role = without_country(role)
    words = (*mention.kind, *fold(f"{mention.organisation or ''} {role or ''}").split())
    return Speaker(
        person=mention.person,
        role=role,
        organisation=mention.organisation,
        country=mention.country,
        acronym=mention.acronym,
        kind=frozenset(words),
        generic=mention.generic,
        shows=mention.shows,
        called=mention.text if mention.generic else "",
    )


def _same(known: Speaker, other: Speaker) -> bool:
    """Whether two names are of one speaker: a surname, an acronym, another spelling."""
    if known.person and other.person:
        return _same_person(known.person, other.person)
    if known.person and not other.person and not other.organisation:
        return bool(other.role) and fold(other.role or "") == fold(known.role or "")
    if other.person and not other.role and known.organisation and not known.person:
        names = {fold(known.organisation), fold(known.acronym or "")}
        return fold(other.person) in names or fold(known.organisation).startswith(
            f"{fold(other.person)} "
        )
    if known.person or other.person:
        return False
    if known.organisation and other.organisation:
        return _same_body(known, other)
    return (known.organisation, known.role, known.country) == (
        other.organisation,
        other.role,
        other.country,
    )


def _same_person(one: str, other: str) -> bool:
    first, second = fold(one).split(), fold(other).split()
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    return len(short) == 1 and (short[0] in {long[0], long[-1]})


def _same_body(one: Speaker, other: Speaker) -> bool:
    names = [fold(one.organisation or ""), fold(other.organisation or "")]
    if names[0] == names[1]:
        return one.country is None or other.country is None or one.country == other.country
    short, long = sorted(names, key=len)
    if short and long.startswith(f"{short} "):
        return True
    acronyms = {fold(name or "") for name in (one.acronym, other.acronym) if name}
    initials = {"".join(word[0] for word in name.split() if word.isalpha()) for name in names}
    return bool(set(names) & (acronyms | {word for word in initials if len(word) > 2}))  # noqa: PLR2004


def _merged(known: Speaker, other: Speaker) -> Speaker:
    """Add what is new; the longer name stays."""
    person = max((known.person or "", other.person or ""), key=len) or None
    if known.organisation and not known.person:
        person = None
    organisation = known.organisation or other.organisation
    if known.organisation and other.organisation and not known.person:
        organisation = max((known.organisation, other.organisation), key=len)
    role = max((known.role or "", other.role or ""), key=_weight) or None
    return replace(
        known,
        person=person,
        organisation=organisation,
        role=role,
        country=known.country or other.country,
        acronym=known.acronym or other.acronym,
        kind=known.kind | other.kind,
    )


def _weight(role: str) -> tuple[int, int]:
    """An office tells more than a rank or a form of address."""
    parts = [fold(part).strip(".") for part in role.split()]
    ranks = {"gen", "maj", "col", "lt", "capt", "prof", "general", "major", "colonel"}
    return sum(part not in ranks for part in parts), len(role)


def _named_by(described: Speaker, known: Speaker) -> bool:
    """Whether all words of a description are in a body's name ("the court", "the town trust")."""
    return described.kind <= frozenset(fold(known.organisation or "").split())


def may_mean(described: Speaker, known: Speaker) -> bool:
    """Whether a description ("the spies", "a Danish official") may mean a named speaker."""
    if described.country and known.country != described.country:
        return False
    if known.organisation and not known.person and described.kind and _named_by(described, known):
        return True
    if any(described.kind & group and known.kind & group for group in WORDS.kinds):
        return True
    officials = bool(described.kind & _OFFICIALS)
    if officials and described.country:
        return True
    if any(known.kind & group and not described.kind & group for group in WORDS.kinds):
        return False
    bare = described.kind & {"agency", "group", "body", "organisation", "organization", "company"}
    return bool(bare) and known.person is None and known.organisation is not None
