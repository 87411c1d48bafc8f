"""The fake of the HTTP client fails tests whose table is wrong: the runner's checks stand on it."""

import pytest

from chalicelib.usecases.ports import HttpResponse
from tests.fakes.http import Exchange, FakeHttp


def ask(http: FakeHttp, url: str) -> HttpResponse:
    return http.request("GET", url, headers={}, body=b"", timeout=1)


def test_an_unexpected_request_fails() -> None:
    with pytest.raises(AssertionError, match="unexpected"):
        ask(FakeHttp(), "https://a.example")


def test_a_line_answers_once() -> None:
    http = FakeHttp(Exchange("GET", "https://a.example", HttpResponse(200, b"")))
    assert ask(http, "https://a.example").status == 200
    http.assert_all_used()
    with pytest.raises(AssertionError, match="unexpected"):
        ask(http, "https://a.example")


def test_a_request_that_never_came_fails() -> None:
    with pytest.raises(AssertionError, match="never came"):
        FakeHttp(Exchange("GET", "https://a.example", HttpResponse(200, b""))).assert_all_used()
