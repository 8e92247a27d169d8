"""Takes a message apart into assertions: each figure with the words that are said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.matching.checking.clauses import (
    MOST_FIGURES,
    Clause,
    Placed,
    clauses_of,
    counted,
    is_small,
    spans,
)
from knowledge.matching.checking.onfile import OnFile
from knowledge.matching.checking.sayings import Message, saying
from knowledge.matching.questions import Question, SpeakerMention
from knowledge.model import Kind, Relation
from knowledge.reading import CountryMention, DatePhrase, PlainText, Quantity
from knowledge.words import Word, outside, words_of

_BACK = " back "
"""Stands before a date and tells nothing more ("back in 2024")."""
_NEAR = 100
"""Characters on each side of a figure within which its words are looked for: some fifteen words,
chosen by eye."""

_HEADS = 4
"""So many clauses back may name what a figure is of; by eye."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One figure of a message and what is said of it; `start` and `end` are its place there.

    `sayings` are the assertion by itself, as questions that its figure answers (what a figure is
    of does not depend on how large it is); where it points back, with more and more of what was
    said before. `denied` tells of a share that something is denied of it
    ("half of them do not work"). `speaking` are the countries that are named as speakers. `heads`
    are how the clauses before begin that it may be of what they name ("X has … and cost …").
    """

    start: int
    end: int
    figure: Quantity
    sayings: tuple[Question, ...]
    before: tuple[Word, ...]
    behind: tuple[Word, ...]
    denied: bool
    countries: tuple[CountryMention, ...]
    speaking: frozenset[str]
    speakers: tuple[SpeakerMention, ...]
    dates: tuple[DatePhrase, ...]
    heads: tuple[tuple[Word, ...], ...] = ()

    @property
    def so_far(self) -> bool:
        """Whether it is said of what has been, not of what is planned or expected."""
        return any(
            f" {phrase} " in f" {' '.join(word.text for word in said)} "
            for said in (self.before, self.behind)
            for phrase in (said[0].cues.so_far if said else ())
        )

    @property
    def governing(self) -> bool:
        """Whether it is put on the government of a country, and not on anybody in it."""
        labels = (word for one in self.speakers for word in words_of(one.label))
        return any(
            word.text in word.cues.governing for word in (*self.before, *self.behind, *labels)
        )


@dataclass(frozen=True, slots=True)
class Assertions:
    """What a message asserts, and how many figures past the first ten were left alone.

    `unasserted` are those that it asks about, denies or supposes, and `others` those that can be
    held against nothing, whatever is on file.
    """

    found: tuple[Assertion, ...]
    unasserted: tuple[Quantity, ...]
    others: tuple[Quantity, ...]
    skipped: int


def read_assertions(
    plain: PlainText,
    words: Sequence[Word],
    speakers: Sequence[SpeakerMention],
    today: date,
    on_file: OnFile,
) -> Assertions:
    """Take a message apart; questions, denials and suppositions assert nothing.

    `words` are those of the whole message.
    """
    found: list[Assertion] = []
    unasserted: list[Quantity] = []
    read = clauses_of(plain.text, words, speakers, today, on_file)
    subjects = {one.label for one in speakers if on_file.names(one.label)}
    message = Message(plain.text, words, read.places, read.others, subjects)
    seen = 0
    before: Clause | None = None
    heads: tuple[tuple[Word, ...], ...] = ()
    for clause in read.clauses:
        if before is None or (before.sentence != clause.sentence and not clause.refers):
            heads = ()
        for figure in clause.figures[: MOST_FIGURES - seen]:
            piece = _turned(_piece(clause, figure))
            if clause.asking or _unasserted(piece, before):
                unasserted.append(figure)
            else:
                one = _assertion(plain, message, piece, before)
                found.append(replace(one, heads=heads))
        seen = min(seen + len(clause.figures), MOST_FIGURES)
        before = clause
        heads = (*heads, clause.content_head)[-_HEADS:]
    skipped = max(read.figures - MOST_FIGURES, 0)
    others = tuple(one for one in read.others if _amounts(one))
    return Assertions(tuple(found), tuple(unasserted), others, skipped)


def _amounts(quantity: Quantity) -> bool:
    """Whether a quantity that is held against nothing amounts to something: no calibre does."""
    calibre = quantity.unit == "mm" and quantity.relation is Relation.EXACT
    return not calibre and bool(quantity.low or quantity.high)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a clause that belongs to one of its figures.

    A share may be of an amount ("half of the 1.5 million shells are …"): it is said of the things,
    and `whole` is their number; the amount is of the things alone, without what is said of them.
    """

    clause: Clause
    figure: Quantity
    start: int
    end: int
    turned: bool = False
    """Whether a denial before the figure has been taken into it."""
    whole: Quantity | None = None

    @property
    def before(self) -> list[Word]:
        """The words in front of the figure: those of the clause's beginning, then its own."""
        own = [w for w in self.clause.words if self.start <= w.start and w.end <= self.figure.start]
        return list(dict.fromkeys((*self.clause.head, *own)))

    @property
    def behind(self) -> list[Word]:
        return [w for w in self.clause.words if self.figure.end <= w.start and w.end <= self.end]


