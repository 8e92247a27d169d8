"""On how many examples properties are tried: the same ones in every run, or many new ones."""

from hypothesis import HealthCheck, settings

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


def examples(usual: int) -> settings:
    """Try a property on more or fewer examples than others, in a long run too."""
    return settings(max_examples=usual * settings().max_examples // USUAL)
