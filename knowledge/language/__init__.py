"""The words of each language that texts are read or answers are written in, a file a language."""

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
from knowledge.language.words import Stem, Word, folded_words, outside, stem, stems, words_of

__all__ = [
    "DEFAULT",
    "INVISIBLE",
    "LANGUAGES",
    "SHAPING",
    "SPOKEN",
    "UNDERSTOOD",
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
    "folded_words",
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
