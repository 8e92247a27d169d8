"""Checks a message: finds what it asserts on a topic, and holds it against what is on file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import inf
from typing import Final

from knowledge.contract import (
    Check,
    CheckedAssertion,
    Denial,
    FigureView,
    Uncovered,
    UncoveredFigure,
    Verdict,
)
from knowledge.language import fold
from knowledge.library import By, Entry, Library, Window, by_names, countries_of
from knowledge.matching.checking.assertions import Assertion, Assertions, read_assertions
from knowledge.matching.checking.narrowing import Narrowing
from knowledge.matching.checking.offices import Offices
from knowledge.matching.checking.subjects import Subjects, rate
from knowledge.matching.checking.verdicts import (
    ROUNDING,
    Judgement,
    Said,
    judge,
    matches,
    standing,
    verdict,
)
from knowledge.matching.questions import (
    Asker,
    OwnDates,
    kind_of,
    names_of,
    own_dates,
    says,
    speaks,
)
from knowledge.model import Asserter, Kind, LinkKind, Measure, Modality, Relation, Topic
from knowledge.reading import (
    Bound,
    Quantity,
    country_name,
    find_countries,
    find_quantities,
    in_unit,
    plain_text,
)
from knowledge.words import Word, tables_for, words_of

_SHOWN = 5
"""Claims that an assertion is held against, and later ones, in an answer (by eye)."""
_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_MIRRORED: Final = {
    Relation.MORE_THAN: Relation.LESS_THAN,
    Relation.LESS_THAN: Relation.MORE_THAN,
    Relation.AT_LEAST: Relation.UP_TO,
    Relation.UP_TO: Relation.AT_LEAST,
}
_BY_RANGE: Final = frozenset[Verdict]({"above-range", "below-range", "within-range"})
_PARTLY: Final = frozenset[Verdict]({"below-range", "within-range"})
"""Verdicts that a part of what is on file may get, or something else, for being one."""
_UPPER: Final = frozenset({Bound.UNTIL, Bound.DURING, Bound.KNOWN_BY})


class Checker:
    """Checks messages against one library."""

    def __init__(self, library: Library, asker: Asker) -> None:
        self._library = library
        self._asker = asker
        self._subjects = Subjects(library, asker)
        self._narrowing = Narrowing(library, asker)
        self._offices = lru_cache(maxsize=1)(self._find_offices)

    def check(self, text: str, today: date) -> Check:
        """Give each assertion in a message that a topic covers its verdict.

        A figure with a date is held against what stood by then: of a running total that may be
        nothing; of anything else, all is taken where nothing is on file for the time.
        """
        plain = plain_text(text)
        words = words_of(plain.text)
        named = [
            one
            for one in self._asker.speakers.find(plain.text, words)
            if says(one, words) or not self._subjects.names(one.label)
        ]
        named += self._offices(self._library.revision).find(plain.text, words, named)
        named.sort(key=lambda one: one.start)
        read = read_assertions(plain, words, named, today, self._subjects)
        checked: list[CheckedAssertion] = []
        without_topic: list[Assertion] = []
        for one in read.found:
            topic = self._subjects.topic(one)
            stretch = text[one.start : one.end]
            own = self._own_dates(words, one, topic, today) if topic else OwnDates(one.dates)
            held = self._held(stretch, one, topic, own, today) if topic else None
            told = self._with_unsaid(held, one, plain.text, today) if held else None
            if told is None:
                without_topic.append(one)
            else:
                checked.append(told)
        return Check(
            text=text,
            assertions=tuple(checked),
            uncovered=tuple(self._uncovered(without_topic, read)),
            skipped=read.skipped,
            revision=self._library.revision,
        )

    def _with_unsaid(
        self, held: CheckedAssertion, one: Assertion, text: str, today: date
    ) -> CheckedAssertion | None:
        """Note what the message says of a figure on file that nothing with that figure says.

        A figure of what is somewhere else gets no verdict by the range of those on file, but that
        it is more than all of them.
        """
        topic = self._library.topic(held.topic)
        entries = [self._library.entry(claim.id) for claim in held.claims]
        if held.verdict in _PARTLY and self._narrowing.elsewhere(text, one, topic, entries):
            return None
        if held.verdict != "matches" or one.figure.vague:
            return held
        said, _ = _said(one, topic, today, contrary=self._subjects.contrary(one, topic))
        same = [entry for entry in entries if matches(said, entry)]
        unsaid = (
            *self._narrowing.unsaid(text, one, topic, same),
            *_undated(text, one, topic, same),
        )
        return held.model_copy(update={"unsaid": unsaid})

    def _find_offices(self, _revision: int) -> Offices:
        return Offices(self._library.asserters.values())

    def _uncovered(
        self, without_topic: Sequence[Assertion], read: Assertions
    ) -> Iterator[UncoveredFigure]:
        """Say of each figure that is held against nothing why it is not, in their order."""
        why: dict[Quantity, Uncovered] = dict.fromkeys(read.unasserted, "not-asserted")
        for one in without_topic:
            unlike = self._subjects.fits_but_for_its_unit(one)
            vague = one.figure.vague
            why[one.figure] = "vague" if vague else "other-unit" if unlike else "no-topic"
        for figure in read.others:
            why[figure] = "other-unit" if figure.kind is Kind.MEASURE else "no-topic"
        for figure in sorted(why, key=lambda figure: figure.start):
            yield UncoveredFigure(text=figure.as_worded, why=why[figure])

    def _own_dates(
        self, words: Sequence[Word], one: Assertion, topic: Topic, today: date
    ) -> OwnDates:
        """Sort out which dates are the topic's own and no time that a figure is of."""
        table = Window().select(self._library.table(topic.id))
        return own_dates(words, one.dates, names_of(topic), table, today)

    def _held(
        self, text: str, one: Assertion, topic: Topic, own: OwnDates, today: date
    ) -> CheckedAssertion | None:
        """Hold an assertion against the claims on its topic; what is vague, if it can be."""
        if one.figure.vague:
            return self._held_in_words(text, one, topic)
        said, note = _said(one, topic, today, contrary=self._subjects.contrary(one, topic))
        dates = () if kind_of(topic) == "date" else own.asking
        until = max((p.span.end for p in dates if p.bound in _UPPER), default=None)
        on_file = Window().select(self._library.table(topic.id))
        table = [entry for entry in on_file if entry.low is not None or entry.high is not None]
        stood = Window(until=until).select(table)
        if not stood and topic.measure is not Measure.CUMULATIVE:
            stood, until = table, None
        if ahead := any(p.span.start > today for p in dates if p.bound in _UPPER):
            stood = [entry for entry in stood if entry.modality is Modality.FORECAST] or stood
        like = self._asker.likeness.among(topic, (*one.before, *one.behind), stood)
        like = own.among(like) or like
        judged = self._judged(said, one, topic, like)
        if judged.verdict in _BY_RANGE and like == stood:
            judged = self._judged_as_a_whole(said, one, topic, stood) or judged
        if _is_of_another_time(one, like, judged, ahead=ahead):
            judged = replace(judged, verdict="nothing-on-file", span=None)
        if note is None and _asks_too_much(replace(one, dates=own.asking), topic):
            note = "The figures on file are running totals, not of that time alone."
        first = judged.nearest[0] if judged.nearest else None
        views = self._library.views(judged.nearest[:_SHOWN])
        figure = one.figure
        return CheckedAssertion(
            text=text,
            topic=topic.id,
            title=topic.title,
            figure=FigureView(
                low=figure.low,
                high=figure.high,
                relation=figure.relation,
                unit=figure.currency or figure.unit or topic.unit,
                as_worded=figure.as_worded,
            ),
            verdict=judged.verdict,
            standing=standing(first) if first else None,
            denials=tuple(self._denials(first)) if first else (),
            range=judged.span,
            claims=tuple(views),
            as_of=until,
            by=judged.by.label if judged.by else None,
            attributed_to=judged.attributed_to,
            later=tuple(self._library.views(_later(said, table, judged.nearest, until))),
            note=note,
        )

    def _held_in_words(self, text: str, one: Assertion, topic: Topic) -> CheckedAssertion | None:
        """Hold an amount without a number against those on file that have the same words."""
        table = Window().select(self._library.table(topic.id))
        alike = [
            entry
            for entry in table
            if entry.low is None and entry.high is None and self._has_words(entry, one.figure)
        ]
        if not alike:
            return None
        by = self._by(one, topic, alike)
        own = [entry for entry in alike if by is None or by.covers(entry)]
        other = by is not None and not own
        nearest = (own or alike)[::-1]
        newer = [entry for entry in table if entry.numbered and entry.first > nearest[0].last]
        figure = one.figure
        return CheckedAssertion(
            text=text,
            topic=topic.id,
            title=topic.title,
            figure=FigureView(
                low=None, high=None, relation=None, unit=topic.unit, as_worded=figure.as_worded
            ),
            verdict="attributed-otherwise" if other else "matches",
            range=None,
            standing=standing(nearest[0]),
            denials=tuple(self._denials(nearest[0])),
            claims=tuple(self._library.views(nearest[:_SHOWN])),
            by=by.label if by and own else None,
            attributed_to=by.label if by and other else None,
            later=tuple(self._library.views(newer[: -_SHOWN - 1 : -1])),
        )

    def _has_words(self, entry: Entry, figure: Quantity) -> bool:
        """Whether a claim without a number has the words of an amount, more or fewer of them."""
        claim = self._library.claim(entry.id)
        worded = claim.figure.as_worded if claim and claim.figure else ""
        said = {word.stem for word in words_of(figure.as_worded)}
        return any(
            said <= on_file or on_file <= said
            for one in find_quantities(worded)
            if one.vague and (on_file := {word.stem for word in words_of(one.as_worded)})
        )

    def _judged(
        self, said: Said, one: Assertion, topic: Topic, stood: Sequence[Entry]
    ) -> Judgement:
        """Judge by what the named speakers said; what only others said is theirs."""
        by = self._by(one, topic, stood)
        everybody = judge(said, stood, topic.unit)
        if by is None:
            return everybody
        theirs = {entry.id for entry in stood if by.covers(entry)}
        told = [entry for entry in stood if {entry.id, entry.retells} & theirs]
        own = judge(said, told, topic.unit)
        if own.nearest and standing(own.nearest[0]) == "retold" and matches(said, own.nearest[0]):
            span = own.span or everybody.span
            return replace(
                own, by=by, span=span, verdict=verdict(said, span) if span else own.verdict
            )
        if own.verdict == "matches" or everybody.verdict != "matches":
            return replace(own, by=by) if own.nearest else everybody
        if not own.nearest and not _is_said(one):
            return everybody
        others = [entry for entry in everybody.nearest if matches(said, entry)]
        return replace(
            everybody,
            verdict="attributed-otherwise",
            nearest=tuple(dict.fromkeys((*others, *own.nearest))),
            attributed_to=by.label,
        )

    def _judged_as_a_whole(
        self, said: Said, one: Assertion, topic: Topic, stood: Sequence[Entry]
    ) -> Judgement | None:
        """Hold a figure that no group has, of a message that names none, against what is of all.

        Counts of several groups say nothing of them all but how many these are at least, and at
        most together.
        """
        groups = {entry.qualifiers for entry in stood}
        if len(groups) == 1:
            return None
        whole = [entry for entry in stood if not entry.qualifiers]
        judged = self._judged(said, one, topic, stood)
        if whole:
            of_all = self._judged(said, one, topic, whole)
            # What is beyond every group is beyond the nearest of them too, which tells more.
            beyond = of_all.verdict == judged.verdict != "within-range"
            return replace(of_all, nearest=judged.nearest) if beyond else of_all
        if topic.measure is not Measure.CUMULATIVE or judged.verdict == "below-range":
            return judged
        together = sum(
            max(entry.high or entry.low or 0.0 for entry in stood if entry.qualifiers == group)
            for group in groups
        )
        if judged.verdict == "above-range" and min(said.numbers) > together:
            return judged
        return replace(judged, verdict="nothing-on-file", span=None)

    def _by(self, one: Assertion, topic: Topic, stood: Sequence[Entry]) -> By | None:
        """Name whom a message names as having said it: asserters, outlets, or a country's.

        Who is named by their country ("… intelligence") may be anybody who speaks for it, and the
        country before somebody's own name ("South Korea's DIA") is nobody beside them; its
        government is whoever of them holds an office, as long as one of these counts. What an
        outlet carried is its own only where nothing is on file that it said itself.
        """
        called = {
            country.code
            for mention in one.speakers
            if len(mention.asserters) != 1 or not _has_a_name(mention.label)
            for country in find_countries(mention.label)
        }
        codes = one.speaking | (called - set(topic.parties))
        people = self._library.asserters.values()
        named = by_names(self._library, [(said.label, said.asserters) for said in one.speakers])
        parts = [named] if named and not (one.governing and codes) else []
        counting = {entry.asserter for entry in stood}
        for code in sorted(codes, key=country_name):
            spoken_for = frozenset(who.id for who in people if code in countries_of(who))
            governing = {key for key in spoken_for if _holds_office(self._library.asserters[key])}
            label = country_name(code)
            if one.governing and governing & counting:
                spoken_for, label = frozenset(governing), f"Government of {label}"
            parts.append(By(label, spoken_for))
        by = By.together(parts)
        return replace(by, via=frozenset(), sources=frozenset()) if by and by.asserters else by

    def _denials(self, entry: Entry) -> Iterator[Denial]:
        for view in self._library.views(self._library.bearing_on(LinkKind.DENIES, entry, None)):
            yield Denial(claim=view.id, asserted_by=view.asserted_by, asserted_on=view.asserted_on)


