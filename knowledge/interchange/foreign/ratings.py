"""The rating of a review: its words, and its number with the scale that gives it a meaning."""

import re
from typing import Final

from knowledge.interchange.foreign.nodes import Fields, number_of, text_of

_NUMBER = r"-?\d+(?:\.\d+)?"
_WRITTEN: Final = re.compile(
    rf"(?:(?P<words>.*\S) \((?P<scaled>{_NUMBER}); |(?P<alone>{_NUMBER}) \()"
    rf"(?:worst (?P<worst>{_NUMBER}), )?best (?P<best>{_NUMBER})\)"
)
_LONGEST: Final = 120
"""What the model takes of a rating."""


def rating_of(node: Fields) -> str | None:
    """Write a schema.org Rating as one text: "Mostly false (2; worst 1, best 5)".

    A number without a scale says nothing beside words, and one outside of its scale (-1 for what
    cannot be rated) nothing at all.
    """
    value = number_of(node, "ratingValue")
    words = text_of(node, "alternateName", "name")
    if words is None and value is None:
        words = text_of(node, "ratingValue", "ratingExplanation")
    scale = _scale(node, value)
    if value is None or (words and not scale):
        return words and words[:_LONGEST]
    if not words:
        return f"{value:g} ({scale})" if scale else f"{value:g}"
    told = f" ({value:g}; {scale})"
    return words[: _LONGEST - len(told)].strip() + told


def _scale(node: Fields, value: float | None) -> str:
    worst, best = number_of(node, "worstRating"), number_of(node, "bestRating")
    if value is None or best is None:
        return ""
    if worst is None:
        return f"best {best:g}" if value <= best else ""
    within = min(worst, best) <= value <= max(worst, best)
    return f"worst {worst:g}, best {best:g}" if within else ""


def rating_node(rating: str) -> Fields:
    """Write a rating as a schema.org Rating: the words and the number apart again."""
    found = _WRITTEN.fullmatch(rating)
    if found is None:
        return {"@type": "Rating", "alternateName": rating}
    numbers = {
        "ratingValue": found["scaled"] or found["alone"],
        "worstRating": found["worst"],
        "bestRating": found["best"],
    }
    node: Fields = {"@type": "Rating"}
    if found["words"]:
        node["alternateName"] = found["words"]
    return node | {name: _plain(number) for name, number in numbers.items() if number}


def _plain(number: str) -> int | float:
    value = float(number)
    return int(value) if value.is_integer() else value
