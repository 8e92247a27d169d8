"""Words of texts: split and stemmed, which languages they are of, how rare, what they ask for."""

from knowledge.words.asking import (
    counted_from,
    wanted,
)
from knowledge.words.frequency import (
    RAREST,
    is_filling,
    is_foreign,
    rarity,
    zipf,
)
from knowledge.words.recognition import (
    languages_of,
    tables_for,
)
from knowledge.words.splitting import (
    Stem,
    Word,
    folded_words,
    outside,
    stem,
    stems,
    words_of,
)

__all__ = [
    "RAREST",
    "Stem",
    "Word",
    "counted_from",
    "folded_words",
    "is_filling",
    "is_foreign",
    "languages_of",
    "outside",
    "rarity",
    "stem",
    "stems",
    "tables_for",
    "wanted",
    "words_of",
    "zipf",
]
