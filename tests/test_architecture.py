"""The shape of the code beside what import-linter holds: every module says what it is for."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 500
MODULES = {
    path.relative_to(ROOT): path.read_text("utf-8")
    for folder in ("knowledge", "commands", "bot", "bench", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
}


def test_the_first_line_says_what_a_module_is_for() -> None:
    silent = [path for path, text in MODULES.items() if not text.startswith('"""')]
    assert silent == []


def test_no_file_outgrows_a_reader() -> None:
    assert [path for path, text in MODULES.items() if len(text.splitlines()) > LONGEST] == []


def test_a_package_says_its_whole_face() -> None:
    faces = {
        path: ast.parse(text)
        for path, text in MODULES.items()
        if path.name == "__init__.py" and len(path.parts) > 2 and "import" in text
    }
    assert faces
    for path, tree in faces.items():
        imported = {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        (listed,) = (node for node in tree.body if isinstance(node, ast.Assign))
        assert set(ast.literal_eval(listed.value)) == imported, path
