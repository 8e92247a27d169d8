"""The picture of a link: its lines have room of their own."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.charts.link_picture import HEIGHT, laid

WORDS = st.text(st.characters(codec="utf-8"), max_size=400)


@given(WORDS, WORDS, WORDS, WORDS)
def test_no_line_of_the_picture_of_a_link_covers_another(
    topic: str, figure: str, said: str, foot: str
) -> None:
    placed = list(laid(topic, figure, said, foot))
    assert placed[-1].y <= HEIGHT - 36
    for above, below in pairwise(placed):
        assert below.y - above.y >= below.size * 0.95
