"""An address with a line break in it reaches the API, and writes no line of its own into the log."""

import asyncio
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse

from local.access_log import AccessLog
from local.gateway import _AnyPath


async def _get(app: Starlette, path: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://site.test") as client:
        return await client.get(path)


def test_a_line_break_in_the_path(tmp_path: Path) -> None:
    log = tmp_path / "gateway.log"
    routes = [_AnyPath("/api", PlainTextResponse("reached"))]
    app = Starlette(routes=routes, middleware=[Middleware(AccessLog, path=log)])
    for path in ("/api/conversations/x%0A2026-11-22%20POST%20/forged%20200/read", "/api/x%0A", "/api/plain"):
        assert asyncio.run(_get(app, path)).text == "reached"
    lines = log.read_text().splitlines()
    assert len(lines) == 3
    assert "x\\n2026-11-22" in lines[0]
