"""Words a proposed claim in the project's own short words, never in a sentence of the article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge import wording
from knowledge.drafts.proposals import Proposal
from knowledge.drafts.speech import CLAUSES, WORDS, Amount, Passage, Stretch
from knowledge.language import fold
from knowledge.model import MAX_PHRASE_WORDS, Edtf, Kind, Modality, Relation, Topic
from knowledge.wording import Style
from knowledge.words import words_of

_SAYS = {
    Modality.REPORTED: "according to {name}",
    Modality.FORECAST: "as {name} expects",
    Modality.POSSIBLE: "a possibility according to {name}",
    Modality.SUSPECTED: "a suspicion of {name}",
}
_CLAUSE = re.compile(r"[,;:\"()—–]|[.!?](?=\s|$)|\b(?:that|but|while|which|who|and)\b")
_VERB = re.compile(
    r"\b(?:has|have|had|is|are|was|were|will|would|could|may|might|can|rose|fell|grew|stood|reached|"
    r"used|uses|costs|needs|exceeded|totalled|climbed|dropped|increased|declined|stands|accounts?|"
    r"accounted|covers?|[a-z]{3,}ed)\b"
)
_PUT = re.compile(
    r"\b(?:put|puts|putting|valued?s?|measured?|reported|reports|gave|gives|estimated?s?)"
    r" (?:the |its |their )?((?:[\w'’-]+ ){0,3}[\w'’-]+) (?:at|as)(?: \w+)?$"
)
_PRONOUNS = frozenset("it they he she this there which and who we i these those that".split())
_DULL = (
    WORDS.helpers
    | WORDS.prepositions
    | WORDS.saying
    | WORDS.subordinators
    | CLAUSES.adverbs
    | CLAUSES.links
    | CLAUSES.stops
    | WORDS.determiners
    | _PRONOUNS
    | WORDS.titles
)
"""Words that tell nothing of what a figure is about."""
_SHOWN = 4
"""Words of the clause that are named: more would be the sentence again (chosen by eye)."""
_SHORTEST = 3
"""Shorter words are mostly particles."""
_LONGEST_SUBJECT = 5
"""A longer subject is not repeated: six words in a row are the most that is copied."""
_LONGEST = 300
"""Half of what the model takes."""
_LONGEST_TITLE = 100
"""What the model takes of a description, which a new topic's is."""
_NAMELESS = "Figures without a topic"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a statement is built of: `before` and `behind` are the clause around the figure."""

    amount: Amount
    topic: Topic | None
    before: str
    behind: str
    name: str
    modality: Modality
    asserted_on: Edtf | None
    period: Edtf | None
    assumption: str | None


class Printed:
    """The words of an article, to see how many of them in a row a text has in common with it."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        lines = (" ".join(word.text for word in words_of(line)) for line in paragraphs)
        self._text = "".join(f" {line} |" for line in lines)

    def longest_run(self, text: str) -> int:
        """Return how many words in a row stand in the article too."""
        own = [word.text for word in words_of(text)]
        best = 0
        for start in range(len(own)):
            while start + best < len(own) and self._has(own[start : start + best + 1]):
                best += 1
        return best

    def _has(self, words: Sequence[str]) -> bool:
        return f" {' '.join(words)} " in self._text


def statement(parts: Parts, printed: Printed) -> str:
    """Build a statement out of the parts of a claim.

    It has at most six words in a row of the article: a longer one is built of fewer parts.
    """
    for text in _attempts(parts):
        if printed.longest_run(text) <= MAX_PHRASE_WORDS:
            break
    return text[:_LONGEST]


def _attempts(parts: Parts) -> Iterator[str]:
    figure = worded(parts.amount, parts.topic)
    counted = " ".join(parts.amount.thing)
    told = _told(parts)
    subject = _besides(subject_of(parts.before), parts.name)
    around = keywords(parts.before, parts.behind, f"{subject} {counted} {parts.name}")
    if parts.topic:
        yield f"{parts.topic.title}: {figure}, {told}."
        return
    head = f"{_capital(subject)}: " if subject else ""
    of = " of" if parts.amount.kind is Kind.SHARE or (parts.amount.unit or "").isalpha() else ""
    thing = f"{of} {counted}" if counted and counted not in subject else ""
    context = f" ({', '.join(around)})" if around else ""
    yield _capital(f"{head}{figure}{thing}{context}, {told}.")
    if counted or subject:
        yield f"{_capital(counted or subject)}, {told}: {figure}."
    yield f"{_capital(told)}: {figure}."


