"""The desk where everything is asked for: what `knowledge` offers to commands and programs."""

from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.checks import Checker
from knowledge.comparison import compare
from knowledge.contents import contents
from knowledge.contract import Answer, Check, Comparison, Contents, Evidence
from knowledge.figures import figures
from knowledge.library import Library
from knowledge.lookup import Lookup
from knowledge.matching.asking import Asker, passage_of
from knowledge.matching.index import Passage
from knowledge.matching.ranker import Meaning
from knowledge.matching.topics import Fit
from knowledge.provenance import claim_evidence, topic_evidence
from knowledge.window import By, Window


class Desk:
    """Answers from one library; every reply is made in memory or by a few reads by id."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.lookup = Lookup(library)
        self._asker = Asker(library, self.lookup)
        self._checker = Checker(library, self._asker)

    def figures(self, topic: str, window: Window | None = None) -> Answer:
        """Return the claims on a topic in a window, oldest first.

        Raises:
            NotOnFile: no topic goes by that name; the nearest ones are in the error.
        """
        return figures(self.library, self.lookup.topic(topic).id, window)

    def source(self, what: str) -> Evidence:
        """Return the evidence behind a topic or a claim, by id or by name.

        Raises:
            NotOnFile: nothing goes by that name; the nearest topics are in the error.
        """
        if self.library.claim(what.strip()) is not None:
            return claim_evidence(self.library, what.strip())
        return topic_evidence(self.library, self.lookup.topic(what))

    def ask(self, question: str, today: date) -> Answer:
        """Match a free-form question to what is on file, or honestly to nothing.

        Raises:
            EmptyQuestion: there is no word in it.
        """
        return self._asker.ask(question, today)

    def check(self, text: str, today: date) -> Check:
        """Hold each figure that a message asserts against what is on file."""
        return self._checker.check(text, today)

    def compare(self, topic: str, by: Sequence[By], window: Window | None = None) -> Comparison:
        """Set asserters side by side on a topic; with none named, everyone in the window.

        Raises:
            NotOnFile: no topic goes by that name; the nearest ones are in the error.
        """
        return compare(self.library, self.lookup.topic(topic).id, by, window)

    def fits(self, question: str, today: date) -> Sequence[Fit]:
        """Return how well each topic fits a question, the likeliest first."""
        return self._asker.find(question, today).fits

    def contents(self) -> Contents:
        """Return every topic with its counts and dates."""
        return contents(self.library)

    def passages(self) -> Iterator[Passage]:
        """Go through the texts that questions are ranked against."""
        return map(passage_of, self.library.every_claim())

    def use_meaning(self, meaning: Meaning | None) -> None:
        """Rank by sentence vectors too from now on; may be called from any thread."""
        self._asker.ranker.use_meaning(meaning)
