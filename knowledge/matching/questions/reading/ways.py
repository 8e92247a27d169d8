"""Which way something goes: to which countries, and from which."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from knowledge.model import Topic
from knowledge.reading import CountryMention, find_countries
from knowledge.words import Word, words_of

Ways = frozenset[tuple[str, str]]
"""Each "to" or "from", and the code of a country."""


def agreement(said: Ways, meant: Ways) -> int:
    """Count the ways that agree, less those the other way round."""
    turned = {("from" if way == "to" else "to", code) for way, code in said}
    return len(said & meant) - len(turned & meant)


def ways_of_topic(topic: Topic) -> Ways:
    """Find the ways that a topic is named by."""
    names = (topic.title, topic.description, *topic.aliases)
    ways = (ways_in(words_of(name), find_countries(name)) for name in names)
    return frozenset(way for each in ways for way in each)


def ways_in(words: Sequence[Word], countries: Sequence[CountryMention]) -> Ways:
    """Find which countries things go to and come from."""
    found = set()
    for country in countries:
        ahead = [word for word in words if word.end <= country.start]
        before = [word for word in ahead if word.text not in word.cues.articles][-1:]
        if before and before[0].text in before[0].cues.towards:
            found.add(("to", country.code))
        elif before and before[0].text in before[0].cues.away:
            found.add(("from", country.code))
    return frozenset(found | _ways_of_who_acts(words, countries, found))


def _ways_of_who_acts(
    words: Sequence[Word], countries: Sequence[CountryMention], known: AbstractSet[tuple[str, str]]
) -> Ways:
    """Find the way that the verb tells of the country before it, or of the one behind "by"."""
    placed = {code for _, code in known}
    acting = [country for country in countries if country.code not in placed]
    for word in words:
        cues = word.cues
        if word.text in cues.giving | cues.receiving:
            way = "from" if word.text in cues.giving else "to"
            agents = [one for one in acting if _word_before(one, words) in cues.leading]
            before = [one for one in acting if one.end <= word.start]
            return frozenset({(way, one.code) for one in (*agents, *before)[:1]})
    return frozenset()


def _word_before(country: CountryMention, words: Sequence[Word]) -> str:
    return next((word.text for word in reversed(words) if word.end <= country.start), "")
