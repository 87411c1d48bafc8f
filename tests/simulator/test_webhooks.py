"""One webhook against a slow or absent receiver."""

import asyncio

import httpx
import pytest

from local.simulator.webhooks import NO_ANSWER, NotConnected, accepted, post

pytestmark = pytest.mark.anyio


async def test_answer_after_the_total_time_counts_as_none() -> None:
    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(10)
        return httpx.Response(200)

    async with httpx.AsyncClient(transport=httpx.MockTransport(slow)) as client:
        assert await post(client, "http://x.test", b"", {}, connect=1, total=0.01) == NO_ANSWER


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/closed", "gopher://x", "http://[broken"])
async def test_nobody_there_is_told_apart(url: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(NotConnected):
            await post(client, url, b"", {}, connect=1, total=1)


@pytest.mark.parametrize(("status", "fine"), [(200, True), (204, True), (302, False), (401, False), (0, False)])
async def test_only_2xx_is_accepted(status: int, fine: bool) -> None:
    assert accepted(status) is fine
