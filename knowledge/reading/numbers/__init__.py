"""Numbers, quantities and units: from digits and words to values."""

from knowledge.reading.numbers.numbers import whole_in_words
from knowledge.reading.numbers.quantities import Quantity, find_quantities
from knowledge.reading.numbers.typed import BadFigure, parse_figure
from knowledge.reading.numbers.units import in_unit, unit_of, unit_problem

__all__ = [
    "BadFigure",
    "Quantity",
    "find_quantities",
    "in_unit",
    "parse_figure",
    "unit_of",
    "unit_problem",
    "whole_in_words",
]
