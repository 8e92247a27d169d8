"""How well a base that the matcher was not made for is served: one folder, one subject."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from itertools import chain, zip_longest
from pathlib import Path

from pydantic import BaseModel

from knowledge.contract import Answer
from knowledge.evaluation.checks import CheckText, Message, Pairs, evaluate_checks, read_messages
from knowledge.evaluation.questions import (
    Ask,
    BadExamples,
    Question,
    Rate,
    evaluate_questions,
    rate_of,
    read_questions,
)
from knowledge.interchange import OWN_FILE, read
from knowledge.model import LONGEST_EXAMPLE, Asserter, Claim, Example, Source, Status, Topic
from knowledge.records import Records, mark_superseded
from knowledge.words import is_foreign, words_of

BASE, QUESTIONS, MESSAGES = "base.yaml", "questions.jsonl", "checks.jsonl"
FRAMES = (
    "{}",
    "so whats the {} nowadays guys",
    "hey, do we have anything on {}?",
    "{} please, latest numbers",
)
"""A topic's name as it is, and in three frames of ordinary words."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A base, questions to it, and messages about its topics."""

    name: str
    records: Records
    questions: Sequence[Question]
    messages: Sequence[Message]


class SubjectReport(BaseModel):
    """How one subject is served.

    `right` topics answered; `offered` those answered or among the offers, and `foreign` the same
    of questions in another language than English; `wrong` answers of all questions: by another
    topic, or where nothing is on file. `silence` is the F1 of silence, in which an offer counts
    as silent. `names` are titles and aliases, `framed` the same within ordinary words, and
    `own_text` the claims that stand, asked for by their own words.
    """

    subject: str
    questions: int
    right: Rate
    offered: Rate
    wrong: Rate
    silence: float | None
    foreign: Rate
    names: Rate
    framed: Rate
    own_text: Rate
    verdicts: Pairs | None


class Served(BaseModel):
    """How questions are served; as in `SubjectReport`."""

    right: Rate
    offered: Rate
    wrong: Rate
    silence: float | None


class TaughtReport(BaseModel):
    """What examples bring to the questions of a base that are none: before, and with them.

    `verbatim` are the examples that are answered with their topic.
    """

    subject: str
    examples: int
    rest: int
    before: Served
    after: Served
    verbatim: Rate


def read_subject(folder: Path) -> Subject:
    """Read `base.yaml`, `questions.jsonl`, and `checks.jsonl` where there is one.

    Raises:
        BadExamples: a file is missing, or something in it is wrong.
    """
    messages = folder / MESSAGES
    return Subject(
        name=folder.resolve().name,
        records=read_base(folder / BASE),
        questions=read_questions(folder / QUESTIONS),
        messages=read_messages(messages) if messages.exists() else (),
    )


def read_base(path: Path) -> Records:
    """Read a base from one file of records.

    Raises:
        BadExamples: it cannot be read, or a record in it is wrong.
    """
    try:
        draft = read(path.read_bytes(), path.name, limits=OWN_FILE)
    except OSError as error:
        raise BadExamples(f"{path}: {error.strerror or error}") from error
    if draft.wrong or not draft.entries:
        raise BadExamples(f"{path}: {', '.join(sorted(draft.wrong)) or 'no record'}")
    records = Records({}, {}, {}, {})
    for entry in draft.entries:
        match entry.record:
            case Topic() as topic:
                records.topics[topic.id] = topic
            case Asserter() as asserter:
                records.asserters[asserter.id] = asserter
            case Source() as source:
                records.sources[source.id] = source
            case Claim() as claim:
                records.claims[claim.id] = claim
            case Example() as example:
                records.examples[example.id] = example
    mark_superseded(records)
    return records


