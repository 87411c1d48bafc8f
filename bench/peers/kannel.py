"""The classic gateway, kept for measuring only: Debian's Kannel between a customer's text over HTTP and a provider.

Measured is what is measured of the product end to end: HELP comes in over HTTP, the gateway answers it, the answer
arrives at the provider. Kannel routes and spools; it knows no conversations, no consent and no inbox.
"""

import secrets
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from msgspec import Struct

from bench import programs

CONFIGURATION = Path(__file__).with_name("kannel.conf")
ANSWER = "Counterline Boston. Reply STOP to opt out."
TEXTS, WARM_UP = 200, 10


class Figures(Struct, frozen=True):
    """Milliseconds: until a text was answered over HTTP, until the answer was with the provider; CPU of a text."""

    inbound: list[float]
    whole: list[float]
    cpu: float


def measure(texts: int = TEXTS) -> Figures:
    """One text at a time, as with the product; CPU in both of Kannel's processes. Raises programs.Unavailable."""
    with _provider() as arrivals, _running(arrivals.url) as (address, processes), httpx.Client(trust_env=False) as http:
        figures = Figures([], [], 0.0)
        before = 0.0
        for number in range(WARM_UP + texts):
            if number == WARM_UP:
                figures.inbound.clear()
                figures.whole.clear()
                before = sum(map(programs.cpu_ms, processes))
            customer = f"+1206555{number:04d}"
            started = time.perf_counter()
            text = {"from": customer, "to": "+12065550199", "text": "HELP"}
            http.get(address.copy_merge_params(text)).raise_for_status()
            figures.inbound.append((time.perf_counter() - started) * 1e3)
            figures.whole.append((arrivals.of(customer) - started) * 1e3)
        return Figures(figures.inbound, figures.whole, (sum(map(programs.cpu_ms, processes)) - before) / texts)


class Arrivals:
    """What came to the provider, and when."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._at: dict[str, float] = {}
        self._changed = threading.Condition()

    def note(self, customer: str, text: str) -> None:
        at = time.perf_counter()
        with self._changed:
            if text == ANSWER:
                self._at[customer] = at
            self._changed.notify_all()

    def of(self, customer: str) -> float:
        """By `time.perf_counter`."""
        with self._changed:
            if not self._changed.wait_for(lambda: customer in self._at, timeout=30):
                raise TimeoutError("no answer of Kannel's arrived at the provider")
            return self._at[customer]


@contextmanager
def _provider() -> Iterator[Arrivals]:
    """An HTTP server in this process that takes texts as Kannel's own HTTP interface does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            given = parse_qs(urlsplit(self.path).query)
            arrivals.note(given["to"][0], given["text"][0])
            body = b"0: Accepted for delivery"
            self.send_response(202)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: it would be part of the measured time."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        arrivals = Arrivals(f"http://127.0.0.1:{server.server_port}/messages")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield arrivals
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def _running(provider: str) -> Iterator[tuple[httpx.URL, list[int]]]:
    """The address that takes customers' texts, and the processes. Raises Unavailable."""
    bearerbox, smsbox = _programs()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-kannel-")))
        ports = {name: programs.free_port() for name in ("admin", "smsbox", "inbound")}
        password = secrets.token_hex(8)
        filled = (
            CONFIGURATION.read_text()
            .partition("\n\n")[2]
            .format(**ports, password=password, folder=folder, provider=provider, answer=ANSWER)
        )
        file = folder / "kannel.conf"
        file.write_text(filled)
        processes = []
        for program, port in ((bearerbox, ports["smsbox"]), (smsbox, ports["inbound"])):
            processes.append(_start(stack, program, file))
            programs.await_port(port, Path(program).name)
        yield httpx.URL(f"http://127.0.0.1:{ports['inbound']}/?username=bench&password={password}"), processes


def _start(stack: ExitStack, program: str, file: Path) -> int:
    """Says only what goes wrong beyond repair, and that to nobody: writing a log is not what is measured."""
    process = subprocess.Popen([program, "-v", "4", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(programs.stop, process)
    return process.pid


def _programs() -> tuple[str, str]:
    if _found() is None:
        programs.install("kannel")
    found = _found()
    if found is None:
        raise programs.Unavailable("no Kannel on this computer; on Debian as root: apt-get install kannel")
    return found


def _found() -> tuple[str, str] | None:
    """In a folder that is on root's path only."""
    bearerbox, smsbox = (shutil.which(name, path="/usr/sbin:/usr/local/sbin") for name in ("bearerbox", "smsbox"))
    return (bearerbox, smsbox) if bearerbox and smsbox else None
