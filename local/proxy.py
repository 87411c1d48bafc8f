"""Passes HTTP requests on to the emulator, byte for byte what the caller sent, as API Gateway would take them."""

import json
from dataclasses import dataclass

import httpcore
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

BODY_LIMIT = 10 * 1024 * 1024
"""Bytes API Gateway takes (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html)."""
TIMEOUT = 29
"""Seconds API Gateway waits for a function."""
HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade "
    b"host content-length expect x-forwarded-for".split()
)
"""Headers of one connection only (RFC 9110, 7.6.1), and those that are set anew."""
OF_BROWSERS = frozenset(
    b"origin sec-fetch-site sec-fetch-mode sec-fetch-dest sec-fetch-user sec-fetch-storage-access".split()
)
"""What the emulator refuses (local/emulator_guard.py). Neither functions nor API Gateway's answers depend on it."""
DROPPED = HOP_BY_HOP | {b"date"}
"""Of answers: our own server says the date."""
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Upstream:
    """The emulator as the gateway reaches it."""

    host: str
    port: int
    pool: httpcore.AsyncConnectionPool

    async def forward(self, scope: Scope, receive: Receive, send: Send, target: bytes) -> None:
        """Answers one request with what the emulator says at `target` (path and query, as sent on the wire)."""
        try:
            body = await _body(Request(scope, receive))
        except ClientDisconnect:
            return
        if body is None:
            response = plain(413, "Request Too Long")
        else:
            response = await self._ask(scope, target, body)
        await response(scope, receive, send)

    async def _ask(self, scope: Scope, target: bytes, body: bytes) -> Response:
        url = httpcore.URL(scheme=b"http", host=self.host.encode(), port=self.port, target=target)
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT)
        try:
            answer = await self.pool.request(
                scope["method"], url, headers=_onward(scope), content=body, extensions={"timeout": timeout}
            )
        except httpcore.TimeoutException:
            return plain(504, "Endpoint request timed out")
        except (httpcore.NetworkError, httpcore.ProtocolError):
            return plain(502, "The local cloud does not answer.")
        response = Response(answer.content, answer.status)
        own = [(name, value) for name, value in response.raw_headers if name == b"content-length"]
        response.raw_headers = [(n.lower(), v) for n, v in answer.headers if n.lower() not in DROPPED] + own
        return response


def with_query(path: bytes, scope: Scope) -> bytes:
    """A target from a path and the query string exactly as it came."""
    query: bytes = scope["query_string"]
    return path + b"?" + query if query else path


def raw_path(scope: Scope) -> bytes:
    """The path exactly as it came, percent-encoding included."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw


def plain(status: int, message: str) -> Response:
    """A refusal in the form in which API Gateway itself refuses."""
    return Response(json.dumps({"message": message}), status, media_type="application/json")


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is over the limit."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
    return b"".join(parts)


def _onward(scope: Scope) -> Headers:
    """The caller's headers without those of the connection, and where the request came from."""
    kept = [(name, value) for name, value in scope["headers"] if name not in HOP_BY_HOP | OF_BROWSERS]
    client = scope["client"][0].encode() if scope.get("client") else b"127.0.0.1"
    return [*kept, (b"x-forwarded-for", client), (b"x-forwarded-proto", b"http")]