def _piece(clause: Clause, figure: Quantity) -> _Piece:
    at = clause.figures.index(figure)
    if _is_whole(clause, at):
        return _Piece(clause, figure, figure.start, _end_of_things(clause, at))
    whole = clause.figures[at + 1] if _is_whole(clause, at + 1) else None
    start = _lead(clause, at) if at else clause.start
    following = at + (1 if whole is None else 2)
    last = following == len(clause.figures)
    end = clause.end if last else _lead(clause, following)
    return _Piece(clause, figure, start, end, whole=whole)


def _is_whole(clause: Clause, at: int) -> bool:
    """Whether a figure is the amount that the share in front of it is of."""
    if not 0 < at < len(clause.figures):
        return False
    share, amount = clause.figures[at - 1 : at + 1]
    if (share.kind, amount.kind) != (Kind.SHARE, Kind.AMOUNT):
        return False
    between = [w for w in clause.words if share.end <= w.start and w.end <= amount.start]
    return bool(between) and all(word.text in word.cues.links for word in between)


def _end_of_things(clause: Clause, at: int) -> int:
    """Return where the things that an amount counts end, and something is said of them."""
    start, last = clause.figures[at].end, at + 1 == len(clause.figures)
    end = clause.end if last else _lead(clause, at + 1)
    behind = [word for word in clause.words if start <= word.start and word.end <= end]
    said = (word for word in behind[1:] if word.text in word.cues.stops - word.cues.away)
    return next((word.start for word in said), end)


def _turned(piece: _Piece) -> _Piece:
    """Read "not before 2045" as an assertion: in that year at the earliest."""
    figure = piece.figure
    if figure.kind is not Kind.DECADE or figure.relation is not Relation.UP_TO:
        return piece
    at = _denial(piece.before)
    if at is None:
        return piece
    since = replace(figure, low=figure.high, high=None, relation=Relation.AT_LEAST)
    return replace(piece, figure=since, turned=True)


def _lead(clause: Clause, at: int) -> int:
    """Return where the small words in front of a figure begin ("in some 28,000")."""
    start, floor = clause.figures[at].start, clause.figures[at - 1].end
    for word in reversed(clause.words):
        if floor <= word.start and word.end <= start:
            if not is_small(word):
                break
            start = word.start
    return start


def _assertion(
    plain: PlainText, message: Message, piece: _Piece, before: Clause | None
) -> Assertion:
    clause = piece.clause
    start, end = plain.span(*_trimmed(plain.text, piece))
    counts = counted(piece.behind, clause.countries, piece.figure.end)
    carried, recalled = _pointed_at(piece, before, counts)
    taken = [carried]
    if len(carried) > 1:
        taken.append(carried[:1])
    if recalled:
        taken.append((*carried, *recalled))
    named = spans(clause.countries, clause.speakers)
    taken_head = before.content_head if before and clause.elliptic else ()
    return Assertion(
        start=start,
        end=end,
        figure=piece.figure,
        sayings=tuple(_saying(message, piece, before, words) for words in taken),
        before=(*taken_head, *outside(piece.before, named)),
        behind=tuple(outside(piece.behind, named)),
        denied=_denies(piece.behind) and not _lacks_nothing(piece.behind),
        countries=clause.around,
        speaking=clause.speaking,
        speakers=clause.speakers,
        dates=clause.dates,
    )


def _pointed_at(
    piece: _Piece, before: Clause | None, counts: Sequence[Word]
) -> tuple[Sequence[Word], Sequence[Word]]:
    """Return what a piece takes over from the clause before: what it counts, and other words."""
    if not counts and piece.clause.ahead and not (before and before.counted):
        return piece.clause.ahead, ()
    if before is None:
        return (), ()
    refers = any(word.text in word.cues.referring for word in (*piece.before, *piece.behind))
    unnamed = not counts and before.sentence == piece.clause.sentence
    if not (refers or piece.clause.elliptic or unnamed):
        return (), ()
    carried = before.counted if refers or not counts else ()
    return carried, before.content