def _is_of_another_time(
    one: Assertion, like: Sequence[Entry], judged: Judgement, *, ahead: bool
) -> bool:
    """Whether what is on file is foreseen and the message says what has been, or the reverse."""
    foreseen = [entry.modality is Modality.FORECAST for entry in like]
    if ahead and not any(foreseen):
        return True
    return one.so_far and all(foreseen) and judged.verdict in _BY_RANGE


def _holds_office(asserter: Asserter) -> bool:
    """Whether somebody's names have an office of a government in them."""
    names = (asserter.role, asserter.organisation, *asserter.aliases)
    return any(word.text in word.cues.offices for name in names if name for word in words_of(name))


def _asks_too_much(one: Assertion, topic: Topic) -> bool:
    """Whether a message has something happen within a time, where only totals are on file."""
    within = any(phrase.bound is Bound.DURING for phrase in one.dates)
    return topic.measure is Measure.CUMULATIVE and within and not _is_said(one)


def _undated(text: str, one: Assertion, topic: Topic, same: Sequence[Entry]) -> Iterator[str]:
    """Yield the time within which a message has a total, where none on file is of that time.

    One is that begins within it, or was reckoned up in it.
    """
    for phrase in one.dates if _asks_too_much(one, topic) else ():
        span = phrase.span
        began = any(e.begins is not None and e.begins >= span.start for e in same)
        reckoned = any(e.first <= span.end and span.start <= e.last for e in same)
        if phrase.bound is Bound.DURING and not (began or reckoned):
            yield text[phrase.start : phrase.end]


