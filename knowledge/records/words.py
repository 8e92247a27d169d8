"""What pydantic finds wrong with a record, in words for the person who wrote it."""

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from rapidfuzz.process import extractOne

from knowledge.model import Citation, Figure, Link

_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case letters and digits joined by single hyphens",
    r"^sha256:[0-9a-f]{64}$": "sha256: and 64 hexadecimal digits",
    r"^[A-Z]{2}$": "two capital letters (ISO 3166-1)",
    r"^[a-z]{2,3}$": "two or three small letters (ISO 639)",
    r"^[a-z0-9-]{1,32}$": "at most 32 lower-case letters, digits and hyphens",
    r"^https?://\S+$": "a web address that begins with https:// or http://",
}
_INSIDE: dict[str | int, type[BaseModel]] = {
    "figure": Figure,
    "citations": Citation,
    "relations": Link,
}
_WORDS = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "too_short": "needs at least {min_length}",
    "enum": "{given} is not one of {expected}",
    "greater_than_equal": "{given} is less than {ge}",
    "finite_number": "{given} is no number that anything can amount to",
    "value_error": "{error}",
}
_KINDS = {
    "float": "{given} is not a number",
    "int": "{given} is not a whole number",
    "string": "{given} is not one text",
    "tuple": "{given} is not a list: write one `- value` a line",
    "model": "{given} has no fields: write one `name: value` a line",
}
_LIKELY_MISTYPED = 70
"""Of 100 in rapidfuzz's ratio: one or two slips in a word of eight letters (chosen by eye)."""
_LONGEST_SHOWN = 40
"""Characters of what was given, half a line (chosen by eye)."""


def in_plain_words(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Say what is wrong with a field, and what would be right."""
    kind, context = error["type"], error.get("ctx", {})
    given = _shown(error["input"])
    if kind == "extra_forbidden":
        return _unknown_field(error["loc"], model)
    if kind == "string_pattern_mismatch":
        form = _FORMS.get(str(context["pattern"]), f"of the form {context['pattern']}")
        return f"{given} does not fit: it is {form}"
    if kind in _WORDS:
        return _WORDS[kind].format(given=given, **context)
    prefix = kind.partition("_")[0]
    return _KINDS[prefix].format(given=given) if prefix in _KINDS else error["msg"]


def _unknown_field(path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    owner = _INSIDE.get(path[0], model) if len(path) > 1 else model
    names = list(owner.model_fields)
    nearest = extractOne(str(path[-1]), names, score_cutoff=_LIKELY_MISTYPED)
    if nearest:
        return f"is no field here; did you mean {nearest[0]}?"
    return f"is no field here; there are {', '.join(names)}"


def _shown(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
