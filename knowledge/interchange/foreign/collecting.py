"""Records out of others' reviews and rows: what many of them name is taken once."""

from dataclasses import dataclass

from knowledge.interchange.draft import Drafted, Reading
from knowledge.interchange.foreign.claimreview import name_of, same_one
from knowledge.interchange.foreign.nodes import Fields, Mapped
from knowledge.model import RecordKind
from knowledge.records import Document, RecordErrors, content, normalise, read_record

MOST_CITATIONS = 1_000
"""No claim has so many citations."""
_LONGEST_NOTE = 600
"""What the model takes of a note."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: the line, and from where to where."""

    line: int
    span: tuple[int, int] = (0, 0)


class Collector:
    """Turns what was mapped into records; several of one utterance become one claim."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._taken = 0
        self._claims: dict[str, tuple[Fields, Place]] = {}
        self._named: dict[tuple[RecordKind, object], Fields] = {}

    def take(self, mapped: Mapped, place: Place) -> Mapped:
        """Take in what one review or row holds; its claim waits for `finish`.

        Whoever is on file under exactly the name that it gives is meant by it.
        """
        mapped = self._settled(mapped)
        if mapped.asserter is not None:
            self._name("asserter", mapped.asserter, place)
        if mapped.source is not None:
            self._name("source", mapped.source, place)
        self._taken += 1
        self._reading.expect(self._taken)
        first, _ = self._claims.setdefault(str(mapped.claim["id"]), (mapped.claim, place))
        if first is not mapped.claim:
            self._merge(first, mapped, place)
        return mapped

    def _settled(self, mapped: Mapped) -> Mapped:
        named = mapped.asserter
        if named is None:
            return mapped
        known = self._reading.people(str(name_of(named)))
        if known is None or (known.id == named["id"] and same_one(content(known), named)):
            return mapped
        if named.get("organisation") not in {None, known.organisation, name_of(named)}:
            return mapped
        return Mapped(None, mapped.source, mapped.claim | {"asserter": known.id})

    def finish(self) -> None:
        """Take in the claims, each with every citation of it."""
        for fields, place in self._claims.values():
            self._add("claim", fields, place)

    def _name(self, kind: RecordKind, fields: Fields, place: Place) -> None:
        """Take a record that may be named again and again."""
        first = self._named.setdefault((kind, fields["id"]), fields)
        if first is fields:
            self._add(kind, fields, place)
        elif not same_one(first, fields):
            reason = f"has the id {fields['id']}, which an earlier one gives to another one"
            self._reading.complain(reason, kind, str(fields["id"]), place.line)

    def _add(self, kind: RecordKind, fields: Fields, place: Place) -> None:
        try:
            record = read_record(kind, Document(fields, {}), self._reading.draft.file)
        except RecordErrors as errors:
            for wrong in errors.problems:
                self._reading.complain(wrong.reason, wrong.field, wrong.record, place.line)
        else:
            self._reading.add(
                Drafted(kind, record, (place.line,), place.span, named_only=kind != "claim")
            )

    def _merge(self, claim: Fields, mapped: Mapped, place: Place) -> None:
        """Add the citation of another review of the same utterance to a claim, and its rating."""
        other = mapped.claim
        if not _same_words(claim, other):
            reason = "the id stands in the file before, for another claim"
            self._reading.complain(reason, "id", str(claim["id"]), place.line)
            return
        cited, more = claim["citations"], other["citations"]
        if isinstance(cited, list) and isinstance(more, list):
            if len(cited) >= MOST_CITATIONS:
                reason = f"would be more than {MOST_CITATIONS:,} citations of one claim"
                self._reading.complain(reason, "citations", str(claim["id"]), place.line)
                return
            cited += [citation for citation in more if citation not in cited]
        standing, further = str(claim.get("note", "")), str(other.get("note", ""))
        remarks = [further] if further != standing else []
        if mapped.source and other.get("rating") not in {None, claim.get("rating")}:
            remarks.append(f"{mapped.source['publisher']} rated it “{other['rating']}”.")
        for remark in remarks:
            note = f"{claim.get('note', '')} {remark}".strip()
            if len(note) <= _LONGEST_NOTE:
                claim["note"] = note


def _same_words(one: Fields, other: Fields) -> bool:
    statements = (normalise(str(each["statement"])) for each in (one, other))
    return len({*statements}) == 1 and one["asserter"] == other["asserter"]
