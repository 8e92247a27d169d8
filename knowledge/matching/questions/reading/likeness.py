"""Which figures a text means where it names a group, a variant or whatever else narrows them."""

from collections.abc import Iterable, Sequence

from knowledge.library import Entry
from knowledge.words import Word, words_of


def named_like(words: Iterable[Word], entries: Sequence[Entry]) -> list[Entry]:
    """Keep the entries with the qualifiers that a text names; all of them where it names none.

    A value without a letter ("2019") is more likely a date there.
    """
    said = {stem for word in words for stem in word.stems}
    named = {
        (dimension, value)
        for dimension, value in {pair for entry in entries for pair in entry.qualifiers}
        if any(map(str.isalpha, value)) and all(said & set(word.stems) for word in words_of(value))
    }
    dimensions = {dimension for dimension, _ in named}
    return [
        entry
        for entry in entries
        if dimensions <= {dimension for dimension, _ in named & set(entry.qualifiers)}
    ]
