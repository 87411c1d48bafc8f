"""One line per request in a file: time, method, path, status, duration. No query strings: tickets travel there."""

import logging
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SIZE = 5_000_000
"""Bytes after which the file is put aside; one older file is kept."""


class AccessLog:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, path: Path) -> None:
        self._app = app
        self._log = logging.getLogger(f"gateway.{path}")
        self._log.propagate = False
        self._log.setLevel(logging.INFO)
        if not self._log.handlers:
            handler = RotatingFileHandler(path, maxBytes=SIZE, backupCount=1, delay=True)
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            self._log.addHandler(handler)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            took = round((time.monotonic() - started) * 1000)
            path = scope["path"].encode("unicode_escape").decode("ascii")  # nobody outside writes lines of their own
            self._log.info("%s %s %s %d ms", scope.get("method", "WEBSOCKET"), path, status or "-", took)
