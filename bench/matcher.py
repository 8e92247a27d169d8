"""The matcher beside other engines: time a question and memory, at growing numbers of claims.

    python -m bench.matcher [--claims DIR] [--sizes 10000 100000 1000000] [--engines ...]

Each engine runs in a process of its own, on one core, and is asked every question three times, the
best of them counting: p50 and p99 are of the time that passed, cpu of the processor's time, which
a busy machine disturbs less. DIR holds a CheckThat-style set
(claims.tsv, and *.queries.tsv for the questions); more claims are grown from it by joining the
first half of one claim to the second half of another, seed fixed. Without DIR both claims and
questions are drawn from the shipped records' words, which is said in the first line.
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from bench.apart import measured_apart
from knowledge.evaluation.retrieval import Row, read_table
from knowledge.matching.retrieval import Meanings, Passage, PassageIndex, Ranker, load_encoder
from knowledge.matching.retrieval.analysis import read_message, stems, words

SIZES = (10_000, 100_000, 1_000_000)
SEED = 20_200_722
QUESTIONS = 300
CANDIDATES = 50
LIMITS = {"rapidfuzz": 100_000}
ROUNDS = 3
ENGINES = (
    "claimbot", "claimbot-index", "claimbot-semantic", "rapidfuzz", "fts5", "bm25s", "tantivy",
)  # fmt: skip
Ask = Callable[[str], object]


def read_seed(folder: Path | None) -> tuple[list[Passage], list[str]]:
    """Claims to grow from, and questions of a tweet's length."""
    if folder is None:
        return shipped_words()
    claims = [Passage(row.id, row.text, row.title) for row in read_table(folder / "claims.tsv")]
    rows: list[Row] = []
    for path in sorted(folder.glob("*.queries.tsv")):
        rows += read_table(path)
    questions = [row.text for row in rows]
    return claims, random.Random(SEED).sample(questions, min(QUESTIONS, len(questions)))  # noqa: S311


def shipped_words() -> tuple[list[Passage], list[str]]:
    """Claims and questions of random words from the shipped records."""
    folder = Path(__file__).parents[1] / "knowledge" / "curated"
    found = sorted({w for path in folder.rglob("*.yaml") for w in words(path.read_text("utf-8"))})
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    claims = [
        Passage(str(n), " ".join(chance.choices(found, k=16)), " ".join(chance.choices(found, k=8)))
        for n in range(10_000)
    ]
    return claims, [" ".join(chance.choices(found, k=30)) for _ in range(QUESTIONS)]


def grow(claims: list[Passage], size: int) -> Iterator[Passage]:
    """The claims themselves, then mixtures of their halves, until there are `size`."""
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    for number in range(size):
        if number < len(claims):
            yield Passage(str(number), claims[number].text, claims[number].title)
            continue
        one, other = chance.choices(claims, k=2)
        yield Passage(str(number), halves(one.text, other.text), halves(one.title, other.title))


def halves(one: str, other: str) -> str:
    """The first half of one text and the second half of another."""
    first, second = one.split(), other.split()
    return " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])


def claimbot(passages: Iterable[Passage]) -> Ask:
    """The whole lexical matcher: reading the question, candidates, rerank."""
    return Ranker(passages).rank


def claimbot_index(passages: Iterable[Passage]) -> Ask:
    """The matcher's first stage alone."""
    index = PassageIndex(passages)
    return lambda question: index.search(question, CANDIDATES)


