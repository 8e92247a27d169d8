"""Finds who is said to assert what: "the ministry said …", "…, said Lee", "according to …"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.drafts.mentions import Mention, is_outlet, is_speaker, name_of
from knowledge.drafts.offices import read_mention
from knowledge.drafts.passages import Stretch, Token
from knowledge.drafts.phrases import (
    LONGEST_PHRASE,
    Subject,
    is_verb,
    noun_phrase,
    phrase_behind,
    subject_of,
)
from knowledge.drafts.words import WORDS

How = Literal["before", "behind", "according"]
_LONGEST_NAME = 4
_NEAR = 4
"""So many words behind a possessive may a report follow ("its most recent report")."""
_FAR = 8
"""Words from "interview with" to the end of an outlet's name."""
_OFFICE = 5
"""Words behind a comma among which an office has its noun ("the agency's first deputy head")."""


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
    for at in range(len(tokens)):
        frame = _according(tokens, at) or _owned(tokens, at) or _agent(tokens, at)
        if frame is None and is_verb(tokens, at):
            frame = _spoken(tokens, at, bool(found))
        if frame is not None:
            found.append(frame)
    carriers = tuple(_carriers(tokens))
    if found and carriers:
        found[0] = replace(found[0], carriers=(*found[0].carriers, *carriers))
    return found


def subject_mention(stretch: Stretch) -> Mention | None:
    """Return who a sentence begins with, for the "it" or "he" of the next one."""
    tokens = stretch.tokens
    for length in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
        phrase = tokens[:length]
        cut = _name_length(phrase)
        found = read_mention(phrase[:cut], phrase[cut:]) if cut else None
        if found is not None and not found.generic:
            return found
    return None


def _name_length(phrase: Sequence[Token]) -> int:
    """Return how much of a phrase is a name in front of a comma; 0 where it is none."""
    commas = [at for at, token in enumerate(phrase) if token.text == ","]
    marks = any(not token.is_word and token.text != "," for token in phrase)
    if marks or len(commas) > 1 or phrase[0].word in WORDS.prepositions or phrase[-1].text == ",":
        return 0
    if not commas:
        return len(phrase)
    # Only "the firm's chairman, Jo Bloggs": two names with a comma between are a list.
    cut = commas[0]
    return cut if cut and not phrase[cut - 1].is_capital and phrase[-1].is_capital else 0


def _following(tokens: Sequence[Token], at: int) -> str:
    return tokens[at + 1].word if at + 1 < len(tokens) else ""


def _according(tokens: Sequence[Token], at: int) -> Frame | None:
    if tokens[at].word != "according" or _following(tokens, at) != "to":
        return None
    phrase = phrase_behind(tokens, at + 2)
    mention = read_mention(phrase, _office_behind(tokens, at + 2 + len(phrase)))
    if mention is None:
        return None
    end = max(mention.end, phrase[-1].end)
    return Frame(tokens[at].start, end, "according", "according", mention)


def _agent(tokens: Sequence[Token], at: int) -> Frame | None:
    """Read "… estimated by the ministry"."""
    word = tokens[at].word
    told = word in WORDS.saying or word in WORDS.evidence
    if not told or word in {"quoted", "cited"} or _following(tokens, at) != "by":
        return None
    phrase = phrase_behind(tokens, at + 2)
    mention = read_mention(phrase)
    if mention is None or mention.pronoun:
        return None
    return Frame(tokens[at].start, phrase[-1].end, "according", word, mention)


def _owned(tokens: Sequence[Token], at: int) -> Frame | None:
    """Read "the bank's latest forecast of 3%"."""
    near = range(at + 1, min(at + _NEAR, len(tokens)))
    end = next((k for k in near if tokens[k].word in WORDS.evidence), None)
    if not tokens[at].owns or end is None or not all(t.is_word for t in tokens[at:end]):
        return None
    if _following(tokens, end) not in {"of", "for", "is", "was", ",", "from", "("}:
        return None
    mention = read_mention(noun_phrase(tokens, at + 1))
    if mention is None or mention.pronoun:
        return None
    return Frame(mention.start, tokens[end].end, "before", "estimate", mention)


