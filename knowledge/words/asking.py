"""Tells what a question asks for: an amount, money, a share, a day, a reason or a person."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from knowledge.language import LANGUAGES, QuestionWords, Wanted

_SIGNS: Final = {Wanted.MONEY: "[$€£¥]", Wanted.SHARE: "%"}
"""What asks for it in every language."""


def _of_all(pick: Callable[[QuestionWords], Mapping[Wanted, str]], wanted: Wanted) -> list[str]:
    """Give the words of all languages that ask for something, without repeats."""
    found = (pick(one.questions).get(wanted) for one in LANGUAGES.values())
    return list(dict.fromkeys(filter(None, found)))


@cache
def _pattern(wanted: Wanted) -> re.Pattern[str]:
    words = "|".join(_of_all(lambda one: one.wanting, wanted))
    first = "|".join(_of_all(lambda one: one.wanting_first, wanted))
    parts = [rf"\b(?:{words})\b"] if words else []
    parts += [rf"^\W*(?:{first})\b"] if first else []
    parts += filter(None, (_SIGNS.get(wanted), *_of_all(lambda one: one.wanting_glued, wanted)))
    return re.compile("|".join(parts))


@cache
def _lead() -> re.Pattern[str]:
    leads = "|".join(lead for one in LANGUAGES.values() for lead in one.questions.counting_leads)
    return re.compile(rf"(?:{leads})\s+", re.IGNORECASE)


def wanted(text: str) -> frozenset[Wanted]:
    """Return what a question may be asking for, by its words."""
    lower = text.lower()
    return frozenset(one for one in Wanted if _pattern(one).search(lower))


def counted_from(text: str) -> int | None:
    """Return where a question names what it counts ("how many …"), if it does."""
    found = _lead().search(text)
    return found.end() if found else None
