"""The numbers of citations: one a publication, in the order in which claims first cite it."""

from collections.abc import Iterable

from knowledge.contract import ClaimView


def numbered(claims: Iterable[ClaimView]) -> dict[str, int]:
    """Return the number of each source that these claims cite, counted from 1.

    An answer numbers its claims first, then its denials, then what bears on single claims, so
    that a text and a picture of one answer carry the same numbers.
    """
    numbers: dict[str, int] = {}
    for claim in claims:
        for citation in claim.citations:
            numbers.setdefault(citation.source, len(numbers) + 1)
    return numbers
