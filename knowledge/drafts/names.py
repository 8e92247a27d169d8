"""Reads a noun phrase as who asserts something: person, role, organisation and country."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.drafts.mentions import (
    LONGEST_PERSON,
    LONGEST_ROLE,
    Mention,
    bare_of_country,
    country_in,
    is_body,
    is_country,
    is_outlet,
    is_speaker,
    joined,
    may_be_person,
    mention,
    name_of,
    run_length,
    without_the,
)
from knowledge.drafts.passages import Token
from knowledge.drafts.words import WORDS

_TWO = 2
_OWN = frozenset({"volunteers", "team", "staff"})
"""Beside reports, "our" and "its" may be said of these."""


def read_phrase(tokens: Sequence[Token]) -> Mention | None:
    """Read a noun phrase; nothing where nobody can be meant by it."""
    if not tokens:
        return None
    pronoun = _pronoun(tokens)
    if pronoun is not None:
        return replace(mention(tokens), pronoun=pronoun, generic=True, kind=())
    head, tail = _head(tokens)
    whole = _without_article(head)
    if not whole:
        return None
    found = _owned(whole, tail) or _unowned(whole, tail)
    if found is None:
        return None
    return replace(
        found,
        start=tokens[0].start,
        end=tokens[-1].end,
        country=found.country or country_in(joined(tokens)),
        indefinite=_is_indefinite(head),
        pointing=head[0].word in WORDS.pointing,
    )


def _pronoun(tokens: Sequence[Token]) -> str | None:
    """Return what "he", "its report" or "our volunteers" may stand for."""
    first = tokens[0].word
    if len(tokens) == 1:
        return WORDS.pronouns.get(first)
    head, _ = _head(tokens)
    owned = bool(head) and head[-1].word in WORDS.evidence | _OWN
    return WORDS.owners.get(first) if owned else None


def _without_article(head: Sequence[Token]) -> Sequence[Token]:
    whole = [token for token in head if token.word not in WORDS.determiners or token.text == "The"]
    if len(whole) > 1 and whole[0].word == "the" and not _keeps_the(whole):
        return whole[1:]
    return whole


def _keeps_the(tokens: Sequence[Token]) -> bool:
    """Whether an article belongs to the name, as that of a newspaper's."""
    owner = next((at for at, token in enumerate(tokens) if token.owns), len(tokens) - 1)
    return is_outlet(joined(tokens[1 : owner + 1])) and tokens[owner].is_capital


def _is_indefinite(head: Sequence[Token]) -> bool:
    first = head[0].word
    if first in WORDS.indefinite or (len(head) == 1 and first in WORDS.speakers | WORDS.evidence):
        return True
    owned = any(token.owns for token in head)
    return not (first in WORDS.articles or owned or head[-1].is_capital)


