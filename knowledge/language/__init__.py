"""The words of each language that texts are read or answers are written in, a file a language."""

from knowledge.language.articles import ArticleWords
from knowledge.language.folding import INVISIBLE, SHAPING, fold, is_visible
from knowledge.language.language import (
    ClauseWords,
    DateWords,
    Language,
    Lead,
    NumberWords,
    QuestionWords,
    Script,
    Wanted,
)
from knowledge.language.languages import (
    ARTICLES,
    DEFAULT,
    LANGUAGES,
    SPOKEN,
    UNDERSTOOD,
    Tables,
    stop_words,
    tables_of,
    vocabulary,
    wording_of,
)
from knowledge.language.signs import CURRENCIES, CURRENCY_CODES, SYMBOLS
from knowledge.language.wording import DateWording, NumberWording

__all__ = [
    "ARTICLES",
    "CURRENCIES",
    "CURRENCY_CODES",
    "DEFAULT",
    "INVISIBLE",
    "LANGUAGES",
    "SHAPING",
    "SPOKEN",
    "SYMBOLS",
    "UNDERSTOOD",
    "ArticleWords",
    "ClauseWords",
    "DateWording",
    "DateWords",
    "Language",
    "Lead",
    "NumberWording",
    "NumberWords",
    "QuestionWords",
    "Script",
    "Tables",
    "Wanted",
    "fold",
    "is_visible",
    "stop_words",
    "tables_of",
    "vocabulary",
    "wording_of",
]
