"""Subjects in bases of other shapes: all in one, one topic, thousands, and claims on their own.

Run `python -m bench.bases SUBJECT … [--claims DIR] [--model MODEL]`; each SUBJECT is a folder with
`base.yaml` and `questions.jsonl`, DIR holds a `claims.tsv` as CheckThat! 2020 has it. Printed, as
shares:

- how each subject is served alone and with all others in one base, where `wrong` is of all its
  questions;
- what of the questions of other subjects a base answers or offers, which is to be nothing;
- what of the questions to a topic is answered where it is the only one, and what of the others;
- with DIR, how the first subject is served among topics that fill its base up to 2,000, named
  after claims, and how many of 654 claims are found by their own text.

`MODEL` is what CLAIMBOT_MODEL takes; with `off` words alone are matched.
"""

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import islice
from pathlib import Path

import numpy as np

from knowledge.base import opened_apart
from knowledge.contract import Answer
from knowledge.evaluation import Subject, load_collection, read_subject
from knowledge.evaluation.questions import Question
from knowledge.matching.retrieval import (
    DEFAULT_MODEL,
    OFF,
    Encoder,
    TextVectors,
    load_encoder,
    meanings_of,
)
from knowledge.model import Asserter, Citation, Claim, Edtf, Measure, Source, Topic
from knowledge.records import Records
from knowledge.workspaces import Workspace

TODAY = date(2026, 1, 1)
TOPICS, CLAIMS = 2000, 654
STRANGERS = 5
"""Every fifth question of the other subjects is put to a base."""
SEAL = "sha256:" + "0" * 64


@dataclass(frozen=True, slots=True)
class Bench:
    """What asks: the encoder, if any, with what it has read."""

    encoder: Encoder | None
    read: TextVectors

    @contextmanager
    def opened(self, records: Records) -> Iterator[Workspace]:
        """Open a base of these records alone."""
        with opened_apart(records) as base:
            if self.encoder:
                passages = [one for _, one in base.workspaces.passages()]
                meanings = meanings_of(self.encoder, passages, texts=self.read)
                base.workspaces.use_meaning(lambda _place: meanings)
            yield base.workspace


@dataclass(frozen=True, slots=True)
class Served:
    """How questions were served."""

    right: float
    offered: float
    wrong: float

    def __str__(self) -> str:
        return f"{self.right:5.2f} {self.offered:8.2f} {self.wrong:6.2f}"


def served(workspace: Workspace, questions: Sequence[Question]) -> Served:
    """Ask, and count what is right."""
    found = [(one, workspace.ask(one.q, TODAY)) for one in questions]
    asked = [pair for pair in found if pair[0].topic]
    answered = [(one, answer.topic) for one, answer in found if answer.kind != "no_match"]
    right = sum(topic in one.topic for one, topic in answered)
    near = sum(bool(set(offers(answer)) & set(one.topic)) for one, answer in asked)
    count = max(len(asked), 1)
    return Served(right / count, (right + near) / count, (len(answered) - right) / len(found))


def offers(answer: Answer) -> Sequence[str]:
    """Return the topics offered where nothing is answered."""
    return answer.suggestions[:3] if answer.kind == "no_match" else ()


def apart(subject: Subject) -> Subject:
    """Put the subject's name before every id, so that it can share a base with others."""

    def named(key: str) -> str:
        return f"{subject.name}-{key}"[:60]

    def cited(claim: Claim) -> tuple[Citation, ...]:
        return tuple(
            one.model_copy(update={"source": named(one.source)}) for one in claim.citations
        )

    records = subject.records
    claims = [
        claim.model_copy(
            update={
                "id": named(claim.id),
                "topic": named(claim.topic),
                "asserter": named(claim.asserter),
                "origin": named(claim.origin),
                "citations": cited(claim),
                "relations": (),
            }
        )
        for claim in records.claims.values()
    ]
    topics = [
        topic.model_copy(update={"id": named(topic.id), "command": None})
        for topic in records.topics.values()
    ]
    asserters = [one.model_copy(update={"id": named(one.id)}) for one in records.asserters.values()]
    sources = [one.model_copy(update={"id": named(one.id)}) for one in records.sources.values()]
    questions = [
        one.model_copy(update={"topic": [named(key) for key in one.topic]})
        for one in subject.questions
    ]
    return replace(
        subject,
        records=Records(
            {one.id: one for one in topics},
            {one.id: one for one in asserters},
            {one.id: one for one in sources},
            {one.id: one for one in claims},
        ),
        questions=questions,
    )


def merged(one: Records, other: Records) -> Records:
    """Put two bases into one."""
    return Records(
        one.topics | other.topics,
        one.asserters | other.asserters,
        one.sources | other.sources,
        one.claims | other.claims,
    )


