"""Pages get the same headers on this computer as from CloudFront, so that what works here works there."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from local.site import Site, security_headers
from local.workspace import ROOT, Workspace


class Client:
    def __init__(self, app: Starlette) -> None:
        self._app = app

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._get(path, headers))

    async def _get(self, path: str, headers: dict[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site.test") as client:
            return await client.get(path, headers=headers)


@pytest.fixture
def site(tmp_path: Path) -> Client:
    folder = Workspace(tmp_path / "state", root=tmp_path).site
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("the app")
    (folder / "assets" / "main-1a2b.js").write_text("code")
    headers = security_headers("ws://localhost:8000")
    return Client(Starlette(routes=[Mount("/", Site(folder, headers))]))


def test_the_policy_is_the_deployed_one_but_for_its_addresses() -> None:
    deployed = " ".join(re.findall(r"default-src 'none';.*?frame-ancestors 'none'", _template(), re.DOTALL)[0].split())
    ours = security_headers("ws://localhost:8000")["Content-Security-Policy"]
    assert _without_connect(ours) == _without_connect(
        deployed.replace(" ${Media};", ";")
    )  # here the bucket is on our origin


@pytest.mark.parametrize("name", ["Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"])
def test_the_other_headers_are_the_deployed_ones(name: str) -> None:
    assert security_headers("ws://x")[name] in _template()


def test_hashed_files_are_kept_for_good_and_pages_are_asked_for_again(site: Client) -> None:
    assert "immutable" in site.get("/assets/main-1a2b.js").headers["cache-control"]
    assert site.get("/").headers["cache-control"] == "no-cache"


def test_an_unchanged_page_is_not_sent_again(site: Client) -> None:
    first = site.get("/")
    assert site.get("/", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_any_route_of_the_app_is_its_page(site: Client) -> None:
    assert site.get("/stores/boston/orders").text == "the app"


def test_before_the_first_build_the_page_says_what_to_do(tmp_path: Path) -> None:
    answer = Client(Starlette(routes=[Mount("/", Site(tmp_path / "none", {}))])).get("/")
    assert answer.status_code == 503
    assert "make run" in answer.text


@pytest.mark.parametrize("path", ["/assets/main-0000.js", "/nothing.png"])
def test_a_missing_file_is_missing(site: Client, path: str) -> None:
    assert site.get(path).status_code == 404


def _template() -> str:
    return (ROOT / "infra" / "resources.yaml").read_text()


def _without_connect(policy: str) -> str:
    return re.sub(r"connect-src [^;]*; ?", "", policy)
