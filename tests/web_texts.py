"""The fixed texts of the pages, found in their modules and templates."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, nodes

WEB = Path(__file__).parent.parent / "bot" / "web"
Key = str | tuple[str, str]
_TEXTS = {"say": 1, "many": 2}


def fixed_texts() -> set[Key]:
    """Return what `say` and `many` are given, in code and in templates."""
    found: set[Key] = set()
    for path in WEB.glob("*.py"):
        if path.name != "words.py":
            found.update(_in_module(path))
    for path in (WEB / "templates").iterdir():
        found.update(_in_template(path))
    return found


def _in_module(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from _key(node.func.id, texts, f"{path.name}:{node.lineno}")


def _in_template(path: Path) -> Iterator[Key]:
    for node in Environment(autoescape=True).parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name):
            texts = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
            yield from _key(node.node.name, texts, f"{path.name}:{node.lineno}")


def _key(name: str, texts: Sequence[object], place: str) -> Iterator[Key]:
    wanted = _TEXTS.get(name)
    if wanted is None:
        return
    strings = [text for text in texts if isinstance(text, str)][:wanted]
    assert len(strings) == wanted, f"not fixed: {place}"
    yield strings[0] if wanted == 1 else (strings[0], strings[1])
