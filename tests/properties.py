"""On how many examples properties are tried: the same ones in every run, or many new ones."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

USUAL, LONG = 100, 2000
_BY_THE_CLOCK = [HealthCheck.too_slow, HealthCheck.data_too_large]
"""What depends on how busy the machine is says nothing of the code."""


def register_profiles() -> None:
    """Let every run try the same examples; `--hypothesis-profile long` tries new ones."""
    settings.register_profile(
        "ci",
        max_examples=USUAL,
        derandomize=True,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=_BY_THE_CLOCK,
    )
    settings.register_profile(
        "long", settings.get_profile("ci"), max_examples=LONG, derandomize=False
    )
    settings.load_profile("ci")


def slugs(most: int = 4, longest: int = 8) -> st.SearchStrategy[str]:
    """Draw ids such as "a0-zz-9"; by a regular expression, that would take ten times as long."""
    parts = st.text("abz019", min_size=1, max_size=longest)
    return st.lists(parts, min_size=1, max_size=most).map("-".join)


def examples(usual: int) -> settings:
    """Try a property on more or fewer examples than others, in a long run too."""
    return settings(max_examples=usual * settings().max_examples // USUAL)