def _head(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Cut a noun phrase before what it belongs to ("… of the council", "… at Leeds")."""
    for at, token in enumerate(tokens):
        if at and _is_made(tokens, at):
            by = at + 1 < len(tokens) and tokens[at + 1].word == "by"
            return tokens[:at], tokens[at + 2 :] if by and token.word in WORDS.produced else ()
        if at and token.word in WORDS.prepositions and not _links_bodies(tokens, at):
            return tokens[:at], tokens[at + 1 :] if token.word in WORDS.belonging else ()
        if token.text in {",", ":", ";"} or token.word in {"who", "which", "that", "whose"}:
            return tokens[:at], ()
    return tokens, ()


def _is_made(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle begins to tell more of a report ("documents seen by …")."""
    token = tokens[at]
    made = token.word.endswith("ed") or token.word in {"seen", "made", "written"}
    return made and not token.is_capital and tokens[at - 1].word in WORDS.evidence


def _links_bodies(tokens: Sequence[Token], at: int) -> bool:
    """Whether a preposition stands inside a name ("Ministry of Defence")."""
    if tokens[at].word not in WORDS.name_links or at + 1 == len(tokens):
        return False
    inside = tokens[at - 1].is_capital and tokens[at + 1].is_capital
    return inside and (is_body(tokens[:at]) or tokens[at - 1].word in WORDS.titles)


def _owned(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention | None:
    """Read "Wales's health minister", "the firm's report", "The Herald's Jo Bloggs"."""
    at = next((k for k, token in enumerate(tokens[:-1]) if token.owns), None)
    if at is None:
        return None
    owner, rest = tokens[: at + 1], tokens[at + 1 :]
    if rest[-1].word in WORDS.evidence and not rest[-1].is_capital:
        return read_phrase(owner)
    if _is_one_name(owner, rest):
        return _with_tail(_named(tokens), tail)
    thing = _unowned(rest, tail)
    return None if thing is None else _of_owner(thing, owner)


def _is_one_name(owner: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a possessive is part of a name ("the Fishermen's Association")."""
    capitals = all(token.is_capital for token in (*owner, *rest))
    name = joined(owner)
    return (
        capitals and rest[-1].word in WORDS.bodies and not country_in(name) and not is_outlet(name)
    )


def _of_owner(thing: Mention, owner: Sequence[Token]) -> Mention:
    """Say whose somebody is: a country's, or a body's."""
    name = joined(owner)
    country = country_in(name)
    if country:
        nameless = not thing.person and not thing.organisation
        text = f"{name}'s {thing.text}" if nameless else thing.text
        return replace(thing, country=country, text=text)
    if owner[0].is_capital and not thing.organisation:
        return replace(thing, organisation=name, generic=False)
    return thing


def _unowned(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention | None:
    last = tokens[-1]
    plain = len(tokens) == 1 and (last.word in WORDS.speakers or last.word in WORDS.evidence)
    if last.is_capital and not plain:
        return _with_tail(_named(tokens), tail)
    if last.word in WORDS.evidence:
        return _evidence(tokens, tail)
    if last.word in WORDS.aware and len(tokens) > 1:
        return _aware(tokens, tail)
    return _described(tokens, tail) if is_speaker(last.word) else None


def _aware(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention | None:
    """Read "people familiar with the matter"."""
    found = _described(tokens[:-1], ()) if is_speaker(tokens[-2].word) else None
    if found is None:
        return None
    behind = " ".join(token.text for token in tail[: LONGEST_ROLE // 2])
    with_what = f" with {behind}" if tokens[-1].word == "familiar" and behind else ""
    role = f"{found.role} {tokens[-1].text}{with_what}"
    return replace(found, role=role, text=role)


def _described(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention:
    """Read a head that ends with a plain noun: a body in small letters, or nobody's name."""
    found = mention(tokens)
    last, rest = tokens[-1].word, bare_of_country(tokens)
    if last in WORDS.bodies and _TWO <= len(rest) < len(tokens):
        return replace(found, organisation=joined(rest))
    if last in WORDS.bodies | WORDS.company and rest[0].is_capital and not country_in(found.text):
        return replace(found, organisation=found.text)
    role = joined(tokens[-LONGEST_ROLE:])
    return _with_tail(replace(found, role=role, generic=True), tail)


def _evidence(tokens: Sequence[Token], tail: Sequence[Token]) -> Mention:
    """Read "a Health Board report", "data from the Census Office", "satellite imagery"."""
    names = [token for token in tokens[:-1] if token.is_capital]
    if names and not (country_in(joined(names)) and len(names) <= _TWO):
        first = tokens.index(names[0])
        return _named(tokens[first : first + run_length(tokens[first:])])
    ends = range(len(tail), 0, -1)
    behind = next((found for end in ends if (found := read_phrase(tail[:end]))), None)
    if behind is not None and behind.pronoun in {None, "we"}:
        return behind
    found = mention(tokens)
    return replace(found, role=found.text, generic=True, shows=True)


def _with_tail(found: Mention, tail: Sequence[Token]) -> Mention:
    """Add the body behind "of", "at" or "for" to somebody who belongs to it."""
    if not tail or found.organisation:
        return found
    name = name_of(tail[:1] if tail[0].owns else tail)
    if tail[0].owns and len(tail) > 1:
        name = name_of(tail[1:]) or name
    if not name:
        return found
    if country_in(name) and len(name.split()) <= _TWO:
        return replace(found, country=country_in(name))
    return replace(found, organisation=without_the(name), generic=False)


def _named(tokens: Sequence[Token]) -> Mention:
    """Read a head that ends with a name."""
    first = len(tokens) - 1
    while first and (tokens[first - 1].is_capital or _is_link(tokens, first - 1)):
        first -= 1
    run = tokens[first:]
    if len(run) > _TWO and run[-1].word in WORDS.post_nominals:
        run = run[:-1]
    role = [token for token in tokens[:first] if token.word not in WORDS.determiners]
    found = _with_role(run, role) if role else None
    return found or _titled(tokens, run, role) or body_or_person(run)


def _is_link(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at].word in WORDS.name_links and tokens[at - 1].is_capital


def _with_role(run: Sequence[Token], role: Sequence[Token]) -> Mention | None:
    """Read "the charity Shelter", "Acme chief executive Jane Roe", "spokesman John Doe"."""
    last = role[-1].word
    if not is_speaker(last) or is_body(run):
        return None
    owner = run_length(role) if not role[-1].is_capital and last not in WORDS.company else 0
    if owner and not country_in(joined(role[:owner])):
        return replace(_person(run, role[owner:]), organisation=joined(role[:owner]))
    if any(token.word in WORDS.titles for token in run[:-1]):
        return None
    if last in WORDS.titles or (len(run) > 1 and last not in WORDS.company):
        return _person(run, role)
    found = body_or_person(run)
    kind = tuple(token.word for token in (*role, *run))
    return replace(found, person=None, organisation=joined(run), kind=kind)


def _titled(tokens: Sequence[Token], run: Sequence[Token], role: Sequence[Token]) -> Mention | None:
    """Read a name with a title ("Minister Kim Lee"), or an office in capitals."""
    at = max((k for k, token in enumerate(run) if token.word in WORDS.titles), default=-1)
    if at < 0:
        return None
    if at < len(run) - 1 and not is_body(run[at + 1 :]):
        return _person(run[at + 1 :], [*role, *bare_of_country(run[: at + 1])])
    if at == len(run) - 1 or not is_body(run):
        return replace(mention(tokens), role=joined(bare_of_country(tokens)))
    return None


def _person(run: Sequence[Token], role: Sequence[Token]) -> Mention:
    name = joined(run[-LONGEST_PERSON:])
    called = " ".join(token.text for token in role[-LONGEST_ROLE:]) or None
    kind = tuple(token.word for token in role)
    return replace(mention(run), text=name, person=name, role=called, kind=kind)


def body_or_person(run: Sequence[Token]) -> Mention:
    """Read a name without a role: a country, a body, or what may be either person or body."""
    found = mention(run)
    code = country_in(found.text)
    if code and is_country(found.text):
        return replace(found, country=code)
    if is_body(run) or not may_be_person(run):
        organisation = joined(bare_of_country(run)) if code else found.text
        return replace(found, organisation=organisation, country=code)
    return replace(found, person=found.text, kind=())
