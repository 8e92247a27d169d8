"""Fit what decides on topics, and judge it by leaving one subject out.

Run `python -m bench.fit_confidence DIR … [--model MODEL] [--examples N] [--write]`. Each DIR
holds `base.yaml` and `questions.jsonl`; the records that ship are one more subject, with
`tests/data/questions.jsonl`.
Prints how each subject is served by weights that were fitted on the others alone, with the
thresholds that served the others best. With `--write`, fits on all and writes
`knowledge/matching/questions/judging/weights.json`; a fit by words alone is made beside the one by
meaning. With `--examples`, prints too what so many examples bring to the rest of each subject left
out: right, offered and wrong, before and after.
"""

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any, Literal

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from knowledge.base import curated, opened_apart
from knowledge.evaluation import (
    Subject,
    examples_of,
    read_questions,
    read_subject,
    spread_over_topics,
)
from knowledge.matching.questions import (
    MEANING_FEATURES,
    SUMMARY,
    WORD_FEATURES,
    Evidence,
    Judge,
    Linear,
    Tree,
    Weights,
    background,
    features_of,
    raised,
)
from knowledge.matching.retrieval import (
    DEFAULT_MODEL,
    Encoder,
    TextVectors,
    load_encoder,
    meanings_of,
)
from knowledge.model import Topic

Array = NDArray[np.float64]
Mode = Literal["words", "meaning"]

TODAY = date(2026, 1, 1)
WEIGHTS = Path("knowledge/matching/questions/judging/weights.json")
SHIPPED = Path("tests/data/questions.jsonl")
MOST_QUESTIONS = 240
"""Of a subject with more questions, every second or third is taken: fitting time."""
KINDS: Mapping[str, float] = {"asked": 1.0, "named": 0.15, "strange": 0.1}
"""Weight of a question, of a topic's own name, and of a question about something else altogether:
with these a base offers a fifth less to questions for others, and answers no fewer of its own."""
REMOVED, ALONE, OTHERS = 0.06, 0.1, 3.0
"""Weight, beside that of a question, of one whose right topic was taken away, so that nothing is;
of one put to a base of a single topic; and of all the wrong pairs of a question together."""
FRAMES = (
    "{}",
    "what about {}",
    "tell me the latest on {} pls",
    "whats the {} these days",
    "hi all, any figures on {}?",
)
"""A topic's name is to be answered as it is, and in ordinary words."""
COLUMNS: Mapping[str, Sequence[str]] = {
    "words": WORD_FEATURES,
    "meaning": (*WORD_FEATURES, *MEANING_FEATURES),
}
PAIR_PENALTY, WHOLE_PENALTY = 0.3, 0.05
ROUNDS: Mapping[str, Any] = {
    "n_estimators": 150,
    "learning_rate": 0.04,
    "num_leaves": 8,
    "min_child_samples": 25,
    "subsample": 0.7,
    "subsample_freq": 1,
    "colsample_bytree": 0.4,
    "reg_lambda": 5.0,
    "verbose": -1,
    "n_jobs": 1,
}
"""Small trees, many of them, each on a part of questions and features: with larger ones the
subjects left out are served worse."""
SEEDS = 3
MOST_WRONG = 0.06
"""Share of all questions that may be answered wrongly: for each that a lower threshold answers
wrongly, it answers about two more right, and fewer the lower it is."""
OFFER_KEEPS = 0.99
"""Share of the questions with a topic, otherwise unanswered, that still get an offer."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question to a base, whole or without the right topics."""

    rows: Array
    right: NDArray[np.bool_]
    weight: float
    counts: bool
    """Whether it is a question that was written, to the whole base: the others are not judged."""
    taught: tuple[Array, Array] | None = None
    """Its rows where the base keeps examples that it is not one of, and what they raise."""

    @property
    def answerable(self) -> bool:
        """Whether one of the topics is right."""
        return bool(self.right.any())


@dataclass(frozen=True, slots=True)
class Cases:
    """All cases of one subject, and the names of the columns."""

    subject: str
    cases: Sequence[Case]
    columns: Sequence[str]

    @property
    def share(self) -> float:
        """Weight of each case, so that every subject weighs the same."""
        return 60 / max(sum(case.counts for case in self.cases), 1)


@dataclass(frozen=True, slots=True)
class Held:
    """A question as it was held against its base, and the places of the right topics."""

    evidence: Evidence
    right: frozenset[int]
    kind: Literal["asked", "named", "strange"] = "asked"
    """One that was written for the base, a topic's own name in ordinary words, or one that was
    written for some other base."""
    taught: Evidence | None = None
    """The same held against the base with examples, unless it is one of them."""