def _told(parts: Parts) -> str:
    last = parts.name.split()[-1].casefold() if " " in parts.name else ""
    name = f"the {parts.name}" if last in WORDS.with_article else parts.name
    told = _SAYS[parts.modality].format(name=name)
    if parts.asserted_on is not None and not parts.asserted_on.is_open:
        told += f" ({wording.human(parts.asserted_on)})"
    if parts.period is not None:
        told = f"{_time(parts.period)}, {told}"
    return f"{told}, if {parts.assumption}" if parts.assumption else told


def _besides(subject: str, name: str) -> str:
    """Return what a clause is about, where that is not who speaks."""
    return "" if fold(subject) in fold(name) else subject


def keywords(before: str, behind: str, said: str) -> list[str]:
    """Return words that tell more of a clause, none of them said already."""
    known = {word.stem for word in words_of(said)}
    near = [(before, word) for word in words_of(before)[-_SHOWN:]]
    near += [(behind, word) for word in words_of(behind)]
    found = [
        text[word.start : word.end]
        for text, word in near
        if word.text not in _DULL and word.stem not in known and not word.text[0].isdigit()
    ]
    return list(dict.fromkeys(word for word in found if len(word) >= _SHORTEST))[:_SHOWN]


def topic_title(one: Proposal) -> str:
    """Return what a new topic for a figure would be called: what is counted, and of what."""
    if one.new_topic:
        return _capital(one.new_topic)[:_LONGEST_TITLE]
    counted = " ".join(one.amount.thing)
    subject = _besides(subject_of(one.before), one.speaker.name)
    around = keywords(one.before, one.behind, f"{counted} {subject} {one.speaker.name}")
    main = counted or subject or " ".join(around[:2]) or _NAMELESS
    rest = subject if counted and subject else ", ".join(around[:2] if counted or subject else ())
    return _capital(f"{main} ({rest})" if rest else main)[:_LONGEST_TITLE]


_STYLES = {Kind.SHARE: Style.SHARE, Kind.DECADE: Style.YEAR}


def worded(amount: Amount, topic: Topic | None) -> str:
    """Write a figure as people do; a vague one as it was printed."""
    if amount.relation is None:
        return f"“{amount.as_worded}”"
    low, high, relation = amount.low, amount.high, amount.relation
    if amount.value is not None:
        low, high, relation = amount.value, amount.value, Relation.ABOUT
    text = wording.interval(low, high, relation, style=_STYLES.get(amount.kind, Style.AMOUNT))
    if amount.kind is not Kind.MEASURE or not amount.unit or topic:
        return text
    if len(amount.unit) == 1 and not amount.unit.isalnum():
        return re.sub(r"\d", lambda found: f"{amount.unit}{found.group()}", text, count=1)
    return f"{text} {amount.unit}"


def _time(period: Edtf) -> str:
    start, _, end = period.text.partition("/")
    if end == "..":
        return f"since {wording.human(Edtf.parse(start))}"
    return wording.human(period)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def clause_around(passage: Passage, stretch: Stretch, amount: Amount) -> tuple[str, str]:
    """Return the words of a figure's clause before and behind it."""
    end = max(amount.end, amount.thing_end)
    before = _CLAUSE.split(passage.text[stretch.start : amount.start])[-1]
    return before.strip(), _CLAUSE.split(passage.text[end : stretch.end])[0].strip()


def subject_of(clause: str) -> str:
    """Return what a clause is about: its words before the verb, without what leads to them.

    Of "the office puts the bill at" that is the bill.
    """
    if put := _PUT.search(clause):
        return put[1]
    verb = _VERB.search(clause)
    words = clause[: verb.start()].split() if verb else []
    leading = WORDS.articles | WORDS.owners.keys() | WORDS.saying | WORDS.prepositions | {"some"}
    while words and words[0].casefold() in leading:
        words = words[1:]
    while words and words[-1].casefold() in WORDS.prepositions:
        words = words[:-1]
    if not words or len(words) > _LONGEST_SUBJECT or words[0].casefold() in _PRONOUNS:
        return ""
    return " ".join(words)
