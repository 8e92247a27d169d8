"""What is wrong with a record, in words: its fields are called as the forms call them."""

import re
from collections.abc import Iterable
from typing import Final

from commands.chat.sending.refusals import in_words
from commands.text import clip, number, plain, say, told
from knowledge.curation import FieldProblem

LABELS = {
    "statement": "Statement",
    "topic": "Topic",
    "asserter": "Asserter",
    "origin": "Origin",
    "assumption": "Assumption",
    "rating": "Rating",
    "status": "Status",
    "note": "Note",
    "paragraph": "Paragraph",
    "fingerprint": "Fingerprint",
    "title": "Title",
    "unit": "Unit",
    "measure": "Measure",
    "description": "Description",
    "command": "Command",
    "aliases": "Aliases",
    "publisher": "Publisher",
    "person": "Person",
    "role": "Role",
    "organisation": "Organisation",
    "country": "Country",
    "question": "Question",
    "translations": "Translations",
    "asserted_on": "Said on",
    "period": "Speaks of",
    "as_worded": "Figure",
    "figure": "Figure",
    "citations": "Source",
    "source": "Source",
    "via": "Came through",
    "published_on": "Published",
    "date_reason": "Why this date",
    "archive_url": "Archived copy",
    "url": "Address",
    "relations": "Bears on",
    "relation": "Bears on",
    "relates_to": "Bears on",
    "qualifiers": "Narrowed by",
    "dimensions": "Narrowed by",
    "modality": "Kind",
    "parties": "Countries it is about",
    "places": "Countries where it happens",
}
_THEIRS: Final = re.compile(r"[a-z][A-Z]")
"""A name of schema.org's, such as itemReviewed.author, which stays as it is."""
_PROBLEMS_SHOWN = 10
"""What a phone shows at once (chosen by eye)."""


def label(field: str) -> str:
    """Name a field of a record as a person does."""
    if _THEIRS.search(field):
        return clip(field, 40)
    first = field.partition(".")[0].partition("[")[0]
    return (
        told(LABELS.get(first, ""))
        or clip(first.replace("_", " ").capitalize(), 40)
        or say("Record")
    )


def problem_lines(problems: Iterable[FieldProblem]) -> list[str]:
    """Write each problem on a line, as many as a phone shows."""
    listed = list(dict.fromkeys(problems))
    lines = [_problem(problem) for problem in listed[:_PROBLEMS_SHOWN]]
    more = len(listed) - len(lines)
    return [*lines, say("-# and {more} more", more=number(more))] if more > 0 else lines


def _problem(problem: FieldProblem) -> str:
    where = f" ({code(problem.record)})" if problem.record else ""
    return f"- **{plain(label(problem.field), 60)}**{where}: {plain(in_words(problem.reason), 300)}"


def code(key: str) -> str:
    """Write an id so that it can be copied."""
    return f"`{clip(key, 80).replace('`', '')}`"