@contextmanager
def asked(
    subject: Subject, encoder: Encoder | None, read: TextVectors | None = None, examples: int = 0
) -> Iterator[list[Held]]:
    """Hold the questions of a subject, and the names of its topics, against its base."""
    with opened_apart(subject.records) as base:
        if encoder:
            meanings = meanings_of(
                encoder, [one for _, one in base.workspaces.passages()], texts=read
            )
            base.workspaces.use_meaning(lambda _place: meanings)
        asker = base.workspace.asker
        places = asker.topics.sheets.places
        step = -(-len(subject.questions) // MOST_QUESTIONS)
        found = []
        for question in subject.questions[::step]:
            right = frozenset(places[topic] for topic in question.topic if topic in places)
            found.append(Held(asker.evidence(question.q, TODAY), right))
        for text, topic in _framed(subject.records.topics.values()):
            found.append(Held(asker.evidence(text, TODAY), frozenset({places[topic]}), "named"))
        own = {question.q for question in subject.questions}
        strange = (text for text in background()["asked"] if text not in own)
        found += [Held(asker.evidence(text, TODAY), frozenset(), "strange") for text in strange]
        if examples:
            kept = spread_over_topics(subject.questions, examples)
            asker.topics.learn(examples_of(kept))
            for at, question in enumerate(subject.questions[::step]):
                if question not in kept:
                    found[at] = replace(found[at], taught=asker.evidence(question.q, TODAY))
        yield found


def _framed(topics: Iterable[Topic]) -> Iterator[tuple[str, str]]:
    """Yield names of topics within ordinary words: the title, and the first two aliases."""
    frames = cycle(FRAMES)
    for topic in topics:
        for name in (topic.title, *topic.aliases[:2]):
            yield next(frames).format(name), topic.id


def cases_of(
    subject: Subject, encoder: Encoder | None, read: TextVectors, examples: int = 0
) -> dict[Mode, Cases]:
    """Compute the features of every question, with and without the encoder."""
    with asked(subject, encoder, read, examples) as found:
        modes: dict[Mode, Cases] = {}
        for mode in _modes(encoder):
            cases = [case for held in found for case in _cases(held, mode)]
            modes[mode] = Cases(subject.name, cases, COLUMNS[mode])
    return modes


def _modes(encoder: Encoder | None) -> tuple[Mode, ...]:
    return ("words", "meaning") if encoder else ("words",)


def _cases(held: Held, mode: Mode) -> Iterator[Case]:
    """Yield the question as it is, without the topics that have an answer, and to one alone."""
    evidence, right, taught = held.evidence, held.right, held.taught
    if mode == "words":
        evidence = replace(evidence, meaning=None)
        taught = None  # What examples say was held against their meaning too.
    weight = KINDS[held.kind]
    for removed in (False, True) if right else (False,):
        keep = [at for at in range(evidence.topics) if not (removed and at in right)]
        marks = np.array([at in right for at in keep])
        share = weight * (REMOVED if removed else 1.0)
        whole = held.kind == "asked" and not removed
        more = (features_of(taught, keep), taught.taught) if taught and whole else None
        yield Case(features_of(evidence, keep), marks, share, counts=whole, taught=more)
    # The right topic alone; where none is, any, by chance, but always the same.
    alone = min(right) if right else zlib.crc32(evidence.telling.tobytes()) % evidence.topics
    marks = np.array([alone in right])
    yield Case(features_of(evidence, [alone]), marks, weight * ALONE, counts=False)


def fit(subjects: Sequence[Cases]) -> Weights:
    """Fit which topic is meant, then whether it is; thresholds are left open."""
    pair = _pair(subjects)
    weights = Weights(
        features=list(subjects[0].columns),
        pair=pair,
        whole=Linear(mean=[], scale=[], weights=[], intercept=0.0),
        trees=[],
        base=0.0,
        answer=0.5,
        offer=0.0,
    )
    rows, meant, shares = _wholes(subjects, Judge({**weights, "whole": pair}))
    weights["whole"] = _linear(rows, meant, shares, WHOLE_PENALTY)
    weights["trees"] = _trees(rows, meant, shares)
    return weights


def _pair(subjects: Sequence[Cases]) -> Linear:
    rows, labels, shares = [], [], []
    for one in subjects:
        for case in one.cases:
            wrong = OTHERS / max(len(case.right), 1)
            rows.append(case.rows)
            labels.append(case.right.astype(float))
            shares.append(np.where(case.right, 1.0, wrong) * case.weight * one.share)
    labelled = np.concatenate(labels)
    return _linear(np.concatenate(rows), labelled, np.concatenate(shares), PAIR_PENALTY)


def _wholes(subjects: Sequence[Cases], judge: Judge) -> tuple[Array, Array, Array]:
    rows, meant, shares = [], [], []
    for one in subjects:
        for case in one.cases:
            likely = judge.likelihoods(case.rows)
            rows.append(judge.summary(case.rows, likely))
            meant.append(float(case.right[int(likely.argmax())]))
            shares.append(one.share * case.weight)
    return np.array(rows), np.array(meant), np.array(shares)


def _linear(rows: Array, labels: Array, shares: Array, penalty: float) -> Linear:
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=penalty, max_iter=500)
    model.fit(scaler.transform(rows), labels, sample_weight=shares)
    return Linear(
        mean=_rounded(scaler.mean_),
        scale=_rounded(scaler.scale_),
        weights=_rounded(model.coef_[0]),
        intercept=float(model.intercept_[0]),
    )


