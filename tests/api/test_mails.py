"""The bucket of received mail: only what SES put there is read, and what cannot be had now is asked for again."""

import pytest

from chalicelib.aws import mails
from chalicelib.aws.mails import S3Mails
from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected
from tests.fakes.http import Exchange, FakeHttp

URL = "https://mails.s3.eu-west-1.amazonaws.com"


@pytest.fixture(autouse=True)
def _signed(monkeypatch: pytest.MonkeyPatch) -> None:
    def sign(method: str, url: str, headers: dict[str, str], body: bytes, *, service: str) -> dict[str, str]:
        return {**headers, "Authorization": f"{method} {url} {service}"}

    monkeypatch.setattr(mails, "sign", sign)


def raw(answer: HttpResponse | Exception, bucket: str = "mails", key: str = "inbound/a b") -> bytes:
    http = FakeHttp(Exchange("GET", f"{URL}/inbound/a%20b", answer))
    found = S3Mails("mails", URL, http).raw(bucket, key)
    assert http.requests[0].headers == {"Authorization": f"GET {URL}/inbound/a%20b s3"}
    return found


def test_a_mail_is_read_as_it_came() -> None:
    assert raw(HttpResponse(200, b"\x00\xff")) == b"\x00\xff"


@pytest.mark.parametrize(
    "answer", [HttpResponse(500, b""), HttpResponse(503, b""), HttpResponse(403, b""), NoAnswer(), NotConnected()]
)
def test_what_s3_does_not_give_now_is_asked_for_again(answer: HttpResponse | Exception) -> None:
    with pytest.raises(Unavailable):
        raw(answer)


def test_what_is_not_there_is_not_waited_for() -> None:
    with pytest.raises(InvalidInput):
        raw(HttpResponse(404, b""))


@pytest.mark.parametrize("answer", [HttpResponse(206, b"cde"), HttpResponse(200, b"abcdefg")])
def test_a_part_of_a_mail_is_all_that_is_read(answer: HttpResponse) -> None:
    http = FakeHttp(Exchange("GET", f"{URL}/inbound/1", answer))
    assert S3Mails("mails", URL, http).part("inbound/1", 2, 5) == b"cde"
    assert http.requests[0].headers["Range"] == "bytes=2-4"


def test_an_empty_part_is_not_asked_for() -> None:
    assert S3Mails("mails", URL, FakeHttp()).part("inbound/1", 5, 5) == b""


@pytest.mark.parametrize("status", [404, 416])
def test_a_part_that_is_not_there_is_not_waited_for(status: int) -> None:
    with pytest.raises(InvalidInput):
        S3Mails("mails", URL, FakeHttp(Exchange("GET", f"{URL}/inbound/1", HttpResponse(status, b"")))).part(
            "inbound/1", 0, 5
        )


def test_parts_of_nothing_else_are_read() -> None:
    with pytest.raises(InvalidInput):
        S3Mails("mails", URL, FakeHttp()).part("secret/1", 0, 5)


@pytest.mark.parametrize(
    ("bucket", "key"),
    [("other", "inbound/1"), ("mails", "secret"), ("mails", ""), ("", "inbound/1"), ("mails", "x/inbound/1")],
)
def test_nothing_else_is_read(bucket: str, key: str) -> None:
    with pytest.raises(InvalidInput):
        S3Mails("mails", URL, FakeHttp()).raw(bucket, key)
    with pytest.raises(InvalidInput):
        S3Mails("", URL, FakeHttp()).raw("", "inbound/1")


@pytest.mark.parametrize("status", [204, 404])
def test_a_mail_is_removed_once_and_again(status: int) -> None:
    http = FakeHttp(Exchange("DELETE", f"{URL}/inbound/1", HttpResponse(status, b"")))
    S3Mails("mails", URL, http).delete("inbound/1")
    assert http.requests[0].headers == {"Authorization": f"DELETE {URL}/inbound/1 s3"}


def test_what_s3_does_not_remove_now_is_tried_again() -> None:
    http = FakeHttp(Exchange("DELETE", f"{URL}/inbound/1", HttpResponse(503, b"")))
    with pytest.raises(Unavailable):
        S3Mails("mails", URL, http).delete("inbound/1")