def _saying(
    message: Message, piece: _Piece, before: Clause | None, carried: Sequence[Placed]
) -> Question:
    """Put the assertion by itself, with what it takes over from before."""
    clause, figure = piece.clause, piece.figure
    named = [c for c in clause.around if c not in clause.countries]
    ahead: list[Placed] = [c for c in named if c.code not in clause.speaking]
    if before and clause.elliptic:
        ahead.append(_Stretch(before.start, before.first))
    if clause.figures[0].start != figure.start:
        ahead.append(_Stretch(clause.start, clause.first))
    ahead.append(_Stretch(max(piece.start, figure.start - _NEAR), figure.start))
    behind = _Stretch(figure.end, min(piece.end, figure.end + _NEAR))
    gone = [*_unasserted_parts(message, clause)]
    if before:
        gone += _unasserted_parts(message, before)
    if piece.whole:
        gone.append(piece.whole)
    return saying(message, figure, ahead, [*carried, behind], gone)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a message."""

    start: int
    end: int


def _unasserted_parts(message: Message, clause: Clause) -> Iterator[Placed]:
    """Yield the dates and the speakers of a clause, which are not what is asserted.

    Nor is the price where something was bought, or what it is compared with. Who speaks of their
    own is what it is about too.
    """
    text = message.text
    yield from (one for one in clause.speakers if one.label not in message.subjects)
    yield from (c for c in clause.countries if c.code in clause.speaking)
    yield from (_Stretch(start, end) for start, end in clause.beside)
    for phrase in clause.dates:
        back = text[: phrase.start].endswith(_BACK)
        yield _Stretch(phrase.start - len(_BACK) + 1, phrase.end) if back else phrase
    for word in clause.words if clause.around else ():
        if word.text in word.cues.acquiring:
            yield word


def _trimmed(text: str, piece: _Piece) -> tuple[int, int]:
    """Return the piece without the spaces and marks at its ends; its figure always stays."""
    start, end = piece.start, piece.end
    while start < piece.figure.start and not text[start].isalnum():
        start += 1
    while end > piece.figure.end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _unasserted(piece: _Piece, before: Clause | None) -> bool:
    """Whether a figure is denied, supposed or wondered about rather than asserted."""
    clause = piece.clause
    if any(word.text in word.cues.supposing for word in clause.words[:2]):
        return True
    if any(word.text in word.cues.wondering for word in piece.before) or _denies_all(clause):
        return True
    if piece.turned:
        return False
    if _denies(piece.before):
        return True
    if piece.figure.kind is not Kind.SHARE and _denies(_main(piece.behind)):
        return True
    return before is not None and _inherits(clause, before)


def _inherits(clause: Clause, before: Clause) -> bool:
    """Whether the denial of the clause before reaches over to this one."""
    first = clause.words[0] if clause.words else None
    introduced = first is not None and first.text in first.cues.introducing
    if clause.contrasts or not (introduced or clause.elliptic):
        return False
    if any(word.text in word.cues.supposing for word in before.words[:2]):
        return True
    return _denies(before.words) or _denies_all(before)


def _main(words: Sequence[Word]) -> list[Word]:
    """Return the words up to where more is told of the thing counted."""
    end = next(
        (at for at, word in enumerate(words) if word.text in word.cues.relatives), len(words)
    )
    return list(words[:end])


def _denies_all(clause: Clause) -> bool:
    return any(
        word.text in word.cues.denials
        and not (at and clause.words[at - 1].text in word.cues.negations)
        for at, word in enumerate(clause.words)
    )


def _denies(words: Sequence[Word]) -> bool:
    return _denial(words) is not None


def denied_words(words: Sequence[Word]) -> list[Word]:
    """Return the words behind the first denial in a text, or the one that it is glued to."""
    at = _denial(words)
    if at is None:
        return []
    word = words[at]
    glued = any(part in word.text for part in word.cues.negating_parts)
    return list(words[max(at - 1, 0) : at] if glued else words[at + 1 :])


def lacked_words(words: Sequence[Word]) -> list[Word]:
    """Return the words for what is said to be missing: "without …", "they lack …"."""
    at = _lack(words)
    return [] if at is None or _lacks_nothing(words) else list(words[at + 1 :])


def _lack(words: Sequence[Word]) -> int | None:
    return next((at for at, word in enumerate(words) if word.text in word.cues.lacking), None)


def _lacks_nothing(words: Sequence[Word]) -> bool:
    """Whether a lack is denied: "do not live without …"."""
    denial, lack = _denial(words), _lack(words)
    return denial is not None and lack is not None and denial < lack


def _denial(words: Sequence[Word]) -> int | None:
    """Find the word that denies what its clause says."""
    for at, word in enumerate(words):
        cues = word.cues
        after = words[at + 1].text if at + 1 < len(words) else ""
        fails = word.text in cues.failing and after in cues.failing_links
        affirmed = after in cues.no_denial_behind or after in cues.no_negation_before
        if fails or (_is_negation(word) and not affirmed):
            return at
    return None


def _is_negation(word: Word) -> bool:
    text, cues = word.text, word.cues
    if text in cues.negations or text.endswith(cues.negation_endings):
        return True
    return any(part in text for part in cues.negating_parts)
