"""`claimbot eval`: measure the bot over files of questions or messages, or a retrieval set."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import ANSWERED, AsJson, Database, closing, using
from bot.cli.printing import print_json, print_table, with_progress

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase
    from knowledge.contract import Answer
    from knowledge.drafts import DraftsReport, Proposals
    from knowledge.evaluation import (
        ChecksReport,
        Pair,
        QuestionsReport,
        Rate,
        RetrievalReport,
        Served,
        Subject,
        SubjectReport,
        TaughtReport,
    )
    from knowledge.matching.retrieval import Encoder, Meanings, Passage, TextVectors
    from knowledge.workspaces import Workspace

evaluating = typer.Typer(help="Measure the answers and the matcher.", rich_markup_mode=None)

Semantic = Annotated[bool, typer.Option("--semantic", help="Rank by meaning too.")]


@evaluating.command(epilog=closing("eval questions questions.jsonl", nothing=None))
def questions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Questions as JSON, one a line.")],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Count how many answers to a file of questions are right."""
    from bot.database import today
    from bot.meaning import understood
    from knowledge.evaluation import evaluate_questions, read_questions

    asked = read_questions(file)
    with understood(database) as found:
        report = evaluate_questions(asked, lambda question: found.workspace.ask(question, today()))
    if as_json:
        print_json(report)
    else:
        _print_report(report)
    return ANSWERED


def _print_report(report: "QuestionsReport") -> None:
    rates = {
        "right topic": report.topic,
        "expected figure and asserter": report.figure,
        "expected dates": report.filters,
    }
    silence = report.no_match
    rows = [(name, _share(rate.rate), _of(rate)) for name, rate in rates.items()]
    rows += [
        ("silence, precision", _share(silence.precision), ""),
        ("silence, recall", _share(silence.recall), ""),
        ("silence, F1", _share(silence.f1), ""),
    ]
    print_table((f"{report.questions} questions", "rate", "right of all"), rows)
    if report.misses:
        print_table(
            ("line", "question", "what", "expected", "got", "confidence"),
            (
                (str(m.line), m.question, m.what, m.expected, m.got, f"{m.confidence:.2f}")
                for m in report.misses
            ),
        )


def _share(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.3f}"


def _of(rate: "Rate") -> str:
    return f"{rate.right} of {rate.of}"


@evaluating.command(epilog=closing("eval checks messages.jsonl", nothing=None))
def checks(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Messages as JSON, one a line.")],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Count how many verdicts on a file of messages are right."""
    from bot.database import today
    from bot.meaning import understood
    from knowledge.evaluation import evaluate_checks, read_messages

    messages = read_messages(file)
    with understood(database) as found:
        report = evaluate_checks(messages, lambda text: found.workspace.check(text, today()))
    if as_json:
        print_json(report)
    else:
        _print_checks(report)
    return ANSWERED


def _print_checks(report: "ChecksReport") -> None:
    pairs = report.pairs
    right = f"{pairs.right} of {pairs.found} found, {pairs.expected} expected"
    rows = [
        ("all assertions and no other", _share(report.exact.rate), _of(report.exact)),
        ("topic and verdict, precision", _share(pairs.precision), right),
        ("topic and verdict, recall", _share(pairs.recall), ""),
        ("topic and verdict, F1", _share(pairs.f1), ""),
    ]
    print_table((f"{report.messages} messages", "rate", "right of all"), rows)
    if report.misses:
        print_table(
            ("line", "message", "expected", "got"),
            (
                (str(one.line), one.text, _pairs(one.expected), _pairs(one.got))
                for one in report.misses
            ),
        )


def _pairs(pairs: "Iterable[Pair]") -> str:
    return "\n".join(f"{pair.topic} {pair.verdict}" for pair in pairs) or "-"


@evaluating.command(epilog=closing("eval subjects FOLDER FOLDER", nothing=None))
def subjects(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER",
            help="Each with base.yaml, questions.jsonl, and checks.jsonl if wanted.",
        ),
    ],
    *,
    words: Annotated[
        bool, typer.Option("--words", help="By words alone, without a model.")
    ] = False,
    examples: Annotated[
        int,
        typer.Option(
            min=0,
            help="Keep so many questions of each base as examples, and ask the rest before and "
            "after.",
        ),
    ] = 0,
    as_json: AsJson = False,
) -> int:
    """Ask other bases their own questions, and check their messages.

    Shows how a subject is served that the program was not made for: each folder is opened as a
    base by itself.
    """
    from bot.database import end_start
    from knowledge.evaluation import read_subject
    from knowledge.matching.retrieval import TextVectors

    end_start()
    read = [read_subject(folder) for folder in folders]
    encoder = None if words else _encoder()
    known = TextVectors()
    if examples:
        taught = [_taught(subject, encoder, known, examples) for subject in read]
        if as_json:
            print_json(taught)
        else:
            _print_taught(taught)
        return ANSWERED
    reports = [_served(subject, encoder, known) for subject in read]
    if as_json:
        print_json(reports)
    else:
        _print_subjects(reports)
    return ANSWERED


