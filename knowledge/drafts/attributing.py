"""Tells who asserts each figure of an article, and through whom it came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.drafts.amounts import Amount
from knowledge.drafts.cast import Cast, Speaker, Spoken
from knowledge.drafts.passages import Passage, Stretch
from knowledge.drafts.speaking import Frame, frames_of, subject_mention
from knowledge.drafts.words import WORDS

_MARKS = ".,;:!?)(\"'"
_REACH = re.compile(r";|,? (?:but|while|whereas|although|though)\b")
"""Here the reach of an attribution ends: another one begins, or nobody's."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who asserts a figure, by which attribution, and through whom it came.

    `described` tells that the speaker is only described here, and named elsewhere.
    """

    speaker: Speaker
    spoken: Spoken
    via: tuple[str, ...] = ()
    described: bool = False


class Attributions:
    """All attributions of an article; `outlet` is who says what nobody else is said to."""

    def __init__(self, passages: Sequence[Passage], outlet: Speaker) -> None:
        plain = {word for one in passages for word in one.text.split() if word.islower()}
        self._plain = {word.strip(_MARKS) for word in plain}
        places = [(one, at) for one in passages for at in range(len(one.stretches))]
        spoken: list[Spoken] = []
        self._here: dict[tuple[int, int], list[Spoken]] = {}
        for passage, at in places:
            stretch = passage.stretches[at]
            frames = [one for one in frames_of(stretch) if not self._is_plain_word(one, stretch)]
            own = [Spoken(len(spoken) + k, passage.number, at, one) for k, one in enumerate(frames)]
            spoken += own
            self._here[passage.number, at] = own
        subjects = {
            (passage.number, at): mention
            for passage, at in places
            if (mention := subject_mention(passage.stretches[at]))
        }
        self._cast = Cast(spoken, subjects, outlet)

    def _is_plain_word(self, frame: Frame, stretch: Stretch) -> bool:
        """Whether what looks like a name is a word with the capital of its sentence."""
        mention = frame.mention
        if mention is None or mention.person is None or " " in mention.person or mention.role:
            return False
        first = bool(stretch.tokens) and mention.start == stretch.tokens[0].start
        return first and mention.person.lower() in self._plain

    def of(self, passage: Passage, at: int) -> list[Spoken]:
        """Return the attributions of the stretch number `at` of a paragraph."""
        return self._here.get((passage.number, at), [])

    def said(self, passage: Passage, at: int, amount: Amount) -> Said | None:
        """Return who asserts a figure in the stretch number `at`; nothing where it is the outlet.

        A sentence that names nobody goes on with the one before in its paragraph, and a
        quotation with the paragraph before.
        """
        found = self._in_stretch(passage, at, amount)
        earlier = (self._speaks_on(self.of(passage, k)) for k in range(at - 1, -1, -1))
        found = found or next(filter(None, earlier), None)
        if found is None and passage.quoted(amount.start):
            return self._speaks_on(self._last_of(passage.number - 1))
        return found

    def _last_of(self, paragraph: int) -> list[Spoken]:
        """Return the last attribution of a paragraph."""
        found = [own[-1] for (number, _), own in self._here.items() if number == paragraph and own]
        return found[-1:]

    def _speaks_on(self, own: Sequence[Spoken]) -> Said | None:
        """Return who goes on speaking in the sentences behind some attributions."""
        for one in own:
            speaker = self._cast.of(one)
            if speaker is not None:
                return self._made(one, speaker, own)
        return None

    def _in_stretch(self, passage: Passage, at: int, amount: Amount) -> Said | None:
        own = [one for one in self.of(passage, at) if one.frame.verb not in WORDS.refusing]
        ordered = _nearest_first(passage, own, amount)
        known = [(one, speaker) for one in ordered if (speaker := self._cast.of(one))]
        if not known:
            return None
        if any(one.frame.how != "before" and not speaker.generic for one, speaker in known):
            known.sort(key=lambda pair: _is_weak(*pair))
        one, speaker = _chosen(known)
        return self._made(one, speaker, ordered)

    def _made(self, one: Spoken, speaker: Speaker, own: Sequence[Spoken]) -> Said:
        mention = one.frame.mention
        described = bool(mention and mention.indefinite and mention.generic and not speaker.generic)
        via = tuple(dict.fromkeys(filter(None, self._via(own, one, speaker))))
        return Said(speaker, one, via, described)

    def _via(self, own: Sequence[Spoken], asserting: Spoken, speaker: Speaker) -> Iterator[str]:
        """Yield the steps between a speaker and this article, nearest the speaker first."""
        for one in (asserting, *own):
            mention = one.frame.mention
            yield from one.frame.carriers
            yield from mention.carriers if mention else ()
            other = self._cast.of(one)
            if one is asserting or other is None or other == speaker:
                continue
            if other.outlet or (one.frame.how == "before" and not other.generic):
                yield other.name


def _nearest_first(passage: Passage, own: Sequence[Spoken], amount: Amount) -> list[Spoken]:
    """Order attributions by how likely a figure is theirs: those in front of it, then around.

    Of none in reach, any other of the sentence.
    """
    inside = [one for one in own if one.frame.how == "before" and one.frame.end <= amount.start]
    near = [one for one in inside if not _REACH.search(passage.text, one.frame.end, amount.start)]
    behind = [one for one in own if one.frame.how == "behind"]
    around = [*behind, *(one for one in own if one.frame.how == "according")]
    return [*reversed(near or inside), *around] or list(own)


def _chosen(known: Sequence[tuple[Spoken, Speaker]]) -> tuple[Spoken, Speaker]:
    """Choose who asserts a figure: not who prints it, nor what shows it where somebody speaks."""
    somebody = [pair for pair in known if not pair[1].shows]
    speaking = [pair for pair in somebody if not pair[1].outlet]
    return (speaking or somebody or list(known))[0]


def _is_weak(one: Spoken, speaker: Speaker) -> bool:
    """Whether a verb may tell what its subject did rather than said ("scanners counted …")."""
    generic = one.frame.how == "before" and speaker.generic
    return one.frame.verb in WORDS.measuring or (generic and one.frame.verb not in WORDS.strong)