def _office_behind(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """Return an office behind a comma ("…, head of the board,"), or its holder's name."""
    if at >= len(tokens) or tokens[at].text != ",":
        return ()
    ends = (
        k for k in range(at + 1, len(tokens)) if not tokens[k].is_word and tokens[k].text != "-"
    )
    phrase = tokens[at + 1 : next(ends, len(tokens))]
    if not phrase or len(phrase) > LONGEST_PHRASE or any(t.text[0].isdigit() for t in phrase):
        return ()
    office = bool(at) and not tokens[at - 1].is_capital and is_speaker(tokens[at - 1].word)
    if office and len(phrase) <= _LONGEST_NAME and all(token.is_capital for token in phrase):
        return phrase
    if any(is_verb(phrase, k) for k in range(len(phrase))):
        return ()
    plain = [token.word for token in phrase[:_OFFICE] if not token.is_capital]
    return phrase if any(map(is_speaker, plain)) else ()


def _spoken(tokens: Sequence[Token], at: int, spoken: bool) -> Frame | None:
    """Read a verb of saying with who says it: before the verb, or behind it."""
    verb, told = tokens[at], _told(tokens, at)
    before = tokens[at - 1].text if at else ""
    if before == '"' and verb.word in WORDS.strong:
        return _inverted(tokens, at)
    subject = subject_of(tokens, at)
    if subject.again:
        frame = Frame(verb.start, verb.end, "before", verb.word, None, told)
        return frame if spoken else None
    mention = _mentioned(subject)
    if mention is None:
        return _inverted(tokens, at) if before == "," and verb.word in WORDS.strong else None
    how: How = "behind" if _closes(tokens, at, subject.words[0]) else "before"
    return Frame(min(mention.start, verb.start), verb.end, how, verb.word, mention, told)


def _mentioned(subject: Subject) -> Mention | None:
    """Read a subject; where the words in front of it hide it, from its own article on."""
    if not subject.words:
        return None
    found = read_mention(subject.words, subject.apposition)
    starts = [k for k, one in enumerate(subject.words) if one.word in WORDS.articles]
    if found is None and starts and starts[-1]:
        return read_mention(subject.words[starts[-1] :], subject.apposition)
    return found


def _closes(tokens: Sequence[Token], at: int, first: Token) -> bool:
    """Whether an attribution follows what is asserted ("…, the mayor said.")."""
    index = tokens.index(first)
    while index and tokens[index - 1].word in WORDS.determiners:
        index -= 1
    opened = bool(index) and tokens[index - 1].text in {'"', ","}
    following = _following(tokens, at)
    return opened and (following in {"", ".", '"', ","} or following in WORDS.closing)


def _inverted(tokens: Sequence[Token], at: int) -> Frame | None:
    phrase = phrase_behind(tokens, at + 1)
    mention = read_mention(phrase, _office_behind(tokens, at + 1 + len(phrase)))
    if mention is None:
        return None
    return Frame(tokens[at].start, mention.end, "behind", tokens[at].word, mention)


def _told(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """Return the outlet that somebody told it to."""
    if tokens[at].word not in {"told", "tells", "telling", "tell"}:
        return ()
    phrase = phrase_behind(tokens, at + 1)[:_FAR]
    if not phrase or phrase[0].word in WORDS.listeners:
        return ()
    name = name_of([token for token in phrase if token.word not in {"the", "that"}])
    outlet = is_outlet(name) or any(token.word in WORDS.outlet_words for token in phrase[:_NEAR])
    return (name,) if name and outlet else ()


def _carriers(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield outlets that an interview or a statement was given to."""
    for at, token in enumerate(tokens[:-2]):
        if token.word in WORDS.carried_to and tokens[at + 1].word in {"with", "to", "by", "on"}:
            name = name_of([one for one in tokens[at + 2 : at + _FAR] if one.word != "the"])
            if name and is_outlet(name):
                yield name