def _served(subject: "Subject", encoder: "Encoder | None", known: "TextVectors") -> "SubjectReport":
    from bot.database import today
    from knowledge.evaluation import evaluate_subject

    with _apart(subject, encoder, known) as base:
        workspace = base.workspace
        return evaluate_subject(
            subject,
            lambda question: _asked(workspace, question),
            lambda text: workspace.check(text, today()),
        )


def _taught(
    subject: "Subject", encoder: "Encoder | None", known: "TextVectors", count: int
) -> "TaughtReport":
    from knowledge.evaluation import evaluate_taught
    from knowledge.model import Example

    with _apart(subject, encoder, known) as base:

        def teach(kept: "Sequence[Example]") -> None:
            base.writer.write_now(
                lambda change: change.put_all(kept), who="evaluation", why="examples"
            )

        return evaluate_taught(
            subject, lambda question: _asked(base.workspace, question), teach, count
        )


@contextmanager
def _apart(
    subject: "Subject", encoder: "Encoder | None", known: "TextVectors"
) -> "Iterator[KnowledgeBase]":
    """Open the base of a subject by itself, and let it understand by meaning."""
    from knowledge.base import opened_apart
    from knowledge.matching.retrieval import meanings_of

    with opened_apart(subject.records) as base:
        if encoder:
            passages = [one for _, one in base.workspaces.passages()]
            meanings = meanings_of(encoder, passages, texts=known)
            base.workspaces.use_meaning(lambda _place: meanings)
        yield base


def _asked(workspace: "Workspace", question: str) -> "Answer | None":
    from bot.database import today
    from knowledge.matching.questions import EmptyQuestion

    try:
        return workspace.ask(question, today())
    except EmptyQuestion:
        return None


def _print_taught(reports: "Sequence[TaughtReport]") -> None:
    """Print each rate of the questions that are no examples, before and after, and the means."""
    rows = [[*_rates(one.before), *_rates(one.after), one.verbatim.rate] for one in reports]
    means = [_mean(column) for column in zip(*rows, strict=True)]
    named = [*((one.subject, str(one.rest)) for one in reports), ("mean", "")]
    print_table(
        ("subject", *"rest right offered wrong silence verbatim".split()),
        [
            (*name, *_before_and_after(row), _short(row[-1]))
            for name, row in zip(named, [*rows, means], strict=True)
        ],
    )


def _rates(served: "Served") -> list[float | None]:
    return [served.right.rate, served.offered.rate, served.wrong.rate, served.silence]


def _before_and_after(row: "Sequence[float | None]") -> list[str]:
    half = len(row) // 2
    pairs = zip(row[:half], row[half : 2 * half], strict=True)
    return [f"{_share(before)} {_share(after)}" for before, after in pairs]


def _print_subjects(reports: "Sequence[SubjectReport]") -> None:
    rows = []
    for one in reports:
        rates = (one.right, one.offered, one.wrong)
        verdicts = one.verdicts.f1 if one.verdicts else None
        more = (one.foreign, one.names, one.framed, one.own_text)
        shares = [*(rate.rate for rate in rates), one.silence, verdicts]
        rows.append([*shares, *(rate.rate for rate in more)])
    means = [_mean(column) for column in zip(*rows, strict=True)]
    named = [*(one.subject for one in reports), "mean"]
    print_table(
        ("subject", *"right offered wrong silence verdicts foreign names framed claims".split()),
        [(name, *map(_short, row)) for name, row in zip(named, [*rows, means], strict=True)],
    )


