"""Refusals that are worded where they are found, in the reader's language.

The layers below the chat know no reader: what they refuse, they refuse in English. Here stand the
texts of those that a person meets, with names for what is filled in; a text that was said is
recognised by one of them, and said again in the language that is spoken.
"""

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

from commands.text import spoken, told
from knowledge.language import DEFAULT

REFUSALS = (
    "revision",
    (
        "{record} belongs to the shared base, which every server sees: it cannot be changed "
        "from here. Instead, {instead}."
    ),
    "a claim of your own may dispute it, or say what holds now",
    "add one of your own",
    "Nothing is added in direct messages: do it in the server it is for.",
    "Only curators may change what is on file here.",
    "This proposal is your own: another curator has to approve it.",
    "This belongs to another server.",
    "Only contributors and curators may propose a claim here.",
    "Only curators may add to what is on file here.",
    "send the article, or say in which paragraph it stands, counted from 1",
    "“{phrase}” stands in {listed}: choose one",
    "the article has {count} of them",
    "“{phrase}” does not stand in the article as it was typed: choose where",
    "without a figure it is not found by itself: choose where it stands",
    "“{phrase}” does not stand there as it was typed",
    "the article that you sent is on file as {id}",
    "say why: the reason stands in the history",
    "an edit leaves the status alone: retract, restore or approve the claim",
    (
        "This topic belongs to the shared base, which every server sees: it cannot be retired "
        "from here. Whoever runs the bot chooses the records that every server has."
    ),
    "the claim is retracted already",
    "the claim is not retracted",
    "the topic is retired already",
    "the example is removed already",
    "nothing differs from what is on file",
    "/{command} is the command of the topic {id}",
    "“{name}” is no country that is known here",
    "this address is already that of the source {id}",
    "“{phrase}” names a unit of its own",
    "The low end stands above the high end. Did you mean “{swapped}”?",
    "There is no date. Write it like 2024-02-23, Feb 2024 or 2024.",
    "“{phrase}” is a share, and the topic counts {unit}.",
    "Write the figure in at most {count} words.",
    "The unit does not fit the topic: {problem}.",
    "“{line}” is written like this: group: sappers",
    "it speaks of {period}, after it was said: is it no forecast?",
    "it retells {id} with the same figure: cite it there instead",
    "the same speaker with the same figure is on file: {id}",
    "{source} appeared on {printed}, before it was said",
    "This claim is no proposal that waits.",
    "There is no {kind} “{record}” here.",
    "“{name}” may be several: {offered}. Choose one from the list.",
    "There is no figure. Write {examples}.",
    "“{shown}” is too long for a figure. Write {examples}.",
    "“{shown}” holds no figure that can be read. Write {examples}.",
    "“{shown}”: the interval does not hold its value.",
    "“{shown}” holds more than one figure. Write one, such as {examples}.",
    "“{shown}” has words that change the figure. Write {examples}.",
    "there is no {kind} {record}",
    "{written} lies in the future (today is {today})",
    "/{command} is already the command of the topic {id}",
    "this question is an example already: {id}, of the topic {topic}",
    "the topic {id} is qualitative, its claims have no figure",
    "a forecast of {day} cannot be made on {said}, after it",
    "{number} is no year: write it as 2033",
    "the topic {id} has no dimension {dimension} (it has {known})",
    "{source} appeared on {printed}, before this was said ({said})",
    "{number} is no share: a share is a number from 0 to 1",
    "a retelling has the origin of what it retells: {origin}",
    "shows nothing, and Discord shows it beside the command",
    "has no word in it",
    "is empty: there is nothing in it that can be seen",
    "There is no such change of the settings here; nothing was taken back.",
    "What this server has on file is being read. Please try again in a few seconds.",
    "Nothing was saved: the database {reason}.",
    (
        "The database was lost just as this was saved: look whether it is there before you do "
        "it again."
    ),
)


def in_words(said: str) -> str:
    """Return a refusal in the language that is spoken, in English where it is none of these."""
    if spoken() == DEFAULT:
        return said
    for pattern, text in _patterns():
        if found := pattern.fullmatch(said):
            filled = {name: told(value) for name, value in found.groupdict().items()}
            return told(text).format(**filled)
    return said


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what recognises each text, those with the most words of their own first."""
    longest = sorted(REFUSALS, key=lambda text: -sum(map(len, re.split(r"\{\w+\}", text))))
    return tuple((re.compile("".join(_pieces(text)), re.DOTALL), text) for text in longest)


def _pieces(text: str) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(text):
        yield re.escape(literal)
        if name:
            yield f"(?P<{name}>.+?)"
