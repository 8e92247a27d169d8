"""Brings records of earlier versions to the present form, and says of each what it changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from knowledge.drafts import looks_ahead
from knowledge.migration.figures import reread, with_interval
from knowledge.migration.guide import REMAINS, BadGuide, Guide
from knowledge.migration.notes import Note
from knowledge.model import AnyRecord, Claim, Figure, Kind, Measure, Modality, RecordKind, Topic
from knowledge.model import kind_of as kind_of_record
from knowledge.reading import BadFigure, Quantity, parse_figure, unit_of
from knowledge.records import Misfit, Records, in_plain_words, record_problems

Changed = TypeVar("Changed", Topic, Claim)
_YEAR = "year"
_PERCENT = ("percent", "per cent", "%")
_UNCOUNTED = frozenset({Measure.LEVEL, Measure.RATE})
"""What dates, ratios and changes had to be before there were measures for them."""


@dataclass(slots=True)
class Migrated:
    """Records in the present form, with what was changed and what only a person can decide.

    `open` are assumptions that may be qualifiers, each with the number of claims that have it;
    `questions` is everything else that a person should look at, and `problems` what an import of
    the records would refuse.
    """

    records: list[AnyRecord] = field(default_factory=list)
    changes: list[Note] = field(default_factory=list)
    questions: list[Note] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    problems: list[Misfit] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    """Assumptions of the records, in the words that a guide may name them by."""

    def each(self) -> Iterator[tuple[RecordKind, AnyRecord]]:
        """Go through the records as they are exported."""
        for record in self.records:
            yield kind_of_record(record), record


def migrate(records: Sequence[AnyRecord], guide: Guide, today: date) -> Migrated:
    """Bring records to the present form, as far as they and the guide tell how.

    Raises:
        BadGuide: the guide names what is not there, or a field that a record cannot have.
    """
    guide.held_against(records)
    made = Migrated()
    worded = _words_by_topic(records)
    topics = {
        one.id: _topic(one, guide, worded.get(one.id, ()), made)
        for one in records
        if isinstance(one, Topic)
    }
    claims = [
        _claim(one, topics[one.topic], guide, made) if one.topic in topics else one
        for one in records
        if isinstance(one, Claim)
    ]
    guide.met_by(made.met)
    topics = _with_dimensions(topics, claims, made)
    others = [one for one in records if not isinstance(one, Topic | Claim)]
    made.records = [*topics.values(), *others, *claims]
    made.problems = list(record_problems(made.records, _by_id(made), today))
    return made


def _words_by_topic(records: Iterable[AnyRecord]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for one in records:
        if isinstance(one, Claim) and one.figure is not None:
            words.setdefault(one.topic, []).append(one.figure.as_worded)
    return words


def _by_id(made: Migrated) -> Records:
    found = Records({}, {}, {}, {})
    for kind, record in made.each():
        getattr(found, f"{kind}s")[record.id] = record
    return found


# ----------------------------------------------------------------------- topics


def _topic(topic: Topic, guide: Guide, worded: Sequence[str], made: Migrated) -> Topic:
    """Give a topic the measure and unit that its own unit, or its figures, tell of."""
    decided = guide.topics.get(topic.id, {})
    fields: dict[str, object] = {}
    told = [read for read in map(_read, worded) if read is not None]
    if "measure" not in decided and topic.measure in _UNCOUNTED:
        fields |= _measured(topic, told, made)
    if "unit" not in decided and fields.get("measure") is None:
        fields |= _paid_in(topic, told, made)
    if decided:
        named = ", ".join(f"{name} {value}" for name, value in decided.items())
        made.changes.append(Note(topic.id, f"{named}, as the guide says"))
    return _with(topic, fields | decided)


def _read(words: str) -> Quantity | None:
    try:
        return parse_figure(words)
    except BadFigure:
        return None


def _measured(topic: Topic, told: Sequence[Quantity], made: Migrated) -> dict[str, object]:
    unit = (topic.unit or "").casefold()
    if unit.split(" ")[0] in {_YEAR, f"{_YEAR}s"} and unit.startswith(f"{_YEAR} of"):
        made.changes.append(Note(topic.id, f"measure date, as its unit is “{topic.unit}”"))
        return {"measure": Measure.DATE}
    ratio = next((read for read in told if read.kind is Kind.RATIO), None)
    if ratio is not None:
        made.changes.append(Note(topic.id, f"measure ratio, as “{ratio.as_worded}” is printed"))
        return {"measure": Measure.RATIO}
    if unit.startswith(_PERCENT):
        words = f"its unit is “{topic.unit}”: is its measure share (0.6), or change (1.6)?"
        made.questions.append(Note(topic.id, words))
    return {}


def _paid_in(topic: Topic, told: Sequence[Quantity], made: Migrated) -> dict[str, object]:
    """Name money by its code where all figures are printed in one currency."""
    codes = {read.currency for read in told if read.currency}
    money = topic.unit is not None and unit_of(topic.unit).kind == "money"
    if not money or len(codes) != 1 or codes == {topic.unit}:
        return {}
    code = codes.pop()
    made.changes.append(Note(topic.id, f"unit {code}, as its figures are printed"))
    return {"unit": code}


def _with_dimensions(
    topics: dict[str, Topic], claims: Iterable[Claim], made: Migrated
) -> dict[str, Topic]:
    """Name in each topic what its claims are narrowed by."""
    needed: dict[str, dict[str, None]] = {}
    for claim in claims:
        needed.setdefault(claim.topic, {}).update(dict.fromkeys(claim.qualifiers))
    done = dict(topics)
    for name, topic in topics.items():
        new = [one for one in needed.get(name, ()) if one not in topic.dimensions]
        if new:
            made.changes.append(Note(name, f"dimensions {', '.join(new)}"))
            done[name] = _with(topic, {"dimensions": (*topic.dimensions, *new)})
    return done


# ----------------------------------------------------------------------- claims


def _claim(claim: Claim, topic: Topic, guide: Guide, made: Migrated) -> Claim:
    """Bring one claim to the present form."""
    fields = _figure(claim, topic, made)
    assumption = fields.get("assumption", claim.assumption)
    if isinstance(assumption, str):
        fields |= _qualified(claim, assumption, guide, made)
    decided = guide.claims.get(claim.id, {})
    if "modality" not in decided:
        fields |= _foreseen(claim, topic, guide, made)
    if decided:
        made.changes.append(Note(claim.id, f"{', '.join(decided)}, as the guide says"))
    return _with(claim, fields | decided)


def _figure(claim: Claim, topic: Topic, made: Migrated) -> dict[str, object]:
    """Take the interval and the printed unit of a figure from its words and its assumption."""
    if claim.figure is None:
        return {}
    read = reread(claim.figure, topic)
    fields: dict[str, object] = {"figure": read.figure}
    if read.otherwise:
        made.questions.append(Note(claim.id, f"{read.otherwise}, and the figure is {_ends(claim)}"))
    found = with_interval(read.figure, claim.assumption) if claim.assumption else None
    if found is not None:
        fields = {"figure": found[0], "assumption": found[1]}
    after = fields["figure"]
    if isinstance(after, Figure) and after != claim.figure:
        made.changes.append(Note(claim.id, f"figure: {_altered(claim.figure, after)}"))
    return fields


def _ends(claim: Claim) -> str:
    sides = (claim.figure.low, claim.figure.high) if claim.figure else ()
    return " to ".join(dict.fromkeys(f"{side:g}" for side in sides if side is not None))


def _altered(before: Figure, after: Figure) -> str:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return ", ".join(f"{name} {_shown(new[name])}" for name in new if new[name] != old[name])


def _shown(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _qualified(claim: Claim, assumption: str, guide: Guide, made: Migrated) -> dict[str, object]:
    """Make qualifiers of an assumption, as the guide says; list it where it says nothing."""
    names = [name for name in (assumption, claim.assumption) if name]
    made.met.update(names)
    decided = next((guide.assumptions[name] for name in names if name in guide.assumptions), None)
    if decided is None:
        made.open[assumption] += 1
        return {}
    if not decided:
        return {}
    qualifiers = {name: value for name, value in decided.items() if name != REMAINS}
    told = ", ".join(f"{name}: {value}" for name, value in qualifiers.items()) or "no assumption"
    made.changes.append(Note(claim.id, f"{told}, from “{assumption}”"))
    left = decided.get(REMAINS) or None
    return {"qualifiers": {**claim.qualifiers, **qualifiers}, "assumption": left}


def _foreseen(claim: Claim, topic: Topic, guide: Guide, made: Migrated) -> dict[str, object]:
    """Tell a forecast by the guide, or by the time that it speaks of."""
    if claim.modality is not Modality.REPORTED or claim.figure is None:
        return {}
    reason = ""
    if {claim.id, claim.topic} & {*guide.forecasts}:
        reason = "as the guide says"
    elif claim.as_of.earliest > claim.asserted_on.latest:
        reason = f"as it speaks of {claim.as_of} and was said in {claim.asserted_on}"
    elif topic.measure is Measure.DATE and _is_ahead(claim):
        reason = f"as the year lies after {claim.asserted_on}, when it was said"
    elif (word := looks_ahead(claim.statement)) is not None:
        words = f"its statement says “{word}”: if it is a forecast, list it in the guide"
        made.questions.append(Note(claim.id, words))
    if not reason:
        return {}
    made.changes.append(Note(claim.id, f"modality forecast, {reason}"))
    return {"modality": Modality.FORECAST}


def _is_ahead(claim: Claim) -> bool:
    figure = claim.figure
    years = [side for side in (figure.low, figure.high) if side is not None] if figure else []
    return bool(years) and max(years) > claim.asserted_on.latest.year


def _with(record: Changed, fields: dict[str, object]) -> Changed:
    """Return a record with other values in some of its fields.

    Raises:
        BadGuide: they do not fit, which only those of a guide may do.
    """
    if not fields:
        return record
    model = type(record)
    try:
        return model.model_validate({**dict(record), **fields})
    except ValidationError as errors:
        reason = in_plain_words(errors.errors(include_url=False)[0], model)
        raise BadGuide(f"{record.id}: {reason}") from None
