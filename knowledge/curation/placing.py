"""Where in an article a claim stands: found by its figure phrase, or places to choose from."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from knowledge.curation.work import Passage
from knowledge.drafts import Article
from knowledge.model import Figure
from knowledge.reading import find_quantities
from knowledge.records import normalise

_MOST = 25
"""Lines that a select of Discord holds."""
_READ = 400
"""Paragraphs in which numbers are looked for: ten times those of a long article (by eye)."""


def passages(article: Article, figure: Figure | None, typed: str, statement: str) -> list[Passage]:
    """Return the paragraphs that a claim may stand in; one alone is the one.

    That is where its figure stands as it was typed, with the words around it or without; where it
    stands nowhere so, those with its number; without either, those that are most like the
    statement.
    """
    numbered = list(enumerate(article.paragraphs, start=1))
    if figure is not None:
        for phrase in (typed, figure.as_worded):
            if found := [one for one in numbered if holds(one[1], phrase)]:
                return _passages(found)
        if found := [one for one in numbered[:_READ] if _has_number(one[1], figure)]:
            return _passages(found)
    near = process.extract(
        statement,
        dict(numbered),
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=_MOST,
    )
    return [Passage(number, text) for text, _, number in sorted(near, key=lambda one: one[2])]


def _passages(found: Sequence[tuple[int, str]]) -> list[Passage]:
    return [Passage(number, text) for number, text in found[:_MOST]]


def holds(paragraph: str, phrase: str) -> bool:
    """Whether a phrase stands in a paragraph, not within a longer number or word."""
    wanted = re.escape(normalise(phrase))
    inside = rf"(?<![\w.,]){wanted}(?![\w]|[.,]\d)" if wanted else r"(?!)"
    return re.search(inside, normalise(paragraph)) is not None


def _has_number(paragraph: str, figure: Figure) -> bool:
    if figure.low is None and figure.high is None:
        return False
    return any(
        (one.low, one.high) == (figure.low, figure.high) for one in find_quantities(paragraph)
    )
