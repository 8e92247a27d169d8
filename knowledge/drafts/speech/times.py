"""Tells the day something was said from the time that it speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.drafts.article import Article
from knowledge.drafts.speech.amounts import Amount
from knowledge.drafts.speech.passages import Passage, Stretch
from knowledge.drafts.speech.speaking import Frame
from knowledge.drafts.speech.words import WORDS
from knowledge.model import Edtf
from knowledge.reading import Bound, DatePhrase

_NEAR_VERB = 60
"""Characters behind "said" within which a date is that of the saying ("told reporters on …")."""

_BESIDE = 3
_ASIDE = re.compile(r", (?:which|who|whose|where|and|but|while)\b|;")
"""Behind these a sentence speaks of something else."""
_CLAUSE = frozenset({"that", "had", "has", "have", "was", "were", "will", "would"})


@dataclass(frozen=True, slots=True)
class Times:
    """When something was asserted, and the period that it speaks of, as far as it is said."""

    asserted: Edtf | None = None
    period: Edtf | None = None


def day_of(article: Article, today: date) -> date:
    """Return the day from which an article's "last week" is counted."""
    published = article.published_on
    if published is None:
        return today
    return min(published.earliest if published.open_end else published.latest, today)


def times_of(
    passage: Passage, stretch: Stretch, frames: Sequence[Frame], amount: Amount, *, dated: bool
) -> Times:
    """Sort the dates of a stretch; `dated` tells that the article's own day is known."""
    found = Times()
    matter: list[tuple[tuple[int, int], Edtf]] = []
    for phrase in stretch.dates:
        printed = _has_year(passage.text, phrase)
        if not (printed or dated):
            continue
        edtf = _edtf(phrase, printed=printed)
        if _of_saying(passage, stretch, frames, phrase, amount):
            edtf = Edtf.parse(edtf.text.removesuffix("/.."))
            found = replace(found, asserted=found.asserted or edtf)
        elif _of_matter(passage, phrase, amount):
            matter.append((_distance(passage.text, phrase, amount), edtf))
    nearest = min(matter, key=lambda one: one[0], default=None)
    return replace(found, period=nearest[1]) if nearest else found


def _distance(text: str, phrase: DatePhrase, amount: Amount) -> tuple[int, int]:
    """Tell how near a date is to a figure: by commas between them, then by signs."""
    before = phrase.start < amount.start
    between = text[phrase.end : amount.start] if before else text[amount.end : phrase.start]
    return between.count(","), len(between)


def _has_year(text: str, phrase: DatePhrase) -> bool:
    printed = text[phrase.start : phrase.end]
    return any(str(year) in printed for year in (phrase.span.start.year, phrase.span.end.year))


def _edtf(phrase: DatePhrase, *, printed: bool) -> Edtf:
    edtf = Edtf.of_days(phrase.span.start, phrase.span.end)
    if phrase.bound is Bound.SINCE:
        return Edtf.parse(f"{edtf.text.partition('/')[0]}/..")
    if printed or "/" in edtf.text:
        return edtf
    return Edtf.parse(f"{edtf.text}~")


def _of_saying(
    passage: Passage,
    stretch: Stretch,
    frames: Sequence[Frame],
    phrase: DatePhrase,
    amount: Amount,
) -> bool:
    """Whether a date is that of the saying rather than of what is said."""
    if passage.quoted(phrase.start):
        return False
    if phrase.bound is Bound.SINCE:
        # "its latest estimate, from 2020, …"
        return any(
            frame.verb in WORDS.evidence and 0 <= phrase.start - frame.end <= _BESIDE
            for frame in frames
        )
    following = passage.text[phrase.end :].split(maxsplit=1)
    if following and following[0].casefold().strip(",.") in WORDS.evidence:
        return True
    return any(_belongs(passage, stretch, frame, phrase, amount) for frame in frames)


def _belongs(
    passage: Passage, stretch: Stretch, frame: Frame, phrase: DatePhrase, amount: Amount
) -> bool:
    """Whether a date stands where an attribution has its own."""
    if phrase.end <= frame.start:
        opening = passage.text[stretch.start : phrase.start]
        first = frame.how == "before" and frame.end <= amount.start
        return first and "," not in opening and phrase.bound is Bound.DURING
    if frame.start <= phrase.start < frame.end:
        return True
    if frame.how == "behind":
        return phrase.start >= frame.end and "," not in passage.text[frame.end : phrase.start]
    if frame.mention is None or frame.how == "according":
        return False
    between = passage.text[frame.end : phrase.start]
    close = frame.end <= phrase.start < amount.start and len(between) < _NEAR_VERB
    return close and not _CLAUSE & set(between.split())


def _of_matter(passage: Passage, phrase: DatePhrase, amount: Amount) -> bool:
    """Whether a date is of the clause in which the figure stands, quoted like it or not."""
    behind = phrase.start > amount.end
    between = passage.text[amount.end : phrase.start] if behind else ""
    if _ASIDE.search(between) or ";" in passage.text[phrase.end : amount.start]:
        return False
    return passage.quoted(phrase.start) == passage.quoted(amount.start)
