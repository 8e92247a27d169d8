"""Words a proposed claim in the project's own short words, never in a sentence of the article."""

import re
from collections.abc import Iterable, Sequence

from knowledge import wording
from knowledge.drafts.amounts import Amount
from knowledge.language.words import words_of
from knowledge.model import MAX_PHRASE_WORDS, Edtf, Kind, Relation, Topic
from knowledge.reading import country_name

_SAYS = {
    "reported": "according to {name}",
    "forecast": "a forecast, according to {name}",
    "possible": "a possibility, according to {name}",
    "suspected": "a suspicion, according to {name}",
}
_LONGEST = 300


def statement(  # noqa: PLR0913 - the parts of a claim
    amount: Amount,
    topic: Topic | None,
    subject: str,
    name: str,
    modality: str,
    period: Edtf | None,
    assumption: str | None,
    countries: Sequence[str],
    article: Iterable[str],
) -> str:
    """Build a statement out of the parts of a claim."""
    figure = worded(amount, topic)
    counted = " ".join(amount.thing)
    where = " and ".join(country_name(code) for code in countries[:2])
    head = topic.title if topic else subject or counted or where
    tail = [_SAYS[modality].format(name=_the(name))]
    if period is not None:
        tail.insert(0, _time(period))
    if assumption:
        tail.append(f"if {assumption}")
    thing = f" {counted}" if counted and not (topic or counted in head) else ""
    text = f"{_capital(head)}: {figure}{thing}, {', '.join(tail)}."
    if longest_run(text, article) > MAX_PHRASE_WORDS:
        text = f"{_capital(topic.title if topic else counted or where)}, {tail[-1]}: {figure}."
    return text[:_LONGEST]


def worded(amount: Amount, topic: Topic | None) -> str:
    """Write a figure as people do; a vague one as it was printed."""
    if amount.relation is None:
        return f"“{amount.as_worded}”"
    low, high, relation = amount.low, amount.high, amount.relation
    if amount.value is not None:
        low = high = amount.value
    share = amount.kind is Kind.SHARE
    calendar = amount.kind is Kind.DECADE
    text = wording.interval(low, high, relation, share=share, calendar=calendar)
    if amount.kind is Kind.MEASURE and amount.unit and not topic:
        return (
            f"{amount.unit}{text}"
            if len(amount.unit) == 1 and relation is Relation.EXACT
            else f"{text} {amount.unit}"
        )
    return text


def _time(period: Edtf) -> str:
    start, _, end = period.text.partition("/")
    if not end:
        return wording.human(period)
    return f"since {wording.human(Edtf.parse(start))}" if end == ".." else wording.human(period)


def _the(name: str) -> str:
    return name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def longest_run(text: str, article: Iterable[str]) -> int:
    """Return how many words in a row a text has in common with an article."""
    own = [word.text for word in words_of(text)]
    printed = [f" {' '.join(word.text for word in words_of(line))} " for line in article]
    best = 0
    for start in range(len(own)):
        while start + best < len(own) and any(
            f" {' '.join(own[start : start + best + 1])} " in line for line in printed
        ):
            best += 1
    return best


def subject_of(text: str) -> str:
    """Return what a clause is about: its words before the verb, without what leads to them."""
    clause = re.split(r"[,;:\"()—–]|\bthat\b", text)[-1].strip()
    found = re.match(
        r"(?:the |a |an |its |their |some )?((?:[\w'’-]+ ){0,4}?[\w'’-]+?) (?:has|have|had|is|are|was|"
        r"were|will|would|could|may|might|can|rose|fell|grew|stood|reached|used|cost|costs|needs?|"
        r"exceeded|totalled|climbed|dropped|increased|declined|stands|accounts?|accounted|covers?)\b",
        clause,
        re.IGNORECASE,
    )
    words = found[1].split() if found else []
    return (
        " ".join(words[:5])
        if words
        and words[0].casefold()
        not in {"it", "they", "he", "she", "this", "there", "which", "and", "who"}
        else ""
    )