def together(bench: Bench, subjects: Sequence[Subject]) -> None:
    """Print how each subject is served alone and among all, and what it makes of strangers."""
    print(f"{'':22}alone: right  offered  wrong   all in one: right  offered  wrong   strangers")
    with bench.opened(reduce(merged, (one.records for one in subjects))) as everything:
        for subject in subjects:
            others = [q for one in subjects if one is not subject for q in one.questions]
            with bench.opened(subject.records) as workspace:
                alone = served(workspace, subject.questions)
                heard = [workspace.ask(one.q, TODAY) for one in others[::STRANGERS]]
            answered = np.mean([one.kind != "no_match" for one in heard])
            offered = np.mean([bool(offers(one)) for one in heard])
            among = served(everything, subject.questions)
            print(f"{subject.name:22}       {alone}              {among}   "
                  f"{answered:.3f} answered, {offered:.3f} offered", flush=True)  # fmt: skip


def single(bench: Bench, subjects: Iterable[Subject]) -> None:
    """Print what a base of one topic, the one with most questions, makes of questions."""
    right, wrong, offered = [], [], []
    for subject in subjects:
        asked = [key for one in subject.questions for key in one.topic]
        topic = subject.records.topics[max(set(asked), key=asked.count)]
        claims = {key: one for key, one in subject.records.claims.items() if one.topic == topic.id}
        records = replace(subject.records, topics={topic.id: topic}, claims=claims)
        with bench.opened(records) as workspace:
            for question in subject.questions:
                answer = workspace.ask(question.q, TODAY)
                answered = answer.kind != "no_match"
                if topic.id in question.topic:
                    right.append(answered)
                    offered.append(answered or bool(offers(answer)))
                else:
                    wrong.append(answered)
    print(f"one topic: of its questions {np.mean(right):.2f} answered, {np.mean(offered):.2f} "
          f"answered or offered; of the others {np.mean(wrong):.2f} answered")  # fmt: skip


def among_many(bench: Bench, subject: Subject, texts: Sequence[tuple[str, str]]) -> None:
    """Print how a subject is served among topics without claims, and the time of a question."""
    fill = [
        Topic(id=f"fill-{number}", title=title[:90], description=text[:90],
              measure=Measure.QUALITATIVE)
        for number, (text, title) in enumerate(texts[: TOPICS - len(subject.records.topics)])
    ]  # fmt: skip
    topics = subject.records.topics | {one.id: one for one in fill}
    with bench.opened(replace(subject.records, topics=topics)) as workspace:
        workspace.ask("a first question", TODAY)
        start = time.process_time()
        found = served(workspace, subject.questions)
        took = (time.process_time() - start) / len(subject.questions)
    print(f"{subject.name} among {len(topics)} topics: right {found.right:.2f}, offered "
          f"{found.offered:.2f}, wrong {found.wrong:.2f}, {1000 * took:.0f} ms each")  # fmt: skip


def imported(bench: Bench, texts: Sequence[tuple[str, str]]) -> None:
    """Print how many claims are found by their own text."""
    topic = Topic(id="checked", title="Claims that were checked", description="Claims and ratings",
                  measure=Measure.QUALITATIVE)  # fmt: skip
    reviewer = Asserter(id="reviewer", organisation="A reviewer", country="GB")
    source = Source(
        id="list", publisher="A publisher", title="A list", published_on=Edtf.parse("2020")
    )
    cited = (Citation(source=source.id, paragraph=1, fingerprint=SEAL),)
    claims = [
        Claim(id=f"claim-{number}", topic=topic.id, asserter=reviewer.id, statement=text,
              asserted_on=source.published_on, origin=f"claim-{number}", citations=cited)
        for number, (text, _) in enumerate(texts)
    ]  # fmt: skip
    records = Records(
        {topic.id: topic},
        {reviewer.id: reviewer},
        {source.id: source},
        {one.id: one for one in claims},
    )
    with bench.opened(records) as workspace:
        found = []
        for claim in claims:
            answer = workspace.ask(claim.statement, TODAY)
            found.append(bool(answer.claims) and answer.claims[0].statement == claim.statement)
    print(f"claims found by their own text: {np.mean(found):.3f} of {len(found)}")


def main() -> None:
    """Read what is given, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="SUBJECT")
    parser.add_argument("--claims", type=Path, metavar="DIR")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    given = parser.parse_args()
    encoder = None if given.model == OFF else load_encoder(given.model)
    bench = Bench(encoder, TextVectors())
    subjects = [apart(read_subject(folder)) for folder in given.folders]
    if given.claims:
        folder: Path = given.claims
        files = ("claims.tsv", "dev.queries.tsv", "dev.qrels")
        collection = load_collection(*(folder / name for name in files))
        step = len(collection.passages) // TOPICS
        every = collection.passages[::step]
        texts = [(one.text, one.title or one.text) for one in islice(every, TOPICS)]
        imported(bench, [pair for pair in texts if len(pair[0].split()) > 3][:CLAIMS])
        among_many(bench, subjects[0], texts)
    single(bench, subjects)
    together(bench, subjects)


if __name__ == "__main__":
    main()
