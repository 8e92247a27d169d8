"""Measures the matcher on any TREC-style set: claims, queries, and which claim answers which."""

import csv
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from knowledge.matching.retrieval import Passage, Ranked, Ranker
from knowledge.model import ForOperators

DEPTH = 20
_MAP_DEPTH = 5
"""Where recall and average precision are measured: as CheckThat! reports them."""
_QRELS_FIELDS = 4
"""Of a line in TREC's format."""
_ID_COLUMNS = ("", "id", "claim_id", "query_id", "tweet_id", "vclaim_id")
_TEXT_COLUMNS = ("text", "claim", "vclaim", "statement", "query", "question", "tweet_content")
_TITLE_COLUMNS = ("title",)


class CollectionError(ForOperators):
    """A file of the set that cannot be used; says which file, which line, and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages to search, queries by id, and the ids of the passages that answer each query."""

    passages: list[Passage]
    queries: dict[str, str]
    relevant: dict[str, frozenset[str]]


class RetrievalReport(BaseModel):
    """The figures of one evaluation; times are per query, in milliseconds.

    MAP@5, P@1 and recall@20 are means over the queries that have a relevant passage.
    """

    model_config = ConfigDict(frozen=True)

    passages: int
    queries: int
    judged: int
    map_at_5: float
    precision_at_1: float
    recall_at_20: float
    ms_p50: float
    ms_p99: float
    rankings: Mapping[str, list[Ranked]] = Field(exclude=True, repr=False)


def load_collection(claims: Path, queries: Path, qrels: Path) -> Collection:
    """Read tab-separated claims and queries, and TREC qrels.

    Columns are found by their header (an id; a text, claim, query or the like; a title); a file
    without one is read as id, text, title.

    Raises:
        CollectionError: a file that is missing, not UTF-8, short of a column, that repeats an id,
            or qrels that name an id which is not there.
    """
    passages = [Passage(row.id, row.text, row.title) for row in _unique(claims, read_table(claims))]
    asked = {row.id: row.text for row in _unique(queries, read_table(queries))}
    known = {passage.id for passage in passages}
    return Collection(passages, asked, _read_qrels(qrels, asked, known))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of claims or queries."""

    line: int
    id: str
    text: str
    title: str


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, each with its line end."""
    number = 0
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise CollectionError(path, number, f"not UTF-8: {error.reason}") from error
    except OSError as error:
        raise CollectionError(path, number, error.strerror or "cannot be read") from error


def read_table(path: Path) -> Iterator[Row]:
    """Rows of a tab-separated file; raises CollectionError."""
    reader = csv.reader((text for _, text in _lines(path)), delimiter="\t")
    columns: tuple[int, int, int | None] | None = None
    try:
        for cells in reader:
            if not any(cells):
                continue
            if columns is None:
                columns, has_header = _columns(path, cells)
                if has_header:
                    continue
            yield _row(path, reader.line_num, cells, columns)
    except csv.Error as error:
        raise CollectionError(path, reader.line_num, str(error)) from error
    if columns is None:
        raise CollectionError(path, 1, "the file is empty")


def _columns(path: Path, cells: list[str]) -> tuple[tuple[int, int, int | None], bool]:
    """Places of id, text and title, and whether the cells are a header."""
    names = [cell.strip().casefold() for cell in cells]

    def place(known: tuple[str, ...]) -> int | None:
        return next((names.index(name) for name in known if name in names), None)

    number, text, title = place(_ID_COLUMNS), place(_TEXT_COLUMNS), place(_TITLE_COLUMNS)
    if number is not None and text is not None:
        return (number, text, title), True
    if number is None and text is None and title is None and len(cells) > 1:
        return (0, 1, 2 if len(cells) > 2 else None), False  # noqa: PLR2004 - id, text, title
    missing = "an id column" if number is None else "a text column"
    found = ", ".join(repr(cell) for cell in cells)
    raise CollectionError(path, 1, f"missing {missing}; the columns are {found}")


def _row(path: Path, line: int, cells: list[str], columns: tuple[int, int, int | None]) -> Row:
    number, text, title = columns
    if len(cells) <= max(number, text):
        reason = f"missing columns: {len(cells)} where {max(number, text) + 1} are needed"
        raise CollectionError(path, line, reason)
    titled = cells[title] if title is not None and title < len(cells) else ""
    return Row(line, cells[number].strip(), cells[text], titled)


def _unique(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        if not row.id:
            raise CollectionError(path, row.line, "an empty id")
        if row.id in seen:
            raise CollectionError(path, row.line, f"the id {row.id!r} stands twice")
        seen.add(row.id)
        yield row


def _read_qrels(
    path: Path, queries: Mapping[str, str], known: set[str]
) -> dict[str, frozenset[str]]:
    relevant: dict[str, set[str]] = {}
    for line, text in _lines(path):
        fields = text.split()
        if not fields:
            continue
        if len(fields) != _QRELS_FIELDS or not fields[3].lstrip("-").isdigit():
            raise CollectionError(path, line, "not 'query iteration passage relevance'")
        query, _, passage, relevance = fields
        if query not in queries:
            raise CollectionError(path, line, f"the query {query!r} is not in the queries")
        if passage not in known:
            raise CollectionError(path, line, f"the passage {passage!r} is not in the claims")
        if int(relevance) > 0:
            relevant.setdefault(query, set()).add(passage)
    return {query: frozenset(passages) for query, passages in relevant.items()}


def evaluate(
    collection: Collection,
    ranker: Ranker,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> RetrievalReport:
    """Ask the ranker every query; `progress` hears how many of how many are done."""
    rankings: dict[str, list[Ranked]] = {}
    seconds: list[float] = []
    for done, (query, text) in enumerate(collection.queries.items(), start=1):
        start = time.perf_counter()
        rankings[query] = ranker.rank(text, DEPTH)
        seconds.append(time.perf_counter() - start)
        progress(done, len(collection.queries))
    judged = collection.relevant
    orders = {query: [ranked.id for ranked in rankings[query]] for query in judged}
    return RetrievalReport(
        passages=len(ranker),
        queries=len(rankings),
        judged=len(judged),
        map_at_5=_mean([average_precision(orders[q], judged[q], _MAP_DEPTH) for q in judged]),
        precision_at_1=_mean([float(bool(judged[q] & set(orders[q][:1]))) for q in judged]),
        recall_at_20=_mean([len(judged[q] & set(orders[q])) / len(judged[q]) for q in judged]),
        ms_p50=1e3 * float(np.percentile(seconds, 50)) if seconds else 0.0,
        ms_p99=1e3 * float(np.percentile(seconds, 99)) if seconds else 0.0,
        rankings=rankings,
    )


def average_precision(order: list[str], relevant: frozenset[str], depth: int) -> float:
    """Average precision at a depth, over all relevant ids, as trec_eval's map_cut has it."""
    hits, total = 0, 0.0
    for rank, found in enumerate(order[:depth], start=1):
        if found in relevant:
            hits += 1
            total += hits / rank
    return total / len(relevant) if relevant else 0.0


def write_run(path: Path, report: RetrievalReport, tag: str = "claimbot") -> None:
    """Write the rankings as a TREC run: query, Q0, passage, rank, score, tag.

    trec_eval orders by score alone, so equal scores are written a millionth apart.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for query, ranked in report.rankings.items():
            ceiling = float("inf")
            for rank, found in enumerate(ranked, start=1):
                ceiling = min(found.score, ceiling - 1e-6)
                file.write(f"{query} Q0 {found.id} {rank} {ceiling:.6f} {tag}\n")


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
