"""The shape of the code: imports point one way, every module says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("knowledge", "commands", "bot")
FORBIDDEN = {
    "knowledge": {"discord", "simcord", "commands", "bot", "bench", "tests"},
    "commands": {"simcord", "bot", "bench", "tests"},
    "bot": {"bench", "tests"},
}
LONGEST = 500
MODULES = sorted(
    path for package in (*PACKAGES, "bench", "tests") for path in (ROOT / package).rglob("*.py")
)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_modules_to_check() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in MODULES}
    assert found >= {"knowledge", "commands", "bot", "tests"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    roots = {name.split(".")[0] for name in imported(ast.parse(path.read_text("utf-8")))}
    assert not roots & FORBIDDEN.get(package, set())


def test_relative_imports_are_not_used() -> None:
    relative = [
        name_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_first_line_says_what_a_module_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.startswith('"""')


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_file_outgrows_a_reader(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("package", PACKAGES)
def test_only_the_store_speaks_sql(package: str) -> None:
    speakers = {
        name_of(path)
        for path in (ROOT / package).rglob("*.py")
        for name in imported(ast.parse(path.read_text("utf-8")))
        if name.split(".")[0] in {"sqlite3", "sqlite_utils"}
    }
    assert all(name.startswith("knowledge/store/") for name in speakers)
