"""The fixed words of a picture, in the reader's language."""

from dataclasses import asdict

from commands.text import spoken, told
from knowledge.charts import Words


def chart_words() -> Words:
    """Return the words of a chart in the language that is spoken."""
    english = asdict(Words())
    english.pop("language")
    return Words(language=spoken(), **{name: told(text) for name, text in english.items()})
