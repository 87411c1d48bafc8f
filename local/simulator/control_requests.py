"""Reads requests of the control API and writes its answers, the same for all its routes."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from local.simulator.errors import ControlError

MAX_REQUEST = 64 * 1024
"""Bytes of a request's body, where nothing else is said."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


def from_our_page(handler: Handler, origin: str) -> Handler:
    """Refuse other web pages in the developer's browser: there is no sign-in here."""

    async def handle(request: Request) -> Response:
        named = request.headers.get("origin", "")
        if named not in ("", origin) and urlsplit(named).hostname not in LOOPBACK:
            raise ControlError(403, "permission_denied", f"Pages of {named} may not use the simulator.")
        return await handler(request)

    return handle


async def body_of(request: Request, kind: type[T], most: int = MAX_REQUEST) -> T:
    """The JSON body as `kind`; `most`: bytes. Raises `ControlError`."""
    # Demanding the media type makes browsers ask before another page's request, and nothing answers that.
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise ControlError(415, "unsupported_media_type", "Send JSON with `Content-Type: application/json`.")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > most:
            raise ControlError(413, "too_large", f"A request has at most {most} bytes.")
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise ControlError(400, "invalid_input", f"{error}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ControlError(400, "invalid_input", "The body is not valid JSON.") from None


def json_answer(value: Any, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(value), status, headers, media_type="application/json")
