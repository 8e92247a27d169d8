"""Finds who is said to assert what: "the ministry said …", "…, said Lee", "according to …"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.drafts.names import Mention, is_outlet, is_speaker, name_of, read_mention
from knowledge.drafts.passages import Stretch, Token
from knowledge.language.attribution import (
    ALSO_NOUNS,
    BEING,
    DETERMINERS,
    EVIDENCE,
    HELPERS,
    LISTENERS,
    OUTLET_WORDS,
    PREPOSITIONS,
    REFUSING,
    RELATIVES,
    SAYING,
    SPEAKERS,
    STRONG,
    SUBORDINATORS,
    TITLES,
)

How = Literal["before", "behind", "according"]
_BREAKS = frozenset({'"', ";", ":", "–", "—", "(", ")"})
_GIVING = frozenset(
    "provide provides provided issue issued release released "
    "publish published publishes cite cited".split()
)
_NAMING = frozenset({"give", "gives", "gave"})
_GIVEN = 4
"""So many words behind a verb of giving an estimate may follow ("gave its latest estimate")."""
_TO_CARRIERS = frozenset(
    {
        "interview",
        "speaking",
        "disclosed",
        "statement",
        "remarks",
        "comments",
        "spoke",
        "talking",
        "briefing",
        "quoted",
        "posted",
    }
)
_PARTICIPLES = frozenset(
    "disclosed released published posted issued quoted cited recorded documented listed counted "
    "detailed identified".split()
)
"""Behind a comma these tell more of what stands before it."""
_LONGEST_PHRASE = 14
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """An attribution at `start`..`end` of a paragraph.

    `before` stands in front of what is asserted, `behind` after it, `according` either way. No
    mention: the one who spoke last goes on ("… and added that"). `carriers` are outlets that
    somebody told it to.
    """

    start: int
    end: int
    how: How
    verb: str
    mention: Mention | None
    carriers: tuple[str, ...] = ()


def frames_of(stretch: Stretch) -> list[Frame]:
    """Return the attributions of a stretch in order."""
    tokens = stretch.tokens
    found: list[Frame] = []
    for at, token in enumerate(tokens):
        frame = _according(tokens, at) or _owned(tokens, at) or _agent(tokens, at)
        if frame is None and _is_verb(tokens, at):
            frame = _spoken(tokens, at, bool(found))
        if frame is not None:
            found.append(frame)
    carriers = tuple(_carriers(tokens))
    if found and carriers:
        found[0] = replace(found[0], carriers=(*found[0].carriers, *carriers))
    return found


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    word, before = tokens[at].word, tokens[at - 1].word if at else ""
    if word in _GIVING:
        return any(token.word in EVIDENCE for token in tokens[at + 1 : at + 1 + _GIVEN])
    if word in _NAMING:
        return any(token.text[0].isdigit() for token in tokens[at + 1 : at + 4])
    if word not in SAYING | REFUSING or tokens[at].owns or (tokens[at].is_capital and at):
        return False
    if before in DETERMINERS - {"that"} or (at and tokens[at - 1].owns):
        return False
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if following == "by" or (before == "," and word in _PARTICIPLES):
        return False
    if word in ALSO_NOUNS and (before in PREPOSITIONS or before[:1].isdigit() or not before):
        return False
    if before in BEING or before == "to":
        return False
    return not (before in {"been", "being"})


def _according(tokens: Sequence[Token], at: int) -> Frame | None:
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if not (word == "according" and following == "to"):
        return None
    phrase = _phrase_behind(tokens, at + 2)
    mention = read_mention(phrase, _apposition_behind(tokens, at + 2 + len(phrase)))
    if mention is None:
        return None
    return Frame(tokens[at].start, max(mention.end, phrase[-1].end), "according", word, mention)


def _agent(tokens: Sequence[Token], at: int) -> Frame | None:
    """Read "… estimated by the ministry"."""
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    named = word in SAYING or word in EVIDENCE
    if following != "by" or not named or word in {"quoted", "cited"}:
        return None
    phrase = _phrase_behind(tokens, at + 2)
    mention = read_mention(phrase)
    if mention is None or mention.pronoun:
        return None
    return Frame(tokens[at].start, phrase[-1].end, "according", word, mention)


def _owned(tokens: Sequence[Token], at: int) -> Frame | None:
    """Read "the bank's latest forecast of 3%"."""
    if not tokens[at].owns:
        return None
    ends = [k for k in range(at + 1, min(at + 4, len(tokens))) if tokens[k].word in EVIDENCE]
    if not ends or any(not token.is_word for token in tokens[at : ends[0]]):
        return None
    following = tokens[ends[0] + 1].word if ends[0] + 1 < len(tokens) else ""
    if following not in {"of", "for", "is", "was", ",", "from", "("}:
        return None
    mention = read_mention(_noun_phrase(tokens, at + 1))
    if mention is None or mention.pronoun:
        return None
    return Frame(mention.start, tokens[ends[0]].end, "before", "estimate", mention)


def _phrase_behind(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    """Return the noun phrase that begins at `start`."""
    end = start
    while end < len(tokens) and end - start < _LONGEST_PHRASE:
        token = tokens[end]
        inside = token.text == "(" and end + 2 < len(tokens) and tokens[end + 2].text == ")"
        if inside:
            end += 3
            continue
        if not token.is_word and token.text not in {"-", "&", "'"}:
            break
        if token.word in RELATIVES | {"while", "but", "as"} or _is_verb(tokens, end):
            break
        if end > start and token.is_capital and tokens[end - 1].word in EVIDENCE:
            break
        end += 1
    return tokens[start:end]


def _apposition_behind(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """Return an office behind a comma ("…, head of the board,")."""
    if at >= len(tokens) or tokens[at].text != ",":
        return ()
    end = next(
        (k for k in range(at + 1, len(tokens)) if not tokens[k].is_word and tokens[k].text != "-"),
        len(tokens),
    )
    phrase = tokens[at + 1 : end]
    role = bool(at) and not tokens[at - 1].is_capital and is_speaker(tokens[at - 1].word)
    if role and phrase and len(phrase) <= _LONGEST_NAME and all(t.is_capital for t in phrase):
        return phrase
    offices = [token.word for token in phrase[:5] if not token.is_capital]
    if any(map(is_speaker, offices)) and len(phrase) <= _LONGEST_PHRASE:
        return phrase if not any(_is_verb(phrase, k) for k in range(len(phrase))) else ()
    return ()


def _spoken(tokens: Sequence[Token], at: int, spoken: bool) -> Frame | None:
    """Read a verb of saying with who says it: before the verb, or behind it."""
    end = tokens[at].end
    told = _told(tokens, at)
    if at and tokens[at - 1].text == '"' and tokens[at].word in STRONG:
        return _inverted(tokens, at)
    subject, apposition, again = _subject(tokens, at)
    if again:
        return (
            Frame(tokens[at].start, end, "before", tokens[at].word, None, told) if spoken else None
        )
    if tokens[at].word.endswith("ing"):
        subject = _behind_with(subject)
    mention = read_mention(subject, apposition) if subject else None
    if mention is None:
        inverted = tokens[at].word in STRONG and at > 0 and tokens[at - 1].text == ","
        return _inverted(tokens, at) if inverted else None
    how: How = "behind" if _ends(tokens, at, subject[0]) else "before"
    start = min(mention.start, tokens[at].start)
    return Frame(start, end, how, tokens[at].word, mention, told)


def _ends(tokens: Sequence[Token], at: int, first: Token) -> bool:
    """Whether an attribution follows what is asserted ("…, the mayor said.")."""
    index = tokens.index(first)
    while index and tokens[index - 1].is_word and tokens[index - 1].word in DETERMINERS:
        index -= 1
    opened = index and tokens[index - 1].text in {'"', ","}
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    closes = (
        following is None
        or following.text in {".", '"', ","}
        or following.word
        in {
            "in",
            "on",
            "at",
            "during",
            "to",
            "last",
            "earlier",
            "according",
            "reporters",
            "after",
        }
    )
    return bool(opened) and closes


def _inverted(tokens: Sequence[Token], at: int) -> Frame | None:
    phrase = _phrase_behind(tokens, at + 1)
    mention = read_mention(phrase, _apposition_behind(tokens, at + 1 + len(phrase)))
    if mention is None:
        return None
    return Frame(tokens[at].start, mention.end, "behind", tokens[at].word, mention)


def _told(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """Return the outlet that somebody told it to."""
    if tokens[at].word not in {"told", "tells", "telling", "tell"}:
        return ()
    phrase = _phrase_behind(tokens, at + 1)[:8]
    if not phrase or phrase[0].word in LISTENERS:
        return ()
    name = name_of([token for token in phrase if token.word not in {"the", "that"}])
    outlet = is_outlet(name) or any(token.word in OUTLET_WORDS for token in phrase[:3])
    return (name,) if name and outlet else ()


def _carriers(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield outlets that an interview or a statement was given to."""
    for at, token in enumerate(tokens[:-2]):
        if token.word in _TO_CARRIERS and tokens[at + 1].word in {"with", "to", "by", "on"}:
            rest = [one for one in tokens[at + 2 : at + 9] if one.word != "the"]
            name = name_of(rest[:6])
            if name and is_outlet(name):
                yield name


