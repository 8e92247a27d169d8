"""Tells years and decades from the amounts that they may look like."""

import re
from typing import Final

from knowledge.language import NumberWords, fold
from knowledge.reading.tokens import Tokens, word_at

_NEXT_WORD: Final = re.compile(r"[ \t]+([^\W\d_]+)")


def first_year(tokens: Tokens, i: int) -> int | None:
    """Give the first year of the decade at `i` ("1970s", "'70s", "seventies"), or None.

    Two digits without an apostrophe need a word before that leads to a decade.
    """
    decade = tokens[i].word
    if decade in tokens.numbers.decades:
        return tokens.numbers.decades[decade]
    digits = "".join(c for c in decade if c.isdecimal())
    if len(digits) > len("70"):
        return int(digits)
    led = decade[0] == "'" or word_at(tokens, i - 1) in tokens.numbers.decade_leads
    return 1900 + int(digits) if led else None


def counts_something(text: str, words: NumberWords, end: int) -> bool:
    """Tell whether the words from offset `end` on name things to count ("2024 rusty nails").

    A plural English noun within three words is taken for it: what tells the amount in
    "2024 nails" from the year in "nails 2024".
    """
    for _ in range(3):
        match = _NEXT_WORD.match(text, end)
        word = fold(match[1]) if match else ""
        if match is None or word in words.no_count:
            return False
        if word.endswith("s") and not word.endswith("ss"):
            return True
        end = match.end()
    return False
