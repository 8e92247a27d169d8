"""The forms in which records are typed: at most five texts each, and back from a record."""

from dataclasses import dataclass, fields, replace

import discord

from commands.chat import KIND_OF, AnyForm, Texts, UnsavedRecord
from knowledge.curation import AsserterForm, ClaimForm, SourceForm, TopicForm
from knowledge.model import AnyRecord, Asserter, Claim, Example, RecordKind, Source, Topic


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a form; of two fields in one text, the second stands after a semicolon."""

    label: str
    help: str
    fields: tuple[str, ...]
    limit: int
    long: bool = False
    required: bool = False


LINES: dict[RecordKind, tuple[Line, ...]] = {
    "claim": (
        Line(
            "Statement",
            "In your own words, one or two sentences: who counts or says what",
            ("statement",),
            600,
            long=True,
            required=True,
        ),
        Line(
            "Figure",
            "As it is printed, six words at most: “more than 1.5 million”, “3–5 million”, “half”",
            ("figure",),
            120,
        ),
        Line(
            "Said on",
            "2024-02-23, Feb 2024. Speaks of another time? 2024-02-23; 2023-08/2024-01",
            ("asserted_on", "period"),
            120,
            required=True,
        ),
        Line(
            "Paragraph",
            "Its number in the article. Passed on by others? 4; Interfax-Ukraine, Newsweek",
            ("paragraph", "via"),
            300,
            required=True,
        ),
        Line(
            "Assumption",
            "What the figure rests on, such as: if every container was full",
            ("assumption",),
            600,
            long=True,
        ),
    ),
    "topic": (
        Line("Title", "As it heads an answer", ("title",), 120, required=True),
        Line("Unit", "What its figures count; empty for a topic without", ("unit",), 120),
        Line(
            "Description",
            "Shown beside its slash command",
            ("description",),
            100,
            required=True,
        ),
        Line(
            "Other names",
            "Words that people use for it, in any language, with commas between",
            ("aliases",),
            4000,
            long=True,
        ),
    ),
    "source": (
        Line("Publisher", "Who published it", ("publisher",), 120, required=True),
        Line("Title", "As printed", ("title",), 300, required=True),
        Line("Published on", "2024-02-23, Feb 2024; empty if not known", ("published_on",), 120),
        Line(
            "Addresses",
            "https://… and, after a semicolon, that of an archived copy",
            ("url", "archive_url"),
            1010,
        ),
        Line(
            "Why this date",
            "Only where the article does not print it: from what you know it, or why not",
            ("date_reason",),
            600,
            long=True,
        ),
    ),
    "asserter": (
        Line("Person", "Name, if it is a person", ("person",), 120),
        Line("Role", "Such as: deputy chief; or: unattributed report", ("role",), 120),
        Line("Organisation", "", ("organisation",), 120),
        Line("Country", "Name or two letters: Egypt, EG", ("country",), 60),
        Line("Other names", "Other spellings, with commas between", ("aliases",), 4000, long=True),
    ),
}


def typed(line: Line, text: str) -> dict[str, str]:
    """Read one text of a form into the fields that it holds."""
    if len(line.fields) == 1:
        return {line.fields[0]: text.strip()}
    first, _, second = text.partition(";")
    return dict(zip(line.fields, (first.strip(), second.strip()), strict=True))


def shown(line: Line, form: AnyForm) -> str:
    """Write the fields of a form into one of its texts."""
    values = [str(getattr(form, name)) for name in line.fields]
    return "; ".join(values).removesuffix("; ")


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


def modal_of(unsaved: UnsavedRecord) -> discord.ui.Modal:
    """Make the form of a record, filled in with what is there already."""
    kind = KIND_OF[type(unsaved.form)]
    modal = discord.ui.Modal(title=f"{'Change' if unsaved.record else 'New'} {kind}")
    for line in LINES[kind]:
        held = shown(line, unsaved.form)
        if len(held) > line.limit:
            # Left out of the form, it stays as it is.
            continue
        text: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph if line.long else discord.TextStyle.short,
            default=held or None,
            required=line.required,
            max_length=line.limit,
            custom_id=line.fields[0],
        )
        modal.add_item(
            discord.ui.Label(text=line.label, description=line.help or None, component=text)
        )
    return modal


def filled(unsaved: UnsavedRecord, texts: Texts) -> UnsavedRecord:
    """Return a record with what was typed into its form."""
    form = unsaved.form
    for line in LINES[unsaved.kind]:
        if line.fields[0] in texts:
            form = given(form, **typed(line, texts[line.fields[0]][: line.limit]))
    return replace(unsaved, form=form)
