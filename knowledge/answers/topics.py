"""The table of contents: every topic with its counts and dates."""

from knowledge.contract import Contents, TopicLine
from knowledge.library import Library, in_force
from knowledge.model import Topic


def contents(library: Library) -> Contents:
    """Count what is active on each topic."""
    lines = tuple(_line(library, topic) for topic in library.topics.values())
    return Contents(
        topics=lines,
        claims=sum(line.claims for line in lines),
        sources=len(library.sources),
        revision=library.revision,
    )


def _line(library: Library, topic: Topic) -> TopicLine:
    entries = [entry for entry in library.table(topic.id) if in_force(entry, None)]
    return TopicLine(
        id=topic.id,
        title=topic.title,
        measure=topic.measure,
        unit=topic.unit,
        command=topic.command,
        claims=len(entries),
        origins=len({entry.origin for entry in entries}),
        first=min((entry.first for entry in entries), default=None),
        last=max((entry.last for entry in entries), default=None),
    )