def _short(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.2f}"


def _mean(rates: "Iterable[float | None]") -> float | None:
    known = [rate for rate in rates if rate is not None]
    return sum(known) / len(known) if known else None


@evaluating.command(
    epilog=closing("eval retrieval --claims c.tsv --queries q.tsv --qrels q.qrels", nothing=None)
)
def retrieval(
    claims: Annotated[
        Path, typer.Option(metavar="FILE", help="Claims, tab-separated: id, text, title.")
    ],
    queries: Annotated[
        Path, typer.Option(metavar="FILE", help="Queries, tab-separated: id, text.")
    ],
    qrels: Annotated[
        Path, typer.Option(metavar="FILE", help="Which claim answers which query, as TREC has it.")
    ],
    *,
    semantic: Semantic = False,
    run: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a run that trec_eval reads.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Rank the claims of a TREC-style set for each of its queries."""
    from bot.database import end_start
    from knowledge.evaluation import evaluate, load_collection, write_run
    from knowledge.matching.retrieval import Ranker

    end_start()
    collection = load_collection(claims, queries, qrels)
    ranker = Ranker(collection.passages)
    if semantic:
        ranker.use_meaning(_meanings(collection.passages, as_json))
    report = with_progress("Asking", lambda bar: evaluate(collection, ranker, bar), quiet=as_json)
    if run is not None:
        with using(run):
            write_run(run, report)
    if as_json:
        print_json(report)
    else:
        _print_retrieval(report)
    return ANSWERED


def _encoder() -> "Encoder":
    from bot.settings import load_settings
    from knowledge.matching.retrieval import ModelNotLoadedError, load_encoder

    try:
        return load_encoder(load_settings().model)
    except ModelNotLoadedError as error:
        raise typer.BadParameter(str(error)) from error


def _meanings(passages: "Sequence[Passage]", quiet: bool) -> "Meanings":
    from knowledge.matching.retrieval import meanings_of

    encoder = _encoder()
    return with_progress("Encoding", lambda bar: meanings_of(encoder, passages, bar), quiet=quiet)


def _print_retrieval(report: "RetrievalReport") -> None:
    rows = [
        ("MAP@5", f"{report.map_at_5:.4f}"),
        ("P@1", f"{report.precision_at_1:.4f}"),
        ("recall@20", f"{report.recall_at_20:.4f}"),
        ("ms a query, p50", f"{report.ms_p50:.2f}"),
        ("ms a query, p99", f"{report.ms_p99:.2f}"),
    ]
    asked = f"{report.judged} judged queries of {report.queries}, {report.passages:,} claims"
    print_table((asked, ""), rows)


@evaluating.command(epilog=closing("eval drafts articles", nothing=None))
def drafts(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", exists=True, file_okay=False, help="A folder of articles."
        ),
    ],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Draft from a folder of articles, and count what is right.

    Each is held against the claims that cite it. A YAML file beside an article says what is
    expected of it instead.
    """
    from bot.database import open_database, today
    from knowledge.drafts import evaluate_drafts, propose, read_article

    with open_database(database) as found:

        def drafted(path: Path) -> "Proposals":
            with using(path):
                article = read_article(path.read_bytes(), path.name, today())
            return propose(article, found.workspace, today())

        report = evaluate_drafts(folder, found.workspace.library, drafted)
    if as_json:
        print_json({"total": report.total, "articles": report.articles})
    else:
        _print_drafts(report)
    return ANSWERED


def _print_drafts(report: "DraftsReport") -> None:
    headings = ("article", "figures", "right paragraph", "and asserter", "proposed", "wrong")
    print_table(
        headings,
        (
            (
                one.article,
                str(one.expected),
                str(one.figures),
                str(one.found),
                str(one.proposed),
                str(len(one.wrong)),
            )
            for one in (*report.articles, report.total)
        ),
    )
    told = [("missed", one.article, text) for one in report.articles for text in one.missed]
    told += [("wrong", one.article, text) for one in report.articles for text in one.wrong]
    if told:
        print_table(("what", "article", "figure"), told)
