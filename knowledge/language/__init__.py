"""The words of each language that texts are read or answers are written in, a file a language."""

from knowledge.language.articles import ArticleWords
from knowledge.language.folding import INVISIBLE, SHAPING, fold, is_visible
from knowledge.language.language import (
    ClauseWords,
    DateWording,
    DateWords,
    Language,
    Lead,
    NumberWording,
    NumberWords,
    QuestionWords,
    Script,
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
from knowledge.language.speech import is_slip, is_speech, turns
from knowledge.language.words import Stem, Word, outside, stem, stems, words_of

__all__ = [
    "ARTICLES",
    "DEFAULT",
    "INVISIBLE",
    "LANGUAGES",
    "SHAPING",
    "SPOKEN",
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
    "Word",
    "fold",
    "is_slip",
    "is_speech",
    "is_visible",
    "languages_of",
    "outside",
    "stem",
    "stems",
    "tables_for",
    "tables_of",
    "turns",
    "wording_of",
    "words_of",
]
