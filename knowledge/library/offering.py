"""What is offered while somebody types whose claims they want, or of when: most on file first."""

from collections import Counter
from collections.abc import Iterable, Mapping

from knowledge.library.library import Library, in_force
from knowledge.model import LinkKind


def whose(
    library: Library,
    people: Iterable[str],
    countries: Mapping[str, frozenset[str]],
    topic: str | None,
) -> list[str]:
    """Return the countries and the people, by code and id, that have spoken, most of all first.

    Whoever denies a topic as a whole has spoken on it.
    """
    denying = (
        Counter(one.asserter for one in library.covering(LinkKind.DENIES, topic, None))
        if topic and topic in library.topics
        else Counter[str]()
    )

    def times(asserters: Iterable[str]) -> int:
        return sum(library.times_spoken(one, topic) + denying[one] for one in asserters)

    counted = {code: times(some) for code, some in countries.items()}
    counted |= {key: times((key,)) for key in people if key not in counted}
    spoken = [key for key, count in counted.items() if count]
    return sorted(spoken, key=lambda key: -counted[key])


def months(library: Library, topic: str, *, asserted: bool = False) -> list[tuple[str, int]]:
    """Return the months that claims on a topic speak of, or were made in, the newest first.

    Each is written as EDTF, with how many claims there are; a year stands for what is known no
    better.
    """
    found: Counter[str] = Counter()
    for entry in library.table(topic):
        if in_force(entry, None):
            first, last = (entry.said, entry.known) if asserted else (entry.first, entry.last)
            same = (first.year, first.month) == (last.year, last.month)
            found[f"{last:%Y-%m}" if same else f"{last:%Y}"] += 1
    return sorted(found.items(), reverse=True)
