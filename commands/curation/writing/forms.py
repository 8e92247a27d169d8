"""The forms in which records are typed, a few fields at a time, and back from a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

import discord

from commands.chat import KIND_OF, AnyForm, Texts, UnsavedRecord
from commands.curation.writing.kinds import kind_said
from commands.text import clip, say, told
from knowledge.curation import (
    AsserterForm,
    ClaimForm,
    SourceForm,
    TopicForm,
    qualifiers_of,
    qualifiers_text,
)
from knowledge.model import (
    AnyRecord,
    Asserter,
    Claim,
    Example,
    ForPeople,
    LinkKind,
    Measure,
    Modality,
    RecordKind,
    Source,
    Topic,
)

_MOST = 5
"""Fields that Discord takes in a form."""
_LINE = 100
_LINES = 25
"""Characters of a line of a select, and how many there may be."""
ARTICLE = "article"
"""The field of a form that takes a file."""
_DIMENSION = "q:"
_NONE = "-"
"""What stands for no value in a select, which has no empty line."""


class Step(StrEnum):
    """A form of a record: the fields that nearly all need, or some that few do."""

    MAIN = "edit"
    MORE = "more"
    BEARS = "bears"
    NARROW = "narrow"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Choice:
    """A line to choose."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a form.

    `also` is another field that people used to type behind a semicolon, and may go on to.
    """

    name: str
    label: str
    help: str
    limit: int
    long: bool = False
    required: bool = False
    also: str = ""
    choices: tuple[Choice, ...] = ()


MODALITIES = (
    Choice(Modality.REPORTED, "Reported", "Counted or estimated, of what is or was"),
    Choice(Modality.FORECAST, "Forecast", "Of what is to come; a plan too"),
    Choice(Modality.POSSIBLE, "Possible", "What could be: “could hold”"),
    Choice(Modality.SUSPECTED, "Suspected", "Under investigation"),
)
MEASURES = (
    Choice(Measure.CUMULATIVE, "A running total that grows"),
    Choice(Measure.LEVEL, "A level at a time"),
    Choice(Measure.RATE, "A rate: so many a year"),
    Choice(Measure.SHARE, "A share of a whole"),
    Choice(Measure.CHANGE, "Growth or decline"),
    Choice(Measure.RATIO, "So many for each of another"),
    Choice(Measure.DATE, "The year in which something happens"),
    Choice(Measure.QUALITATIVE, "Statements, without figures"),
)
_RELATIONS = (Choice(_NONE, "none"), *(Choice(kind, kind) for kind in LinkKind))

LINES: dict[RecordKind, tuple[Line, ...]] = {
    "claim": (
        Line("asserter", "Said by", "Who says it, by name", 100, required=True),
        Line("source", "Source", "Its publisher, title or address", 300, required=True),
        Line(
            "statement",
            "Statement",
            "In your own words, one or two sentences: who counts or says what",
            600,
            long=True,
            required=True,
        ),
        Line(
            "figure",
            "Figure",
            "As it is printed, six words at most: “more than 1.5 million”, “3–5 million”, “half”",
            120,
        ),
        Line("asserted_on", "Said on", "2024-02-23, Feb 2024", 120, required=True, also="period"),
        Line(ARTICLE, "Article", "Text, HTML or PDF: where the figure stands is found in it", 0),
        Line("paragraph", "Paragraph", "Its number, without the article", 300, also="via"),
        Line("modality", "Kind", "", 20, choices=MODALITIES),
        Line("period", "Speaks of", "Where that is another time: by 2030, 2023 to 2025", 120),
        Line("via", "Passed on by", "With commas between: an agency, a daily", 300),
        Line("unit", "Unit", "As printed, where the figure does not name it: kWh", 60),
        Line(
            "assumption",
            "Assumption",
            "What the figure rests on, such as: if every household has one",
            600,
            long=True,
        ),
        Line("relation", "Relation", "How it bears on another claim", 20, choices=_RELATIONS),
        Line("relates_to", "On which claim", "Its id, or a topic for all that is on it", 100),
        Line("note", "Note", "What a careful reader has to know", 600, long=True),
    ),
    "topic": (
        Line("title", "Title", "As it heads an answer", 120, required=True),
        Line("measure", "Its figures are", "", 20, choices=MEASURES),
        Line("unit", "Unit", "What its figures count; empty for a topic without", 120),
        Line("description", "Description", "Shown beside its slash command", 100, required=True),
        Line(
            "aliases",
            "Other names",
            "Words that people use for it, in any language, with commas between",
            4000,
            long=True,
        ),
        Line(
            "parties",
            "Countries it is about",
            "Names or codes: a question about another country is not about this topic",
            300,
        ),
        Line(
            "dimensions",
            "Narrowed by",
            "What tells its figures apart, with commas between: group, price base",
            300,
        ),
        Line("places", "Countries where it happens", "Names or codes, with commas between", 300),
        Line("command", "Slash command", "A name of its own, such as: bridges", 32),
    ),
    "source": (
        Line("publisher", "Publisher", "Who published it", 120, required=True),
        Line("title", "Title", "As printed", 300, required=True),
        Line("published_on", "Published on", "2024-02-23, Feb 2024; empty if not known", 120),
        Line("url", "Address", "example.org/article", 505, also="archive_url"),
        Line(
            "date_reason",
            "Why this date",
            "Only where the article does not print it: from what you know it, or why not",
            600,
            long=True,
        ),
        Line("archive_url", "Archived copy", "Its address", 505),
    ),
    "asserter": (
        Line("person", "Person", "Name, if it is a person", 120),
        Line("role", "Role", "Such as: spokesperson; or: unattributed report", 120),
        Line("organisation", "Organisation", "", 120),
        Line("country", "Country", "Name or two letters: Egypt, EG", 60),
        Line("aliases", "Other names", "Other spellings, with commas between", 4000, long=True),
    ),
}

_BEARS = ("relation", "relates_to", "note")
_EVIDENCE = (ARTICLE, "paragraph")
_FIRST: dict[RecordKind, tuple[str, ...]] = {
    "topic": ("title", "unit", "description", "aliases", "parties"),
    "source": ("publisher", "title", "published_on", "url", "date_reason"),
    "asserter": ("person", "role", "organisation", "country", "aliases"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered in a form beside what was typed: values of dimensions, and paragraphs."""

    dimensions: Mapping[str, Sequence[str]]
    passages: Sequence[Choice] = ()

    @classmethod
    def nothing(cls) -> "Offered":
        """Offer nothing."""
        return cls({})


