"""Reads who is named by a few words: person, role, organisation and country."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.drafts.passages import Token
from knowledge.language.attribution import (
    ARTICLES,
    BODIES,
    DETERMINERS,
    EVIDENCE,
    INDEFINITE,
    OUTLET_WORDS,
    OUTLETS,
    PREPOSITIONS,
    PRONOUNS,
    SPEAKERS,
    TITLES,
)
from knowledge.reading import find_countries

_LINKS = frozenset({"of", "for", "and", "&", "the", "de", "van", "von", "al", "bin", "la", "on"})
_BELONGING = frozenset({"of", "at", "for", "from", "by", "with", "in"})
_PRODUCED = frozenset(
    "published issued compiled produced written prepared conducted released commissioned made "
    "collected gathered".split()
)
"""Behind these and "by" stands whose a report is."""
_CARRYING = frozenset({"quoted", "cited", "reported", "carried"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_LONGEST_PERSON = 4
_LONGEST_ROLE = 6
_SHORTEST_ACRONYM = 2
_DOERS = ("ers", "ors", "ists", "ians", "eers")
"""Endings of nouns for people who do something."""


_COMPANY = frozenset(
    "company firm agency operator charity group organisation organization outlet newspaper union "
    "association consultancy contractor developer supplier manufacturer maker bank institute "
    "broadcaster regulator watchdog team think-tank party utility magazine".split()
)
"""Behind these stands the name of a body."""
_OWNERS = {"its": "body", "his": "person", "her": "person", "their": "any", "our": "we", "my": "we"}


def is_speaker(word: str) -> bool:
    """Whether a noun is one for people or bodies that may assert something."""
    return word in SPEAKERS or word in TITLES or word.endswith(_DOERS)


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is named at `start`..`end` of a paragraph, as far as these words tell.

    `generic` tells that no name is there ("officials", "the agency", "he"), and `pointing` that it was named
    before; `kind` are the words that say what it is, and `shows` that it is something shown rather than somebody who speaks.
    """

    start: int
    end: int
    text: str
    person: str | None = None
    role: str | None = None
    organisation: str | None = None
    country: str | None = None
    acronym: str | None = None
    pronoun: str | None = None
    generic: bool = False
    indefinite: bool = False
    pointing: bool = False
    shows: bool = False
    kind: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()

    @property
    def outlet(self) -> bool:
        """Whether it is a publication, or one's journalist."""
        return is_outlet(self.organisation or self.text)


def is_outlet(name: str) -> bool:
    """Whether a name is that of a publication or a news agency."""
    parts = name.casefold().replace("-", " ").replace("'", " ").split()
    return any(part in OUTLETS for part in parts) or (
        bool(parts) and (parts[-1] in OUTLET_WORDS or "news" in parts or "newspaper" in parts)
    )


def read_mention(tokens: Sequence[Token], apposition: Sequence[Token] = ()) -> Mention | None:
    """Read a noun phrase as somebody who may assert something; nothing where it cannot be."""
    tokens, acronym = _without_acronym(tokens)
    tokens, carriers = _without_carriers(tokens)
    while tokens and not tokens[0].is_word:
        tokens = tokens[1:]
    if not tokens:
        return None
    found = _read(tokens)
    if found is None:
        return None
    found = replace(found, acronym=acronym or found.acronym, carriers=carriers)
    return _with_apposition(found, apposition) if apposition else found


def _without_acronym(tokens: Sequence[Token]) -> tuple[Sequence[Token], str | None]:
    for at, token in enumerate(tokens[:-2]):
        if token.text == "(" and tokens[at + 2].text == ")" and tokens[at + 1].text.isupper():
            return (*tokens[:at], *tokens[at + 3 :]), tokens[at + 1].text
    for at, token in enumerate(tokens):
        if token.text == "(":
            return tokens[:at], None
    return tokens, None


def _without_carriers(tokens: Sequence[Token]) -> tuple[Sequence[Token], tuple[str, ...]]:
    for at, token in enumerate(tokens[:-1]):
        if token.word in _CARRYING and tokens[at + 1].word in {"by", "in"}:
            rest = tokens[at + 2 :]
            cut = next((k for k, one in enumerate(rest) if one.word in {"in", "of", "for"}), None)
            parts = [rest] if cut is None else [rest[cut + 1 :], rest[:cut]]
            return tokens[:at], tuple(filter(None, (name_of(part) for part in parts)))
    return tokens, ()


def name_of(tokens: Sequence[Token]) -> str:
    """Return the first run of names in some words."""
    tokens = [token for token in tokens if not token.word.endswith("-based")]
    start = next((at for at, token in enumerate(tokens) if _is_name(token)), len(tokens))
    return _joined(tokens[start : start + _run_length(tokens[start:])])


