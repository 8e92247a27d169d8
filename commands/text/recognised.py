"""Texts that the layers below word in English, recognised and said in the reader's language.

These layers know no reader. A table names the texts that a person meets, with names for what is
filled in; what was said is recognised by one of them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from string import Formatter

from commands.text.i18n import spoken, told
from knowledge.language import DEFAULT


class Recognised:
    """The texts of a table, each with the pattern that recognises it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def said(self, text: str) -> str:
        """Return a text in the language that is spoken, in English where it is none of these."""
        if spoken() == DEFAULT:
            return text
        for pattern, known in self._patterns:
            if found := pattern.fullmatch(text):
                filled = {name: told(value) for name, value in found.groupdict().items()}
                return told(known).format(**filled)
        return text

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """What recognises each text, those with the most words of their own first."""
        longest = sorted(self._texts, key=lambda text: -sum(map(len, re.split(r"\{\w+\}", text))))
        return tuple((re.compile("".join(_pieces(text)), re.DOTALL), text) for text in longest)


def _pieces(text: str) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(text):
        yield re.escape(literal)
        if name:
            yield f"(?P<{name}>.+?)"