def _rounded(numbers: Array) -> list[float]:
    return [float(f"{number:.6g}") for number in numbers]


def _trees(rows: Array, labels: Array, shares: Array) -> list[Tree]:
    trees: list[Tree] = []
    for seed in range(SEEDS):
        model = lightgbm.LGBMClassifier(**ROUNDS, random_state=seed)
        model.fit(rows, labels, sample_weight=shares)
        dumped = model.booster_.dump_model()
        trees += [_tree(one["tree_structure"]) for one in dumped["tree_info"]]
    return trees


def _tree(root: Mapping[str, object]) -> Tree:
    """Write a tree as lists; leaves are divided by the number of seeds, whose mean is taken."""
    tree = Tree(column=[], limit=[], low=[], high=[], value=[])

    def add(node: Mapping[str, object]) -> int:
        at = len(tree["column"])
        leaf = "leaf_value" in node
        tree["column"].append(-1 if leaf else int(str(node["split_feature"])))
        tree["limit"].append(0.0 if leaf else float(f"{float(str(node['threshold'])):.7g}"))
        value = float(str(node["leaf_value"])) / SEEDS if leaf else 0.0
        tree["value"].append(float(f"{value:.5g}"))
        tree["low"].append(0)
        tree["high"].append(0)
        if not leaf:
            low, high = node["left_child"], node["right_child"]
            assert isinstance(low, Mapping)  # noqa: S101  (as LightGBM writes it)
            assert isinstance(high, Mapping)  # noqa: S101
            tree["low"][at], tree["high"][at] = add(low), add(high)
        return at

    add(root)
    return tree


@dataclass(frozen=True, slots=True)
class Scored:
    """A question and how confident the judge is in its best topic."""

    confidence: float
    best: bool
    """Whether the best topic is right."""
    offered: bool
    """Whether one of the best three is."""
    answerable: bool


def scored(one: Cases, weights: Weights) -> list[Scored]:
    """Judge the questions of a subject; those with a topic taken away do not count."""
    judge = Judge(weights)
    return [_score(judge, case, case.rows) for case in one.cases if case.counts]


def _score(judge: Judge, case: Case, rows: Array, by: Array | None = None) -> Scored:
    likely = judge.likelihoods(rows)
    order = np.argsort(-likely, kind="stable")
    confidence = judge.confidence(rows, likely)
    return Scored(
        confidence if by is None else raised(confidence, by[order[0]]),
        bool(case.right[order[0]]),
        bool(case.right[order[:3]].any()),
        case.answerable,
    )


def with_examples(one: Cases, weights: Weights) -> tuple[list[Scored], list[Scored]]:
    """Judge the questions of a subject that are no examples, before and after there are some."""
    judge = Judge(weights)
    rest = [(case, case.taught) for case in one.cases if case.taught]
    before = [_score(judge, case, case.rows) for case, _ in rest]
    return before, [_score(judge, case, rows, by) for case, (rows, by) in rest]


@dataclass(frozen=True, slots=True)
class Served:
    """How a subject is served: shares of the questions, and the F1 of silence."""

    first: float
    right: float
    offered: float
    wrong: float
    silence: float


def served(found: Sequence[Scored], answer: float, offer: float) -> Served:
    """Count outcomes under two thresholds."""
    asked_for = [one for one in found if one.answerable]
    answered = [one for one in found if one.confidence >= answer]
    silent = [one for one in found if one.confidence < answer]
    offers = [one for one in silent if one.confidence >= offer and one.offered]
    nothing = [one for one in found if not one.answerable]
    right = sum(one.best for one in answered)
    count = max(len(asked_for), 1)
    quiet = sum(not one.answerable for one in silent)
    return Served(
        first=sum(one.best for one in asked_for) / count,
        right=right / count,
        offered=(right + len(offers)) / count,
        wrong=(len(answered) - right) / len(found),
        silence=2 * quiet / max(len(silent) + len(nothing), 1),
    )


