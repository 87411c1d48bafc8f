"""Sizes and names (CONTRIBUTING.md): small functions and files, telling names, no leftovers, reasons beside ignores."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, name, python_files, tree

LONGEST_FUNCTION, LONGEST_FILE = 50, 400
BAD_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|manager|misc|stuff)(_|$)")
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
IGNORE = re.compile(r"#\s*(?:type:\s*ignore(?P<codes>\[[^\]]+\])?|noqa(?P<rules>:\s*[A-Z0-9, ]+)?)(?P<rest>[^\n]*)")
WEB = [
    path
    for pattern in ("*.ts", "*.tsx", "*.css")
    for path in sorted((ROOT / "web" / "src").rglob(pattern))
]  # fmt: skip
FILES = python_files()


def test_functions_are_small() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_files_are_small() -> None:
    """Stories, in tests, may be longer."""
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    long = {each: lines for each, lines in sizes.items() if lines > LONGEST_FILE and not each.startswith("tests/")}
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [path.relative_to(ROOT) for path in [*FILES, *WEB]]
    assert [path.as_posix() for path in named if any(BAD_NAMES.search(part.split(".")[0]) for part in path.parts)] == []


def test_nothing_is_left_to_be_done() -> None:
    itself = "tests/architecture/test_naming.py"
    texts = {name(path): path.read_text(encoding="utf-8") for path in [*FILES, *WEB] if name(path) != itself}
    assert [each for each, text in texts.items() if LEFTOVERS.search(text)] == []


def test_ignores_name_their_rule_and_their_reason() -> None:
    bare = []
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            match = IGNORE.search(line)
            if match is None or name(path) == "tests/architecture/test_naming.py":
                continue
            if not (match["codes"] or match["rules"]) or not re.search(r"\w{3}", match["rest"]):
                bare.append(f"{name(path)}:{number} {line.strip()[-80:]}")
    assert bare == []


def test_the_web_apps_ignores_too() -> None:
    """As ESLint itself takes a reason: `eslint-disable-next-line rule -- why`."""
    lines = [(name(path), line) for path in WEB for line in path.read_text(encoding="utf-8").splitlines()]
    told = re.compile(r"eslint-disable(-next)?-line \S+ -- .{10}")
    assert [each for each in lines if "eslint-disable" in each[1] and not told.search(each[1])] == []


@pytest.mark.parametrize("folder", ["chalicelib"])
def test_every_module_says_what_it_is(folder: str) -> None:
    assert [name(path) for path in python_files(folder) if not ast.get_docstring(tree(path))] == []


def test_every_use_case_is_a_verb_with_a_test_of_its_own() -> None:
    modules = {path.stem for path in python_files("chalicelib/usecases") if path.parent.name == "usecases"} - {
        "__init__"
    }
    tested = {path.stem.removeprefix("test_") for path in python_files("tests/usecases")}
    assert modules - tested == set()


def test_triggers_are_one_line_of_work() -> None:
    """`app.py` reads like a table of contents."""
    functions = [node for node in tree(ROOT / "app.py").body if isinstance(node, ast.FunctionDef)]
    assert functions
    assert [function.name for function in functions if len(function.body) != 1] == []
    assert not any(isinstance(node, ast.If | ast.For | ast.While) for node in ast.walk(tree(ROOT / "app.py")))


@pytest.mark.parametrize(("folder", "mark"), [("e2e", "e2e"), ("browser", "browser")])
def test_what_needs_the_stack_is_marked_so(folder: str, mark: str) -> None:
    """Else it runs among the fast tests, and starts a stack there."""
    paths = sorted((ROOT / "tests" / folder).glob("test_*.py"))
    assert paths
    assert [name(path) for path in paths if f"pytestmark = pytest.mark.{mark}\n" not in path.read_text()] == []
