"""Keeps web pages away from the emulator.

Its port is open to every page in every browser on this computer, it allows any page to read its answers, and it takes
any credentials. What functions, SDKs and our gateway send has neither an `Origin` nor a foreign host name; what a page
makes a browser send has one of them, or says where it came from in `Sec-Fetch-Site`.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")
"""Under these our clients reach it: all addresses are paths below the endpoint, no service has a name of its own."""
OWN = b"none"
"""`Sec-Fetch-Site` of an address that a person typed."""


class EmulatorGuard:
    """Answers 403 to whatever a web page may have sent; hand-shakes of WebSockets too."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}".encode() for name in NAMES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._is_ours(scope["headers"]):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"The emulator is not for web pages.\n"})

    def _is_ours(self, headers: list[tuple[bytes, bytes]]) -> bool:
        said: dict[bytes, list[bytes]] = {}
        for name, value in headers:
            said.setdefault(name.lower(), []).append(value)
        hosts = said.get(b"host", [])
        return (
            len(hosts) == 1
            and hosts[0] in self._hosts
            and b"origin" not in said
            and all(site == OWN for site in said.get(b"sec-fetch-site", []))
        )
