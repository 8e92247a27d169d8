"""Answers in the language of the person's Discord, beside others who read English."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import simcord

from commands.text import many, say, speak, spoken
from commands.text.catalogs import TRANSLATED
from docs.catalogs import entries
from tests.conftest import Chat

SCRIPT = {"de": re.compile("[a-zäöüß]"), "ko": re.compile("[가-힣]"), "uk": re.compile("[а-яіїєґ]")}
LONG = 11
"""Letters from which on a piece of an English text is found by no chance in another one."""
Speak = Callable[[str], None]


@pytest.fixture
def speaks(chat: Chat) -> Speak:
    """Return what sets the language of the person's Discord; simcord has but one."""
    spoken_there = ["en-US"]

    def localise(event: str, payload: Mapping[str, Any]) -> None:
        if event == "INTERACTION_CREATE" and isinstance(payload, dict):
            payload["locale"] = spoken_there[0]

    chat.env.backend.subscribers.insert(0, localise)
    return lambda locale: spoken_there.__setitem__(0, locale)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            "de",
            ["seit Februar 2024", "# Mehr als 8 Millionen", "Neueste Angabe: ", "Bestritten von"],
        ),
        ("uk", ["з лютого 2024", "# Понад 8 млн", "Остання оцінка: ", "Заперечують"]),
        ("ko", ["2024년 2월부터", "# 800만 sacks 넘게", "최신: ", "부인:"]),
        ("en-GB", ["since February 2024", "# More than 8 million", "Latest: ", "Denied by"]),
        ("fr", ["since February 2024", "# More than 8 million", "Latest: ", "Denied by"]),
    ],
)
async def test_fixed_words_numbers_and_dates_follow_the_language(
    chat: Chat, speaks: Speak, locale: str, words: list[str]
) -> None:
    speaks(locale)
    shown = await chat.run("sacks", since="2024-02")
    assert [word for word in words if word not in shown.text] == []


@pytest.mark.parametrize("locale", TRANSLATED)
async def test_data_stays_as_recorded(chat: Chat, speaks: Speak, locale: str) -> None:
    english = await chat.run("source", what="spoilt-kamau-2024-02")
    speaks(locale)
    shown = await chat.run("source", what="spoilt-kamau-2024-02")
    for recorded in ("Share of sacks that are spoilt", "Wanjiru Kamau", "a quarter of it"):
        assert recorded in shown.text
    assert shown.text != english.text
    markers = re.compile(r"\[\d+ ¶[^\]]+\]")
    assert markers.findall(shown.text) == markers.findall(english.text)


@pytest.mark.parametrize("locale", TRANSLATED)
async def test_silence_and_errors_are_told_in_the_language(
    chat: Chat, speaks: Speak, locale: str
) -> None:
    asked: list[tuple[str, dict[str, str]]] = [
        ("ask", {"question": "zebra stripes"}),
        ("sacks", {"since": "foo"}),
        ("sacks", {"since": "2030"}),
        ("sacks", {"since": "2025", "until": "2024"}),
        ("figures", {"topic": "zzz"}),
        ("check", {"text": "hello there"}),
        ("help", {"command": "nothing"}),
    ]
    for command, options in asked:
        speaks("en-US")
        english = await chat.run(command, **options)
        speaks(locale)
        shown = await chat.run(command, **options)
        assert shown.private
        assert shown.text != english.text
        assert SCRIPT[locale].search(shown.text)


@pytest.mark.parametrize("locale", TRANSLATED)
async def test_every_command_answers_within_discords_limits(
    chat: Chat, speaks: Speak, locale: str
) -> None:
    speaks(locale)
    compared = {"topic": "sacks", "by": "Grain Watch", "with": "Chile"}
    for command, options in (
        ("about", {}),
        ("topics", {}),
        ("help", {}),
        ("help", {"command": "figures"}),
        ("ask", {"question": "how many sacks by august 2024?"}),
        ("check", {"text": "Norway sent 20 million sacks and half of them were spoilt."}),
        ("compare", compared),
        ("figures", {"topic": "reactions"}),
        ("figures", {"topic": "grain-age"}),
    ):
        shown = await chat.run(command, **options)
        assert SCRIPT[locale].search(shown.text)
        assert "{" not in shown.text


@pytest.mark.parametrize("locale", TRANSLATED)
async def test_no_answer_has_a_fixed_text_left_in_english(
    chat: Chat, speaks: Speak, locale: str
) -> None:
    speaks(locale)
    for command, options in (
        ("about", {}),
        ("topics", {}),
        ("sacks", {}),
        ("sacks", {"since": "2024-02"}),
        ("sacks", {"since": "2030"}),
        ("sacks", {"since": "foo"}),
        ("spoilt", {"chart": True}),
        ("denials", {"chart": True}),
        ("ask", {"question": "how many sacks by august 2024?"}),
        ("ask", {"question": "zebra stripes"}),
        ("check", {"text": "Norway sent 20 million sacks and half of them were spoilt."}),
        ("check", {"text": "hello there"}),
        ("compare", {"topic": "sacks", "by": "Grain Watch", "with": "Chile"}),
        ("source", {"what": "sacks"}),
    ):
        shown = await chat.run(command, **options)
        left = [piece for piece in _pieces_of_english(locale) if piece in shown.text]
        assert left == [], command


def _pieces_of_english(language: str) -> list[str]:
    """Return what stands between the placeholders of each English text that has a translation."""
    found: set[str] = set()
    for key, message in entries(language).items():
        english = key if isinstance(key, str) else key[0]
        other = message.string if isinstance(message.string, str) else (message.string or [""])[0]
        pieces = [piece.strip() for piece in re.split(r"\{\w*\}", english)]
        found |= {piece for piece in pieces if len(piece) > LONG and piece not in other}
    return sorted(found)


async def test_arithmetic_is_worded_in_the_language(chat: Chat, speaks: Speak) -> None:
    speaks("de")
    shown = await chat.run("compare", topic="sacks", by="Grain Watch", **{"with": "Chile"})
    assert "= **etwa 76,9**" in shown.text
    assert "about" not in shown.text


async def test_two_people_read_the_same_buttons_each_in_their_language(
    chat: Chat, speaks: Speak
) -> None:
    speaks("de")
    shown = await chat.run("source", what="sacks")
    assert "◀ Ältere" in shown.buttons
    assert isinstance(chat.person, simcord.MemberActor)
    speaks("ko")
    other = chat.person.guild.add_member(chat.env.create_user("carol"))
    opened = await Chat(chat.env, other, chat.channel).press(shown, "◀ Ältere")
    assert opened.title.startswith("근거: ")
    speaks("de")
    assert (await chat.press(shown, "◀ Ältere")).title.startswith("Belege: ")


def test_without_a_request_it_is_english() -> None:
    assert spoken() == "en"
    assert say("Sources") == "Sources"


def test_a_missing_translation_is_english() -> None:
    speak("de")
    try:
        assert say("Not in any catalog: {x}.", x=1) == "Not in any catalog: 1."
        assert many("{count} thing", "{count} things", 1) == "1 thing"
        assert many("{count} thing", "{count} things", 1500) == "1.500 things"
    finally:
        speak("en-US")
