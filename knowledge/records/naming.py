"""Ids out of names: readable, short enough to type, in Latin letters, and not taken."""

from collections.abc import Callable, Iterable

from anyascii import anyascii

from knowledge.model import Edtf
from knowledge.words import rarity, words_of

_LONGEST_ID = 30
"""Characters of an id that is made: what a phone shows on a line beside some words (chosen by
eye). Ids that people give themselves may be longer."""
_LONGEST_READ = 200
"""Characters of a name that are read: no id takes more words than stand there."""


def slug(text: str) -> str:
    """Write a text as an id: lower-case letters and digits joined by hyphens."""
    # Soft signs and apostrophes part no word.
    plain = anyascii(text).casefold().replace("'", "")
    latin = "".join(one if one.isalnum() else " " for one in plain)
    return "-".join(latin.split())


def key_words(text: str, most: int) -> str:
    """Write the words of a name that tell something as an id of at most `most` characters.

    What everybody says all the time is left out, unless it is written like an abbreviation ("US");
    where nothing else is there, it stays.
    """
    read = text[:_LONGEST_READ]
    telling = [
        read[word.start : word.end]
        for word in words_of(read)
        if rarity(word) > 0 or (read[word.start : word.end].isupper() and word.end > word.start + 1)
    ]
    return _cut(slug(" ".join(telling)) or slug(read), most)


def new_id(parts: Iterable[str], taken: Callable[[str], bool]) -> str:
    """Make a readable id of parts that are ids themselves, which nothing has."""
    stem = _cut("-".join(filter(None, parts)), _LONGEST_ID) or "record"
    found, number = stem, 1
    while taken(found):
        number += 1
        found = f"{stem}-{number}"
    return found


def claim_id(topic: str, asserter: str, said: Edtf | None, taken: Callable[[str], bool]) -> str:
    """Make the id of a claim: what it is about, who says it, and when."""
    month = _month(said)
    room = _LONGEST_ID - len(month) - 2
    about = _cut(topic, max(room // 2, room - len(asserter)))
    return new_id((about, _cut(asserter, room - len(about)), month), taken)


def source_id(
    publisher: str, title: str, published: Edtf | None, taken: Callable[[str], bool]
) -> str:
    """Make the id of a publication: who published it and when, or what, where that is not known."""
    room = _LONGEST_ID - len("-2024-02")
    if month := _month(published):
        return new_id((key_words(publisher, room), month), taken)
    return new_id((key_words(publisher, room // 2), key_words(title, room)), taken)


def _month(day: Edtf | None) -> str:
    """Return the month of a date where it has one, else its year."""
    if day is None:
        return ""
    first = day.latest if day.open_start else day.earliest
    one = day.is_open or (day.earliest.year, day.earliest.month) == (
        day.latest.year,
        day.latest.month,
    )
    return f"{first:%Y-%m}" if one else f"{first:%Y}"


def _cut(name: str, most: int) -> str:
    """Shorten an id at the end of a word, where it has an end in time."""
    if len(name) <= most:
        return name
    whole = name[: most + 1].rpartition("-")[0]
    return whole or name[:most]
