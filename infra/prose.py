"""Takes out of a module what no traceback shows: docstrings and comments. Every other line stays where it was."""

import ast
import io
import tokenize


def without_prose(source: bytes) -> bytes:
    """What is a statement of words alone becomes empty lines, or `...` where nothing else would be left of a body."""
    lines = source.decode().split("\n")
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for statement in body:
            if _is_prose(statement, lines):
                _blank(lines, statement)
                if len(body) == 1:
                    lines[statement.lineno - 1] = " " * statement.col_offset + "..."
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
            lines[token.start[0] - 1] = ""
    return "\n".join(lines).encode()


def _is_prose(statement: ast.stmt, lines: list[str]) -> bool:
    """One that shares its lines with something else stays."""
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
        return False
    if not isinstance(statement.value.value, str):
        return False
    first, last = lines[statement.lineno - 1], lines[(statement.end_lineno or 0) - 1]
    return not first[: statement.col_offset].strip() and last.encode()[statement.end_col_offset or 0 :].strip() == b""


def _blank(lines: list[str], statement: ast.stmt) -> None:
    for number in range(statement.lineno - 1, statement.end_lineno or 0):
        lines[number] = ""