def names_in(unsaved: UnsavedRecord, step: Step) -> tuple[str, ...]:
    """Return the fields of a form, in order: what nearly all need comes first."""
    main = _main(unsaved)
    if step is Step.MAIN:
        return main
    every = [line.name for line in LINES[unsaved.kind]]
    if unsaved.kind != "claim":
        return tuple(name for name in every if name not in main)
    apart = {*main, *_BEARS, *_EVIDENCE, "asserter", "source"}
    if step is Step.MORE:
        return tuple(name for name in every if name not in apart)
    return (*_BEARS, *(name for name in _EVIDENCE if name not in main))


def _main(unsaved: UnsavedRecord) -> tuple[str, ...]:
    if unsaved.kind != "claim":
        return tuple(dict.fromkeys((*unsaved.asks, *_FIRST[unsaved.kind])))[:_MOST]
    at_hand = bool(unsaved.record or unsaved.article or unsaved.sent)
    rest = ("modality", "period") if at_hand else _EVIDENCE
    return (*unsaved.asks, "statement", "figure", "asserted_on", *rest)[:_MOST]


def typed(line: Line, text: str) -> dict[str, str]:
    """Read one field of a form; what stands behind a semicolon may be another one."""
    value = text.strip()
    if line.choices:
        return {line.name: "" if value == _NONE else value}
    if not line.also:
        return {line.name: value}
    first, semicolon, second = value.partition(";")
    also = {line.also: second.strip()} if semicolon else {}
    return {line.name: first.strip(), **also}


