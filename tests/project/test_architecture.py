"""The shape of the code beside what import-linter holds: every module says what it is for."""

import ast

from tests import ROOT

LONGEST = 500
NUMBERED = ("bot/", "commands/", "knowledge/")
MODULES = {
    path.relative_to(ROOT): path.read_text("utf-8")
    for folder in ("knowledge", "commands", "bot", "bench", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
}


def test_the_first_line_says_what_a_module_is_for() -> None:
    assert [str(path) for path, text in MODULES.items() if not text.startswith('"""')] == []


def test_no_file_outgrows_a_reader() -> None:
    long = [path for path, text in MODULES.items() if len(text.splitlines()) > LONGEST]
    assert [str(path) for path in long] == []


def _is_number(node: ast.AST | None) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ast.UnaryOp(operand=operand):
            return _is_number(operand)
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
        case ast.Tuple(elts=elts):
            return bool(elts) and all(map(_is_number, elts))
        case _:
            return False


def test_every_number_says_what_set_it() -> None:
    """A constant, or a run of them, has a text below it."""
    silent = []
    for path, text in MODULES.items():
        numbers: list[int] = []
        held = path.as_posix().startswith(NUMBERED)
        for node in ast.parse(text).body if held else ():
            if isinstance(node, ast.Assign | ast.AnnAssign) and _is_number(node.value):
                numbers.append(node.lineno)
            elif not isinstance(node, ast.Assign | ast.AnnAssign):
                told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                silent += [] if told else [f"{path}:{line}" for line in numbers]
                numbers = []
    assert silent == []


def test_a_package_says_its_whole_face() -> None:
    faces = {
        path: ast.parse(text)
        for path, text in MODULES.items()
        if path.name == "__init__.py" and len(path.parts) > 2 and "import" in text
    }
    assert faces
    for path, tree in faces.items():
        taken = {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        made = {
            node.target.id
            for node in tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }
        modules = {name for name in taken if path.with_name(f"{name}.py") in MODULES}
        (listed,) = (node for node in tree.body if isinstance(node, ast.Assign))
        assert set(ast.literal_eval(listed.value)) == (taken - modules) | made, path
