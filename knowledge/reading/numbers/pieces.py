"""Cuts a text into the pieces that numbers are read from, and says what a number is."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from knowledge.language import CURRENCY_CODES
from knowledge.reading.numbers.literals import VULGAR
from knowledge.reading.tokens import Tokens, folded

_CODES: Final = "|".join(sorted(CURRENCY_CODES))
_TOKEN: Final = re.compile(
    rf"""
    (?P<plain>(?<![a-zA-Z_])[a-zA-Z]+(?=[가-힣]) | [^\W\d_{VULGAR}]++(?![\w'’]|[-_]\d|://|\.\w))
  | (?P<skip>
        (?<=[\w.,;:!?)”"])\[\d{{1,3}}(?:[,–-][ ]?\d{{1,3}})*\]
      | https?://\S+ | www\.\S+ | <[@#:at][^\s<>]{{0,80}}> | [@\#][\w.-]+
      | (?!\d{{1,3}}:1(?![\d:]))\d+(?::\d+)+(?:\s?[ap]m\b)?
      | \d{{1,2}}(?:[.:]\d\d)?\s?[ap]\.?m\b
      | 24/7\b | \d+/\d+/\d+ | \d{{4}}-\d{{2}}(?:-\d{{2}})?(?!\d) | (?:19|20)\d\d–\d\d(?!\d)
      | \d+(?:-\d+){{2,}}(?:/\d+)? | \d{{3}}-\d{{4}}(?!\d)
      | \+\d{{1,3}}[ -]?\(?\d{{2,3}}\)?(?:[ -]?\d{{2,4}}){{2,4}}(?!\d)(?:/\d+)?
      | \(?\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}(?!\d)
      | (?<!\d)[^\W\d_]+[-_]\d[\w-]*
      | (?!(?:{_CODES})\d)[A-Za-z]+\d[\w-]*(?:\.\d+)* | \d\ufe0f?\u20e3
    )
  | (?P<decade>['’]?(?<!\d)(?:1[89]|20)?\d0['’]?s\b)
  | (?P<num>
        (?: \d+(?:\.\d+)?[eE][+-]?\d+(?!\w)
          | \d{{1,3}}(?:[ ]\d{{3}})+(?:[.,]\d+)?(?![\d,.]*\d)
          | \d{{1,2}}(?=['’′]\d{{1,2}}["”″])
          | \d+(?:[.,'’·\u00a0\u202f\u2009]\d+)* | (?<!\w)\.\d+ ) [{VULGAR}]?
      | [{VULGAR}] )
  | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<op>[^\w\s])
    """,
    re.VERBOSE,
)
_KINDS: Final = {"plain": "word"}
CAPITAL_SCALES: Final = frozenset("KMB")
"""Letters that scale a number behind a space too."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `value` = `literal` times its scale; tokens up to `next` belong to it."""

    value: Decimal
    literal: Decimal
    start: int
    end: int
    next: int
    scaled: bool = False
    share: bool = False
    in_digits: bool = False
    plus: bool = False

    @property
    def scale(self) -> Decimal:
        """What its literal was multiplied by."""
        return self.value / self.literal if self.scaled and self.literal else Decimal(1)


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens; what only looks like a number (a link, 10:30, #12) is one "skip"."""
    return Tokens(text, _TOKEN, _folded, _KINDS)


def _folded(piece: str) -> str:
    """Fold all but a lone scale letter: "3 M" is three million, "3 m" is a length."""
    return piece if piece in CAPITAL_SCALES or piece[-1] in VULGAR else folded(piece)