def evaluate_subject(subject: Subject, ask: Ask, check: CheckText) -> SubjectReport:
    """Put everything to a base and count what comes back right."""
    answered = [(question, ask(question.q)) for question in subject.questions]
    asked = [(question, answer) for question, answer in answered if question.topic]
    foreign = [pair for pair in asked if is_foreign(words_of(pair[0].q))]
    given = iter([answer for _, answer in answered])
    silence = evaluate_questions(subject.questions, lambda _: next(given)).no_match
    names, framed = _by_name(subject.records.topics.values(), ask)
    messages = evaluate_checks(subject.messages, check) if subject.messages else None
    return SubjectReport(
        subject=subject.name,
        questions=len(answered),
        right=rate_of(_is_right(*pair) for pair in asked),
        offered=rate_of(_is_offered(*pair) for pair in asked),
        wrong=rate_of(_is_wrong(*pair) for pair in answered),
        silence=silence.f1,
        foreign=rate_of(_is_offered(*pair) for pair in foreign),
        names=names,
        framed=framed,
        own_text=rate_of(
            _says_itself(claim, ask)
            for claim in subject.records.claims.values()
            if claim.status is Status.ACTIVE
        ),
        verdicts=messages.pairs if messages else None,
    )


def evaluate_taught(
    subject: Subject, ask: Ask, teach: Callable[[Sequence[Example]], None], count: int
) -> TaughtReport:
    """Keep so many of a base's questions as examples, and put the rest to it before and after."""
    kept = spread_over_topics(subject.questions, count)
    rest = [question for question in subject.questions if question not in kept]
    before = [(question, ask(question.q)) for question in rest]
    teach(examples_of(kept))
    return TaughtReport(
        subject=subject.name,
        examples=len(kept),
        rest=len(rest),
        before=_served(before),
        after=_served([(question, ask(question.q)) for question in rest]),
        verbatim=rate_of(_is_right(one, ask(one.q)) for one in kept),
    )


def examples_of(questions: Iterable[Question]) -> list[Example]:
    """Make examples of questions that have a topic."""
    return [
        Example(id=f"example-{number}", topic=one.topic[0], question=one.q)
        for number, one in enumerate(questions)
    ]


def spread_over_topics(questions: Iterable[Question], count: int) -> list[Question]:
    """Take questions of every topic in turn, in an order that has nothing to do with them."""
    of_topic: dict[str, list[Question]] = defaultdict(list)
    for one in sorted(questions, key=lambda one: blake2s(one.q.encode()).digest()):
        if one.topic and len(one.q) <= LONGEST_EXAMPLE:
            of_topic[one.topic[0]].append(one)
    turns = chain.from_iterable(zip_longest(*of_topic.values()))
    return [one for one in turns if one is not None][:count]


def _served(answered: Sequence[tuple[Question, Answer | None]]) -> Served:
    asked = [pair for pair in answered if pair[0].topic]
    given = iter([answer for _, answer in answered])
    questions = [question for question, _ in answered]
    return Served(
        right=rate_of(_is_right(*pair) for pair in asked),
        offered=rate_of(_is_offered(*pair) for pair in asked),
        wrong=rate_of(_is_wrong(*pair) for pair in answered),
        silence=evaluate_questions(questions, lambda _: next(given)).no_match.f1,
    )


def _by_name(topics: Iterable[Topic], ask: Ask) -> tuple[Rate, Rate]:
    """Ask for every topic by each of its names, bare and in the frames.

    A name that several topics have is right with any of them.
    """
    owners: dict[str, set[str]] = {}
    for topic in topics:
        for name in (topic.title, *topic.aliases):
            owners.setdefault(name.casefold(), set()).add(topic.id)
    bare, *framed = (list(_asked(owners, frame, ask)) for frame in FRAMES)
    return rate_of(bare), rate_of(one for some in framed for one in some)


def _asked(owners: dict[str, set[str]], frame: str, ask: Ask) -> Iterator[bool]:
    for name, topics in owners.items():
        answer = ask(frame.format(name))
        yield _answered(answer) in topics


def _says_itself(claim: Claim, ask: Callable[[str], Answer | None]) -> bool:
    answer = ask(claim.statement)
    first = answer.claims[0] if answer and answer.claims else None
    return first is not None and (first.id == claim.id or first.statement == claim.statement)


def _answered(answer: Answer | None) -> str | None:
    return answer.topic if answer and answer.kind != "no_match" else None


def _is_right(question: Question, answer: Answer | None) -> bool:
    return _answered(answer) in question.topic


def _is_offered(question: Question, answer: Answer | None) -> bool:
    offers = answer.suggestions[:3] if answer and answer.kind == "no_match" else ()
    return _is_right(question, answer) or bool(set(offers) & set(question.topic))


def _is_wrong(question: Question, answer: Answer | None) -> bool:
    found = _answered(answer)
    return found is not None and found not in question.topic
