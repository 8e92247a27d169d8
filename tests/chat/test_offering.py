"""What is offered while something is typed, and the commands that a text lets one tap."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commands.chat.picker import days_offered
from commands.text import country, know_commands, speak, tappable
from knowledge.reading import parse_date_option
from knowledge.workspaces import Workspace

TODAY = date(2026, 3, 10)
IDS = {"sacks": 11, "claim undo": 12, "claim add": 12, "source": 13}


@given(st.text(max_size=200), st.booleans())
def test_every_date_that_is_offered_can_be_read(typed: str, ends: bool) -> None:
    offered = days_offered(typed, TODAY, [("2024-02", 3), ("2023", 1)], ends=ends)
    assert len(offered) <= 25
    for name, value in offered:
        assert 0 < len(name) <= 200
        assert 0 < len(value) <= 100
        parse_date_option(value, TODAY)


def test_a_span_is_shown_by_the_day_that_counts() -> None:
    assert days_offered("2024", TODAY, (), ends=False)[0][0] == "2024 → 1 January 2024"
    assert days_offered("2024", TODAY, (), ends=True)[0][0] == "2024 → 31 December 2024"


@given(st.text(max_size=60))
def test_whoever_is_offered_has_spoken_on_the_topic(valley: Workspace, typed: str) -> None:
    lookup, library = valley.lookup, valley.library
    for _, value in lookup.complete_by(typed, topic="wagons"):
        by = lookup.by(value)
        spoken = any(by.covers(entry) for entry in library.table("wagons") if entry.spoken)
        denying = any(by.covers(entry) for entry in library.table("denials") if entry.spoken)
        assert spoken or denying


def test_countries_are_offered_in_the_readers_language(valley: Workspace) -> None:
    speak("de")
    try:
        offered = valley.lookup.complete_by("Norw", topic="denials", name_of=country)
    finally:
        speak("en-GB")
    assert ("Norwegen", "Norway") in offered


def test_commands_in_a_text_are_tapped() -> None:
    know_commands(IDS)
    try:
        assert tappable("see /sacks, or `/claim undo 132`") == (
            "see </sacks:11>, or </claim undo:12> `132`"
        )
        assert tappable("`/source`") == "</source:13>"
        for left in ("and/or", "https://x.org/sacks", "`x /sacks`", "</sacks:11>", "/claim", "/x"):
            assert tappable(left) == left
    finally:
        know_commands({})
    assert tappable("/sacks") == "/sacks"


@given(st.text(alphabet="/ `claimundosck:<>", max_size=80))
def test_tapping_changes_no_word_of_a_text(text: str) -> None:
    know_commands(IDS)
    try:
        made = tappable(text)
    finally:
        know_commands({})
    for name, number in IDS.items():
        made = made.replace(f"</{name}:{number}>", f"/{name}")
    assert made.replace("`", "") == text.replace("`", "")
