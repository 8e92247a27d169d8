"""Charts: the estimates of an answer as a picture, with alt text that says the same."""

from knowledge.charts.picture import Chart, chart, headline, warm_up
from knowledge.charts.plan import NothingToDraw, chart_plan, is_worth_drawing

__all__ = [
    "Chart",
    "NothingToDraw",
    "chart",
    "chart_plan",
    "headline",
    "is_worth_drawing",
    "warm_up",
]
