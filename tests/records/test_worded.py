"""Whether the figure of a claim is the one that its words give, as far as it is asked about."""

import pytest

from knowledge.model import Figure, Measure, Relation, Topic
from knowledge.records import at_odds_with_its_words
from tests.bases.making import claim, topic

VOTES = topic("votes", Measure.SHARE, unit="share of votes")
AGE = topic("age", Measure.LEVEL, unit="years of age")
LEVY = topic("levy", Measure.LEVEL, unit="pounds per 10 ml")
OPENING = topic("opening", Measure.DATE, unit=None)
WELLS = topic("wells")


def asked(about: Topic, worded: str, number: float, statement: str = "It is so.") -> list[str]:
    figure = Figure(low=number, high=number, relation=Relation.ABOUT, as_worded=worded)
    one = claim("one", topic=about.id, on="2012-05-01", statement=statement)
    one = one.model_copy(update={"figure": figure})
    return [f"{path[0]}: {reason}" for path, reason in at_odds_with_its_words(one, about)]


@pytest.mark.parametrize(
    ("about", "worded", "number", "statement"),
    [
        (VOTES, "4,981 Prozent", 0.04981, "Die Partei kam auf 4,981 Prozent der Stimmen."),
        (VOTES, "4,981 por ciento", 0.04981, "El partido obtuvo el 4,981 por ciento."),
        (VOTES, "4.981 percent", 0.04981, "The party won 4.981 percent of the votes."),
        (AGE, "65.9 years", 65.9, "Men are to live 65.9 years by 2045."),
        (LEVY, "£1.00 per 10ml", 1.0, "The levy is £1.00 per 10ml of liquid."),
        (LEVY, "£2.20 per 10ml", 2.2, "The levy rises to £2.20 per 10ml in 2026."),
        (OPENING, "2017", 2017.0, "Said in 2012 that it opens in five years."),
        (OPENING, "2016/17", 2017.0, "It opens in the season 2016/17."),
        (OPENING, "next summer", 2013.0, "It opens next summer."),
        (WELLS, "4,981 wells", 4981.0, "They dug 4,981 wells."),
    ],
)
def test_what_the_words_give_is_not_asked_about(
    about: Topic, worded: str, number: float, statement: str
) -> None:
    assert asked(about, worded, number, statement) == []


@pytest.mark.parametrize(
    ("about", "worded", "number", "question"),
    [
        (VOTES, "4,981 Prozent", 0.4981, "“4,981 Prozent” gives another number than the figure"),
        (VOTES, "4.9 percent", 0.0494e1, "“4.9 percent” gives another number than the figure"),
        (AGE, "65.9 years", 2045.0, "“65.9 years” gives another number than the figure, 2,045"),
        (LEVY, "£1.00 per 10ml", 3.0, "“£1.00 per 10ml” gives another number than the figure, 3"),
        (OPENING, "five years", 2017.0, "“five years” names no year, and the figure is 2017"),
        (OPENING, "2033", 2039.0, "“2033” gives another number than the figure, 2039"),
        (WELLS, "4,981 wells", 4.981, "“4,981 wells” gives another number than the figure, 4.981"),
    ],
)
def test_what_the_words_do_not_give_is_asked_about(
    about: Topic, worded: str, number: float, question: str
) -> None:
    (found,) = asked(about, worded, number)
    assert found.startswith(f"figure: {question}")


def test_a_statement_that_names_another_year_is_asked_about() -> None:
    assert asked(OPENING, "2033", 2033.0, "It is to open in 2039.") == [
        "statement: “It is to open in 2039.” gives another number than the figure, 2033"
    ]
