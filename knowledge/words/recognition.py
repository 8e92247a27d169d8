"""Which languages a text is in, by its letters and by the words that each language knows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from knowledge.language import DEFAULT, LANGUAGES, Script, Tables, fold, tables_of, vocabulary

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
REMEMBERED: Final = 1024
"""Texts whose languages and words are kept in mind: a question is read some ten times over, in
parts, and the names of a topic thrice."""


@lru_cache(maxsize=REMEMBERED)
def languages_of(text: str) -> tuple[str, ...]:
    """Tell the languages of a text, the surest first; English is always among them.

    Of each script it is the language that knows most of the text's words, or several that know
    as many. Where none knows any word, it may be any of them.
    """
    found = _WORD.findall(text)
    words = Counter(fold(word) for word in found)
    by_script: dict[Script, list[str]] = {}
    for word in words:
        script = script_of(word)
        if script is not None:
            by_script.setdefault(script, []).append(word)
    letters = frozenset("".join(found).lower())
    codes: list[str] = []
    for script in (Script.HANGUL, Script.CYRILLIC, Script.LATIN):
        if script in by_script:
            codes += _likeliest(script, words, letters, alone=not codes)
    if not codes:
        codes = [one.code for one in LANGUAGES.values() if one.script is Script.LATIN]
    return tuple(dict.fromkeys((*codes, DEFAULT)))


def tables_for(text: str) -> Tables:
    """Give the words of the languages that a text is in."""
    return tables_of(languages_of(text))


def script_of(word: str) -> Script | None:
    """Tell the script of a word by its first letter; None for one that no language here has."""
    first = word[0]
    if "가" <= first <= "힣":
        return Script.HANGUL
    if "Ѐ" <= first <= "ӿ":
        return Script.CYRILLIC
    return Script.LATIN if "a" <= first <= "z" else None


def _likeliest(
    script: Script, words: Counter[str], letters: frozenset[str], *, alone: bool
) -> Sequence[str]:
    """Choose among the languages of a script; beside another script, names are no evidence."""
    scores = {
        one.code: int(bool(letters & one.letters))
        for one in LANGUAGES.values()
        if one.script is script
    }
    knowing = _knowing(script)
    for word, count in words.items():
        for code in knowing.get(word, ()):
            scores[code] += count
    best = max(scores.values())
    if not best and not alone:
        return ()
    return [code for code, score in scores.items() if score == best]


@cache
def _knowing(script: Script) -> Mapping[str, Sequence[str]]:
    """Tell which languages of a script know each word that one of them knows."""
    found: dict[str, list[str]] = {}
    for one in LANGUAGES.values():
        for word in vocabulary(one.code) if one.script is script else ():
            found.setdefault(word, []).append(one.code)
    return found
