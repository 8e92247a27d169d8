"""`claimbot eval`: measure the matcher over files of questions or a retrieval set."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.printing import ANSWERED, print_json, print_table

if TYPE_CHECKING:
    from knowledge.evaluation.questions import QuestionsReport, Rate

evaluating = typer.Typer(help="Measure the matcher.", rich_markup_mode=None)


@evaluating.command()
def questions(
    file: Annotated[Path, typer.Argument(help="Questions as JSON, one a line.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    database: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
) -> int:
    """Ask every question of a file and count how many answers hold what they have to."""
    from bot.database import open_database, today
    from knowledge.evaluation.questions import evaluate_questions, read_questions

    asked = read_questions(file)
    with open_database(database) as found:
        report = evaluate_questions(asked, lambda question: found.desk.ask(question, today()))
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