def _is_said(one: Assertion) -> bool:
    """Whether a message says that somebody says it, not only that somebody does something."""
    words = (*one.before, *one.behind)
    return bool(one.speaking) or any(speaks(mention, words) for mention in one.speakers)


def _later(
    said: Said, table: Sequence[Entry], nearest: Sequence[Entry], until: date | None
) -> list[Entry]:
    """Return newer claims of the same thing with another figure, the newest first.

    Newer than the day that the figure is said of; without one, than the claim it matches.
    """
    like = nearest[0].qualifiers if nearest else ()
    if until is None:
        if not nearest or not matches(said, nearest[0]):
            return []
        until = nearest[0].last
    newer = [
        entry
        for entry in table
        if entry.first > until and entry.qualifiers == like and not matches(said, entry)
    ]
    return newer[: -_SHOWN - 1 : -1]


def _has_a_name(label: str) -> bool:
    """Whether somebody's name stands beside that of their country."""
    rest = label
    for country in find_countries(label):
        rest = rest.replace(label[country.start : country.end], "")
    return any(word[:1].isupper() for word in rest.split())


def _said(one: Assertion, topic: Topic, today: date, *, contrary: bool) -> tuple[Said, str | None]:
    """Bring a figure into the unit of its topic, with a note of what was done to it."""
    figure = one.figure
    parts = topic.measure in {Measure.SHARE, Measure.CHANGE}
    said = Said(
        figure.low,
        figure.high,
        figure.relation or Relation.EXACT,
        most=ROUNDING if parts else inf,
    )
    if kind_of(topic) == "date":
        return _years(said, one, today)
    if contrary:
        return _of_the_rest(said), "The claims are of the others: what is left is compared."
    factor, note = 1.0, None
    if topic.measure is Measure.CHANGE and figure.change < 0:
        return _mirrored(said), None
    if figure.kind is Kind.MEASURE and figure.unit and topic.unit:
        factor = in_unit(1.0, figure.unit, topic.unit) or 1.0
    period, span = _unit_period(topic), rate(one)
    if period and span:
        factor *= _DAYS[period] / _DAYS[span]
    if factor != 1.0:
        note = f"Reckoned in {topic.unit} for the comparison."
    return replace(said, low=_times(said.low, factor), high=_times(said.high, factor)), note