def _is_name(token: Token) -> bool:
    return token.is_capital and token.word not in DETERMINERS - {"the"}


def _run_length(tokens: Sequence[Token]) -> int:
    """Return how many tokens from the first on make one name."""
    length = 0
    for at, token in enumerate(tokens):
        if token.is_capital or (token.is_word and token.text[0].isdigit() and length):
            length = at + 1
            if token.owns:
                break
        elif token.word not in _LINKS or at != length:
            break
    return length


def _joined(tokens: Sequence[Token]) -> str:
    text = " ".join(token.text for token in tokens)
    return text.replace(" - ", "-").removesuffix("'s").removesuffix("'")


def _place(tokens: Sequence[Token]) -> tuple[int, int, str]:
    return tokens[0].start, tokens[-1].end, _joined(tokens)


def _read(tokens: Sequence[Token]) -> Mention | None:
    if not tokens:
        return None
    start, end, text = _place(tokens)
    if len(tokens) == 1 and tokens[0].word in PRONOUNS:
        kind = PRONOUNS[tokens[0].word]
        return Mention(start, end, text, pronoun=kind, generic=True)
    head, tail = _head(tokens)
    if head and head[0].word in _OWNERS and head[-1].word in EVIDENCE | {"volunteers", "team"}:
        return Mention(start, end, text, pronoun=_OWNERS[head[0].word], generic=True)
    if not head:
        return None
    whole = [token for token in head if token.word not in DETERMINERS or token.text == "The"]
    owned = any(token.owns for token in head)
    definite = head[0].word in ARTICLES - {"a", "an"} or owned or _named(head)
    indefinite = head[0].word in INDEFINITE or not definite
    if len(head) == 1 and head[0].word in SPEAKERS | EVIDENCE:
        indefinite = True
    if len(whole) > 1 and whole[0].word == "the" and not _keeps_the(whole):
        whole = whole[1:]
    if not whole:
        return None
    found = _owned(whole, tail) or _plain_head(whole, tail)
    if found is None:
        return None
    country = found.country or _country(text)
    pointing = head[0].word in _POINTING
    return replace(
        found, start=start, end=end, country=country, indefinite=indefinite, pointing=pointing
    )


def _named(tokens: Sequence[Token]) -> bool:
    return tokens[-1].is_capital


def _keeps_the(tokens: Sequence[Token]) -> bool:
    """Whether an article belongs to the name, as that of a newspaper's."""
    owner = next((at for at, token in enumerate(tokens) if token.owns), len(tokens) - 1)
    return is_outlet(_joined(tokens[1 : owner + 1])) and tokens[owner].is_capital


