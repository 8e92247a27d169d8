"""The catalogs: nothing untranslated, nothing unused, and every placeholder in its place."""

import re
from typing import Any

import discord
import pytest
from babel.messages.catalog import Message
from discord import app_commands

from bot.client import Claimbot
from commands.curation.writing import LINES
from commands.text.catalogs import TRANSLATED, catalog, language_of, translated
from docs.catalogs import (
    COMMANDS,
    MENUS,
    catalog_path,
    described,
    entries,
    is_translated,
    messages,
    spoken,
    written,
)
from knowledge.base import curated
from knowledge.workspaces import Workspace

PLACEHOLDER = re.compile(r"\{\w*\}")


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.fixture
def bot(workspace: Workspace) -> Claimbot:
    return Claimbot(workspace)


def test_there_is_a_catalog_for_each_language() -> None:
    found = sorted(path.stem for path in (COMMANDS / "locales").glob("*.po"))
    assert found == sorted(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
async def test_every_text_stands_in_the_catalogs_and_no_other(language: str, bot: Claimbot) -> None:
    held, wanted = set(entries(language)), spoken() | described(bot)
    assert wanted - held == set(), "make catalogs puts them there"
    assert held - wanted == set(), "make catalogs takes them out"


@pytest.mark.parametrize("language", TRANSLATED)
async def test_every_description_is_short_enough(language: str, bot: Claimbot) -> None:
    shown = {text for text in described(bot) if isinstance(text, str)}
    long = {text for text in shown if not 1 <= len(catalog(language).gettext(text)) <= 100}
    assert long == set()
    menus = [catalog(language).gettext(each.name) for each in bot.tree.get_commands(type=MENUS)]
    assert all(1 <= len(name) <= 32 for name in menus)


@pytest.mark.parametrize("language", TRANSLATED)
async def test_a_new_text_is_put_in_and_answered_in_english(language: str, bot: Claimbot) -> None:
    text = catalog_path(language).read_text("utf-8")
    wanted = spoken() | described(bot)
    assert written(text, language, wanted) == text
    longer = written(text, language, {*wanted, "New {one}", ("{count} new", "{count} of the new")})
    assert 'msgid "New {one}"\nmsgstr ""\n' in longer
    assert catalog(language).gettext("New {one}") == "New {one}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_is_whole(language: str) -> None:
    translated = {key: one for key, one in entries(language).items() if is_translated(one)}
    for key, message in translated.items():
        texts = forms(message)
        assert all(text.strip() for text in texts), key
        assert not message.fuzzy, key
        assert len(texts) == (1 if isinstance(key, str) else messages(language).num_plurals), key
        wanted = sorted(PLACEHOLDER.findall(key if isinstance(key, str) else key[1]))
        for text in texts:
            assert sorted(PLACEHOLDER.findall(text)) == wanted, key
            assert text.count("**") == (key if isinstance(key, str) else key[1]).count("**"), key
            assert text.count("`") == (key if isinstance(key, str) else key[1]).count("`"), key


@pytest.mark.parametrize("language", TRANSLATED)
async def test_every_command_and_choice_fits_into_discord(
    language: str, simcord_env: Any, simcord_bot: Claimbot
) -> None:
    del simcord_env
    translator = simcord_bot.tree.translator
    assert translator is not None
    for command in simcord_bot.tree.get_commands():
        payload = await command.get_translated_payload(simcord_bot.tree, translator)
        for one in described_in(payload):
            shown = one.get("description_localizations") or {}
            assert 1 <= len(shown.get(language, one.get("description") or "-")) <= 100, one
            for choice in one.get("choices", []):
                named = choice.get("name_localizations") or {}
                assert 1 <= len(named.get(language, choice["name"])) <= 100, choice


def described_in(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a command, its subcommands and their options."""
    inner = [one for option in payload.get("options", []) for one in described_in(option)]
    return [payload, *inner]


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_every_line_of_a_form_fits_into_discord(language: str) -> None:
    for line in (line for lines in LINES.values() for line in lines):
        assert 1 <= len(translated(line.label, language)) <= 45, line.label
        assert len(translated(line.help, language)) <= 100, line.help
        for one in line.choices:
            assert 1 <= len(translated(one.label, language)) <= 100, one.label
            assert len(translated(one.help, language)) <= 100, one.help


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_shipped_record_has_its_words_in_each_language(language: str) -> None:
    records = curated()
    for topic in records.topics.values():
        words = topic.translations[language]
        assert words.title, topic.id
        assert words.description, topic.id
        assert bool(words.unit) == bool(topic.unit), topic.id
    for claim in records.claims.values():
        told = claim.translations.get(language)
        assert not claim.assumption or (told and told.assumption), claim.id
        assert set(told.qualifiers if told else {}) == set(claim.qualifiers), claim.id
    for one in records.asserters.values():
        assert not one.role or one.translations[language].role, one.id


def test_plurals_follow_the_language() -> None:
    claims = ("{count} claim", "{count} claims")
    counted = [
        catalog("uk").ngettext(*claims, count).format(count=count) for count in (1, 3, 5, 21)
    ]
    assert counted == ["1 твердження", "3 твердження", "5 тверджень", "21 твердження"]
    publications = ("{count} publication", "{count} publications")
    shown = [catalog("uk").ngettext(*publications, n).format(count=n) for n in (1, 2, 11, 22)]
    assert shown == ["1 публікація", "2 публікації", "11 публікацій", "22 публікації"]


@pytest.mark.parametrize("locale", [each.value for each in discord.Locale])
def test_every_locale_of_discord_has_a_language(locale: str) -> None:
    assert catalog(language_of(locale)).gettext("not in any catalog") == "not in any catalog"


@pytest.mark.parametrize("language", TRANSLATED)
async def test_discord_is_told_the_descriptions_but_no_other_names(
    language: str, simcord_env: Any, simcord_bot: Claimbot
) -> None:
    del simcord_env
    translator = simcord_bot.tree.translator
    assert translator is not None
    known = {key for key, one in entries(language).items() if is_translated(one)}
    for command in simcord_bot.tree.get_commands():
        payload = await command.get_translated_payload(simcord_bot.tree, translator)
        menu = isinstance(command, app_commands.ContextMenu)
        assert bool(payload.get("name_localizations")) == menu
        if payload.get("description") in known:
            assert payload["description_localizations"][language]
        for option in payload.get("options", []):
            assert not option.get("name_localizations")
            if option["description"] in known:
                assert len(option["description_localizations"][language]) <= 100
