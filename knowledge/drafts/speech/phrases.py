"""Finds verbs of saying, their subjects, and the noun phrases around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.drafts.speech.mentions import is_speaker, lists_countries
from knowledge.drafts.speech.passages import Token
from knowledge.drafts.speech.words import WORDS

LONGEST_PHRASE = 14
_BREAKS = frozenset('";:–—.?!')
_GIVEN = 4
"""So many words behind a verb of giving may an estimate follow ("issued its latest estimate")."""
_FEW = 3
"""Words of a subject among which its noun stands, before a name ("the union organisers of …")."""
_SEGMENTS = 4
"""Parts between commas from a name to its verb: name, office, body, one more (chosen by eye)."""
_SHORTEST_ADVERB = 5
""""only" and "ally" are none; adverbs in -ly have a stem of three letters at least."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of a verb's subject and its apposition; `again`: whoever spoke before."""

    words: Sequence[Token] = ()
    apposition: Sequence[Token] = ()
    again: bool = False


def is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a verb by which its subject asserts something."""
    token, behind = tokens[at], tokens[at + 1 :]
    if token.word in WORDS.giving:
        return any(one.word in WORDS.evidence for one in behind[:_GIVEN])
    if token.word in WORDS.naming:
        return any(one.text[0].isdigit() for one in behind[: _GIVEN - 1])
    if token.word not in WORDS.saying | WORDS.refusing or token.owns or (token.is_capital and at):
        return False
    passive = bool(behind) and behind[0].word == "by"
    return not passive and not (_is_noun(tokens, at) or _is_participle(tokens, at))


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    word, before = tokens[at].word, tokens[at - 1].word if at else ""
    if before in WORDS.determiners - {"that"} or (at and tokens[at - 1].owns):
        return True
    if word not in WORDS.also_nouns:
        return False
    if before in WORDS.prepositions or before[:1].isdigit() or not before:
        return True
    return not word.endswith(("s", "ed", "ing")) and not _has_plural(tokens, at)


def _is_participle(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1].word if at else ""
    return before in WORDS.being | {"to"} or (
        before == "," and tokens[at].word in WORDS.participles
    )


def _has_plural(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb without an ending may have a subject here ("experts estimate")."""
    before = tokens[at - 1].word if at else ""
    if tokens[at].word == "put" or before.endswith("s") or before in WORDS.plurals | WORDS.helpers:
        return True
    near = tokens[max(0, at - LONGEST_PHRASE) : at]
    if any(one.word in WORDS.evidence and one.word.endswith("s") for one in near):
        return True
    ends = (k for k in range(len(near), 0, -1) if _leads(near[k - 1]))
    subject = near[next(ends, 0) :]
    several = any(one.word in WORDS.speakers and one.word.endswith("s") for one in subject[:_FEW])
    return several or any(_joins_names(subject, k) for k in range(1, len(subject) - 1))


def _leads(token: Token) -> bool:
    """Whether a clause may begin behind a token."""
    return token.text in _BREAKS | {","} or token.word in WORDS.subordinators - {"and"}


def _joins_names(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].word == "and" and tokens[at - 1].is_capital and tokens[at + 1].is_capital


