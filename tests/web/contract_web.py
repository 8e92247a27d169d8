"""The JSON addresses under what schemathesis makes up from their description: `make contract`.

It is no part of the usual tests: it takes some minutes, and a tool of its own.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bot.published import Published
from bot.web import Site, application
from commands.text import Addresses
from knowledge.base import opened


def main() -> int:
    """Try every address; return whether an answer was not as described."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="for each address")
    examples: int = parser.parse_args().examples
    with TemporaryDirectory() as folder, opened(Path(folder) / "claims.db") as base:
        site = Site(Published(base), Addresses(""), date.today)
        schema = schemathesis.openapi.from_asgi("/openapi.json", application(site))
        wrong = [one for one in schema.get_all_operations() if not _holds(one.ok(), examples)]
    return 1 if wrong else 0


def _holds(operation: Any, examples: int) -> bool:
    """Whether every answer of an address has a status, a media type and a form described.

    What is well-formed may be refused all the same: whether a text is a date no schema says.
    """

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    def check(case: Any) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    try:
        check()
    except FailureGroup as failures:
        print(f"{operation.label}: {str(failures)[:2000]}")  # noqa: T201
        return False
    print(f"{operation.label}: as described")  # noqa: T201
    return True


if __name__ == "__main__":
    sys.exit(main())