def _head(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Cut a noun phrase before what it belongs to ("… of the council", "… at Leeds")."""
    for at, token in enumerate(tokens):
        made = token.word.endswith("ed") or token.word in {"seen", "made", "written"}
        if at and made and not token.is_capital and tokens[at - 1].word in EVIDENCE:
            by = at + 1 < len(tokens) and tokens[at + 1].word == "by"
            return tokens[:at], tokens[at + 2 :] if by and token.word in _PRODUCED else ()
        if token.word in PREPOSITIONS and at:
            links = token.word in _LINKS and at + 1 < len(tokens)
            if links and tokens[at - 1].is_capital and tokens[at + 1].is_capital:
                if _is_body(tokens[:at]) or tokens[at - 1].word in TITLES:
                    continue
            tail = tokens[at + 1 :] if token.word in _BELONGING else ()
            return tokens[:at], tail
        if token.text in {",", ":", ";"} or token.word in {"who", "which", "that", "whose"}:
            return tokens[:at], ()
    return tokens, ()


def _owned(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention | None:
    """Read "Wales's health minister", "the firm's report", "The Herald's Jo Bloggs"."""
    at = next((k for k, token in enumerate(tokens[:-1]) if token.owns), None)
    if at is None:
        return None
    owner, rest = tokens[: at + 1], tokens[at + 1 :]
    if rest[-1].word in EVIDENCE and not rest[-1].is_capital:
        return _read(owner)
    whole = all(token.is_capital for token in tokens) and rest[-1].word in BODIES
    if whole and not _country(_joined(owner)) and not is_outlet(_joined(owner)):
        return _with_tail(_name(tokens), tail)
    thing = _plain_head(rest, tail)
    if thing is None:
        return None
    country = _country(_joined(owner))
    if country:
        text = thing.text if not thing.generic else _joined((*owner, *rest))
        if thing.generic or (thing.role and not thing.person and not thing.organisation):
            text = f"{_joined(owner)}'s {thing.text}"
        return replace(thing, country=country, text=text)
    if owner[0].is_capital and not thing.organisation:
        return replace(thing, organisation=_joined(owner), generic=False)
    return thing


def _plain_head(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention | None:
    start, end, text = _place(tokens)
    last = tokens[-1]
    plain = len(tokens) == 1 and (last.word in SPEAKERS or last.word in EVIDENCE)
    if last.is_capital and not plain:
        return _with_tail(_name(tokens), tail)
    if last.word in EVIDENCE:
        return _evidence(tokens, tail)
    # ("two people familiar with the matter")
    if last.word in {"familiar", "close", "present", "involved"} and len(tokens) > 1:
        found = _plain_head(tokens[:-1], ())
        behind = " ".join(token.text for token in tail[:3])
        told = f"{last.text} with {behind}" if last.word == "familiar" and behind else last.text
        return replace(found, role=f"{found.role} {told}") if found and found.role else found
    if is_speaker(last.word):
        kind = tuple(token.word for token in tokens)
        named = _without_country(tokens)
        if last.word in BODIES and 2 <= len(named) < len(tokens):  # noqa: PLR2004 - "Danish food agency"
            return Mention(start, end, text, organisation=_joined(named), kind=kind)
        if last.word in BODIES | _COMPANY and named[0].is_capital and not _country(text):
            return Mention(start, end, text, organisation=text, kind=kind)
        role = " ".join(token.text for token in tokens[-_LONGEST_ROLE:])
        found = Mention(start, end, text, role=role, generic=True, kind=kind)
        return _with_tail(found, tail)
    return None


def _evidence(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention | None:
    """Read "a Health Board report", "data from the Census Office", "satellite imagery"."""
    start, end, text = _place(tokens)
    names = [token for token in tokens[:-1] if token.is_capital]
    if names and not (_country(_joined(names)) and len(names) <= 2):  # noqa: PLR2004 - "South Korean"
        first = tokens.index(names[0])
        return _name(tokens[first : first + _run_length(tokens[first:])])
    behind = _read(tail) or _read(tail[: _run_length(tail)]) if tail else None
    if behind is not None and behind.pronoun in {None, "we"}:
        return behind
    kind = tuple(token.word for token in tokens)
    return Mention(start, end, text, role=text, generic=True, shows=True, kind=kind)


def _with_tail(found: Mention | None, tail: Sequence[Token]) -> Mention | None:
    """Add the body behind "of", "at" or "for" to somebody who belongs to it."""
    if found is None or not tail or found.organisation:
        return found
    name = name_of(tail[:1] if tail[0].owns else tail)
    if tail[0].owns and len(tail) > 1:
        name = name_of(tail[1:]) or name
    if not name or _country(name) and len(name.split()) <= 2:  # noqa: PLR2004
        return replace(found, country=_country(name) or found.country) if name else found
    return replace(found, organisation=_without_the(name), generic=False)


def _without_the(name: str) -> str:
    return name if is_outlet(name) else name.removeprefix("The ")


def _name(tokens: Sequence[Token]) -> Mention:
    """Read a head that ends with a name."""
    start, end, text = _place(tokens)
    first = len(tokens) - 1
    while first and (tokens[first - 1].is_capital or _links(tokens, first - 1)):
        first -= 1
    before, run = tokens[:first], tokens[first:]
    titled = max((k for k, token in enumerate(run) if token.word in TITLES), default=-1)
    role = [token for token in before if token.word not in DETERMINERS]
    owner = _run_length(role) if role and not role[-1].is_capital else 0
    if (
        owner
        and is_speaker(role[-1].word)
        and not _is_body(run)
        and not _country(_joined(role[:owner]))
    ):
        found = _person(start, end, run, role[owner:])
        return replace(found, organisation=_joined(role[:owner]))
    if 0 <= titled < len(run) - 1 and not _is_body(run[titled + 1 :]):
        role = [*role, *_without_country(run[: titled + 1])]
        return _person(start, end, run[titled + 1 :], role)
    if titled == len(run) - 1 or (titled >= 0 and not _is_body(run)):
        kind = tuple(token.word for token in tokens)
        return Mention(start, end, text, role=_joined(_without_country(tokens)), kind=kind)
    if role and is_speaker(role[-1].word) and not _is_body(run):
        if role[-1].word in TITLES or (len(run) > 1 and role[-1].word not in _COMPANY):
            return _person(start, end, run, role)
        kind = tuple(token.word for token in (*role, *run))
        return replace(_body(start, end, run), person=None, organisation=_joined(run), kind=kind)
    return _body(start, end, run)


def _links(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at].word in _LINKS and tokens[at - 1].is_capital


def _person(start: int, end: int, run: Sequence[Token], role: Sequence[Token]) -> Mention:
    name = _joined(run[-_LONGEST_PERSON:])
    called = " ".join(token.text for token in role[-_LONGEST_ROLE:]) or None
    kind = tuple(token.word for token in role)
    return Mention(start, end, name, person=name, role=called, kind=kind)


def _body(start: int, end: int, run: Sequence[Token]) -> Mention:
    """Read a name without a role: a country, a body, or what may be either person or body."""
    name = _joined(run)
    kind = tuple(token.word for token in run)
    code = _country(name)
    if code and _is_country(name):
        return Mention(start, end, name, country=code, kind=kind)
    if _is_body(run) or not _may_be_person(run):
        organisation = _joined(_without_country(run)) if code else name
        return Mention(start, end, name, organisation=organisation, country=code, kind=kind)
    return Mention(start, end, name, person=name, kind=())


def _may_be_person(run: Sequence[Token]) -> bool:
    return 1 <= len(run) <= _LONGEST_PERSON and all(
        token.text[1:].islower()
        or "-" in token.text
        or "." in token.text
        or "'" in token.text
        or _camel(token.text)
        for token in run
    )


def _camel(text: str) -> bool:
    return text.startswith(("Mc", "Mac", "De", "Di", "O'"))


def _is_body(run: Sequence[Token]) -> bool:
    if any(token.word in BODIES or token.word in OUTLETS for token in run):
        return True
    return any(
        len(token.text) >= _SHORTEST_ACRONYM and token.text.isupper() and token.text.isalpha()
        for token in run
    )


def _is_country(name: str) -> bool:
    found = find_countries(name)
    return len(found) == 1 and found[0].end - found[0].start >= len(name) - 1


def _country(text: str) -> str | None:
    codes = {one.code for one in find_countries(text)}
    return codes.pop() if len(codes) == 1 else None


def _without_country(tokens: Sequence[Token]) -> Sequence[Token]:
    """Drop a country's adjective in front of an office ("South Korean Defense Minister")."""
    for length in (2, 1):
        if length < len(tokens) and _is_country(_joined(tokens[:length])):
            if tokens[0].text.isupper() or tokens[0].text.endswith("."):
                return tokens
            return tokens[length:]
    return tokens


def _with_apposition(found: Mention, tokens: Sequence[Token]) -> Mention:
    """Add what stands behind a comma: office and body, or the name of an office's holder."""
    tokens = [token for token in tokens if token.text != ","]
    while tokens and (tokens[0].word in DETERMINERS or not tokens[0].is_word):
        tokens = tokens[1:]
    if not tokens or tokens[0].word in {"who", "which", "where", "whose"}:
        return found
    if found.role and not found.person and tokens[-1].is_capital:
        named = _name(tokens)
        single = found.role.casefold().split()[-1]
        if named.person and single not in _COMPANY:
            return replace(
                named, role=found.role, organisation=found.organisation, country=found.country
            )
        name = named.organisation or named.person
        if name and single in _COMPANY | BODIES:
            return replace(
                named, person=None, organisation=name, role=None, kind=(*found.kind, *named.kind)
            )
    offices = {token.word for token in tokens[:_LONGEST_ROLE]}
    if not any(is_speaker(word) or "-" in word for word in offices):
        return found
    cut = _office_end(tokens)
    role = _joined(_without_country(tokens[:cut]))
    behind = tokens[cut + 1 :]
    if len(behind) > 1 and behind[0].owns:
        behind = behind[1:]
    organisation = name_of(behind)
    if tokens[0].is_capital and not any(
        t.word in TITLES or t.word in SPEAKERS for t in tokens[:cut]
    ):
        return found
    if len(role.split()) > _LONGEST_ROLE:
        role = " ".join(role.split()[:_LONGEST_ROLE])
    country = found.country or _country(_joined(tokens))
    if found.person is None and found.organisation and not _named_after(found):
        return replace(found, country=country)
    own = _without_the(organisation) if organisation and not _is_country(organisation) else None
    return replace(
        found,
        person=found.person or found.organisation,
        role=found.role or role,
        organisation=own or (found.organisation if found.person else None),
        country=country,
        generic=False,
    )


def _named_after(found: Mention) -> bool:
    return False


def _office_end(tokens: Sequence[Token]) -> int:
    """Return where an office ends and its body begins ("deputy head of the Water Board")."""
    for at, token in enumerate(tokens[:-1]):
        if at and token.word in _BELONGING:
            rest = tokens[at + 1 :]
            if rest[0].is_capital or (
                rest[0].word in DETERMINERS and any(t.is_capital for t in rest[1:5])
            ):
                if not (
                    token.word == "of"
                    and not rest[0].is_capital
                    and not rest[1].is_capital
                    and not rest[1].owns
                    and any(t.word in {"at", "with"} for t in rest)
                ):
                    return at
    return next(
        (k for k, t in enumerate(tokens) if t.word in {"who", "which", "that"}), len(tokens)
    )