def form_of(record: AnyRecord) -> AnyForm:
    """Return a record as somebody would have typed it."""
    match record:
        case Topic():
            return TopicForm(
                title=record.title,
                unit=record.unit or "",
                measure=record.measure,
                description=record.description,
                command=record.command or "",
                aliases=", ".join(record.aliases),
                parties=", ".join(record.parties),
                places=", ".join(record.places),
                dimensions=", ".join(record.dimensions),
            )
        case Source():
            return SourceForm(
                publisher=record.publisher,
                title=record.title,
                published_on=str(record.published_on or ""),
                url=record.url or "",
                archive_url=record.archive_url or "",
                date_reason=record.date_reason or "",
            )
        case Asserter():
            return AsserterForm(
                person=record.person or "",
                role=record.role or "",
                organisation=record.organisation or "",
                country=record.country or "",
                aliases=", ".join(record.aliases),
            )
        case Claim():
            return _claim_form(record)
        case Example():
            raise TypeError("an example has no form: it is kept or removed")


def _claim_form(claim: Claim) -> ClaimForm:
    cited = claim.citations[0]
    link = claim.relations[0] if claim.relations else None
    return ClaimForm(
        topic=claim.topic,
        asserter=claim.asserter,
        statement=claim.statement,
        figure=claim.figure.as_worded if claim.figure else "",
        unit=(claim.figure.unit or "") if claim.figure else "",
        qualifiers=qualifiers_text(claim.qualifiers),
        modality=claim.modality,
        asserted_on=str(claim.asserted_on),
        period=str(claim.period or ""),
        source=cited.source,
        paragraph=str(cited.paragraph),
        via=", ".join(cited.via),
        assumption=claim.assumption or "",
        note=claim.note or "",
        relation=link.kind if link else "",
        relates_to=(link.claim or link.topic or "") if link else "",
    )


def given(form: AnyForm, **options: str | None) -> AnyForm:
    """Put the options of a command into a form, where they were given."""
    texts = {field.name: str(getattr(form, field.name)) for field in fields(form)}
    texts |= {key: text for key, text in options.items() if text is not None}
    return type(form)(**texts)


# ------------------------------------------------------------------ as Discord shows them


def modal_of(unsaved: UnsavedRecord, step: Step, offered: Offered) -> discord.ui.Modal:
    """Make a form of a record, filled in with what is there already."""
    kind = KIND_OF[type(unsaved.form)]
    modal = discord.ui.Modal(
        title=say("Change {kind}", kind=kind_said(kind))
        if unsaved.record
        else say("New {kind}", kind=kind_said(kind))
    )
    for item in _items(unsaved, step, offered):
        modal.add_item(item)
    return modal


def further_form(title: str, held: Mapping[str, str]) -> discord.ui.Modal:
    """Make a form of some fields of a claim by their names, filled in with what is there."""
    modal = discord.ui.Modal(title=title)
    for line in LINES["claim"]:
        if line.name in held and len(held[line.name]) <= line.limit:
            control = _control(line, held[line.name])
            modal.add_item(_label(line.label, line.help, control))
    return modal


Item = discord.ui.Label[discord.ui.Modal]


def _items(unsaved: UnsavedRecord, step: Step, offered: Offered) -> list[Item]:
    if step is Step.NARROW:
        return _narrowing(unsaved.form, offered)
    if step is Step.PLACE:
        hint = say("Where the claim stands in the article")
        return [
            _label(say("Paragraph"), hint, _select("paragraph", offered.passages, "", needed=True))
        ]
    held = {line.name: line for line in LINES[unsaved.kind]}
    items = []
    for name in names_in(unsaved, step):
        line = held[name]
        value = str(getattr(unsaved.form, name, ""))
        # Left out of the form, what is too long stays as it is.
        if len(value) <= line.limit or name == ARTICLE:
            items.append(_label(line.label, line.help, _control(line, value)))
    return items


def _label(text: str, hint: str, control: discord.ui.Item[discord.ui.Modal]) -> Item:
    described = clip(told(hint), _LINE) or None
    return discord.ui.Label(text=clip(told(text), 45), description=described, component=control)


