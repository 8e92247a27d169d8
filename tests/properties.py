"""On how many examples properties are tried: the same in every run, or new ones."""

from time import monotonic

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

USUAL = 100
_BY_THE_CLOCK = [HealthCheck.too_slow, HealthCheck.data_too_large]
"""What depends on how busy the machine is says nothing of the code."""


def register_profiles() -> None:
    """Let every run try the same examples; those of the profile `new` are others each time."""
    settings.register_profile(
        "ci",
        max_examples=USUAL,
        derandomize=True,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=_BY_THE_CLOCK,
    )
    settings.register_profile("new", settings.get_profile("ci"), derandomize=False)
    settings.load_profile("ci")


def try_again(item: pytest.Function, seconds: float) -> None:
    """Try a property on further examples until so many seconds have passed.

    It ends soon after them, however long a single example takes: what is repeated is a usual run.
    """
    given = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    until = monotonic() + seconds
    while monotonic() < until:
        item.obj(**given)


def slugs(most: int = 4, longest: int = 8) -> st.SearchStrategy[str]:
    """Draw ids such as "a0-zz-9"; by a regular expression, that would take ten times as long."""
    parts = st.text("abz019", min_size=1, max_size=longest)
    return st.lists(parts, min_size=1, max_size=most).map("-".join)


def examples(usual: int) -> settings:
    """Try a property on more or fewer examples than others."""
    return settings(max_examples=usual)
