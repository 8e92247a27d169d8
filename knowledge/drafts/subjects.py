"""Finds the topic on file that a figure of an article belongs to."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from knowledge.contract import CheckedAssertion
from knowledge.drafts.article import Article
from knowledge.drafts.speech import Amount, Passage, Stretch, frames_of, sentence_at
from knowledge.language import DEFAULT, fold
from knowledge.model import Kind, Measure, Topic
from knowledge.reading import find_countries, in_unit
from knowledge.words import stem
from knowledge.workspaces import Workspace

_SURE = 0.5
"""A curator decides: a topic that is likelier than not is offered."""
_LONGEST = 1500
"""Characters of a sentence with the one before it; what is longer is a list."""


class Subjects:
    """Tells topics of one workspace."""

    def __init__(self, workspace: Workspace, today: date, article: Article) -> None:
        self._workspace = workspace
        self._today = today
        named = (one.code for text in article.paragraphs for one in find_countries(text))
        self._countries = frozenset(named)
        self._known: dict[str, Sequence[CheckedAssertion]] = {}

    def topic(self, passage: Passage, at: int, amount: Amount, before: str) -> Topic | None:
        """Return the topic of a figure in the stretch number `at` of a paragraph.

        `before` is what was said just before it, in which "them" may be named.
        """
        topics = self._workspace.library.topics.values()
        if not any(self._may_be(topic, amount) for topic in topics):
            return None
        own = _unconditional(passage.text[passage.stretches[at].start : passage.stretches[at].end])
        bare = _unattributed(passage, passage.stretches[at])
        counted = f"{amount.as_worded} {' '.join(amount.thing)}"
        begun = _begun(passage, passage.stretches[at], amount)
        for text in dict.fromkeys((own, bare, counted, begun)):
            if found := self._checked(text, amount):
                return found
        return (
            self._asked(counted, amount)
            or self._checked(f"{before} {own}", amount)
            or self._asked(sentence_at(passage.text, amount.start), amount)
        )

    def qualifiers(self, topic: Topic | None, text: str) -> tuple[tuple[str, str], ...]:
        """Return what narrows a figure: values on file of the topic's dimensions that are named."""
        if topic is None or not topic.dimensions:
            return ()
        said = fold(text)
        known = {
            pair for entry in self._workspace.library.table(topic.id) for pair in entry.qualifiers
        }
        named = [pair for pair in known if re.search(rf"\b{re.escape(fold(pair[1]))}\b", said)]
        # The longest name wins: "omicron BA.2" is not "omicron".
        return tuple(sorted(dict(sorted(named, key=_length)).items()))

    def _checked(self, text: str, amount: Amount) -> Topic | None:
        text = text[-_LONGEST:]
        if text not in self._known:
            self._known[text] = self._workspace.check(text, self._today).assertions
        for one in reversed(self._known[text]):
            topic = self._workspace.library.topic(one.topic)
            fits = self._may_be(topic, amount) and _may_count(topic, amount)
            if fits and _same(one, amount):
                return topic
        return None

    def _asked(self, text: str, amount: Amount) -> Topic | None:
        """Ask for what is counted, where the sentence as a whole tells too little."""
        if not amount.thing and amount.kind is not Kind.SHARE:
            return None
        topics = self._workspace.library.topics
        fits = self._workspace.fits(text, self._today)
        likely = (topics[fit.topic] for fit in fits if fit.confidence >= _SURE)
        fitting = (one for one in likely if self._may_be(one, amount))
        return next((one for one in fitting if not amount.thing or _counts(one, amount)), None)

    def _may_be(self, topic: Topic, amount: Amount) -> bool:
        """Whether a topic is of the kind of a figure, and of countries that the article names."""
        concerned = not topic.parties or bool(self._countries & set(topic.parties))
        return concerned and _is_of_kind(topic, amount)


def _length(pair: tuple[str, str]) -> int:
    return len(pair[1])


def _unconditional(text: str) -> str:
    """Return a stretch without its condition, which would make it a supposition."""
    text = text.strip()
    if not text.casefold().startswith(("if ", "assuming ")):
        return text
    clauses = text.split(", ")
    numbered = (k for k in range(1, len(clauses)) if any(map(str.isdigit, clauses[k])))
    return ", ".join(clauses[next(numbered, 0) :])


def _unattributed(passage: Passage, stretch: Stretch) -> str:
    """Return a stretch without the words that say who asserts it."""
    text = passage.text
    start, end = stretch.start, stretch.end
    for frame in frames_of(stretch):
        if frame.how == "before" and frame.start < (start + end) // 2:
            start = max(start, frame.end)
        elif frame.start > start:
            end = min(end, frame.start)
    return _unconditional(text[start:end].strip(' ,."').removeprefix("that "))


def _begun(passage: Passage, stretch: Stretch, amount: Amount) -> str:
    """Return a stretch up to a figure, and what that counts."""
    text = passage.text[stretch.start : amount.end]
    return " ".join((text, *amount.thing)).replace(",", "")


def _same(one: CheckedAssertion, amount: Amount) -> bool:
    numbers = {number for number in (one.figure.low, one.figure.high) if number is not None}
    wanted = [amount.value, amount.low, amount.high]
    return any(number in numbers for number in wanted if number is not None)


def _is_of_kind(topic: Topic, amount: Amount) -> bool:
    """Whether the figures of a topic are of the kind of this one: years, shares, or numbers."""
    if topic.measure in {Measure.QUALITATIVE, Measure.DATE}:
        return False
    if (amount.kind is Kind.DECADE) != (_first_word(topic) == "year"):
        return False
    if (topic.measure is Measure.CHANGE) != (amount.kind is Kind.SHARE and bool(amount.change)):
        return False
    if amount.kind is Kind.MEASURE and amount.unit:
        return bool(topic.unit) and in_unit(1.0, amount.unit, topic.unit or "") is not None
    if amount.kind is Kind.SHARE:
        return topic.measure in {Measure.SHARE, Measure.CHANGE}
    return topic.measure not in {Measure.SHARE, Measure.CHANGE}


def _may_count(topic: Topic, amount: Amount) -> bool:
    """Whether a topic of counts counts what an amount does, as far as that is said."""
    counting = amount.kind is Kind.AMOUNT and bool(amount.thing)
    return _counts(topic, amount) if counting else True


def _counts(topic: Topic, amount: Amount) -> bool:
    """Whether the figures of a topic count what this one does: the last word says what that is."""
    return bool(_stems(amount.thing[-1:]) & _stems(_words(topic)))


def _first_word(topic: Topic) -> str:
    return topic.unit.split()[0].casefold() if topic.unit else ""


def _words(topic: Topic) -> Iterable[str]:
    return " ".join((topic.unit or "", topic.title, *topic.aliases)).casefold().split()


def _stems(words: Iterable[str]) -> set[str]:
    return {stem(word, DEFAULT) for text in words for word in fold(text).split()}
