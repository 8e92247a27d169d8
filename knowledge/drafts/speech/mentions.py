"""Who is named by a few words, and the marks by which persons, bodies and outlets are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.drafts.speech.passages import Token
from knowledge.drafts.speech.words import WORDS
from knowledge.reading import find_countries

LONGEST_PERSON = 4
LONGEST_ROLE = 6
_LONGEST_ADJECTIVE = 2
"""Words of a country's adjective: "South Korean"."""
_SHORTEST_ACRONYM = 2
""""UN" has two letters; one is an initial."""
_NAME_STARTS = ("Mc", "Mac", "De", "Di", "O'")


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is named at `start`..`end` of a paragraph, as far as these words tell.

    `generic` tells that no name is there ("officials", "the agency", "he"), and `pointing` that
    it was named before; `kind` are the words that say what it is, and `shows` that it is shown
    rather than somebody who speaks. `carriers` passed on what was said.
    """

    start: int
    end: int
    text: str
    person: str | None = None
    role: str | None = None
    organisation: str | None = None
    country: str | None = None
    acronym: str | None = None
    pronoun: str | None = None
    generic: bool = False
    indefinite: bool = False
    pointing: bool = False
    shows: bool = False
    kind: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()

    @property
    def outlet(self) -> bool:
        """Whether it is a publication, or one's journalist."""
        return is_outlet(self.organisation or self.text)


def mention(tokens: Sequence[Token]) -> Mention:
    """Return a mention that says no more than where it stands, and of what kind it is."""
    kind = tuple(token.word for token in tokens)
    return Mention(tokens[0].start, tokens[-1].end, joined(tokens), kind=kind)


def joined(tokens: Sequence[Token]) -> str:
    """Write tokens as a name."""
    text = " ".join(token.text for token in tokens)
    return text.replace(" - ", "-").replace(" ,", ",").removesuffix("'s").removesuffix("'")


def name_of(tokens: Sequence[Token]) -> str:
    """Return the first run of names in some words."""
    tokens = [token for token in tokens if not token.word.endswith("-based")]
    start = next((at for at, token in enumerate(tokens) if _may_begin(token)), len(tokens))
    return joined(tokens[start : start + run_length(tokens[start:])])


def _may_begin(token: Token) -> bool:
    return token.is_capital and token.word not in WORDS.determiners - {"the"}


def run_length(tokens: Sequence[Token]) -> int:
    """Return how many tokens from the first on make one name."""
    length = 0
    for at, token in enumerate(tokens):
        if token.is_capital or (token.is_word and token.text[0].isdigit() and length):
            length = at + 1
            if token.owns:
                break
        elif token.word not in WORDS.name_links or at != length:
            break
    return length


def is_outlet(name: str) -> bool:
    """Whether a name is that of a publication or a news agency."""
    parts = name.casefold().replace("-", " ").replace("'", " ").split()
    return any(part in WORDS.outlets for part in parts) or (
        bool(parts) and (parts[-1] in WORDS.outlet_words or "news" in parts or "newspaper" in parts)
    )


def is_speaker(word: str) -> bool:
    """Whether a noun is one for people or bodies that may assert something."""
    return word in WORDS.speakers or word in WORDS.titles or word.endswith(WORDS.doers)


def is_body(run: Sequence[Token]) -> bool:
    """Whether a name is that of a body rather than of a person."""
    return any(
        token.word in WORDS.bodies or token.word in WORDS.outlets or _is_acronym(token.text)
        for token in run
    )


def _is_acronym(text: str) -> bool:
    return len(text) >= _SHORTEST_ACRONYM and text.isupper() and text.isalpha()


def may_be_person(run: Sequence[Token]) -> bool:
    """Whether a name may be that of a person."""
    return len(run) <= LONGEST_PERSON and all(_is_plain(token.text) for token in run)


def _is_plain(text: str) -> bool:
    odd = any(sign in text for sign in "-.'")
    return text[1:].islower() or odd or text.startswith(_NAME_STARTS)


def is_country(name: str) -> bool:
    """Whether a name is a country's, and nothing else."""
    found = find_countries(name)
    return len(found) == 1 and found[0].end - found[0].start >= len(name) - 1


def lists_countries(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands between countries ("U.S., South Korean and Danish officials")."""
    starts = [k + 1 for k in range(at) if tokens[k].text == ","]
    first = tokens[starts[-1] if starts else 0 : at]
    behind = tokens[at + 1 : at + 1 + _LONGEST_ADJECTIVE]
    return is_country(joined(first)) and any(
        is_country(joined(behind[:length])) for length in range(1, len(behind) + 1)
    )


def names_country(text: str) -> bool:
    """Whether a text names a country, or several."""
    return bool(find_countries(text))


def country_in(text: str) -> str | None:
    """Return the one country that a text names."""
    codes = {one.code for one in find_countries(text)}
    return codes.pop() if len(codes) == 1 else None


def bare_of_country(tokens: Sequence[Token]) -> Sequence[Token]:
    """Drop a country's adjective in front of an office, but not "U.S." in front of a body."""
    for length in range(_LONGEST_ADJECTIVE, 0, -1):
        if length < len(tokens) and is_country(joined(tokens[:length])):
            initials = tokens[0].text.isupper() or tokens[0].text.endswith(".")
            return tokens if initials else tokens[length:]
    return tokens


def without_country(role: str) -> str:
    """Drop a country's adjective in front of an office, of plain words."""
    parts = role.split()
    for length in range(_LONGEST_ADJECTIVE, 0, -1):
        if length < len(parts) and is_country(" ".join(parts[:length]).removesuffix("'s")):
            return " ".join(parts[length:])
    return role


def without_the(name: str) -> str:
    """Drop the article of a name where it is none of a publication's."""
    return name if is_outlet(name) else name.removeprefix("The ")
