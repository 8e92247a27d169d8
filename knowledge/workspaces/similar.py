"""Near-duplicates: claims on file that may say what somebody is about to add."""

from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from knowledge.model import Claim, Status
from knowledge.workspaces.workspace import Workspace

_CANDIDATES = 30
"""Claims that are compared closely, in each of two ways to find them (chosen by eye)."""
_SAME_WORDS, _LIKE_WORDS = 0.85, 0.55
"""From where two statements are taken for one, by words alone and beside the same speaker with
the same figure or day (both chosen by eye)."""
_SHOWN = 5
"""What a phone shows at once (chosen by eye)."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A claim on file, how alike the statements are (0 to 1), and what else is the same.

    `same` holds names of fields: asserter, figure, asserted_on.
    """

    claim: Claim
    score: float
    same: tuple[str, ...]


def similar_claims(workspace: Workspace, claim: Claim) -> list[Similar]:
    """Return the claims on the same topic that may be this one, the likeliest first.

    Retracted claims are left out, and the claim of the same id.
    """
    ids = [hit.id for hit in workspace.ranks.rank(claim.statement, _CANDIDATES)]
    if claim.topic in workspace.library.topics:
        table = workspace.library.table(claim.topic)
        ids += [one.id for one in table if one.asserter == claim.asserter][-_CANDIDATES:]
    entries = (workspace.library.find(one) for one in dict.fromkeys(ids) if one != claim.id)
    chosen = [
        one.id
        for one in entries
        if one and one.topic == claim.topic and one.status is not Status.RETRACTED
    ]
    found = [_compared(claim, other) for other in workspace.library.claims(chosen)]
    near = [one for one in found if _is_near(one)]
    return sorted(near, key=lambda one: (-len(one.same), -one.score))[:_SHOWN]


def _compared(claim: Claim, other: Claim) -> Similar:
    ratio = fuzz.token_set_ratio(claim.statement, other.statement, processor=utils.default_process)
    same = {
        "asserter": claim.asserter == other.asserter,
        "figure": _numbers(claim) == _numbers(other) != (None, None),
        "asserted_on": claim.asserted_on.earliest <= other.asserted_on.latest
        and other.asserted_on.earliest <= claim.asserted_on.latest,
    }
    return Similar(other, ratio / 100, tuple(name for name, equal in same.items() if equal))


def _is_near(one: Similar) -> bool:
    told = "asserter" in one.same and ("figure" in one.same or "asserted_on" in one.same)
    return one.score >= _SAME_WORDS or (told and one.score >= _LIKE_WORDS) or len(one.same) > 2  # noqa: PLR2004 - all three


def _numbers(claim: Claim) -> tuple[float | None, float | None]:
    return (claim.figure.low, claim.figure.high) if claim.figure else (None, None)
