"""Cuts a text into sentences and clauses, each with what it names and what it takes over."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol, TypeVar

from knowledge.language import LANGUAGES, ClauseWords, fold
from knowledge.matching.checking.comparing import compared
from knowledge.matching.checking.onfile import OnFile, is_in_a_name
from knowledge.matching.questions import SpeakerMention, speaks
from knowledge.model import Kind, Relation
from knowledge.reading import (
    Bound,
    CountryMention,
    DatePhrase,
    Quantity,
    find_countries,
    find_date_phrases,
    find_quantities,
)
from knowledge.words import Word, outside, tables_for

MOST_FIGURES = 10
"""So many figures of a message are checked; the others are counted. Ten verdicts are what an answer
shows without becoming a wall of text."""
_SENTENCE_END = re.compile(r"[.!?…。！？]+(?=[\s)\"”'»]|$)|\n+")
_PAUSE = re.compile(r"[,;:，、](?=\s|$)|\s[-–—]+\s|—|[()]")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_YEARS = {Bound.UNTIL: Relation.UP_TO, Bound.SINCE: Relation.AT_LEAST}
_QUESTION_MARK = re.compile(r"[?？]")
_TIMES = frozenset({"days", "weeks", "months", "years"})
_FRAGMENT = 4
"""So few words before a conjunction are rather half of a name than a clause."""
_LONGEST_NAME = 4
"""Words of what a figure counts; behind them mostly something else is told. Chosen by eye."""
_NEAR = 40
"""Characters behind a country in which it may be said to speak: a short subordinate clause."""
_CUED = 3
"""So many words next to a country may make it a speaker."""


@cache
def _time() -> re.Pattern[str]:
    """Match a counter of time that is glued behind a number: no amount of anything else."""
    cues = [one.clauses for one in LANGUAGES.values()]
    counters = "|".join(word for one in cues for word in one.counted_time)
    endings = "|".join(word for one in cues for word in one.counted_time_endings)
    return re.compile(rf"[ ]?(?:{counters})(?:{endings})?(?!\w)")


def is_small(word: Word) -> bool:
    """Whether a word says nothing of a figure that it stands before."""
    return word.text in word.cues.adverbs or word.text in word.cues.joiners


class Placed(Protocol):
    """What stands at a place of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


_Part = TypeVar("_Part", bound=Placed)