def _years(said: Said, one: Assertion, today: date) -> tuple[Said, str | None]:
    """Read an age as the years in which things of that age were made."""
    said = replace(said, tolerance=0.0)
    if one.figure.kind is not Kind.AGE:
        return said, None
    made = replace(
        said,
        low=None if said.high is None else today.year - said.high,
        high=None if said.low is None else today.year - said.low,
        relation=_MIRRORED.get(said.relation, said.relation),
    )
    return made, "The age is compared as the year that it leads back to."


def _of_the_rest(said: Said) -> Said:
    """Turn a share into what it leaves: of those that work into those that do not."""
    return replace(
        said,
        low=None if said.high is None else 1 - said.high,
        high=None if said.low is None else 1 - said.low,
        relation=_MIRRORED.get(said.relation, said.relation),
    )


def _mirrored(said: Said) -> Said:
    """Turn what something fell by into a negative change."""
    return replace(
        said,
        low=_times(said.high, -1.0),
        high=_times(said.low, -1.0),
        relation=_MIRRORED.get(said.relation, said.relation),
    )


def _times(number: float | None, factor: float) -> float | None:
    return None if number is None else number * factor


def _unit_period(topic: Topic) -> str | None:
    """Return the span of time for which the unit of a topic is ("shells a year").

    What a unit begins with is a length of time instead ("months of use"); a rate that names none
    is one a year.
    """
    unit = topic.unit or ""
    periods = tables_for(unit).clauses.periods
    named = (periods.get(fold(word)) for word in unit.split()[1:])
    usual = "year" if topic.measure is Measure.RATE else None
    return next((period for period in named if period), usual)
