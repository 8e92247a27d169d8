"""How common a word is, as the library wordfreq has it."""

from math import log10

import pytest

from knowledge.language import LANGUAGES
from knowledge.words import zipf


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_are_as_common_as_the_library_says(code: str) -> None:
    """Its file is read without it; were it written otherwise one day, this would tell."""
    # Every process of a run imports every module, and the library takes a second.
    from wordfreq import get_frequency_dict  # noqa: PLC0415

    listed = get_frequency_dict(code, "small")
    some = {word: often for word, often in listed.items() if not word.isdigit()}
    sample = dict(list(some.items())[::500])
    wanted = [log10(often) + 9 for often in sample.values()]
    assert len(sample) > 50
    assert [zipf(word, (code,)) for word in sample] == pytest.approx(wanted)


def test_a_word_is_as_common_as_where_it_is_most_common() -> None:
    """A Spanish word is one in an English text, too."""
    assert zipf("que", ("en", "es")) == zipf("que", ("es",)) > zipf("que", ("en",))