def _control(line: Line, value: str) -> discord.ui.Item[discord.ui.Modal]:
    if line.name == ARTICLE:
        return discord.ui.FileUpload(custom_id=ARTICLE, required=False)
    if line.choices:
        return _radio(line, value)
    return discord.ui.TextInput(
        style=discord.TextStyle.paragraph if line.long else discord.TextStyle.short,
        default=value or None,
        required=line.required,
        max_length=line.limit,
        custom_id=line.name,
    )


def _radio(line: Line, value: str) -> discord.ui.RadioGroup[discord.ui.Modal]:
    chosen = value or line.choices[0].value
    options = [
        discord.RadioGroupOption(
            label=clip(told(one.label), _LINE),
            value=one.value,
            description=clip(told(one.help), _LINE) or None,
            default=one.value == chosen,
        )
        for one in line.choices
    ]
    return discord.ui.RadioGroup(custom_id=line.name, required=True, options=options)


def _select(
    name: str, choices: Sequence[Choice], chosen: str, *, needed: bool
) -> discord.ui.Select[discord.ui.Modal]:
    options = [
        discord.SelectOption(
            label=clip(one.label, _LINE),
            value=one.value[:_LINE],
            description=clip(one.help, _LINE) or None,
            default=one.value == chosen,
        )
        for one in choices[:_LINES]
    ]
    return discord.ui.Select(custom_id=name, options=options, required=needed)


def _narrowing(form: AnyForm, offered: Offered) -> list[Item]:
    """Make a select for each dimension with values on file, and a text for one that is new."""
    held = _qualifiers(form)
    items: list[Item] = []
    for dimension, values in list(offered.dimensions.items())[: _MOST - 1]:
        chosen = held.get(dimension, _NONE)
        if len(chosen) > _LINE:
            # Left out of the form, what is too long for a line stays as it is.
            continue
        named = [
            one for one in dict.fromkeys([chosen, *values]) if one != _NONE and len(one) <= _LINE
        ]
        lines = [Choice(_NONE, say("any, or not said")), *(Choice(one, one) for one in named)]
        select = _select(f"{_DIMENSION}{dimension}", lines, chosen, needed=False)
        items.append(_label(dimension, "", select))
    dimensions = ", ".join(offered.dimensions)
    other: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=_DIMENSION, required=False, max_length=200
    )
    hint = clip(
        say(
            "One that is not in the list, such as {value}: …", value=next(iter(offered.dimensions))
        ),
        100,
    )
    items.append(
        _label(say("Another value ({dimensions})", dimensions=clip(dimensions, 25)), hint, other)
    )
    return items


def _qualifiers(form: AnyForm) -> dict[str, str]:
    """Return what narrows a figure as it stands, or nothing where that cannot be read."""
    try:
        return qualifiers_of(form.qualifiers) if isinstance(form, ClaimForm) else {}
    except ForPeople:
        return {}


def filled(unsaved: UnsavedRecord, texts: Texts) -> UnsavedRecord:
    """Return a record with what was typed and chosen in one of its forms."""
    form = unsaved.form
    for line in LINES[unsaved.kind]:
        if line.name in texts and line.name != ARTICLE:
            form = given(form, **typed(line, texts[line.name][: line.limit]))
    if any(name.startswith(_DIMENSION) for name in texts):
        form = given(form, qualifiers=_narrowed(form, texts))
    return replace(unsaved, form=form)


def _narrowed(form: AnyForm, texts: Texts) -> str:
    held = _qualifiers(form)
    for name, value in texts.items():
        dimension = name.removeprefix(_DIMENSION)
        if name.startswith(_DIMENSION) and dimension:
            held.pop(dimension, None)
            held |= {dimension: value} if value not in {"", _NONE} else {}
    other = texts.get(_DIMENSION, "").strip()
    dimensions = [name.removeprefix(_DIMENSION) for name in texts if name.startswith(_DIMENSION)]
    if other and ":" not in other and len(alone := list(filter(None, dimensions))) == 1:
        other = f"{alone[0]}: {other}"
    return "\n".join(filter(None, (qualifiers_text(held), other)))
