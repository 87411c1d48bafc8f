"""The repository's own files, as these tests read them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("app.py", "chalicelib", "infra", "local", "tests", "bench")
NOT_OURS = {".venv", ".local", "build", "node_modules", "dist", "__pycache__", ".git", ".hypothesis", "package"}


def ours(path: Path) -> bool:
    return not NOT_OURS & set(path.relative_to(ROOT).parts)


@cache
def python_files(*under: str) -> list[Path]:
    """Of the whole code, or of some folders or files of it."""
    found: list[Path] = []
    for name in under or CODE:
        place = ROOT / name
        found += [place] if place.suffix == ".py" else sorted(place.rglob("*.py"))
    return [path for path in found if ours(path)]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path, *, at_load: bool = False) -> set[str]:
    """Full names of the modules a file imports. `at_load`: only what runs when it is imported itself."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    nodes = _at_load(tree(path)) if at_load else list(ast.walk(tree(path)))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *((node.module or "").split(".") if node.module else ())))
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def _at_load(module: ast.AST) -> list[ast.AST]:
    """Without the bodies of functions and of `if TYPE_CHECKING`."""
    found: list[ast.AST] = []
    for node in ast.iter_child_nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        found += [node, *_at_load(node)]
    return found
