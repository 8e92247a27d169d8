"""The words of each language that texts are read or answers are written in, a file a language."""

from knowledge.language.articles import ArticleWords
from knowledge.language.asking import counted_from, wanted
from knowledge.language.folding import INVISIBLE, SHAPING, fold, is_visible
from knowledge.language.frequency import RAREST, is_filling, is_foreign, rarity, zipf
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
    tables_of,
    wording_of,
)
from knowledge.language.recognition import languages_of, tables_for
from knowledge.language.signs import CURRENCIES, CURRENCY_CODES, SYMBOLS
from knowledge.language.wording import DateWording, NumberWording
from knowledge.language.words import Stem, Word, folded_words, outside, stem, stems, words_of

__all__ = [
    "ARTICLES",
    "CURRENCIES",
    "CURRENCY_CODES",
    "DEFAULT",
    "INVISIBLE",
    "LANGUAGES",
    "RAREST",
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
    "Stem",
    "Tables",
    "Wanted",
    "Word",
    "counted_from",
    "fold",
    "folded_words",
    "is_filling",
    "is_foreign",
    "is_visible",
    "languages_of",
    "outside",
    "rarity",
    "stem",
    "stems",
    "tables_for",
    "tables_of",
    "wanted",
    "wording_of",
    "words_of",
    "zipf",
]
