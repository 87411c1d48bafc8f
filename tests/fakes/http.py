"""The HTTP client as a table: every request is expected or fails the test, every expected one is made or fails it."""

from collections.abc import Mapping

from msgspec import Struct

from chalicelib.usecases.ports import HttpResponse


class Request(Struct, frozen=True, kw_only=True):
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    timeout: float


class Exchange(Struct, frozen=True):
    """One request that is to come, by method and address, and the answer to it (an exception is raised)."""

    method: str
    url: str
    answer: HttpResponse | Exception


class FakeHttp:
    """Answers from a table, in any order, each line once; keeps the requests it saw."""

    def __init__(self, *exchanges: Exchange) -> None:
        self._expected = list(exchanges)
        self.requests: list[Request] = []

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        self.requests.append(Request(method=method, url=url, headers=headers, body=body, timeout=timeout))
        for exchange in self._expected:
            if (exchange.method, exchange.url) == (method, url):
                self._expected.remove(exchange)
                if isinstance(exchange.answer, Exception):
                    raise exchange.answer
                return exchange.answer
        raise AssertionError(f"unexpected request: {method} {url}")

    def assert_all_used(self) -> None:
        assert not self._expected, f"requests that never came: {self._expected}"
