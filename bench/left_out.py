"""How the whole program serves subjects that its weights were not fitted on.

Run `python -m bench.left_out SUBJECT … [--unseen SUBJECT …] [--questions FILE …]`. Each SUBJECT is
a folder as `bench.fit_confidence` takes it; so many weights are fitted, each on the others and on
the records that ship. Then everything that the program does takes part, names and all of a check
among it, and the table of `claimbot eval subjects` is printed. Those `--unseen` are served by
weights that were fitted on all the SUBJECTs.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bench.fit_confidence import (
    TODAY,
    Cases,
    cases_of,
    fit,
    left_out,
    scored,
    subjects_of,
    thresholds,
)
from knowledge.base import opened_apart
from knowledge.evaluation import Subject, SubjectReport, evaluate_subject, read_subject
from knowledge.matching.questions import TopicMatcher, Weights
from knowledge.matching.retrieval import (
    DEFAULT_MODEL,
    Encoder,
    TextVectors,
    load_encoder,
    meanings_of,
)


def weights_for(subjects: Sequence[Cases]) -> tuple[dict[str, Weights], Weights]:
    """Fit for each subject on the others, and for any further one on all of them."""
    fits = left_out(subjects)
    found = {one.subject: scored(one, fits[one.subject]) for one in subjects}
    for name, weights in fits.items():
        others = [some for other, some in found.items() if other != name]
        weights["answer"], weights["offer"] = thresholds(others)
    every = fit(subjects)
    every["answer"], every["offer"] = thresholds(list(found.values()))
    return fits, every


def served(
    subject: Subject, weights: Weights, encoder: Encoder, read: TextVectors
) -> SubjectReport:
    """Put everything to a base, with these weights in place of those that ship."""
    with opened_apart(subject.records) as base:
        passages = [one for _, one in base.workspaces.passages()]
        meanings = meanings_of(encoder, passages, texts=read)
        base.workspaces.use_meaning(lambda _place: meanings)
        workspace = base.workspace
        matcher = TopicMatcher(workspace.library, weights={"meaning": weights})
        matcher.use_encoder(meanings)
        workspace.asker.topics = matcher
        return evaluate_subject(
            subject,
            lambda question: workspace.ask(question, TODAY),
            lambda text: workspace.check(text, TODAY),
        )


def report(found: Mapping[str, SubjectReport]) -> None:
    """Print a line for each subject, and their mean."""
    print(f"{'':22}" + " ".join(f"{name:>8}" for name in HEAD))
    rows = [_row(one) for one in found.values()]
    for name, row in zip(found, rows, strict=True):
        _print(name, row)
    _print("mean", [float(column) for column in np.nanmean(np.array(rows), axis=0)])


HEAD = ("right", "offered", "wrong", "silence", "verdicts", "foreign", "names", "framed", "own")


def _row(one: SubjectReport) -> list[float]:
    verdicts = one.verdicts.f1 if one.verdicts else None
    rates = (one.right.rate, one.offered.rate, one.wrong.rate, one.silence, verdicts,
             one.foreign.rate, one.names.rate, one.framed.rate, one.own_text.rate)  # fmt: skip
    return [float("nan") if rate is None else rate for rate in rates]


def _print(name: str, row: Sequence[float]) -> None:
    print(f"{name:22}" + " ".join(f"{share:8.2f}" for share in row), flush=True)


def main() -> None:
    """Fit, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="SUBJECT")
    parser.add_argument("--unseen", nargs="*", type=Path, default=[], metavar="SUBJECT")
    parser.add_argument("--questions", nargs="*", type=Path, default=[], help="more to what ships")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    given = parser.parse_args()
    encoder, read = load_encoder(given.model), TextVectors()
    shipped, *subjects = subjects_of(given.folders, given.questions)
    cases = [cases_of(one, encoder, read)["meaning"] for one in (shipped, *subjects)]
    fits, every = weights_for(cases)
    report({one.name: served(one, fits[one.name], encoder, read) for one in subjects})
    unseen = [read_subject(folder) for folder in given.unseen]
    if unseen:
        report({one.name: served(one, every, encoder, read) for one in unseen})


if __name__ == "__main__":
    main()
