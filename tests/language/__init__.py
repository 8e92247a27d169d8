"""From text to values and back: figures, units, dates and countries in every language."""
