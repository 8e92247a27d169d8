"""The language of articles: English alone so far, whatever language they are asked about in."""

from typing import Final

from knowledge.language import ARTICLES, DEFAULT, LANGUAGES

WORDS: Final = ARTICLES[DEFAULT]
"""How articles say who asserts what."""
CLAUSES: Final = LANGUAGES[DEFAULT].clauses
"""How figures stand in a clause."""
