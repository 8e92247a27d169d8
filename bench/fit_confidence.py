"""Fit the weights and the threshold of the topic matcher on labelled questions.

Run `python -m bench.fit_confidence FILE.jsonl [FILE.jsonl …]`. Each pair of a question and a
topic is one case of a logistic regression (ridge penalty, each question weighing the same); the
threshold is the one with the best no-match F1 over held-out folds. Prints what goes into
`knowledge/matching/confidence.py` and what it reaches on the folds that it was not fitted on.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from knowledge.base import opened
from knowledge.matching.questions import FEATURES

FOLDS = 10
PENALTY = 0.002
SEED = 7
TOLERANCE = 0.01
PRIOR = {
    "elsewhere": -0.5,
    "unknown": -2.5,
    "unknown_name": -2.0,
    "foreign": -9.0,
    "stranger": -2.0,
    "turned": -4.0,
    "out_of_the_blue": -1.0,
}
"""Where the weights are drawn to: labelled questions are few, and silence is the safer error."""
TODAY = date(2026, 1, 1)
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the features of each topic it touches, and the right ones."""

    text: str
    topics: tuple[str, ...]
    rows: Array
    right: frozenset[str]


def read_cases(paths: Sequence[Path]) -> list[Case]:
    """Compute the features of every question in JSONL files."""
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines() if line]
    cases = []
    with TemporaryDirectory() as folder, opened(Path(folder) / "fit.db") as base:
        for line in lines:
            item = json.loads(line)
            fits = base.workspace.fits(item["q"], TODAY)
            rows = np.array([fit.features for fit in fits]).reshape(-1, len(FEATURES))
            topics = tuple(fit.topic for fit in fits)
            cases.append(Case(item["q"], topics, rows, frozenset(item.get("topic", ()))))
    return cases


def fit(cases: Sequence[Case]) -> Array:
    """Return the weights that minimise the logistic loss, by Newton's method."""
    rows = np.concatenate([case.rows for case in cases])
    labels = np.array([float(topic in case.right) for case in cases for topic in case.topics])
    shares = np.concatenate([np.full(len(c.topics), 1 / max(len(c.topics), 1)) for c in cases])
    shares = np.where(labels > 0, 1.0, shares * 2)
    prior = np.array([PRIOR.get(name, 0.0) for name in FEATURES])
    weights = prior.copy()
    ridge = PENALTY * len(cases) * np.eye(rows.shape[1])
    ridge[0, 0] = 1e-6
    for _ in range(50):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (shares * (chances - labels)) + ridge @ (weights - prior)
        bend = (rows * (shares * chances * (1 - chances))[:, None]).T @ rows + ridge
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def best(case: Case, weights: Array) -> tuple[str | None, float]:
    """Return the likeliest topic of a question and its probability."""
    if not case.topics:
        return None, 0.0
    chances = 1 / (1 + np.exp(-case.rows @ weights))
    return case.topics[int(chances.argmax())], float(chances.max())


def score(found: Sequence[tuple[Case, str | None, float]], threshold: float) -> dict[str, float]:
    """Return topic accuracy, and precision, recall and F1 of saying nothing."""
    silent = [(case, chance < threshold) for case, _, chance in found]
    said = sum(quiet and not case.right for case, quiet in silent)
    precision = said / max(sum(quiet for _, quiet in silent), 1)
    recall = said / max(sum(not case.right for case, _ in silent), 1)
    answerable = [(c, topic, chance) for c, topic, chance in found if c.right]
    right = sum(topic in c.right and chance >= threshold for c, topic, chance in answerable)
    return {
        "topic": right / max(len(answerable), 1),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
    }


def cross_validate(cases: Sequence[Case]) -> list[tuple[Case, str | None, float]]:
    """Return for each question what was found with weights fitted on the other folds."""
    order = np.random.default_rng(SEED).permutation(len(cases))
    found = []
    for fold in range(FOLDS):
        held_out = set(order[fold::FOLDS].tolist())
        weights = fit([case for at, case in enumerate(cases) if at not in held_out])
        found += [(cases[at], *best(cases[at], weights)) for at in sorted(held_out)]
    return found


def pick_threshold(found: Sequence[tuple[Case, str | None, float]]) -> float:
    """Return the highest threshold that costs next to nothing: silence is the safer error."""
    reached = {}
    for percent in range(20, 81, 5):
        scores = score(found, percent / 100)
        reached[percent / 100] = scores["topic"] + scores["f1"]
    return max(step for step, sum_ in reached.items() if sum_ >= max(reached.values()) - TOLERANCE)


def main(paths: Sequence[str]) -> None:
    """Fit on all questions, judge on held-out folds, print both."""
    cases = read_cases([Path(path) for path in paths])
    found = cross_validate(cases)
    threshold = pick_threshold(found)
    weights = fit(cases)
    print(f"{len(cases)} questions, {FOLDS} folds: {score(found, threshold)}")
    print("WEIGHTS = {")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f'    "{name}": {weight:.3f},')
    print("}")
    print("THRESHOLD =", threshold)
    for case, topic, chance in found:
        wrong_topic = case.right and (topic not in case.right or chance < threshold)
        if wrong_topic or (not case.right and chance >= threshold):
            print(f"  miss: {case.text[:70]!r} -> {topic} {chance:.2f}, {sorted(case.right)}")


if __name__ == "__main__":
    main(sys.argv[1:])
