"""What a question says before any topic is looked at: dates, speakers, ways, groups."""

from knowledge.matching.questions.reading.likeness import Likeness, named_like
from knowledge.matching.questions.reading.question import (
    LONGEST_QUESTION,
    Question,
    dates_of,
    is_blank,
    read_question,
)
from knowledge.matching.questions.reading.speakers import (
    SpeakerMention,
    Speakers,
    attributes,
    says,
    speaks,
)
from knowledge.matching.questions.reading.topics_dates import OwnDates, own_dates, without_told
from knowledge.matching.questions.reading.ways import (
    Ways,
    agreement,
    ways_in,
    ways_of_topic,
)

__all__ = [
    "LONGEST_QUESTION",
    "Likeness",
    "OwnDates",
    "Question",
    "SpeakerMention",
    "Speakers",
    "Ways",
    "agreement",
    "attributes",
    "dates_of",
    "is_blank",
    "named_like",
    "own_dates",
    "read_question",
    "says",
    "speaks",
    "ways_in",
    "ways_of_topic",
    "without_told",
]
