"""Texts that the layers below word in English, recognised and said in the reader's language.

These layers know no reader. A table names the texts that a person meets, with names for what is
filled in; what was said is recognised by one of them.
"""

import re
from collections.abc import Iterator, Sequence
from string import Formatter
from typing import Final

from propcache.api import cached_property

from commands.text.i18n import spoken, told
from knowledge.language import DEFAULT

_BETWEEN: Final = re.compile(r"(?<=\.) ")
"""Between two sentences."""


class Recognised:
    """The texts of a table, each with the pattern that recognises it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def said(self, text: str) -> str:
        """Return a text in the language that is spoken, in English where it is none of these.

        Of several sentences, each may be known for itself: all of them are looked for before the
        whole, in which what is filled in would swallow those that follow.
        """
        if spoken() == DEFAULT:
            return text
        sentences = _BETWEEN.split(text)
        each = [self._sentence(one) for one in sentences]
        if None not in each:
            return " ".join(filter(None, each))
        whole = self._found(text)
        return whole or " ".join(one or was for one, was in zip(each, sentences, strict=True))

    def _sentence(self, text: str) -> str | None:
        stopped = self._found(text[:-1]) if text.endswith(".") else None
        return f"{stopped}." if stopped else self._found(text)

    def _found(self, text: str) -> str | None:
        for pattern, known in self._patterns:
            if found := pattern.fullmatch(text):
                values = found.groupdict().items()
                filled = {name: self._found(value) or told(value) for name, value in values}
                return told(known).format(**filled)
        return None

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