def thresholds(subjects: Sequence[Sequence[Scored]]) -> tuple[float, float]:
    """Return the lowest confidence that is seldom wrong for an answer, and that for an offer."""
    every = np.array([one.confidence for found in subjects for one in found])
    steps = np.unique(np.quantile(every, np.linspace(0.05, 0.95, 91)))
    wrong = [np.mean([served(found, step, 0.0).wrong for found in subjects]) for step in steps]
    answer = float(
        next((step for step, share in zip(steps, wrong, strict=True) if share <= MOST_WRONG), 1.0)
    )
    low = [
        one.confidence
        for found in subjects
        for one in found
        if one.answerable and one.offered and one.confidence < answer
    ]
    offer = float(np.quantile(low, 1 - OFFER_KEEPS)) if low else 0.0
    return answer, offer


def left_out(subjects: Sequence[Cases]) -> dict[str, Weights]:
    """Fit for each subject on the others."""
    return {one.subject: fit([other for other in subjects if other is not one]) for one in subjects}


def report(found: Mapping[str, Sequence[Scored]]) -> None:
    """Print how each subject is served, under the thresholds that are best for the others."""
    print(f"{'left out':22}first  right  offered  wrong  silence F1")
    rows = []
    for name, some in found.items():
        limits = thresholds([others for other, others in found.items() if other != name])
        rows.append(served(some, *limits))
        _print(name, rows[-1])
    columns = zip(*map(_row, rows), strict=True)
    _print("mean", Served(*(float(np.mean(column)) for column in columns)))


def report_examples(
    subjects: Sequence[Cases], fits: Mapping[str, Weights], found: Mapping[str, Sequence[Scored]]
) -> None:
    """Print what examples bring to the other questions of subjects left out."""
    print(f"{'with examples':22}right        offered      wrong")
    rows = []
    for one in subjects:
        limits = thresholds([others for other, others in found.items() if other != one.subject])
        before, after = (served(some, *limits) for some in with_examples(one, fits[one.subject]))
        kinds = ("right", "offered", "wrong")
        rows.append([getattr(each, kind) for kind in kinds for each in (before, after)])
        _print_pairs(one.subject, rows[-1])
    _print_pairs("mean", np.mean(rows, axis=0).tolist())


def _print_pairs(name: str, row: Sequence[float]) -> None:
    pairs = zip(row[::2], row[1::2], strict=True)
    print(f"{name:22}" + "  ".join(f"{before:4.2f} → {after:4.2f}" for before, after in pairs))


def _row(one: Served) -> tuple[float, ...]:
    return one.first, one.right, one.offered, one.wrong, one.silence


def _print(name: str, one: Served) -> None:
    print(f"{name:22}" + "  ".join(f"{share:5.2f}" for share in _row(one)))


def subjects_of(folders: Sequence[Path], more: Sequence[Path]) -> Iterator[Subject]:
    """Read the subjects; the records that ship with the questions to them come first."""
    questions = [question for path in (SHIPPED, *more) for question in read_questions(path)]
    yield Subject("shipped", curated(), questions, ())
    for folder in folders:
        yield read_subject(folder)


def main() -> None:
    """Fit, judge, and write what was fitted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--questions", nargs="*", type=Path, default=[], help="more to what ships")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--examples", type=int, default=0, metavar="N")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    encoder = load_encoder(given.model)
    read = TextVectors()
    by_mode: dict[Mode, list[Cases]] = {"words": [], "meaning": []}
    for subject in subjects_of(given.folders, given.questions):
        for mode, cases in cases_of(subject, encoder, read, given.examples).items():
            by_mode[mode].append(cases)
        print(f"read {subject.name}", flush=True)
    written = {}
    for mode, subjects in by_mode.items():
        print(f"\nby {mode}, {len(SUMMARY) + len(subjects[0].columns)} features")
        fits = left_out(subjects)
        found = {one.subject: scored(one, fits[one.subject]) for one in subjects}
        report(found)
        if given.examples and mode == "meaning":
            report_examples(subjects, fits, found)
        weights = fit(subjects)
        weights["answer"], weights["offer"] = thresholds(list(found.values()))
        written[mode] = weights
    if given.write:
        WEIGHTS.write_text(json.dumps(written, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
