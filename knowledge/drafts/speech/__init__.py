"""Who asserts what in a text, through whom, and how surely."""

from knowledge.drafts.speech.amounts import Amount, amounts_of, with_things
from knowledge.drafts.speech.attributing import Attributions, Said
from knowledge.drafts.speech.cast import Speaker, may_mean
from knowledge.drafts.speech.mentions import is_outlet
from knowledge.drafts.speech.modality import (
    assumption_in,
    is_asserted,
    is_to_come,
    looks_ahead,
    modality_of,
)
from knowledge.drafts.speech.passages import Passage, Stretch, passage_of, sentence_at
from knowledge.drafts.speech.speaking import Frame, frames_of
from knowledge.drafts.speech.times import Times, day_of, times_of
from knowledge.drafts.speech.words import CLAUSES, WORDS

__all__ = [
    "CLAUSES",
    "WORDS",
    "Amount",
    "Attributions",
    "Frame",
    "Passage",
    "Said",
    "Speaker",
    "Stretch",
    "Times",
    "amounts_of",
    "assumption_in",
    "day_of",
    "frames_of",
    "is_asserted",
    "is_outlet",
    "is_to_come",
    "looks_ahead",
    "may_mean",
    "modality_of",
    "passage_of",
    "sentence_at",
    "times_of",
    "with_things",
]
