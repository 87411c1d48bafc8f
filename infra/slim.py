"""Rewrites a deployment zip: without what a function never reads, with bytecode it need not compile.

Cold starts are mostly imports. Chalice ships no bytecode, so each start would compile everything; and botocore
carries the descriptions of 400 services (botocore_parts.py). Bytecode is `unchecked-hash`: valid whatever the files'
times are.
"""

import ast
import importlib.util
import marshal
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from infra import botocore_parts
from infra.prose import without_prose

OWN = ("app.py", "chalicelib")
DROPPED_TOPS = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel", "bin", "tests", "docs")
DROPPED_DIRECTORIES = ("__pycache__", "tests", "testing", "examples")
DROPPED_SUFFIXES = (".pyc", ".pyi", ".typed", ".pth", ".c", ".h", ".rst")
DROPPED_FILES = (
    # A second copy of the time zones, behind a deprecated function.
    "dateutil/zoneinfo/dateutil-zoneinfo.tar.gz",
    # What the zones were made from, and lists of them: a zone is read from its own file.
    "tzdata/zones",
    "tzdata/zoneinfo/iso3166.tab",
    "tzdata/zoneinfo/leapseconds",
    "tzdata/zoneinfo/tzdata.zi",
    "tzdata/zoneinfo/zone.tab",
    "tzdata/zoneinfo/zone1970.tab",
    "tzdata/zoneinfo/zonenow.tab",
    # Calendars that repeat, and the date of Easter: imported by nobody but who asks for them.
    "dateutil/rrule.py",
    "dateutil/easter.py",
    # Other ways to a network than a socket with this Python's own TLS.
    "urllib3/contrib/pyopenssl.py",
    "urllib3/contrib/socks.py",
    "urllib3/http2/connection.py",
    # Signatures made in C by a library that is not here, answers for tests, zones of Windows, and how zones are built.
    "botocore/crt/auth.py",
    "botocore/stub.py",
    "dateutil/tz/win.py",
    "dateutil/zoneinfo/rebuild.py",
    # Places, carriers and zones of numbers: their data is not here, and nothing asks.
    "phonenumbers/carrier.py",
    "phonenumbers/geocoder.py",
    "phonenumbers/timezone.py",
)
DROPPED_PREFIXES = (
    # Emergency and short numbers of each country, read when somebody asks for one: we never do.
    "phonenumbers/shortdata/region_",
    # Browsers as a place to run in.
    "urllib3/contrib/emscripten/",
)
TIMESTAMP = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Size:
    """In bytes."""

    zipped: int
    unzipped: int


def slim(source: Path, target: Path, *, compiled: bool) -> Size:
    """Writes `target` from `source`: same input, same bytes. `compiled` adds bytecode."""
    with zipfile.ZipFile(source) as original:
        files = {name: original.read(name) for name in original.namelist() if is_kept(name)}
    if compiled:
        files = dict(_for_cold_starts(files))
    target.unlink(missing_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(_entry(name), files[name], compresslevel=9)
    return Size(target.stat().st_size, sum(map(len, files.values())))


def is_kept(name: str) -> bool:
    """Whether a function may need this file of the zip."""
    parts = PurePosixPath(name).parts
    if name.endswith("/") or parts[0] in DROPPED_TOPS or name in DROPPED_FILES or name.startswith(DROPPED_PREFIXES):
        return False
    if any(part in DROPPED_DIRECTORIES for part in parts[:-1]) or name.endswith(DROPPED_SUFFIXES):
        return False
    if parts[0].endswith((".dist-info", ".egg-info", ".data")):
        return False
    if parts[:2] == ("botocore", "data"):
        return botocore_parts.is_kept(parts[2:])
    return True


def _for_cold_starts(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Our own modules keep their source, so that a traceback shows it, each line at its place but without its prose;
    those of libraries become bytecode only.

    Of botocore's data stays what is read.
    """
    for name, content in files.items():
        if name.startswith("botocore/data/"):
            yield botocore_parts.trimmed(name, content)
        elif name == botocore_parts.AUTHORITIES:
            yield name, botocore_parts.trusted(content)
        elif not name.endswith(".py"):
            yield name, content
        elif PurePosixPath(name).parts[0] in OWN:
            code = without_prose(content)
            yield name, code
            yield importlib.util.cache_from_source(name, optimization=""), _bytecode(name, code)
        elif (source := botocore_parts.code(name, content)) is not None:
            yield name + "c", _bytecode(name, source)


def _bytecode(name: str, source: bytes) -> bytes:
    """PEP 552 hash-based bytecode that is never checked against its source. Asserts stay; docstrings, which nobody
    reads there, do not."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            _undocument(node)
    code = compile(tree, f"/var/task/{name}", "exec", dont_inherit=True, optimize=0)
    unchecked_hash = (0b01).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked_hash + importlib.util.source_hash(source) + marshal.dumps(code)


def _undocument(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    if ast.get_docstring(node, clean=False) is not None:
        first = node.body.pop(0)
        if not node.body:
            node.body.append(ast.copy_location(ast.Pass(), first))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, TIMESTAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o755 if name.endswith(".so") else 0o644) << 16
    return entry
