"""Which way something goes: of topics that count the same thing, the one for that way is meant."""

from collections.abc import Iterable, Mapping, Sequence

from knowledge.language import outside, words_of
from knowledge.matching.questions.topics import Fit
from knowledge.model import Topic
from knowledge.reading import find_countries

Way = tuple[str, str]
"""To or from, and a country."""


class Ways:
    """The ways that topics are named by, read once each."""

    def __init__(self) -> None:
        self._known: dict[Topic, frozenset[Way]] = {}

    def best(self, fits: Sequence[Fit], topics: Mapping[str, Topic], said: Iterable[Way]) -> Fit:
        """Return the first of those that count what the first does and agree with a way most."""
        ways = frozenset(said)
        unit = topics[fits[0].topic].unit
        alike = [fit for fit in fits if topics[fit.topic].unit == unit] if ways and unit else []
        return max(alike or fits[:1], key=lambda fit: self._agreement(topics[fit.topic], ways))

    def _agreement(self, topic: Topic, said: frozenset[Way]) -> int:
        """Count the ways that agree with those of a topic, less those the other way round."""
        if topic not in self._known:
            names = (topic.title, topic.description, *topic.aliases)
            self._known[topic] = frozenset(way for name in names for way in ways_of(name))
        meant = self._known[topic]
        turned = {("from" if way == "to" else "to", code) for way, code in said}
        return len(said & meant) - len(turned & meant)


def ways_of(text: str) -> set[Way]:
    """Find which countries things go to and come from."""
    found = set()
    words = words_of(text)
    for country in find_countries(text):
        ahead = outside(words, [(country.start, len(text))])
        before = [word for word in ahead if word.text not in word.cues.articles][-1:]
        if before and before[0].text in before[0].cues.towards:
            found.add(("to", country.code))
        elif before and before[0].text in before[0].cues.away:
            found.add(("from", country.code))
    return found
