"""The table of contents in words: every topic with its command, its counts and its dates."""

from datetime import date

from commands.cards.parts import Card, Page, note, pages_in_order
from commands.text import claims, clip, plain, publications, say, short, statements
from knowledge.contract import Contents, TopicLine
from knowledge.model import Edtf, Measure

_TOPICS_ON_A_PAGE = 8
"""A screen of a phone (measured)."""


def topics_page(contents: Contents, number: int = 0) -> Page:
    """Return a page of the table of contents, those first on which most is on file."""
    if not contents.topics:
        return Page(note(say("The database holds no topics yet.")))
    lines = by_size(contents)
    blocks = [_block(line) for line in lines]
    dealt = pages_in_order(blocks, _TOPICS_ON_A_PAGE)
    number = min(number, len(dealt) - 1)
    text = _listed([(lines[index], blocks[index]) for index in dealt[number]])
    card = Card(say("Topics on file"), text, footer=_footer(contents, number, len(dealt)))
    return Page(card, number, len(dealt), tuple(lines[index].id for index in dealt[number]))


def by_size(contents: Contents) -> list[TopicLine]:
    """Return topics with figures before statements, and of each those with most claims first."""

    def place(line: TopicLine) -> tuple[bool, int, str]:
        return line.measure is Measure.QUALITATIVE, -line.claims, line.title

    return sorted(contents.topics, key=place)


def _listed(shown: list[tuple[TopicLine, str]]) -> str:
    text: list[str] = []
    for line, block in shown:
        statements = line.measure is Measure.QUALITATIVE
        heading = f"**{say('Statements') if statements else say('With figures')}**"
        if heading not in text:
            text.append(heading)
        text.append(block)
    return "\n".join(text)


def _block(line: TopicLine) -> str:
    command = f"/{line.command}" if line.command else f"/figures {line.id}"
    return f"{plain(line.title, 130)} · `{command}`\n-# {_held(line)}"


def _held(line: TopicLine) -> str:
    if not line.claims or line.first is None or line.last is None:
        return say("nothing yet")
    first, last = _bounds(line.first, line.last)
    when = first if first == last else say("{first} to {last}", first=first, last=last)
    qualitative = line.measure is Measure.QUALITATIVE
    held = statements(line.claims) if qualitative else claims(line.claims)
    return f"{held} · {when}"


def _bounds(first: date, last: date) -> tuple[str, str]:
    """Write the first and the last day of what is on file as months, or as years they bound."""
    begins, ends = f"{first:%m-%d}" == "01-01", f"{last:%m-%d}" == "12-31"
    if first.year == last.year and not (begins and ends):
        begins = ends = False  # part of one year
    return _time(first, whole=begins), _time(last, whole=ends)


def _time(day: date, *, whole: bool) -> str:
    return short(Edtf.parse(f"{day:%Y}" if whole else f"{day:%Y-%m}"))


def _footer(contents: Contents, page: int, count: int) -> str:
    held = say(
        "{claims} from {publications}",
        claims=claims(contents.claims),
        publications=publications(contents.sources),
    )
    place = say("Page {page} of {count}", page=page + 1, count=count) if count > 1 else ""
    return clip(" · ".join(filter(None, (place, held))), 200)
