"""Changes a proposal as a curator types it."""

from dataclasses import dataclass, replace
from datetime import date

from knowledge.drafts.onfile import compared
from knowledge.drafts.proposals import Proposal
from knowledge.drafts.speech import Speaker
from knowledge.library import NotOnFile, asserter_name
from knowledge.model import Asserter, BadEdtf, Edtf, Modality, Topic
from knowledge.reading import parse_date_option, parse_figure
from knowledge.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class FurtherEdits:
    """What few proposals need changed, as typed."""

    modality: str
    period: str
    via: str
    assumption: str


@dataclass(frozen=True, slots=True)
class Edits:
    """The fields of a proposal as typed; what is left as it was is not read anew."""

    statement: str
    figure: str
    topic: str
    asserted_by: str
    asserted_on: str


def edited(one: Proposal, edits: Edits, workspace: Workspace, today: date) -> Proposal:
    """Return a proposal with what was typed.

    Raises:
        ForPeople: a field cannot be read, and why.
    """
    amount = one.amount
    if edits.figure.strip() != amount.as_worded:
        read = parse_figure(edits.figure)
        amount = replace(
            amount,
            as_worded=read.as_worded,
            low=read.low,
            high=read.high,
            relation=read.relation,
            kind=read.kind,
            unit=read.unit,
            value=read.value,
            interval=read.interval,
        )
    changed = replace(
        one,
        statement=edits.statement.strip() or one.statement,
        amount=amount,
        topic=_topic(workspace, edits.topic),
        new_topic=edits.topic.strip(),
        asserted_on=_day(edits.asserted_on, today),
    )
    if edits.asserted_by.strip() != one.asserted_by:
        changed = _said_by(changed, edits.asserted_by.strip(), workspace)
    return replace(changed, on_file=compared(workspace, changed))


def further_edited(one: Proposal, edits: FurtherEdits, today: date) -> Proposal:
    """Return a proposal of another kind, or of another time, chain or assumption.

    Raises:
        BadDate: the period cannot be read.
    """
    kinds = {str(kind): kind for kind in Modality}
    named = tuple(filter(None, (part.strip() for part in edits.via.split(","))))
    return replace(
        one,
        modality=kinds.get(edits.modality, one.modality),
        period=one.period if edits.period == str(one.period or "") else _day(edits.period, today),
        via=one.via if edits.via == ", ".join(one.via) else named,
        assumption=edits.assumption.strip() or None,
    )


def _topic(workspace: Workspace, text: str) -> Topic | None:
    try:
        return workspace.lookup.topic(text)
    except NotOnFile:
        return None


def _day(text: str, today: date) -> Edtf | None:
    typed = text.strip()
    if not typed:
        return None
    try:
        return Edtf.parse(typed)
    except BadEdtf:
        span = parse_date_option(typed, today)
        return Edtf.of_days(span.start, span.end)


def _said_by(one: Proposal, text: str, workspace: Workspace) -> Proposal:
    """Take one asserter on file who goes by a name, or somebody new of that name."""
    asserter = _on_file(workspace, text)
    if asserter is not None:
        return replace(one, asserter=asserter, asserted_by=asserter_name(asserter))
    person, *rest = [part.strip() for part in text.split(",") if part.strip()]
    speaker = Speaker(
        person=person if rest else None,
        role=rest[0] if len(rest) > 1 else None,
        organisation=rest[-1] if rest else person,
    )
    return replace(one, asserter=None, speaker=speaker, asserted_by=text)


def _on_file(workspace: Workspace, text: str) -> Asserter | None:
    asserters = workspace.library.asserters
    if text in asserters:
        return asserters[text]
    try:
        found = sorted(workspace.lookup.by(text).asserters)
    except NotOnFile:
        return None
    return asserters[found[0]] if len(found) == 1 else None