def claimbot_semantic(passages: Iterable[Passage]) -> Ask:
    """The whole matcher with the default model; the claims' vectors are drawn at random.

    What a question costs does not depend on them, and true ones take minutes to make.
    """
    held = list(passages)
    encoder = load_encoder()
    meanings = Meanings(encoder, encoder.size)
    chance = np.random.default_rng(SEED)
    for passage in held:
        vectors = chance.standard_normal((2, encoder.size), dtype=np.float32)
        meanings.set(passage.id, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    ranker = Ranker(held)
    ranker.use_meaning(meanings)
    return ranker.rank


def rapidfuzz(passages: Iterable[Passage]) -> Ask:
    """Every claim scored with token_set_ratio."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    texts = [utils.default_process(f"{p.text} {p.title}") for p in passages]
    return lambda question: process.extract(
        utils.default_process(read_message(question).sentence),
        texts,
        scorer=fuzz.token_set_ratio,
        limit=CANDIDATES,
    )


def terms(text: str) -> list[str]:
    """The same stems for every engine that takes them."""
    return list(dict.fromkeys(stems(words(text))))


def question_terms(question: str) -> list[str]:
    """The stems of a question, its author's name among them."""
    message = read_message(question)
    return list(dict.fromkeys(stems([*message.words, *message.author])))


def fts5(passages: Iterable[Passage]) -> Ask:
    """SQLite's full-text index in memory, all words OR-ed, ordered by its bm25()."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table claim using fts5(words, content='')")
    rows = ((n, " ".join(terms(f"{p.text} {p.title}"))) for n, p in enumerate(passages))
    base.executemany("insert into claim(rowid, words) values (?, ?)", rows)
    sql = "select rowid from claim where claim match ? order by bm25(claim) limit ?"

    def ask(question: str) -> object:
        wanted = " OR ".join(f'"{term}"' for term in question_terms(question))
        return base.execute(sql, (wanted, CANDIDATES)).fetchall()

    return ask


def bm25s(passages: Iterable[Passage]) -> Ask:
    """bm25s over the same stems; it takes no single additions."""
    import bm25s as library  # noqa: PLC0415

    engine = library.BM25()
    engine.index([terms(f"{p.text} {p.title}") for p in passages], show_progress=False)
    return lambda question: engine.retrieve(
        [question_terms(question)], k=CANDIDATES, show_progress=False
    )


def tantivy(passages: Iterable[Passage]) -> Ask:
    """Tantivy in memory over the same stems, all words OR-ed; only where it is installed."""
    import tantivy as library  # noqa: PLC0415

    builder = library.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace")
    schema = builder.build()
    index = library.Index(schema)
    writer = index.writer(num_threads=1)
    for passage in passages:
        made = library.Document(words=" ".join(terms(f"{passage.text} {passage.title}")))
        writer.add_document(made)
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> object:
        wanted = [
            (library.Occur.Should, library.Query.term_query(schema, "words", term))
            for term in question_terms(question)
        ]
        return searcher.search(library.Query.boolean_query(wanted), CANDIDATES).hits

    return ask


BUILDERS: dict[str, Callable[[Iterable[Passage]], Ask]] = {
    "claimbot": claimbot,
    "claimbot-index": claimbot_index,
    "claimbot-semantic": claimbot_semantic,
    "rapidfuzz": rapidfuzz,
    "fts5": fts5,
    "bm25s": bm25s,
    "tantivy": tantivy,
}


def resident_mb() -> float:
    """Resident memory of this process in megabytes, by /proc where there is one."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def measure(engine: str, size: int, folder: Path | None) -> dict[str, float]:
    """Build one engine, ask it every question once after a warm-up."""
    claims, questions = read_seed(folder)
    start, start_cpu = time.perf_counter(), time.process_time()
    ask = BUILDERS[engine](grow(claims, size))
    built, built_cpu = time.perf_counter() - start, time.process_time() - start_cpu
    slow = engine == "rapidfuzz" or (engine == "fts5" and size > SIZES[0])
    for question in questions[:3]:
        ask(question)
    chosen = questions[: 30 if slow else None]
    taken = np.array([[timed(ask, question) for question in chosen] for _ in range(ROUNDS)])
    passed, cpu = 1e3 * taken.min(axis=0).T
    figures = {
        "p50": float(np.percentile(passed, 50)),
        "p99": float(np.percentile(passed, 99)),
        "cpu": float(np.percentile(cpu, 50)),
        "build": built,
        "build_cpu": built_cpu,
        "memory": resident_mb(),
    }
    return figures | (persistence(claims, size) if engine == "claimbot-index" else {})


def timed(ask: Ask, question: str) -> tuple[float, float]:
    """The seconds that pass, and those of the processor."""
    start, start_cpu = time.perf_counter(), time.process_time()
    ask(question)
    return time.perf_counter() - start, time.process_time() - start_cpu


def persistence(claims: list[Passage], size: int) -> dict[str, float]:
    """Seconds to save and to load the index."""
    index = PassageIndex(grow(claims, size))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        index.save(Path(folder), {"size": size})
        saved = time.perf_counter() - start
        start = time.perf_counter()
        PassageIndex.load(Path(folder), {"size": size})
        return {"save": saved, "load": time.perf_counter() - start}


def main() -> None:
    """Print a table of every engine at every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--worker", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(measure(options.worker, options.sizes[0], options.claims)))
        return
    print("claims:", options.claims or "words of the shipped records, drawn at random")
    print(
        f"{'claims':>9} {'engine':17} {'p50 ms':>8} {'p99 ms':>8} {'cpu ms':>8} {'MB':>6} "
        f"{'build s':>8} {'cpu s':>7}"
    )
    for size in options.sizes:
        for engine in options.engines:
            if size > LIMITS.get(engine, size):
                continue
            asked = ["--worker", engine, "--sizes", str(size)]
            asked += ["--claims", str(options.claims)] if options.claims else []
            print_row(size, engine, measured_apart("bench.matcher", *asked))


def print_row(size: int, engine: str, figures: dict[str, float] | str) -> None:
    """One line of the table."""
    if isinstance(figures, str):
        print(f"{size:>9} {engine:17} not run: {figures}", flush=True)
        return
    kept = (
        f"  save {figures['save']:.1f} s, load {figures['load']:.1f} s" if "save" in figures else ""
    )
    print(
        f"{size:>9} {engine:17} {figures['p50']:8.2f} {figures['p99']:8.2f} {figures['cpu']:8.2f} "
        f"{figures['memory']:6.0f} {figures['build']:8.1f} {figures['build_cpu']:7.1f}{kept}",
        flush=True,
    )


if __name__ == "__main__":
    main()
