"""The fixed words of a picture, in the reader's language."""

from dataclasses import asdict

from commands.text import spoken, told
from knowledge.wording import ChartWords


def chart_words() -> ChartWords:
    """Return the words of a chart in the language that is spoken."""
    english = asdict(ChartWords())
    english.pop("language")
    return ChartWords(language=spoken(), **{name: told(text) for name, text in english.items()})
