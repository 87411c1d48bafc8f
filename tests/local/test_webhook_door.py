"""`/webhooks/...` of the local gateway is the function's own address: byte for byte there, byte for byte back."""

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from local.gateway import Backends, function_url_id, gateway

ADDRESS = "https://abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws/"


class Door(BaseHTTPRequestHandler):
    """Stands where the emulator does, and says what it was asked."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told = {"target": self.path, "size": len(body), "signature": self.headers["X-Twilio-Signature"]}
        self.send_response(418)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Allow", "POST")
        self.end_headers()
        self.wfile.write(json.dumps({**told, "origin": self.headers["Origin"]}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its parent's name
        """Nothing on the screen."""


@pytest.fixture
def emulator() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(5)
    server.server_close()


def post(port: int, folder: Path, address: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
    """Through a gateway in front of that port."""
    backends = Backends(
        media_bucket="files",
        emulator_port=port,
        rest_path="/restapis/x/api/_user_request_",
        webhook_path=f"/_aws/lambda-url/{function_url_id(ADDRESS)}",
        socket_path="/_aws/execute-api/y/api",
        client_id="c",
        region="us-east-1",
        preflights=[],
    )
    app = gateway(8000, folder, folder / "gateway.log", backends, Starlette())

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as outside,
        ):
            return await outside.post(address, content=content, headers=headers)

    return asyncio.run(ask())


def test_a_webhook_reaches_the_function_and_its_answer_comes_back(emulator: HTTPServer, tmp_path: Path) -> None:
    address = "/webhooks/twilio/con%2Dtwilio/status/a.b?x=%20y"
    headers = {"X-Twilio-Signature": "AAAA", "Origin": "https://elsewhere.example"}
    answer = post(emulator.server_port, tmp_path, address, b"\xff" * 1_100_000, headers)
    assert (answer.status_code, answer.headers["content-type"], answer.headers["allow"]) == (418, "text/xml", "POST")
    assert answer.json() == {
        "target": f"/_aws/lambda-url/abcdefghijklmnopqrstuvwxyz012345{address}",
        "size": 1_100_000,
        "signature": "AAAA",
        "origin": None,  # the emulator's guard would refuse it
    }


def test_without_the_emulator_the_provider_is_told_that_it_failed(emulator: HTTPServer, tmp_path: Path) -> None:
    port = emulator.server_port
    emulator.shutdown()
    emulator.server_close()
    assert post(port, tmp_path, "/webhooks/twilio/con-twilio", b"x", {}).status_code == 502
