"""The one origin of a local run: web app, API, webhooks, sign-in, WebSocket and simulator, as one ASGI application."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpcore
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from . import preflight
from .access_log import AccessLog
from .ports import HOST
from .proxy import Upstream, plain, raw_path, with_query
from .site import Site, security_headers
from .sockets import relay

SIGN_IN_ACTIONS = frozenset(
    f"AWSCognitoIdentityProviderService.{action}"
    for action in (
        "ChangePassword",
        "ConfirmForgotPassword",
        "ForgotPassword",
        "GetTokensFromRefreshToken",
        "GetUser",
        "GlobalSignOut",
        "InitiateAuth",
        "RespondToAuthChallenge",
        "RevokeToken",
    )
)
"""What Cognito lets anybody ask without AWS credentials, as far as we need it. The emulator would allow all."""


class Mounted(Protocol):
    """An ASGI application with a lifespan: the simulator."""

    router: Any

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


@dataclass(frozen=True)
class Backends:
    """Where the deployed stack is, inside the emulator."""

    emulator_port: int
    rest_path: str
    """Path of the REST API's stage, such as `/restapis/abc/api/_user_request_`."""
    webhook_path: str
    """Path of the webhooks' function URL, such as `/_aws/lambda-url/ghi`."""
    socket_path: str
    """Path of the WebSocket API's stage, such as `/_aws/execute-api/def/api`."""
    media_bucket: str
    """Name of the bucket of attachments."""
    client_id: str
    region: str
    preflights: preflight.Answers


def gateway(port: int, site: Path, log: Path, backends: Backends, simulator: Mounted) -> Starlette:
    """The application behind `http://localhost:{port}`."""
    pool = httpcore.AsyncConnectionPool(max_connections=200, max_keepalive_connections=20, keepalive_expiry=30)
    upstream = Upstream(HOST, backends.emulator_port, pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with _lifespan_of(simulator), pool:
            yield

    headers = security_headers(f"ws://localhost:{port}")
    pages = Site(site, headers)
    routes = [
        Route("/config.json", _config(backends), methods=["GET"]),
        Route("/auth", _SignIn(upstream)),
        Route("/simulator", _page(pages, "simulator.html"), methods=["GET"]),
        Mount("/simulator", _OwnPagesOnly(simulator)),
        *(Route(path, _page(pages, "chat.html"), methods=["GET"]) for path in ("/chat", "/chat/")),
        *(Route(path, _page(pages, "pictures.html"), methods=["GET"]) for path in ("/pictures", "/pictures/")),
        *(Route(path, _page(pages, "invite.html"), methods=["GET"]) for path in ("/invite", "/invite/")),
        _AnyPath("/api", _Api(upstream, backends)),
        Mount("/files", _Files(upstream, backends)),
        *(_AnyPath(path, _Webhooks(upstream, backends)) for path in ("/webhooks", "/unsubscribe", "/members", "/l")),
        WebSocketRoute("/ws", _socket(f"ws://{HOST}:{backends.emulator_port}{backends.socket_path}")),
        Mount("/", pages),
    ]
    guards = [Middleware(AccessLog, path=log), Middleware(_LocalNamesOnly, port=port)]
    return Starlette(routes=routes, middleware=guards, lifespan=lifespan)


class _AnyPath(Mount):
    """Takes paths with line breaks in them too: the API refuses those itself, in its own shape."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


class _Api:
    """`/api/...` -> the REST API."""

    def __init__(self, upstream: Upstream, backends: Backends) -> None:
        self._upstream = upstream
        self._stage = backends.rest_path.encode()
        self._preflights = backends.preflights

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = raw_path(scope).removeprefix(b"/api") or b"/"
        if response := preflight.answer(self._preflights, scope["method"], path.decode("latin-1")):
            await response(scope, receive, send)
        else:
            await self._upstream.forward(scope, receive, send, with_query(self._stage + path, scope))


class _Webhooks:
    """`/webhooks/...`, `/unsubscribe/...`, `/members/...`, `/l/...` -> the function's own address at the emulator."""

    def __init__(self, upstream: Upstream, backends: Backends) -> None:
        self._upstream = upstream
        self._door = backends.webhook_path.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._upstream.forward(scope, receive, send, with_query(self._door + raw_path(scope), scope))


class _Files:
    """`/files/...` -> the bucket of attachments, for whoever has an address that was signed for them."""

    def __init__(self, upstream: Upstream, backends: Backends) -> None:
        self._upstream = upstream
        self._bucket = f"/{backends.media_bucket}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if b"X-Amz-Signature=" not in scope["query_string"]:
            await plain(403, "Not an address that was given out.")(scope, receive, send)
        else:
            path = raw_path(scope).removeprefix(b"/files")
            await self._upstream.forward(scope, receive, send, with_query(self._bucket + path, scope))


class _SignIn:
    """`/auth` -> Cognito, for what a browser may ask."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if request.method != "POST" or request.headers.get("x-amz-target") not in SIGN_IN_ACTIONS:
            await plain(403, "Not an action of signing in.")(scope, receive, send)
        else:
            await self._upstream.forward(scope, receive, send, b"/")


class _LocalNamesOnly:
    """Refuses requests that come under a foreign host name, so that no web page can reach us by re-binding its name."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}".encode() for name in ("localhost", "127.0.0.1")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and dict(scope["headers"]).get(b"host") not in self._hosts:
            await plain(421, "This address serves localhost only.")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class _OwnPagesOnly:
    """The simulator needs no sign-in, so other web pages must not reach it through the user's browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if dict(scope["headers"]).get(b"sec-fetch-site") in (b"cross-site", b"same-site"):
            await plain(403, "Only the simulator's own page may do this.")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def function_url_id(address: str) -> str:
    """The name of a function URL, `https://<id>.lambda-url.<region>.on.aws/`."""
    return (urlsplit(address).hostname or "").partition(".")[0]


def _config(backends: Backends) -> Any:
    config = {"api": "/api", "auth": {"endpoint": "/auth", "client_id": backends.client_id}, "region": backends.region}

    async def answer(_: Request) -> Response:
        return JSONResponse(config, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"})

    return answer


def _page(pages: Site, name: str) -> Any:
    async def answer(request: Request) -> Response:
        return await pages.get_response(name, request.scope)

    return answer


def _socket(address: str) -> Any:
    async def answer(socket: WebSocket) -> None:
        query = socket.scope["query_string"].decode("latin-1")
        await relay(socket, f"{address}?{query}" if query else address)

    return answer


def _lifespan_of(app: Mounted) -> AbstractAsyncContextManager[Mapping[str, Any] | None]:
    """Mounted applications get no lifespan of their own from Starlette."""
    context: AbstractAsyncContextManager[Mapping[str, Any] | None] = app.router.lifespan_context(app)
    return context
