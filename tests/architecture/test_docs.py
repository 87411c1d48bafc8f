"""The documents know every error, setting, route, channel and make target; every link leads somewhere."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib.channels import CHANNELS
from chalicelib.config import Settings
from chalicelib.domain import errors
from chalicelib.shops import SHOPS
from infra import openapi
from tests.architecture.sources import CODE, ROOT, ours

DOCS = ROOT / "docs"
EXPECTED = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "docs/architecture.md",
    "docs/data-model.md",
    "docs/adding-a-channel.md",
    "docs/adding-a-shop.md",
    "docs/errors.md",
    "docs/requirements.md",
    "docs/openapi.json",
)
GATEWAY_CODES = ("unauthorized", "unsupported_media_type", "method_not_allowed", "internal")
"""Of answers that no error class of ours stands for."""
PAGES = sorted(path for path in ROOT.rglob("*.md") if ours(path))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"```.*?```", re.DOTALL)
CITED = re.compile(r"\b([DNHSXILP])(\d{1,2})(?:-\1?(\d{1,2}))?\b(?!::)")
AMAZON = {"S3"}
"""Amazon's store of files: it has the form of an id and is none."""


def read(path: str) -> str:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.mark.parametrize("path", EXPECTED)
def test_a_document_everybody_looks_for_is_there(path: str) -> None:
    assert read(path).strip()


def test_every_error_code_is_explained() -> None:
    codes = [kind.code for kind in _subclasses(errors.CounterlineError)]
    text = read("docs/errors.md")
    assert [code for code in (*codes, *GATEWAY_CODES) if f"`{code}`" not in text] == []


def test_no_error_code_is_explained_that_is_none() -> None:
    known = {kind.code for kind in _subclasses(errors.CounterlineError)} | set(GATEWAY_CODES)
    explained = set(re.findall(r"^\|\s*`([a-z_]+)`", read("docs/errors.md"), re.MULTILINE))
    assert explained - known == set()


def test_openapi_is_what_the_code_says() -> None:
    assert read("docs/openapi.json") == openapi.text(), "run `make openapi`"


def test_every_route_is_in_openapi() -> None:
    import app  # noqa: F401  its import registers every route
    from chalicelib.api.routing import ROUTES

    paths: dict[str, Any] = json.loads(read("docs/openapi.json"))["paths"]
    assert {(route.path, route.method.lower()) for route in ROUTES} == {
        (path, method) for path, methods in paths.items() for method in methods
    }


@pytest.mark.parametrize("setting", Settings.__struct_fields__)
def test_every_setting_is_explained(setting: str) -> None:
    assert f"`{setting.upper()}`" in read("docs/deploying.md")


@pytest.mark.parametrize(("page", "names"), [("docs/channels.md", CHANNELS), ("docs/shops.md", SHOPS)])
def test_every_adapter_is_in_its_feature_matrix(page: str, names: dict[str, object]) -> None:
    text = read(page).lower()
    assert [each for each in names if each not in text] == []


@pytest.mark.parametrize("target", ["run", "test", "deploy"])
def test_the_readme_names_the_first_commands(target: str) -> None:
    assert f"make {target}" in read("README.md")


def test_make_targets_named_in_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = {
        (path.relative_to(ROOT).as_posix(), target)
        for path in PAGES
        for target in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert {(path, target) for path, target in named if target not in targets} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    broken = [target for target in LINK.findall(text) if not _leads_somewhere(page, target)]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_named_in_documents_exist(page: Path) -> None:
    """Paths in code marks that begin with a folder of ours."""
    text = page.read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:chalicelib|docs|infra|local|tests|web|bench)/[\w./-]+\.(?:py|md|json|yaml|ts|tsx))`", text
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_cited_rule_is_in_the_requirements() -> None:
    known = set(re.findall(r"^\| ([A-Z]\d+) \|", read("docs/requirements.md"), re.MULTILINE))
    cited = {each: path.relative_to(ROOT).as_posix() for path in _texts() for each in _ids(path)}
    assert {each: path for each, path in cited.items() if each not in known} == {}
    assert len(known & set(cited)) > 50, "the ids are looked for and found"


def test_sources_cite_no_page_that_is_not_here() -> None:
    here = {path.name for path in PAGES}
    named = {
        (path.relative_to(ROOT).as_posix(), page)
        for path in _texts()
        for page in re.findall(r"\b([0-9a-z][0-9a-z-]*\.md)\b", path.read_text(encoding="utf-8"))
    }
    assert {(path, page) for path, page in named if page not in here} == set()


def _leads_somewhere(page: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return target.startswith(("https://", "http://localhost", "mailto:"))
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return False
    return not anchor or file.suffix != ".md" or anchor in _anchors(file)


def _anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+\s+(.+)$", FENCE.sub("", file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "")).strip().lower().replace(" ", "-") for heading in headings}


def _subclasses(kind: type[errors.CounterlineError]) -> set[type[errors.CounterlineError]]:
    direct = set(kind.__subclasses__())
    return {kind} | direct | {deeper for each in direct for deeper in _subclasses(each)}


def _texts() -> list[Path]:
    """What people write here: sources, documents, templates."""
    kinds = (".py", ".md", ".yaml", ".ts", ".tsx", ".css", ".js", ".mjs")
    places = [ROOT / place for place in (*CODE, "docs", "web")]
    found = [path for place in places for path in ([place] if place.is_file() else place.rglob("*"))]
    return [path for path in (*found, *ROOT.glob("*.md")) if path.suffix in kinds and ours(path)]


def _ids(path: Path) -> set[str]:
    """With those between the two of a span."""
    spans = CITED.findall(path.read_text(encoding="utf-8"))
    found = {f"{kind}{each}" for kind, a, b in spans for each in range(int(a), int(b or a) + 1)}
    return found - AMAZON