def phrase_behind(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    """Return the noun phrase that begins at `start`."""
    end = start
    while end < len(tokens) and end - start < LONGEST_PHRASE:
        if tokens[end].text == "(" and end + 2 < len(tokens) and tokens[end + 2].text == ")":
            end += 3
        elif _ends_phrase(tokens, end, start):
            break
        else:
            end += 1
    return tokens[start:end]


def _ends_phrase(tokens: Sequence[Token], at: int, start: int) -> bool:
    token = tokens[at]
    if token.text == "," and lists_countries(tokens[start:], at - start):
        return False
    if not token.is_word and token.text not in {"-", "&", "'"}:
        return True
    said = token.word not in WORDS.evidence and is_verb(tokens, at)
    if said or token.word in WORDS.relatives | {"while", "but", "as"}:
        return True
    # "according to an agency report The Herald has seen"
    return at > start and token.is_capital and tokens[at - 1].word in WORDS.evidence


def subject_of(tokens: Sequence[Token], at: int) -> Subject:
    """Return the subject of the verb at `at`, which may have none of its own."""
    end = _subject_end(tokens, at)
    if not end:
        return Subject()
    before = tokens[end - 1]
    participle = tokens[at].word.endswith("ing")
    if before.word in {"and", "but"} or (before.text == "," and participle):
        return Subject(again=True)
    if before.word in WORDS.relatives:
        return Subject(last_noun(tokens, end - 1))
    found = _chosen(_segments(tokens, end))
    return Subject(_behind_with(found.words), found.apposition) if participle else found


def _subject_end(tokens: Sequence[Token], at: int) -> int:
    """Return where the subject of a verb ends; 0 where the verb is denied or has none."""
    end = at
    if at > 1 and (tokens[at - 2].word, tokens[at - 1].word) == ("quoted", "as"):
        end = at - 2
    while end and (
        tokens[end - 1].word in WORDS.helpers | WORDS.being or _is_adverb(tokens[end - 1])
    ):
        if tokens[end - 1].word == "not":
            return 0
        end -= 1
    return end


def _is_adverb(token: Token) -> bool:
    long = len(token.word) >= _SHORTEST_ADVERB
    return long and token.word.endswith("ly") and not token.is_capital


def _segments(tokens: Sequence[Token], end: int) -> list[list[Token]]:
    """Cut the words before a verb at commas, back to where its clause begins."""
    start = end
    while start and not _bounds(tokens, start - 1, end):
        start -= 1
    segments: list[list[Token]] = [[]]
    for token in tokens[start:end]:
        if token.text == ",":
            segments.append([])
        else:
            segments[-1].append(token)
    return segments


def _bounds(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a clause begins behind a token."""
    token = tokens[at]
    if token.text in _BREAKS:
        return True
    if token.word == "and" and 0 < at < end - 1:
        return not (_joins_names(tokens, at) or _joins_speakers(tokens, at, end))
    if token.word in {"who", "which", "whose"} and at and tokens[at - 1].text == ",":
        return False
    return token.word in WORDS.subordinators or (
        is_verb(tokens, at) and token.word not in WORDS.evidence
    )


def _joins_speakers(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether two descriptions speak together ("police and organisers say")."""
    first = at == 1 or _leads(tokens[at - 2]) or tokens[at - 2].word in WORDS.determiners
    return first and is_speaker(tokens[at - 1].word) and is_speaker(tokens[end - 1].word)


def _chosen(segments: Sequence[Sequence[Token]]) -> Subject:
    """Choose the subject among the segments of a clause, the last one next to the verb."""
    last = segments[-1]
    if last and last[0].word not in WORDS.relatives:
        return Subject(noun_phrase(last, len(last)))
    filled = [segment for segment in segments if segment]
    if len(filled) < 2:  # noqa: PLR2004 - a name and its apposition
        return Subject(noun_phrase(filled[0], len(filled[0]))) if filled else Subject()
    clauses = (back for back in range(3, len(filled) + 1) if _is_clause(filled[-back]))
    furthest = min(len(filled), _SEGMENTS, next(clauses, len(filled) + 1) - 1)
    for back in range(2, furthest + 1):
        phrase = noun_phrase(filled[-back], len(filled[-back]))
        if phrase and (phrase[-1].is_capital or back == furthest):
            return Subject(phrase, [token for one in filled[1 - back :] for token in one])
    return Subject(noun_phrase(filled[-2], len(filled[-2])), filled[-1])


def _is_clause(segment: Sequence[Token]) -> bool:
    """Whether a segment tells something of its own, so that nobody's name reaches back to it."""
    verbs = WORDS.helpers | WORDS.being
    return any(token.word in verbs or token.text[0].isdigit() for token in segment)


def noun_phrase(tokens: Sequence[Token], end: int) -> Sequence[Token]:
    """Return the noun phrase that ends before `end`, without what leads to it."""
    floor = end
    while floor and (tokens[floor - 1].is_word or tokens[floor - 1].text in {"-", "(", ")", "&"}):
        if tokens[floor - 1].word in WORDS.subordinators - {"and"}:
            break
        floor -= 1
    words = tokens[floor:end]
    if not words or words[0].word not in WORDS.prepositions - {"with"}:
        return words
    return words[_phrase_start(words) :]


def _phrase_start(words: Sequence[Token]) -> int:
    """Return where a noun phrase begins behind a preposition and its own noun."""
    starts = [
        at
        for at, token in enumerate(words)
        if at > 1
        and token.word in WORDS.determiners
        and words[at - 1].word not in WORDS.prepositions
    ]
    if starts:
        return starts[-1]
    first = len(words) - 1
    while first > 1 and words[first - 1].is_capital:
        first -= 1
    return first if words[first].is_capital else 0


def last_noun(tokens: Sequence[Token], end: int) -> Sequence[Token]:
    """Return the noun phrase right before a relative pronoun."""
    if end and tokens[end - 1].text == ",":
        end -= 1
    start = end
    while start and tokens[start - 1].is_word and tokens[start - 1].word not in WORDS.prepositions:
        start -= 1
        if tokens[start].word in WORDS.determiners:
            break
    return tokens[start:end]


def _behind_with(words: Sequence[Token]) -> Sequence[Token]:
    """Take "spies" of "with spies claiming"."""
    at = max((k for k, token in enumerate(words) if token.word == "with"), default=-1)
    return words[at + 1 :] if 0 <= at < len(words) - 1 else words
