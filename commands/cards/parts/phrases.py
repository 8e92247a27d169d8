"""What cards say alike: who spoke, on what a figure rests, who denies it, what was asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from commands.cards.parts.own_words import views_in_own_words
from commands.text import Numbering, and_more, human, plain, say, short
from knowledge.contract import Answer, ClaimView, Filters, names
from knowledge.library import Library
from knowledge.model import Edtf, LinkKind, Modality, Status

_NAMED_CLAIMS = 4
_NAMED_OPPONENTS = 2
"""How many are named before "and … more": chosen by eye, for a phone."""


def speaker(claim: ClaimView, limit: int = 110) -> str:
    """Write who asserted a claim, without naming the country twice."""
    name, _, country = claim.asserted_by.removesuffix(")").rpartition(" (")
    return plain(name if name and country in name else claim.asserted_by, limit)


def brief_speaker(claim: ClaimView) -> str:
    """Write who asserted a claim without their role; of a retelling the outlet alone."""
    whole, *shorter = names(claim)
    if claim.retells:
        return plain([whole, *shorter][-1], 80)
    in_country = [way for way in shorter if way.endswith(")")]
    return plain([whole, *(in_country or shorter[:-1])][-1], 80)


def resting(assumption: str, *, alone: bool = False) -> str:
    """Write what a figure rests on as a condition, or as the only one on which it holds."""
    held = plain(assumption, 120).removeprefix("if ")
    return (
        say("only if {condition}", condition=held)
        if alone
        else say("if {condition}", condition=held)
    )


def modality(claim: ClaimView) -> str:
    """Name what kind of assertion a claim is."""
    match claim.modality:
        case Modality.REPORTED:
            return say("reported")
        case Modality.FORECAST:
            return say("forecast")
        case Modality.POSSIBLE:
            return say("a possibility, not a count")
        case Modality.SUSPECTED:
            return say("suspected, under investigation")


def time_of(claim: ClaimView) -> str:
    """Write the time that a claim speaks of; of a forecast the day it was said, too."""
    as_of, said = human(Edtf.parse(claim.as_of)), human(Edtf.parse(claim.asserted_on))
    if claim.modality is Modality.REPORTED:
        return as_of
    if claim.modality is not Modality.FORECAST:
        return f"{modality(claim)} · {as_of}"
    if claim.as_of == claim.asserted_on:
        return say("forecast, said {day}", day=said)
    return say("forecast for {day}, said {said}", day=as_of, said=said)


def end_day(claim: ClaimView) -> str:
    """Write in few letters what an end of a range is of, and when a forecast was said."""
    as_of, said = (short(Edtf.parse(day)) for day in (claim.as_of, claim.asserted_on))
    if claim.modality is not Modality.FORECAST:
        return as_of
    told = say("said {day}", day=said)
    return f"{say('for {day}', day=as_of)}, {told}" if as_of != said else told


def qualified(qualifiers: Mapping[str, str]) -> str:
    """Write what narrows a figure: "Sappers", "2019 prices"."""
    named = ", ".join(plain(value, 60) for value in qualifiers.values())
    return named[:1].upper() + named[1:]


def denied(denials: Iterable[ClaimView], cite: Callable[..., str]) -> str:
    """Write on one line who denies what an answer is about and when, or nothing.

    `cite` writes where the claims it is given can be read.
    """
    return opposing(LinkKind.DENIES, denials, cite)


def opposing(kind: LinkKind, claims: Iterable[ClaimView], cite: Callable[..., str]) -> str:
    """Write on one line who speaks against something, in which way and when, or nothing."""
    people = _who_and_when(claims, cite)
    return OPPOSING[kind](people) if people else ""


OPPOSING: Mapping[LinkKind, Callable[[str], str]] = {
    LinkKind.DENIES: lambda people: say("Denied by {people}.", people=people),
    LinkKind.DISPUTES: lambda people: say("Disputed by {people}.", people=people),
}
"""How each kind of relation that speaks against something is told of on a line of its own."""


def _who_and_when(claims: Iterable[ClaimView], cite: Callable[..., str]) -> str:
    by: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by.setdefault(speaker(claim, 80), []).append(claim)
    together: dict[str, list[str]] = {}
    for name, theirs in list(by.items())[:_NAMED_CLAIMS]:
        days = dict.fromkeys(short(Edtf.parse(one.asserted_on)) for one in theirs)
        together.setdefault(f"({', '.join(days)}) {cite(*theirs)}", []).append(name)
    named = [f"{', '.join(people)} {cited}" for cited, people in together.items()]
    more = and_more(len(by) - _NAMED_CLAIMS) if len(by) > _NAMED_CLAIMS else ""
    return f"{', '.join(named)}{more}"


def opposed(
    claim: ClaimView, against: Mapping[str, ClaimView], numbering: Numbering
) -> Iterator[str]:
    """Name whoever denies or disputes a claim itself, rather than its whole topic."""
    for kind, ids in claim.opposed_by.items():
        found = [against[one] for one in ids if one in against]
        for words, some in _worded(kind, claim, found).items():
            named = ", ".join(
                f"{speaker(one, 60)} {numbering.markers(one)}" for one in some[:_NAMED_OPPONENTS]
            )
            yield OPPOSED[words](named) if words else say("at odds with {people}", people=named)


def _worded(
    kind: LinkKind, claim: ClaimView, found: Iterable[ClaimView]
) -> dict[LinkKind | None, list[ClaimView]]:
    """Sort claims against another one by how their speakers are told of.

    Who gives another figure or time need not dispute this one: whoever recorded it saw that they
    are at odds. So it is with what was said before, and with what a speaker says against
    themselves.
    """
    sorted_out: dict[LinkKind | None, list[ClaimView]] = {}
    for one in found:
        before = Edtf.parse(one.asserted_on).latest < Edtf.parse(claim.asserted_on).earliest
        own = one.asserter == claim.asserter
        otherwise = one.figure is not None or one.period not in {None, claim.period}
        at_odds = kind is LinkKind.DISPUTES and (otherwise or before or own)
        sorted_out.setdefault(None if at_odds else kind, []).append(one)
    return sorted_out


OPPOSED: Mapping[LinkKind, Callable[[str], str]] = {
    LinkKind.DENIES: lambda people: say("denied by {people}", people=people),
    LinkKind.DISPUTES: lambda people: say("disputed by {people}", people=people),
}
"""How each kind of relation that speaks against a claim is told of."""


def rated(claim: ClaimView) -> str:
    """Write the verdict of a review on a claim, or nothing."""
    return say("rated “{rating}”", rating=plain(claim.rating, 80)) if claim.rating else ""


def notes(
    claim: ClaimView, against: Mapping[str, ClaimView], numbering: Numbering
) -> Iterator[str]:
    """Write what qualifies a claim, part by part; `against` holds the claims against it by id."""
    if claim.retells:
        yield say("a retelling, not counted")
    if claim.modality is not Modality.REPORTED:
        yield modality(claim)
    if claim.qualifiers:
        yield qualified(claim.qualifiers)
    if claim.rating:
        yield rated(claim)
    if claim.period and claim.period != claim.as_of:
        yield say("covers {period}", period=short(Edtf.parse(claim.period)))
    if claim.asserted_on != claim.as_of:
        yield say("said {day}", day=short(Edtf.parse(claim.asserted_on)))
    yield from opposed(claim, against, numbering)
    if odd := [against[one] for one in claim.disputes if one in against]:
        named = ", ".join(f"{speaker(one, 60)} {numbering.markers(one)}" for one in odd)
        yield say("at odds with {people}", people=named)


def opponents(
    library: Library, claims: Iterable[ClaimView], general: Iterable[ClaimView]
) -> dict[str, ClaimView]:
    """Return what denies or disputes single claims, leaving out what covers their topic.

    What a claim itself is at odds with is among them where it is not shown anyway.
    """
    shown = {claim.id: claim for claim in claims}
    ids = {one for claim in shown.values() for one in claim.opponents}
    ids -= {denial.id for denial in general}
    disputed = {one for claim in shown.values() for one in claim.disputes} - shown.keys()
    known = (library.find(one) for one in sorted(disputed))
    ids |= {one.id for one in known if one and one.status is Status.ACTIVE}
    found = library.views(library.entry(one) for one in sorted(ids))
    return {view.id: view for view in views_in_own_words(library, found)}


def narrowed(filters: Filters) -> list[str]:
    """Write what an answer was narrowed to, part by part."""
    parts = [
        say("since {day}", day=_first(filters.since)) if filters.since else "",
        say("until {day}", day=_last(filters.until)) if filters.until else "",
        say("as known by {day}", day=_last(filters.known_by)) if filters.known_by else "",
        say("by {name}", name=plain(filters.by, 110)) if filters.by else "",
    ]
    return [part for part in parts if part]


def where(found: Answer) -> str:
    """Write what an answer was narrowed to as a small line, or nothing."""
    narrow = " · ".join(narrowed(found.filters))
    return f"-# {narrow}" if narrow else ""


def _first(day: date) -> str:
    """Write the first day of a month as the month."""
    return human(Edtf.parse(f"{day:%Y-%m}") if day.day == 1 else Edtf.of_day(day), governed=True)


def _last(day: date) -> str:
    """Write the last day of a month as the month."""
    ends = day < date.max and (day + timedelta(days=1)).day == 1
    return human(Edtf.parse(f"{day:%Y-%m}") if ends else Edtf.of_day(day), governed=True)
