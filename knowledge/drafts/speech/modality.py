"""Tells how surely a figure is asserted: reported, forecast, possible, suspected, or not."""

import re
from datetime import date

from knowledge.drafts.speech.amounts import Amount
from knowledge.drafts.speech.attributing import Said
from knowledge.drafts.speech.passages import Passage
from knowledge.drafts.speech.times import Times
from knowledge.drafts.speech.words import WORDS
from knowledge.model import MAX_PHRASE_WORDS, Modality

_CONDITION = re.compile(r"(?:^|[,;] )(?:if|assuming|provided) (?P<what>[^,;]+)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:\"()—–]|[.!?](?=\s|$)|\b(?:but|while|although|whereas)\b")
_REPLACED = re.compile(r"\b(?:not|rather than|instead of|no longer)\s*$", re.IGNORECASE)
_NO_VERB = re.compile(
    r"\b(?:a|an|the|this|that|its|their|of|each|every|\w+'s) (?:[\w-]+ ){0,2}?"
    r"(?:projects?|plans?)\b"
    r"|\b(?:[\d,.]+|a|an|the|of|and|new)\s+suspected\b"
)
"""A plan and a suspected case are things: nothing is planned or suspected by naming them."""
_WORD = re.compile(r"[a-z]+")
"""In small letters alone: May is a month."""


def is_asserted(passage: Passage, at: int, amount: Amount) -> bool:
    """Whether a figure is neither asked about nor denied."""
    stretch = passage.stretches[at]
    text = passage.text[stretch.start : stretch.end].strip()
    if text.endswith("?") and not passage.quoted(amount.start):
        return False
    before = _CLAUSE_END.split(passage.text[stretch.start : amount.start])[-1]
    if _REPLACED.search(passage.text[stretch.start : amount.start]):
        return False
    return not set(before.casefold().split()) & WORDS.refusing


def modality_of(
    passage: Passage, at: int, amount: Amount, said: Said | None, *, to_come: bool
) -> Modality:
    """Return how surely a figure is asserted; `to_come` is what `is_to_come` tells."""
    stretch = passage.stretches[at]
    head = _CLAUSE_END.split(passage.text[stretch.start : amount.start])[-1]
    tail = _CLAUSE_END.split(passage.text[amount.end : stretch.end])[0]
    words = set(_WORD.findall(_NO_VERB.sub(" ", f"{head} 0 {tail}")))
    if words & WORDS.suspected:
        return Modality.SUSPECTED
    frame = said.spoken.frame if said else None
    expected = frame is not None and frame.verb in WORDS.expecting
    would = frame is not None and frame.how == "before" and "would" in words
    if words & WORDS.forecasting or expected or would or to_come:
        return Modality.FORECAST
    return Modality.POSSIBLE if words & WORDS.possible else Modality.REPORTED


def is_to_come(passage: Passage, at: int, times: Times, today: date) -> bool:
    """Whether the time that a figure speaks of is still to come.

    Of a date without its year that cannot be told, unless the paragraph looks ahead.
    """
    if times.period is not None:
        return times.period.earliest > today
    undated = bool(passage.stretches[at].dates) and times.asserted is None
    ahead = set(_WORD.findall(passage.text.casefold())) & (WORDS.forecasting | WORDS.expecting)
    return undated and bool(ahead)


def looks_ahead(statement: str) -> str | None:
    """Return the word by which a statement speaks of what is to come, or nothing."""
    words = _WORD.findall(_NO_VERB.sub(" ", statement))
    ahead = WORDS.forecasting | WORDS.expecting
    return next((word for word in words if word in ahead), None)


def assumption_in(text: str) -> str | None:
    """Return a condition that a sentence names, in as few words as may be quoted."""
    found = _CONDITION.search(text.strip())
    return " ".join(found["what"].split()[:MAX_PHRASE_WORDS]) if found else None