def _subject(tokens: Sequence[Token], at: int) -> tuple[Sequence[Token], Sequence[Token], bool]:
    """Return the words of a verb's subject, those of its apposition, and whether it is the last.

    No words: it has none of its own.
    """
    end = at
    if at > 1 and (tokens[at - 2].word, tokens[at - 1].word) == ("quoted", "as"):
        end = at - 2
    while end and (tokens[end - 1].word in HELPERS | BEING or _is_adverb(tokens[end - 1])):
        if tokens[end - 1].word == "not":
            return (), (), False
        end -= 1
    if not end:
        return (), (), False
    before = tokens[end - 1]
    if before.word in {"and", "but"}:
        return (), (), True
    if before.word in RELATIVES:
        return _nearest(tokens, end - 1), (), False
    if before.text == "," and tokens[at].word.endswith("ing"):
        return _first_subject(tokens, end)
    segments = _segments(tokens, end)
    if not segments:
        return (), (), False
    return _chosen(segments)


def subject_mention(stretch: Stretch) -> Mention | None:
    """Return who a sentence begins with, for the "it" or "he" of the next one."""
    tokens = stretch.tokens
    for length in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
        phrase = tokens[:length]
        commas = [at for at, token in enumerate(phrase) if token.text == ","]
        if any(not token.is_word and token.text != "," for token in phrase) or len(commas) > 1:
            continue
        if phrase[0].word in PREPOSITIONS or phrase[-1].text == ",":
            continue
        cut = commas[0] if commas else length
        if commas and (phrase[cut - 1].is_capital or not phrase[-1].is_capital):
            continue
        found = read_mention(phrase[:cut], phrase[cut:])
        if found is not None and not found.generic:
            return found
    return None


