"""Proposals as data: one JSON object for programs, YAML documents to edit and import."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

from knowledge.drafts.proposals import Proposal, Proposals
from knowledge.drafts.recording import Recorder
from knowledge.model import AnyRecord, Asserter, Claim, Edtf, Example, Kind, Source, Topic
from knowledge.records import dump_record
from knowledge.workspaces import Workspace

_KINDS: dict[type[AnyRecord], str] = {
    Topic: "topic",
    Asserter: "asserter",
    Source: "source",
    Claim: "claim",
    Example: "example",
}
_ASK = "asserted_on:  # when it was said: the article does not tell"


def as_json(found: Proposals) -> dict[str, object]:
    """Return an article and what is proposed from it as plain data."""
    article = found.article
    return {
        "source": {
            "name": article.name,
            "title": article.title,
            "title_basis": article.title_basis,
            "publisher": article.publisher,
            "publisher_basis": article.publisher_basis,
            "published_on": _text(article.published_on),
            "date_basis": article.date_basis,
            "date_reason": article.date_reason,
            "url": article.url,
            "opening": article.opening,
            "paragraphs": len(article.paragraphs),
            "on_file": found.source,
        },
        "claims": [_claim(one) for one in found.claims],
        "cut": found.cut,
    }


def _claim(one: Proposal) -> dict[str, object]:
    amount = one.amount
    return {
        "topic": one.topic.id if one.topic else None,
        "statement": one.statement,
        "figure": {
            "low": amount.low,
            "high": amount.high,
            "value": amount.value,
            "interval": amount.interval,
            "relation": amount.relation,
            "unit": unit_of(one),
            "as_worded": amount.as_worded,
        },
        "asserted_by": one.asserted_by,
        "asserter": one.asserter.id if one.asserter else None,
        "asserted_on": _text(one.asserted_on),
        "period": _text(one.period),
        "modality": one.modality,
        "qualifiers": dict(one.qualifiers),
        "assumption": one.assumption,
        "paragraph": one.paragraph,
        "fingerprint": one.fingerprint,
        "also": list(one.also),
        "as_worded": amount.as_worded,
        "via": list(one.via),
        "retells": one.retells.name if one.retells else None,
        "on_file": [asdict(beside) for beside in one.on_file],
    }


def unit_of(one: Proposal) -> str | None:
    """Return the unit of a figure: that of its topic, else what is printed behind it."""
    if one.amount.kind is Kind.SHARE:
        return one.topic.unit if one.topic else None
    if one.amount.unit:
        return one.amount.unit
    return (one.topic.unit if one.topic else " ".join(one.amount.thing)) or None


def _text(date_: Edtf | None) -> str | None:
    return str(date_) if date_ else None


def as_yaml(found: Proposals, workspace: Workspace, today: date) -> Iterator[str]:
    """Yield YAML documents of everything proposed, as `claimbot import` reads them.

    A claim of an unknown day has an empty `asserted_on`: the import asks for it. What is on
    file beside a claim stands above it as a comment.
    """
    recorder = Recorder(workspace, found)
    # What is retold comes first, so that the retelling can name it.
    for one in sorted(found.claims, key=lambda claim: claim.retells is not None):
        known = one.asserted_on is not None
        for record in recorder.records(
            replace(one, asserted_on=one.asserted_on or Edtf.of_day(today))
        ):
            kind = _KINDS[type(record)]
            text = dump_record(record)
            if isinstance(record, Claim):
                text = "".join(_comments(one)) + (text if known else _undated(text))
            yield f"--- # {kind}\n{text}"


def _comments(one: Proposal) -> Iterator[str]:
    for beside in one.on_file:
        yield f"# {beside.how}: {beside.claim}, “{beside.figure}”, {beside.asserted_by}\n"


def _undated(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(f"{_ASK}\n" if line.startswith("asserted_on:") else line for line in lines)