def spans(*kinds: Sequence[Placed]) -> list[tuple[int, int]]:
    """Return the places of parts of several kinds."""
    return [(part.start, part.end) for parts in kinds for part in parts]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at `start`..`end` of a text, with what is named in it.

    `joiner` is the word that ties it to the clause before, and `contrasts` tells whether it says
    the opposite. `counted` are the words for what
    its last figure counts, or for what was counted before it, and `ahead` those that the next
    clause has for it ("5 and 6 million crates"). `around` are countries that it
    names itself or that the words before it speak of. `beside` is where it names what it only
    compares with, which is nothing of it.
    """

    start: int
    end: int
    sentence: int
    joiner: str
    contrasts: bool
    asking: bool
    words: tuple[Word, ...]
    figures: tuple[Quantity, ...]
    countries: tuple[CountryMention, ...]
    speakers: tuple[SpeakerMention, ...]
    dates: tuple[DatePhrase, ...]
    speaking: frozenset[str] = frozenset()
    around: tuple[CountryMention, ...] = ()
    counted: tuple[Word, ...] = ()
    ahead: tuple[Word, ...] = ()
    beside: tuple[tuple[int, int], ...] = ()

    @property
    def first(self) -> int:
        """Where its first figure begins, or where it ends without one."""
        return self.figures[0].start if self.figures else self.end

    @property
    def head(self) -> tuple[Word, ...]:
        """The words before the first figure."""
        return tuple(word for word in self.words if word.end <= self.first)

    @property
    def elliptic(self) -> bool:
        """Whether it begins with its figure, so that it leans on the clause before."""
        return bool(self.figures) and all(is_small(word) for word in self.head)

    @property
    def refers(self) -> bool:
        """Whether a word of it stands for what was named before."""
        return any(word.text in word.cues.referring for word in self.words)

    @property
    def content(self) -> tuple[Word, ...]:
        """The words that are neither figures nor names."""
        counts = {Kind.AMOUNT, Kind.SHARE}
        figures = [(q.start, q.end) for q in self.figures if q.kind in counts]
        named = spans(self.countries, self.speakers)
        return tuple(outside(self.words, [*figures, *named]))

    @property
    def content_head(self) -> tuple[Word, ...]:
        """Those of them that stand before the first figure."""
        return tuple(word for word in self.content if word.end <= self.first)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Everything that was found in a text, each kind in order."""

    cues: ClauseWords
    words: list[Word]
    figures: list[Quantity]
    others: list[Quantity]
    """Quantities that are not held against anything: negative, or of money or calibre."""
    countries: list[CountryMention]
    speakers: list[SpeakerMention]
    dates: list[DatePhrase]
    years: list[Quantity]
    """Years that are figures where a clause has no other ("will open in 2033")."""

    def spans(self) -> list[tuple[int, int]]:
        """Return the places that no cut may go through."""
        return spans(self.figures, self.others, self.countries, self.speakers, self.dates)


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a text as far as they are wanted, and how many figures it holds.

    `places` are the countries that it names. `others` are quantities that are held against nothing:
    those below zero, and those in units that nothing on file is measured in.
    """

    clauses: Sequence[Clause]
    figures: int
    places: Sequence[CountryMention]
    others: Sequence[Quantity]


def clauses_of(
    text: str,
    words: Sequence[Word],
    speakers: Sequence[SpeakerMention],
    today: date,
    on_file: OnFile,
) -> Clauses:
    """Cut a text into clauses, up to the sentence of the last figure that is wanted.

    `on_file` tells the units and words of what is. Each clause knows what the
    ones around it tell of it.
    """
    parts = _parts(text, words, speakers, today, on_file)
    wanted = sorted((*parts.figures, *parts.years), key=lambda one: one.start)[:MOST_FIGURES]
    inside = {at for start, end in parts.spans() for at in range(start, end)}
    done: list[Clause] = []
    for start, end, mark in _sentences(text, inside) if wanted else ():
        if start > wanted[-1].start:
            break
        sentence = [_clause(parts, *piece) for piece in _pieces(parts, inside, text, start, end)]
        asking = bool(_QUESTION_MARK.search(mark)) or _opens_question(sentence)
        sentence = _with_counted_ahead(sentence)
        others = _Others.of([clause for clause in sentence if not clause.figures])
        for clause in sentence:
            before = done[-1] if done else None
            newline = "\n" in text[before.end if before else 0 : start]
            full = _completed(clause, before, others, (start, newline))
            asked = asking or _asks_inside(full)
            done.append(replace(full, asking=asked))
    figures = max(len(parts.figures), sum(len(one.figures) for one in done))
    return Clauses(done, figures, parts.countries, parts.others)


def _parts(
    text: str,
    words: Sequence[Word],
    speakers: Sequence[SpeakerMention],
    today: date,
    on_file: OnFile,
) -> _Parts:
    phrases = find_date_phrases(text, today)
    dates = [phrase for phrase in phrases if phrase.bound is not Bound.VINTAGE]
    dated = spans(dates)
    countries = find_countries(text)
    unplaced = outside(words, spans(countries))
    quantities = [
        q
        for q in find_quantities(text, exclude=dated)
        if not is_in_a_name(text, q, unplaced, on_file)
    ]
    cues = tables_for(text).clauses
    figures = [
        q
        for q in quantities
        if _is_figure(q, cues, on_file.measures) and not _time().match(text, q.end)
    ]
    places = {q.start for q in figures}
    others = [q for q in quantities if q.start not in places]
    made = [phrase for phrase in phrases if phrase.bound is Bound.VINTAGE]
    figures += [_vintage(text, phrase) for phrase in made if _is_free(phrase, figures)]
    figures.sort(key=lambda figure: figure.start)
    spoken = spans(speakers)
    places_named = [
        one
        for one in countries
        if not any(start < one.end and one.start < end for start, end in spoken)
    ]
    dated_topics = on_file.measures("year")
    years = [year for phrase in dates if dated_topics and (year := _year(text, phrase))]
    return _Parts(
        cues, outside(words, dated), figures, others, places_named, list(speakers), dates, years
    )


def _year(text: str, phrase: DatePhrase) -> Quantity | None:
    """Read "in 2033" as that year, "by 2033" as that one at the latest."""
    worded = text[phrase.start : phrase.end]
    named = _YEAR.findall(worded)
    if len(named) != 1:
        return None
    year = float(named[0])
    relation = _YEARS.get(phrase.bound, Relation.EXACT)
    low = None if relation is Relation.UP_TO else year
    high = None if relation is Relation.AT_LEAST else year
    return Quantity(phrase.start, phrase.end, worded, low, high, relation, Kind.DECADE)


def _is_figure(quantity: Quantity, cues: ClauseWords, measures: Callable[[str], bool]) -> bool:
    """Whether a quantity can be held against anything: not negative, of some thing."""
    if min(quantity.low or 0.0, quantity.high or 0.0) < 0:
        return False
    if quantity.kind is Kind.AMOUNT and fold(quantity.as_worded) in cues.negations:
        return False
    if quantity.kind is not Kind.MEASURE or quantity.unit in _TIMES:
        return True
    return quantity.unit is not None and measures(quantity.unit)


def _is_free(phrase: DatePhrase, figures: Sequence[Quantity]) -> bool:
    return all(q.end <= phrase.start or phrase.end <= q.start for q in figures)


def _vintage(text: str, phrase: DatePhrase) -> Quantity:
    """Read "made in 1975" as a span of years."""
    low, high = float(phrase.span.start.year), float(phrase.span.end.year)
    relation = Relation.EXACT if low == high else Relation.BETWEEN
    worded = text[phrase.start : phrase.end]
    return Quantity(phrase.start, phrase.end, worded, low, high, relation, Kind.DECADE)


def _sentences(text: str, inside: set[int]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and closing mark of each sentence."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if found.start() not in inside:
            yield start, found.start(), found.group()
            start = found.end()
    yield start, len(text), ""


def _pieces(
    parts: _Parts, inside: set[int], text: str, start: int, end: int
) -> list[tuple[int, int, str]]:
    """Cut a sentence where clauses meet: start, end and joiner of each."""
    cuts = [
        (found.start(), found.end(), found.group().strip())
        for found in _PAUSE.finditer(text, start, end)
        if found.start() not in inside
    ]
    for word in within(parts.words, start, end):
        if word.start not in inside:
            if word.text in word.cues.joiners:
                cuts.append((word.start, word.end, word.text))
            elif word.text.endswith(word.cues.joining_endings):
                cuts.append((word.end, word.end, "고"))
    pieces = [(start, end, "")]
    for at, next_start, joiner in sorted(cuts):
        first, last, earlier = pieces.pop()
        if at >= first and not _belongs_together(parts, first, at, joiner):
            pieces += [(first, at, earlier), (next_start, last, joiner)]
        else:
            pieces.append((first, last, earlier))
    return pieces


def _belongs_together(parts: _Parts, start: int, at: int, joiner: str) -> bool:
    """Whether a conjunction joins two names ("X and Y have sent …") rather than two clauses."""
    if not joiner.isalpha() or joiner in parts.cues.contrasts:
        return False
    if within(parts.figures, start, at):
        return False
    return len(within(parts.words, start, at)) < _FRAGMENT


def _clause(parts: _Parts, start: int, end: int, joiner: str) -> Clause:
    figures = tuple(within(parts.figures, start, end) or within(parts.years, start, end)[:1])
    all_words, named = within(parts.words, start, end), within(parts.countries, start, end)
    speakers, dates = within(parts.speakers, start, end), within(parts.dates, start, end)
    beside = tuple(compared(all_words, spans(named, speakers, dates), spans(figures)))
    words, countries = _apart(all_words, beside), _apart(named, beside)
    return Clause(
        start=start,
        end=end,
        sentence=0,
        joiner=joiner,
        contrasts=joiner in parts.cues.contrasts,
        asking=False,
        words=words,
        figures=figures,
        countries=countries,
        speakers=_apart(speakers, beside),
        dates=_apart(dates, beside),
        speaking=frozenset(
            one.code for one in countries if _speaks(one, words, [*countries, *figures])
        ),
        counted=counted(words, countries, figures[-1].end) if figures else (),
        beside=beside,
    )


def within(parts: Sequence[_Part], start: int, end: int) -> Sequence[_Part]:
    """Return the parts, given in order, that lie at `start`..`end`."""
    first = bisect_left(parts, start, key=lambda part: part.start)
    last = bisect_left(parts, end, key=lambda part: part.start)
    return [part for part in parts[first:last] if part.end <= end]


def _apart(parts: Sequence[_Part], places: Sequence[tuple[int, int]]) -> tuple[_Part, ...]:
    return tuple(
        part
        for part in parts
        if not any(start < part.end and part.start < end for start, end in places)
    )


def _speaks(country: CountryMention, words: Sequence[Word], others: Sequence[Placed]) -> bool:
    """Whether the words next to a country make it a speaker ("according to …", "… says")."""
    limit = min((o.start for o in others if o.start > country.start), default=country.end + _NEAR)
    behind = [w for w in words if country.end <= w.start < limit][:_CUED]
    ahead = [w for w in words if w.end <= country.start][-_CUED:]
    if not (ahead and ahead[-1].text in ahead[-1].cues.leading):
        ahead = []
    return speaks(country, [*ahead, *behind]) or any(
        word.text in word.cues.speaking for word in behind
    )


def counted(
    words: Sequence[Word], countries: Sequence[CountryMention], start: int
) -> tuple[Word, ...]:
    """Return the words that name what a figure counts, which ends at `start`."""
    found: list[Word] = []
    behind = (word for word in words if word.start >= start)
    for word in outside(behind, spans(countries)):
        text, cues = word.text, word.cues
        if (
            text in cues.stops
            or text.endswith(cues.negation_endings)
            or (found and _is_plural(found[-1], word))
        ):
            break
        particle = word.start == start and "가" <= text[0] <= "힣"
        if text not in cues.links and text not in cues.adverbs and not particle:
            found.append(word)
    return tuple(found[:_LONGEST_NAME])


def _is_plural(word: Word, following: Word) -> bool:
    """Whether an English name ends with a word, seeing the one behind it."""
    text = word.text
    return (
        text.isascii()
        and text[-1] == "s"
        and text[-2:] != "ss"
        and following.text not in following.cues.links
    )


def _completed(
    clause: Clause, before: Clause | None, others: "_Others", sentence: tuple[int, bool]
) -> Clause:
    """Give a clause what the one before tells of it, and those in its sentence without figures.

    `sentence` is where the sentence begins, and whether on a new line.
    """
    start, newline = sentence
    earlier = before if before and before.start >= start else None
    around = clause.countries
    leans = clause.refers or clause.elliptic
    if before and (not around or leans) and (leans or not newline):
        around = tuple(dict.fromkeys((*around, *before.around)))
    if not around:
        around = others.countries
    speaking = clause.speaking or (earlier.speaking if earlier else frozenset())
    return replace(
        clause,
        sentence=start,
        around=around,
        speakers=clause.speakers or (earlier.speakers if earlier else ()) or others.speakers,
        speaking=speaking | others.speaking,
        dates=clause.dates or others.dates,
        counted=clause.counted or (before.counted if before else ()),
    )


@dataclass(frozen=True, slots=True)
class _Others:
    """What the clauses of a sentence name that hold no figure, gathered once for all the others."""

    countries: tuple[CountryMention, ...]
    speakers: tuple[SpeakerMention, ...]
    dates: tuple[DatePhrase, ...]
    speaking: frozenset[str]

    @classmethod
    def of(cls, clauses: Sequence[Clause]) -> "_Others":
        return cls(
            tuple(country for one in clauses for country in one.countries),
            tuple(mention for one in clauses for mention in one.speakers),
            tuple(phrase for one in clauses for phrase in one.dates),
            frozenset().union(*(one.speaking for one in clauses)),
        )


def _with_counted_ahead(sentence: Sequence[Clause]) -> list[Clause]:
    """Tell each clause what the next one counts; a pause and a joiner leave empty ones between."""
    following: Clause | None = None
    found: list[Clause] = []
    for clause in reversed(sentence):
        found.append(replace(clause, ahead=_counted_next(clause, following)))
        following = clause if clause.words else following
    return found[::-1]


def _counted_next(clause: Clause, following: Clause | None) -> tuple[Word, ...]:
    """Return what the next clause counts, where this one counts without saying what."""
    if following is None or not (clause.figures and following.figures) or clause.counted:
        return ()
    kinds = {clause.figures[-1].kind, following.figures[0].kind}
    return following.counted if kinds == {Kind.AMOUNT} else ()


def _opens_question(sentence: Sequence[Clause]) -> bool:
    first = next((word for word in sentence[0].words if word.text not in word.cues.adverbs), None)
    if first is None or first.text not in first.cues.asking:
        return False
    # WHO is a speaker, who asks.
    named = (one for one in sentence[0].speakers if one.label.isupper())
    return not any(one.start <= first.start < one.end for one in named)


def _asks_inside(clause: Clause) -> bool:
    first = clause.words[0] if clause.words else None
    return first is not None and first.text in first.cues.asking_inside and not clause.elliptic
