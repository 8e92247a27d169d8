"""Fits the ranker's weights on CheckThat-style train queries, judges them on dev, writes them.

    python -m bench.fit_ranker DIR [--semantic] [--write]

DIR holds claims.tsv, train.queries.tsv, train.qrels, dev.queries.tsv and dev.qrels. Ranking is
fitted by a listwise softmax (Cao et al. 2007, ListNet's top-one loss) with a ridge, then a
logistic curve turns a sum of signals into the probability that the first passage is the right
one; half of its examples have the right passage taken away.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.evaluation import load_collection
from knowledge.evaluation.retrieval import Collection, average_precision
from knowledge.matching.retrieval import Ranker, load_encoder, meanings_of
from knowledge.matching.retrieval.ranker import SEMANTIC_SIGNALS, Model
from knowledge.matching.retrieval.signals import LEXICAL_SIGNALS

Floats = NDArray[np.float64]
RIDGE = 5.0
# Reported for the reader of an answer, not weighed: it says how much of the question was met, and
# tweets, most of whose words no claim has, would teach the opposite of what a question needs.
UNWEIGHTED = ("question_coverage",)
FOLDS = 10
WEIGHTS = Path(__file__).parents[1] / "knowledge" / "matching" / "retrieval" / "weights.json"


@dataclass(frozen=True, slots=True)
class Judged:
    """One query: its candidates, their signals, and which of them are right."""

    ids: list[str]
    signals: Floats
    right: NDArray[np.bool_]
    relevant: frozenset[str]


def judge(collection: Collection, ranker: Ranker) -> list[Judged]:
    """The signals of every judged query."""
    out = []
    for query, relevant in collection.relevant.items():
        ids, signals = ranker.signals(collection.queries[query])
        signals[:, [LEXICAL_SIGNALS.index(name) for name in UNWEIGHTED]] = 0
        right = np.array([passage in relevant for passage in ids], dtype=np.bool_)
        out.append(Judged(ids, signals.astype(np.float64), right, relevant))
    return out


def fit(queries: Sequence[Judged], ridge: float = RIDGE) -> Floats:
    """Weights by Newton's method on signals scaled to unit deviation; the scale is folded in."""
    usable = [query for query in queries if query.right.any()]
    scale = np.vstack([query.signals for query in queries]).std(axis=0) + 1e-9
    weights = np.zeros(len(scale))
    for _ in range(30):
        gradient, curvature = ridge * weights, ridge * np.eye(len(scale))
        for query in usable:
            scaled = query.signals / scale
            share = _softmax(scaled @ weights)
            mean = share @ scaled
            gradient -= scaled[query.right].mean(axis=0) - mean
            curvature += (scaled * share[:, None]).T @ scaled - np.outer(mean, mean)
        step = np.linalg.solve(curvature, gradient)
        weights -= step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-5:
            break
    unscaled: Floats = weights / scale
    return unscaled


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max())
    share: Floats = raised / raised.sum()
    return share


def mean_average_precision(queries: Sequence[Judged], weights: Floats) -> Floats:
    """The average precision at 5 of each query."""
    found = []
    for query in queries:
        order = np.argsort(-(query.signals @ weights).round(4), kind="stable")
        found.append(average_precision([query.ids[i] for i in order], query.relevant, 5))
    return np.array(found)


def cross_validate(queries: Sequence[Judged]) -> float:
    """MAP@5 over folds that never share a relevant passage."""
    fold_of: dict[str, int] = {}
    for query in queries:
        fold_of.setdefault(min(query.relevant), len(fold_of) % FOLDS)
    folds = np.array([fold_of[min(query.relevant)] for query in queries])
    total = 0.0
    for fold in range(FOLDS):
        held = [query for query, at in zip(queries, folds, strict=True) if at == fold]
        rest = [query for query, at in zip(queries, folds, strict=True) if at != fold]
        total += float(mean_average_precision(held, fit(rest)).sum())
    return total / len(queries)


def calibrate(queries: Sequence[Judged], weights: Floats) -> tuple[float, float]:
    """Slope and intercept of the logistic curve over the first passage's sum."""
    sums, labels = [], []
    for query in queries:
        totals = query.signals @ weights
        wrong = totals[~query.right]
        first = int(np.argmax(totals))
        sums.append(totals[first])
        labels.append(float(query.right[first]))
        if len(wrong):
            sums.append(wrong.max())
            labels.append(0.0)
    design = np.column_stack((sums, np.ones(len(sums))))
    curve = np.zeros(2)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ curve))
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + 1e-6 * np.eye(2)
        curve -= np.linalg.solve(curvature, design.T @ (chance - np.array(labels)))
    return float(curve[0]), float(curve[1])


def main() -> None:
    """Fit, judge, and with --write put the numbers where the ranker reads them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--semantic", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folder: Path = options.folder
    train, dev = (
        load_collection(
            folder / "claims.tsv", folder / f"{part}.queries.tsv", folder / f"{part}.qrels"
        )
        for part in ("train", "dev")
    )
    ranker = Ranker(train.passages)
    if options.semantic:
        ranker.use_meaning(meanings_of(load_encoder(), train.passages))
    names = SEMANTIC_SIGNALS if options.semantic else LEXICAL_SIGNALS
    fitting, judging = judge(train, ranker), judge(dev, ranker)
    weights = fit(fitting)
    print(f"train MAP@5 {mean_average_precision(fitting, weights).mean():.4f} (fitted on)")
    print(f"dev MAP@5 {mean_average_precision(judging, weights).mean():.4f}")
    print(f"train+dev MAP@5, {FOLDS}-fold {cross_validate([*fitting, *judging]):.4f}")
    slope, intercept = calibrate(fitting, weights)
    rounded = {name: round(float(w), 5) for name, w in zip(names, weights, strict=True)}
    model = Model(weights=rounded, slope=round(slope, 4), intercept=round(intercept, 4))
    print(json.dumps(model, indent=2))
    if options.write:
        write(model, "semantic" if options.semantic else "lexical")


def write(model: Model, name: str) -> None:
    """Replace one of the two shipped models."""
    models = json.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.exists() else {}
    models[name] = model
    WEIGHTS.write_text(json.dumps(models, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
