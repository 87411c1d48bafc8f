"""The HTTP client against a real server on this computer."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from chalicelib.http_client import UrllibHttp
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[str] = []
        self.clients: set[Any] = set()
        self.hold = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the story."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(f"{self.path} {body.decode()}")
        self.server.clients.add(self.client_address)
        getattr(self, self.path.strip("/"))(body)

    def echo(self, body: bytes) -> None:
        self._answer(201, body)

    def refuse(self, body: bytes) -> None:
        self._answer(429, b'{"code":20429}')

    def away(self, body: bytes) -> None:
        self._answer(307, b"", Location=f"{self.server.url}/echo")

    def large(self, body: bytes) -> None:
        self._answer(200, b"x" * (3 << 20))

    def silent(self, body: bytes) -> None:
        self.server.hold.wait(5)

    def rude(self, body: bytes) -> None:
        self.close_connection = True

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield running
    running.hold.set()
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def http() -> Iterator[UrllibHttp]:
    client = UrllibHttp()
    yield client
    client._pool.clear()


def post(http: UrllibHttp, url: str, timeout: float = 2.0) -> HttpResponse:
    return http.request("POST", url, headers={"Content-Type": "text/plain"}, body=b"hello", timeout=timeout)


def answered(response: HttpResponse) -> tuple[int, bytes]:
    return response.status, response.body


def test_an_answer_comes_back_with_its_status(server: Server, http: UrllibHttp) -> None:
    assert answered(post(http, f"{server.url}/echo")) == (201, b"hello")
    assert answered(post(http, f"{server.url}/refuse")) == (429, b'{"code":20429}')


def test_a_refused_connection_means_that_nothing_was_sent(http: UrllibHttp) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(NotConnected):
        post(http, f"http://127.0.0.1:{port}/echo")


def test_a_name_that_leads_nowhere_means_that_nothing_was_sent(http: UrllibHttp) -> None:
    with pytest.raises(NotConnected):
        post(http, "http://nowhere.invalid/echo")


def test_silence_after_the_request_is_no_answer_and_is_not_repeated(server: Server, http: UrllibHttp) -> None:
    with pytest.raises(NoAnswer):
        post(http, f"{server.url}/silent", timeout=0.2)
    assert server.seen == ["/silent hello"]


def test_a_connection_cut_after_the_request_is_no_answer_and_is_not_repeated(server: Server, http: UrllibHttp) -> None:
    with pytest.raises(NoAnswer):
        post(http, f"{server.url}/rude")
    assert server.seen == ["/rude hello"]


def test_redirects_are_not_followed(server: Server, http: UrllibHttp) -> None:
    assert post(http, f"{server.url}/away").status == 307
    assert server.seen == ["/away hello"]


def test_an_endless_answer_is_cut_at_one_mebibyte_and_the_next_request_is_not_hurt(
    server: Server, http: UrllibHttp
) -> None:
    assert len(post(http, f"{server.url}/large").body) == 1 << 20
    assert answered(post(http, f"{server.url}/echo")) == (201, b"hello")


def test_a_connection_is_used_again_within_seconds(server: Server, http: UrllibHttp) -> None:
    post(http, f"{server.url}/echo")
    post(http, f"{server.url}/echo")
    assert len(server.clients) == 1


def test_a_connection_that_was_idle_for_long_is_not_trusted(server: Server, http: UrllibHttp) -> None:
    post(http, f"{server.url}/echo")
    http._used_at -= 60  # as if the function had slept
    post(http, f"{server.url}/echo")
    assert len(server.clients) == 2