def _is_adverb(token: Token) -> bool:
    return token.word.endswith("ly") and not token.is_capital and len(token.word) > 4  # noqa: PLR2004


def _first_subject(
    tokens: Sequence[Token], end: int
) -> tuple[Sequence[Token], Sequence[Token], bool]:
    """Return whom a participle behind a comma belongs to: who spoke before."""
    return (), (), True


def _segments(tokens: Sequence[Token], end: int) -> list[Sequence[Token]]:
    """Cut the words before a verb at commas, back to where its clause begins."""
    start = end
    while start and not _bounds(tokens, start - 1, end):
        start -= 1
    segments: list[Sequence[Token]] = [[]]
    for token in tokens[start:end]:
        if token.text == ",":
            segments.append([])
        else:
            segments[-1] = [*segments[-1], token]
    return segments


def _bounds(tokens: Sequence[Token], at: int, end: int) -> bool:
    token = tokens[at]
    if token.text in {"(", ")"}:
        return False
    if token.text in _BREAKS or token.text in {".", "?", "!"}:
        return True
    if token.word == "and" and 0 < at < end - 1:
        return not (tokens[at - 1].is_capital and tokens[at + 1].is_capital)
    if token.word in {"who", "which", "whose"} and at and tokens[at - 1].text == ",":
        return False
    if token.word in SUBORDINATORS:
        return True
    return _is_verb(tokens, at) and token.word not in EVIDENCE


def _chosen(
    segments: Sequence[Sequence[Token]],
) -> tuple[Sequence[Token], Sequence[Token], bool]:
    last = segments[-1]
    if last and last[0].word not in RELATIVES:
        phrase = _noun_phrase(last, len(last))
        return phrase, (), False
    filled = [segment for segment in segments if segment]
    if not filled:
        return (), (), False
    if len(filled) == 1:
        return _noun_phrase(filled[0], len(filled[0])), (), False
    for back in range(2, min(len(filled), 4) + 1):
        phrase = _noun_phrase(filled[-back], len(filled[-back]))
        if phrase and (phrase[-1].is_capital or back == min(len(filled), 4)):
            apposition = [token for segment in filled[1 - back :] for token in segment]
            return phrase, apposition, False
    return _noun_phrase(filled[-2], len(filled[-2])), filled[-1], False


def _noun_phrase(tokens: Sequence[Token], end: int) -> Sequence[Token]:
    """Return the noun phrase that ends before `end`, without what leads to it."""
    floor = end
    while floor and (tokens[floor - 1].is_word or tokens[floor - 1].text in {"-", "(", ")", "&"}):
        if tokens[floor - 1].word in SUBORDINATORS - {"and"}:
            break
        floor -= 1
    words = tokens[floor:end]
    if not words:
        return ()
    if words[0].word not in PREPOSITIONS or words[0].word == "with":
        return words
    starts = [
        at
        for at, token in enumerate(words)
        if at > 1 and token.word in DETERMINERS and words[at - 1].word not in PREPOSITIONS
    ]
    if starts:
        return words[starts[-1] :]
    first = len(words) - 1
    while first > 1 and words[first - 1].is_capital:
        first -= 1
    return words[first:] if words[first].is_capital else words


def _nearest(tokens: Sequence[Token], end: int) -> Sequence[Token]:
    """Return the noun phrase right before a relative pronoun."""
    if end and tokens[end - 1].text == ",":
        end -= 1
    start = end
    while start and tokens[start - 1].is_word and tokens[start - 1].word not in PREPOSITIONS:
        start -= 1
        if tokens[start].word in DETERMINERS:
            break
    return tokens[start:end]


def _behind_with(words: Sequence[Token]) -> Sequence[Token]:
    """Take "spies" of "with spies claiming"."""
    at = max((k for k, token in enumerate(words) if token.word == "with"), default=-1)
    return words[at + 1 :] if at >= 0 and at < len(words) - 1 else words
