"""Joins what an article says several times, and tells a retelling from what it retells."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.drafts.proposals import Proposal
from knowledge.drafts.speech import Speaker, may_mean
from knowledge.words import words_of


def merged(found: Sequence[Proposal], outlet: Speaker) -> list[Proposal]:
    """Return each claim once, the paragraph that bears it best first."""
    told = [_retold(one, found, outlet) for one in found]
    kept: list[Proposal] = []
    for one in told:
        at = next((k for k, other in enumerate(kept) if _one_claim(one, other)), None)
        if at is None:
            kept.append(one)
        else:
            kept[at] = _joined(kept[at], one)
    return kept


def _retold(one: Proposal, all_found: Sequence[Proposal], outlet: Speaker) -> Proposal:
    """Give a figure to the outlet that prints it, where its speaker is quoted with another.

    A lead has "more than 2 million, an official said", and the official says two million.
    Whether the outlet or somebody on the way changed it cannot be told from the article.
    """
    if not one.described:
        return one
    said = [
        other
        for other in all_found
        if other is not one
        and not other.described
        and other.quoted
        and other.speaker == one.speaker
        and _one_thing(one, other)
    ]
    if not said or any(_one_figure(one, other) for other in said):
        return one
    return replace(one, speaker=outlet, via=(), described=False, retells=one.speaker)


def _one_claim(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals are one claim that the article makes twice."""
    if not (_one_figure(one, other) and _one_thing(one, other)):
        return False
    if one.speaker == other.speaker:
        return one.modality == other.modality or one.amount.kind is other.amount.kind
    vague = not one.attributed or not other.attributed
    return vague or (one.speaker.generic != other.speaker.generic and _may_be(one, other))


def _may_be(one: Proposal, other: Proposal) -> bool:
    described, known = (one, other) if one.speaker.generic else (other, one)
    return not described.speaker.shows and may_mean(described.speaker, known.speaker)


def _one_figure(one: Proposal, other: Proposal) -> bool:
    first, second = one.amount, other.amount
    if first.vague or second.vague:
        return first.as_worded.casefold() == second.as_worded.casefold()
    ends = (first.low, first.high) == (second.low, second.high)
    return ends and first.kind is second.kind


def _one_thing(one: Proposal, other: Proposal) -> bool:
    """Whether two figures may count the same; what one of them leaves unsaid is no difference."""
    if one.topic and other.topic and one.topic.id == other.topic.id:
        return True
    # A headline says less of what it counts than the sentence that it sums up.
    if one.topic and other.topic and one.attributed and other.attributed:
        return False
    if one.amount.kind is not other.amount.kind or one.amount.unit != other.amount.unit:
        return False
    first, second = (
        {word.stem for text in each.amount.thing for word in words_of(text)}
        for each in (one, other)
    )
    return not first or not second or bool(first & second)


def _joined(one: Proposal, other: Proposal) -> Proposal:
    best, rest = (one, other) if _weight(one) >= _weight(other) else (other, one)
    also = {*best.also, *rest.also, rest.paragraph} - {best.paragraph}
    return replace(
        best,
        also=tuple(sorted(also)),
        topic=best.topic or rest.topic,
        asserted_on=best.asserted_on or rest.asserted_on,
        period=best.period or rest.period,
        assumption=best.assumption or rest.assumption,
        via=best.via or rest.via,
    )


def _weight(one: Proposal) -> tuple[bool, bool, bool, bool]:
    return one.attributed, not one.speaker.generic, not one.described, one.quoted
