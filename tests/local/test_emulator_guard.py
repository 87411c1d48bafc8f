"""Nothing that a web page can make a browser send reaches the emulator."""

import asyncio
from typing import Any

import pytest

from local.emulator_guard import EmulatorGuard
from local.proxy import _onward

PORT = 4599
GOOD = (b"host", b"127.0.0.1:4599")
Headers = list[tuple[bytes, bytes]]


def ask(headers: Headers, kind: str = "http") -> tuple[bool, list[dict[str, Any]]]:
    """Whether the emulator was reached, and what the guard sent."""
    reached: list[Any] = []
    sent: list[dict[str, Any]] = []

    async def emulator(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope)

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(EmulatorGuard(emulator, PORT)({"type": kind, "headers": headers}, receive, send))
    return bool(reached), sent


@pytest.mark.parametrize(
    "headers",
    [
        [GOOD],
        [(b"host", b"localhost:4599")],
        [GOOD, (b"sec-fetch-site", b"none")],
        [GOOD, (b"authorization", b"AWS4-HMAC-SHA256 Credential=test/x")],
    ],
)
def test_functions_sdks_and_a_typed_address_pass(headers: Headers) -> None:
    assert ask(headers) == (True, [])
    assert ask(headers, "websocket") == (True, [])


@pytest.mark.parametrize(
    "headers",
    [
        [GOOD, (b"origin", b"https://evil.example")],
        [GOOD, (b"Origin", b"null")],
        [GOOD, (b"origin", b"http://127.0.0.1:4599")],
        [GOOD, (b"sec-fetch-site", b"cross-site")],
        [GOOD, (b"sec-fetch-site", b"same-site")],
        [GOOD, (b"sec-fetch-site", b"same-origin")],
        [GOOD, (b"sec-fetch-site", b"none"), (b"sec-fetch-site", b"cross-site")],
        [(b"host", b"evil.example:4599")],
        [(b"host", b"127.0.0.1")],
        [(b"host", b"abcdef12.execute-api.localhost:4599")],
        [(b"host", b"evil.example:4599"), GOOD],
        [],
    ],
)
def test_what_a_page_may_have_sent_is_refused(headers: Headers) -> None:
    reached, (start, _) = ask(headers)
    assert (reached, start["status"]) == (False, 403)
    assert not any(name.startswith(b"access-control") for name, _ in start["headers"])
    assert ask(headers, "websocket") == (False, [{"type": "websocket.close", "code": 1008}])


def test_starting_and_stopping_is_the_emulators_own() -> None:
    assert ask([], "lifespan") == (True, [])


def test_the_gateway_passes_on_nothing_that_is_refused() -> None:
    page = [(b"origin", b"https://a.example"), (b"sec-fetch-site", b"same-origin"), (b"sec-fetch-mode", b"cors")]
    onward = _onward({"headers": [*page, (b"authorization", b"token"), (b"host", b"localhost:8000")]})
    assert {name for name, _ in onward} == {b"authorization", b"x-forwarded-for", b"x-forwarded-proto"}
