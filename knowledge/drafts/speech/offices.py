"""Reads who is named with what stands beside the name: an office, an acronym, who carried it."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.drafts.speech.mentions import (
    LONGEST_PERSON,
    LONGEST_ROLE,
    Mention,
    bare_of_country,
    country_in,
    is_country,
    is_speaker,
    joined,
    name_of,
    without_the,
)
from knowledge.drafts.speech.names import body_or_person, read_phrase
from knowledge.drafts.speech.passages import Token
from knowledge.drafts.speech.words import WORDS

_NEAR = 5
"""Words from the article of a body to its name ("the local branch of the Red Cross")."""


def read_mention(tokens: Sequence[Token], apposition: Sequence[Token] = ()) -> Mention | None:
    """Read a noun phrase as somebody who may assert something; nothing where it cannot be."""
    tokens, acronym = _without_acronym(tokens)
    tokens, carriers = _without_carriers(tokens)
    while tokens and not tokens[0].is_word:
        tokens = tokens[1:]
    found = read_phrase(tokens) or _name_beside(tokens, apposition)
    if (found is None or found.generic) and (maker := _maker(apposition)):
        return read_mention(maker)
    if found is None:
        return None
    found = replace(found, acronym=acronym, carriers=carriers)
    return _beside(found, apposition) if apposition else found


def _maker(apposition: Sequence[Token]) -> Sequence[Token]:
    """Take "the institute" of "the survey, published last month by the institute, …"."""
    words = [token for token in apposition if token.is_word]
    by = next((at for at, token in enumerate(words) if token.word == "by"), len(words))
    return words[by + 1 :] if words and words[0].word in WORDS.produced else ()


def _name_beside(tokens: Sequence[Token], apposition: Sequence[Token]) -> Mention | None:
    """Read "the town's piper, Jo Bloggs": what the name is of is a person, whatever it is."""
    names = [token for token in apposition if token.text != ","]
    if not tokens or tokens[-1].is_capital or not 1 < len(names) <= LONGEST_PERSON:
        return None
    named = body_or_person(names) if all(token.is_capital for token in names) else None
    return replace(named, role=tokens[-1].text) if named and named.person else None


def _without_acronym(tokens: Sequence[Token]) -> tuple[Sequence[Token], str | None]:
    at = next((k for k, token in enumerate(tokens) if token.text == "("), None)
    if at is None:
        return tokens, None
    behind = tokens[at + 1 : at + 3]
    closed = len(behind) > 1 and behind[1].text == ")"
    if closed and behind[0].text.isupper():
        return (*tokens[:at], *tokens[at + 3 :]), behind[0].text
    return tokens[:at], None


def _without_carriers(tokens: Sequence[Token]) -> tuple[Sequence[Token], tuple[str, ...]]:
    """Cut "quoted by Jo Bloggs in The Herald" off."""
    for at, token in enumerate(tokens[:-1]):
        if token.word in WORDS.carrying and tokens[at + 1].word in {"by", "in"}:
            rest = tokens[at + 2 :]
            cut = next((k for k, one in enumerate(rest) if one.word in {"in", "of", "for"}), None)
            parts = [rest] if cut is None else [rest[cut + 1 :], rest[:cut]]
            return tokens[:at], tuple(filter(None, map(name_of, parts)))
    return tokens, ()


def _beside(found: Mention, tokens: Sequence[Token]) -> Mention:
    """Add what stands behind a comma: office and body, or the name of an office's holder."""
    tokens = [token for token in tokens if token.text != ","]
    while tokens and (tokens[0].word in WORDS.determiners or not tokens[0].is_word):
        tokens = tokens[1:]
    if not tokens or tokens[0].word in {"who", "which", "where", "whose"}:
        return found
    return _holder(found, tokens) or _office(found, tokens)


def _holder(found: Mention, tokens: Sequence[Token]) -> Mention | None:
    """Read "the firm's chairman, Jo Bloggs" and "the water company, Acme"."""
    if not found.role or found.person or not tokens[-1].is_capital:
        return None
    named = body_or_person(tokens)
    noun = found.role.casefold().split()[-1]
    if named.person and noun not in WORDS.company:
        return replace(
            named, role=found.role, organisation=found.organisation, country=found.country
        )
    name = named.organisation or named.person
    if not name or noun not in WORDS.company | WORDS.bodies:
        return None
    return replace(named, person=None, organisation=name, kind=(*found.kind, *named.kind))


def _office(found: Mention, tokens: Sequence[Token]) -> Mention:
    """Read "Jo Bloggs, deputy head of the Water Board"."""
    cut = _office_end(tokens)
    words = {token.word for token in tokens[:LONGEST_ROLE]}
    if not any(is_speaker(word) or "-" in word for word in words):
        return found
    if tokens[0].is_capital and not any(is_speaker(token.word) for token in tokens[:cut]):
        return found
    country = found.country or country_in(joined(tokens))
    if found.person is None and found.organisation:
        return replace(found, country=country)
    role = " ".join(joined(bare_of_country(tokens[:cut])).split()[:LONGEST_ROLE])
    return replace(
        found,
        role=found.role or role,
        organisation=_body_behind(tokens[cut + 1 :]) or found.organisation,
        country=country,
        generic=False,
    )


def _body_behind(tokens: Sequence[Token]) -> str | None:
    if len(tokens) > 1 and tokens[0].owns:
        tokens = tokens[1:]
    name = name_of(tokens)
    return without_the(name) if name and not is_country(name) else None


def _office_end(tokens: Sequence[Token]) -> int:
    """Return where an office ends and its body begins ("deputy head of the Water Board")."""
    for at, token in enumerate(tokens[:-1]):
        if at and token.word in WORDS.belonging and _begins_body(tokens, at):
            return at
    ends = (k for k, token in enumerate(tokens) if token.word in {"who", "which", "that"})
    return next(ends, len(tokens))


def _begins_body(tokens: Sequence[Token], at: int) -> bool:
    """Whether a body is named behind a preposition, and not only what the office is for."""
    rest = tokens[at + 1 :]
    if rest[0].is_capital:
        return True
    named = rest[0].word in WORDS.determiners and any(token.is_capital for token in rest[1:_NEAR])
    if not named or rest[1].is_capital or rest[1].owns:
        return named
    return tokens[at].word != "of" or not any(token.word in {"at", "with"} for token in rest)
