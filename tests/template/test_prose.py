"""Sources in the zip: the code of the repository, line by line, without its words."""

import ast

import pytest

from infra.package import ROOT
from infra.prose import without_prose

OURS = sorted([ROOT / "app.py", *(ROOT / "chalicelib").rglob("*.py")])


def test_words_go_and_lines_stay() -> None:
    source = b'''"""Of a module,
in two lines."""
# Why.
LIMIT = 3  # stays: a traceback may show this line
"""Of a value."""


class Nothing(Exception):
    """Words alone."""


def twice(text: str) -> str:
    """Of a function."""
    if text:
        """Of a branch."""
        # another
        return """# no comment
"" of words""" + text
    "x"; text = "y"
    return text
'''
    assert (
        without_prose(source)
        == b'''


LIMIT = 3  # stays: a traceback may show this line



class Nothing(Exception):
    ...


def twice(text: str) -> str:

    if text:


        return """# no comment
"" of words""" + text
    "x"; text = "y"
    return text
'''
    )


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_of_ours_stays_what_it_is(path) -> None:  # type: ignore[no-untyped-def]  # a path
    source = path.read_bytes()
    kept = without_prose(source)
    lines = list(zip(source.split(b"\n"), kept.split(b"\n"), strict=True))
    assert [new for old, new in lines if new not in (old, b"") and new.strip() != b"..."] == []
    assert _code(source) == _code(kept)


def _code(source: bytes) -> list[str]:
    """Every statement but words, where it stands."""
    return [
        f"{node.lineno} {ast.unparse(node).splitlines()[0]}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
