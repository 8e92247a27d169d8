"""Keep the catalogs of translations up with the code: `make catalogs`.

Every text that the bot or a page says in fixed words stands in each catalog. One that is new is put
there without a translation, and answered in English until somebody writes one; one that nothing
says any more is taken out.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from discord import app_commands
from jinja2 import Environment, nodes

from bot.client import Claimbot
from commands.text import TRANSLATED
from knowledge.base import opened
from knowledge.wording import ChartWords

COMMANDS = Path(__file__).parent.parent / "commands"
WEB = Path(__file__).parent.parent / "bot" / "web"
"""The chat and the pages; what both say stands in the chat's catalogs alone."""
_SAYING = {"i18n.py", "words.py"}
"""The modules where `say` and `many` are made."""
_LINES_OF_FORMS = {"Line", "Choice"}
"""What the forms are made of: the name of a field or choice, and the hint below it."""
_TABLES = {"CLOSED", "HOW", "LABELS", "REFUSALS", "REMARKS", "SAME"}
"""Tables of texts that are said elsewhere."""
Key = str | tuple[str, str]
MENUS = discord.AppCommandType.message


def main() -> None:
    """Write the catalogs, and list what is not translated."""
    with TemporaryDirectory() as scratch, opened(Path(scratch) / "claims.db") as found:
        chat = spoken() | described(Claimbot(found.workspace))
    for folder, wanted in ((COMMANDS, chat), (WEB, spoken(WEB) - chat)):
        for language in TRANSLATED:
            _keep_up(folder, language, wanted)


def _keep_up(folder: Path, language: str, wanted: set[Key]) -> None:
    path = catalog_path(language, folder)
    text = written(path.read_text("utf-8"), language, wanted, folder)
    path.write_text(text, "utf-8", newline="\n")
    held = entries(language, folder)
    missing = [key for key, message in held.items() if not is_translated(message)]
    name = path.relative_to(COMMANDS.parent)
    print(f"{name}: {len(missing)} of {len(wanted)} not translated", file=sys.stderr)
    for key in missing:
        print(f"{name}: {key if isinstance(key, str) else key[1]}")


def catalog_path(language: str, folder: Path = COMMANDS) -> Path:
    """Return the file of a language."""
    return folder / "locales" / f"{language}.po"


def spoken(folder: Path = COMMANDS) -> set[Key]:
    """Return the fixed texts of every module and template: what `say` and `many` are given."""
    modules = [path for path in folder.rglob("*.py") if path.name not in _SAYING]
    templates = (folder / "templates").glob("*")
    found = {key for path in modules for key in _spoken_in(path)}
    found |= {key for path in templates for key in _spoken_in_template(path)}
    return found | _charted() if folder == COMMANDS else found


def _charted() -> set[Key]:
    """Return what a chart says, which knows of no catalog."""
    return {str(each.default) for each in fields(ChartWords) if each.name != "language"}


def _spoken_in(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from _fixed(node.func.id, given, f"{path.name}:{node.lineno}")
            if node.func.id in _LINES_OF_FORMS:
                yield from _texts(node.args[1:3])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in _TABLES:
            held = node.value
            yield from _texts(held.values if isinstance(held, ast.Dict) else ())
            yield from _texts(held.elts if isinstance(held, ast.Tuple) else ())


def _texts(nodes: Sequence[ast.expr]) -> Iterator[str]:
    given = (node.value for node in nodes if isinstance(node, ast.Constant))
    return (text for text in given if isinstance(text, str) and text)


def _spoken_in_template(path: Path) -> Iterator[Key]:
    for node in Environment(autoescape=True).parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name):
            given = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
            yield from _fixed(node.node.name, given, f"{path.name}:{node.lineno}")


def _fixed(function: str, given: Sequence[object], place: str) -> Iterator[Key]:
    wanted = {"say": 1, "many": 2}.get(function)
    if wanted is None:
        return
    strings = [text for text in given if isinstance(text, str)]
    if len(strings) != wanted:
        raise ValueError(f"{place}: the text is not fixed")
    yield strings[0] if wanted == 1 else (strings[0], strings[1])


def described(bot: Claimbot) -> set[Key]:
    """Return what Discord shows of the commands that are not made from data."""
    topics = {topic.command for topic in bot.workspace.library.topics.values()}
    found: set[Key] = {menu.name for menu in bot.tree.get_commands(type=MENUS)}
    for command in bot.tree.walk_commands(type=discord.AppCommandType.chat_input):
        if command.name not in topics:
            found.add(command.description)
        if isinstance(command, app_commands.Command):
            found.update(str(each.description) for each in command.parameters)
            choices = (choice for each in command.parameters for choice in each.choices)
            found.update(choice.name for choice in choices)
    return found


def messages(language: str, folder: Path = COMMANDS) -> Catalog:
    """Read a catalog."""
    with catalog_path(language, folder).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str, folder: Path = COMMANDS) -> dict[Key, Message]:
    """Return what stands in a catalog, by the English text."""
    return {_key(message): message for message in messages(language, folder) if message.id}


def _key(message: Message) -> Key:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def is_translated(message: Message) -> bool:
    """Whether an entry has a translation, or is waiting for one."""
    given = [message.string] if isinstance(message.string, str) else message.string or ()
    return any(given)


def written(text: str, language: str, wanted: set[Key], folder: Path = COMMANDS) -> str:
    """Return a catalog with an entry for each text and for no other, below the same heading."""
    heading = text.partition("\n\n")[0]
    known = entries(language, folder)
    made = Catalog(locale=language)
    for key in sorted(wanted, key=lambda one: one if isinstance(one, str) else one[0]):
        empty: Key = "" if isinstance(key, str) else ("", "")
        made.add(key, known[key].string if key in known else empty).flags.clear()
    body = BytesIO()
    write_po(body, made, width=0, omit_header=True)
    return f"{heading}\n\n{body.getvalue().decode('utf-8').strip()}\n"


if __name__ == "__main__":
    main()
