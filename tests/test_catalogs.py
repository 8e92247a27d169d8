"""The catalogs: nothing untranslated, nothing unused, and every placeholder in its place."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import discord
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from discord import app_commands

from bot.client import Claimbot
from commands.answers.help import _is_for_some
from commands.text.catalogs import TRANSLATED, catalog, language_of
from knowledge.workspaces import Workspace

COMMANDS = Path(__file__).parent.parent / "commands"
PLACEHOLDER = re.compile(r"\{\w*\}")
Key = str | tuple[str, str]
Menus = discord.AppCommandType.message


def written(path: Path) -> Iterator[Key]:
    """Return the fixed texts of a module: what `say` and `many` are given."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in {"say", "many"}:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            strings = [text for text in texts if isinstance(text, str)]
            place = f"{path.name}:{node.lineno}"
            assert len(strings) == (1 if node.func.id == "say" else 2), f"not fixed: {place}"
            yield strings[0] if node.func.id == "say" else (strings[0], strings[1])


def in_code() -> set[Key]:
    modules = [path for path in COMMANDS.rglob("*.py") if path.name != "i18n.py"]
    return {key for path in modules for key in written(path)}


def described(bot: Claimbot) -> set[str]:
    """Return what Discord shows of the commands that are for everybody and not made from data."""
    topics = {topic.command for topic in bot.workspace.library.topics.values()}
    found = {menu.name for menu in bot.tree.get_commands(type=Menus)}
    for command in bot.tree.walk_commands(type=discord.AppCommandType.chat_input):
        if isinstance(command, app_commands.Group) or _is_for_some(command):
            continue
        if command.name not in topics:
            found.add(command.description)
        found.update(str(each.description) for each in command.parameters)
    return found


@cache
def messages(language: str) -> Catalog:
    with (COMMANDS / "locales" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str) -> dict[Key, Message]:
    return {_key(message): message for message in messages(language) if message.id}


def _key(message: Message) -> Key:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.fixture
def bot(workspace: Workspace) -> Claimbot:
    return Claimbot(workspace)


def test_there_is_a_catalog_for_each_language() -> None:
    found = sorted(path.stem for path in (COMMANDS / "locales").glob("*.po"))
    assert found == sorted(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_fixed_text_is_translated(language: str) -> None:
    assert in_code() - set(entries(language)) == set()


@pytest.mark.parametrize("language", TRANSLATED)
async def test_every_description_is_translated_and_short_enough(
    language: str, bot: Claimbot
) -> None:
    shown = described(bot)
    assert shown - set(entries(language)) == set()
    long = {text for text in shown if not 1 <= len(catalog(language).gettext(text)) <= 100}
    assert long == set()
    menus = [catalog(language).gettext(each.name) for each in bot.tree.get_commands(type=Menus)]
    assert all(1 <= len(name) <= 32 for name in menus)


@pytest.mark.parametrize("language", TRANSLATED)
async def test_no_translation_is_unused(language: str, bot: Claimbot) -> None:
    assert set(entries(language)) - in_code() - described(bot) == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_is_whole(language: str) -> None:
    for key, message in entries(language).items():
        texts = forms(message)
        assert all(text.strip() for text in texts), key
        assert not message.fuzzy, key
        assert len(texts) == (1 if isinstance(key, str) else messages(language).num_plurals), key
        wanted = sorted(PLACEHOLDER.findall(key if isinstance(key, str) else key[1]))
        for text in texts:
            assert sorted(PLACEHOLDER.findall(text)) == wanted, key
            assert text.count("**") == (key if isinstance(key, str) else key[1]).count("**"), key
            assert text.count("`") == (key if isinstance(key, str) else key[1]).count("`"), key


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
    known = entries(language)
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
