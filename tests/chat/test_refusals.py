"""Refusals from below the chat: recognised where they are said, and said in each language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import knowledge
from commands.chat.sending import REFUSALS, in_words
from commands.text import speak
from commands.text.catalogs import TRANSLATED

PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak("en-US")


def said_in(folder: Path) -> set[str]:
    """Return every text in the code of a folder and each of its sentences, with {} for values."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.add(
                    "".join(
                        str(one.value) if isinstance(one, ast.Constant) else "{}"
                        for one in node.values
                    )
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(PLACEHOLDER.sub("{}", node.value))
    return found | {one for text in found for one in re.split(r"(?<=\.) ", text)}


def test_every_refusal_is_still_said_somewhere() -> None:
    said = said_in(Path(knowledge.__path__[0]))
    assert [text for text in REFUSALS if PLACEHOLDER.sub("{}", text) not in said] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_refusal_is_said_in_each_language(language: str) -> None:
    speak(language)
    for text in REFUSALS:
        said = PLACEHOLDER.sub("Xylo", text)
        assert in_words(said) != said, text
        assert in_words(said).count("Xylo") == said.count("Xylo"), text


def test_what_is_filled_in_is_kept_and_kinds_are_named() -> None:
    speak("de")
    assert in_words("There is no claim “kamau {x}” here.") == (
        "Hier gibt es das nicht: Angabe „kamau {x}“."
    )
    assert in_words("Nothing of the kind.") == "Nothing of the kind."
    speak("en-US")
    assert in_words("has no word in it") == "has no word in it"


def test_of_several_sentences_each_is_said() -> None:
    speak("de")
    said = in_words("lacks columns: id, topic. Known are id, topic")
    assert said == "es fehlen Spalten: id, topic. Bekannt sind id, topic"


@given(st.text(max_size=200), st.sampled_from(TRANSLATED))
def test_any_text_is_said_or_left_as_it_is(said: str, language: str) -> None:
    speak(language)
    assert in_words(said) or not said
