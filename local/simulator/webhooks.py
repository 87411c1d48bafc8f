"""Sends one webhook and says what came back."""

import asyncio
from collections.abc import Mapping

import httpx

NO_ANSWER = 0
"""Stands for the HTTP status when there was none: no connection, or too late."""


class NotConnected(Exception):
    """The receiver could not be reached at all."""


async def post(
    client: httpx.AsyncClient, url: str, body: bytes, headers: Mapping[str, str], *, connect: float, total: float
) -> int:
    """The answer's HTTP status, or `NO_ANSWER`. Time limits in seconds. Raises `NotConnected`."""
    try:
        async with asyncio.timeout(total):
            limits = httpx.Timeout(total, connect=connect)
            answer = await client.post(url, content=body, headers=dict(headers), timeout=limits)
            return answer.status_code
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise NotConnected(str(error)) from error
    except (httpx.HTTPError, TimeoutError):
        return NO_ANSWER


def accepted(status: int) -> bool:
    return 200 <= status < 300
