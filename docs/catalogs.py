"""Keep the catalogs of translations up with the code: `make catalogs`.

Every text that the bot says in fixed words stands in each catalog. One that is new is put there
without a translation, and answered in English until somebody writes one; one that the bot says no
more is taken out.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from discord import app_commands

from bot.client import Claimbot
from commands.answers import is_for_some
from commands.text import TRANSLATED
from knowledge.base import opened

COMMANDS = Path(__file__).parent.parent / "commands"
Key = str | tuple[str, str]
MENUS = discord.AppCommandType.message


def main() -> None:
    """Write the catalogs, and list what is not translated."""
    with TemporaryDirectory() as folder, opened(Path(folder) / "claims.db") as found:
        wanted = spoken() | described(Claimbot(found.workspace))
    for language in TRANSLATED:
        path = catalog_path(language)
        path.write_text(written(path.read_text("utf-8"), language, wanted), "utf-8", newline="\n")
        missing = [key for key, message in entries(language).items() if not is_translated(message)]
        print(f"{path.name}: {len(missing)} of {len(wanted)} not translated", file=sys.stderr)
        for key in missing:
            print(f"{path.name}: {key if isinstance(key, str) else key[1]}")


def catalog_path(language: str) -> Path:
    """Return the file of a language."""
    return COMMANDS / "locales" / f"{language}.po"


def spoken() -> set[Key]:
    """Return the fixed texts of every module: what `say` and `many` are given."""
    modules = [path for path in COMMANDS.rglob("*.py") if path.name != "i18n.py"]
    return {key for path in modules for key in _spoken_in(path)}


def _spoken_in(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in {"say", "many"}:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            strings = [text for text in texts if isinstance(text, str)]
            if len(strings) != (1 if node.func.id == "say" else 2):
                raise ValueError(f"{path.name}:{node.lineno}: the text is not fixed")
            yield strings[0] if node.func.id == "say" else (strings[0], strings[1])


def described(bot: Claimbot) -> set[Key]:
    """Return what Discord shows of the commands that are for everybody and not made from data."""
    topics = {topic.command for topic in bot.workspace.library.topics.values()}
    found: set[Key] = {menu.name for menu in bot.tree.get_commands(type=MENUS)}
    for command in bot.tree.walk_commands(type=discord.AppCommandType.chat_input):
        if isinstance(command, app_commands.Group) or is_for_some(command):
            continue
        if command.name not in topics:
            found.add(command.description)
        found.update(str(each.description) for each in command.parameters)
    return found


def messages(language: str) -> Catalog:
    """Read a catalog."""
    with catalog_path(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str) -> dict[Key, Message]:
    """Return what stands in a catalog, by the English text."""
    return {_key(message): message for message in messages(language) if message.id}


def _key(message: Message) -> Key:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def is_translated(message: Message) -> bool:
    """Whether an entry has a translation, or is waiting for one."""
    given = [message.string] if isinstance(message.string, str) else message.string or ()
    return any(given)


def written(text: str, language: str, wanted: set[Key]) -> str:
    """Return a catalog with an entry for each text and for no other, below the same heading."""
    heading = text.partition("\n\n")[0]
    known = entries(language)
    made = Catalog(locale=language)
    for key in sorted(wanted, key=lambda one: one if isinstance(one, str) else one[0]):
        empty: Key = "" if isinstance(key, str) else ("", "")
        made.add(key, known[key].string if key in known else empty).flags.clear()
    body = BytesIO()
    write_po(body, made, width=0, omit_header=True)
    return f"{heading}\n\n{body.getvalue().decode('utf-8').strip()}\n"


if __name__ == "__main__":
    main()
