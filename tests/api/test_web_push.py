"""A push as the services get it (RFC 8030, RFC 8292): signed for the service, and without a word."""

import json
from base64 import urlsafe_b64encode
from typing import Any, cast

import jwt
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from chalicelib.config import Settings
from chalicelib.domain.errors import Unavailable
from chalicelib.es256 import sign
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected, Woken
from chalicelib.web_push import WebPush
from tests.fakes.http import Exchange, FakeHttp
from tests.fakes.outside import FakeLog

NOW = 1_800_000_000_000
SERVICE = "https://web.push.apple.com"
PHONE = f"{SERVICE}/phone"
KEY = ec.derive_private_key(12345, ec.SECP256R1())
SECRET = urlsafe_b64encode((12345).to_bytes(32)).rstrip(b"=").decode()


class Parameters(dict[str, str]):
    asked = 0

    def __call__(self, name: str) -> str:
        self.asked += 1
        if name not in self:
            raise Unavailable
        return self[name]


def pushing(*answers: HttpResponse | Exception, key: str | None = SECRET) -> tuple[WebPush, FakeHttp, FakeLog]:
    http, log = FakeHttp(*(Exchange("POST", PHONE, answer) for answer in answers)), FakeLog()
    parameters = Parameters({"site-url": "https://shop.example.test"} | ({} if key is None else {"push-key": key}))
    settings = cast(Settings, type("", (), {"push_identity": "BPublic", "provider_api_urls": {"push": "http://x"}}))
    return WebPush(settings, lambda: http, parameters, log), http, log


def claims(http: FakeHttp, number: int = 0) -> dict[str, Any]:
    scheme, token, public = http.requests[number].headers["Authorization"].split()
    assert (scheme, public) == ("vapid", "k=BPublic")
    read: dict[str, Any] = jwt.decode(
        token.removeprefix("t=").removesuffix(","), KEY.public_key(), ["ES256"], audience=SERVICE,
        options={"verify_exp": False},
    )  # fmt: skip
    return read


def test_a_push_is_signed_for_its_service_and_holds_nothing() -> None:
    push, http, _ = pushing(HttpResponse(201, b""))
    assert push.wake(PHONE, NOW) is Woken.TAKEN
    (request,) = http.requests
    assert (request.method, request.url, request.body) == ("POST", PHONE, b"")
    told = {name: value for name, value in request.headers.items() if name != "Authorization"}
    assert told == {"TTL": "86400", "Urgency": "high", "Topic": "reminder", "Content-Length": "0"}
    assert claims(http) == {"aud": SERVICE, "exp": NOW // 1000 + 43_200, "sub": "https://shop.example.test"}
    assert push.local_service == "http://x"


def test_a_token_serves_for_an_hour() -> None:
    push, http, _ = pushing(*[HttpResponse(201, b"")] * 3)
    for at in (NOW, NOW + 3_599_999, NOW + 3_600_000):
        push.wake(PHONE, at)
    tokens = [request.headers["Authorization"] for request in http.requests]
    assert tokens[0] == tokens[1] != tokens[2]
    assert claims(http, 2)["exp"] == NOW // 1000 + 3_600 + 43_200


@pytest.mark.parametrize("status", [404, 410])
def test_who_is_gone_is_gone(status: int) -> None:
    push, _, log = pushing(HttpResponse(status, b""))
    assert push.wake(PHONE, NOW) is Woken.GONE
    assert log.events() == []


@pytest.mark.parametrize(
    "answer", [HttpResponse(429, b""), HttpResponse(500, b""), HttpResponse(302, b""), NoAnswer(), NotConnected()]
)
def test_a_service_that_does_not_take_it_is_logged_and_nothing_else(answer: HttpResponse | Exception) -> None:
    push, _, log = pushing(answer)
    assert push.wake(PHONE, NOW) is Woken.FAILED
    assert log.events() == ["push_failed"]
    assert "phone" not in json.dumps(log.lines, default=str), "who knows the address may wake the browser"


@pytest.mark.parametrize("key", [None, "", "x", "AAAA", "A" * 43, "_" * 43])
def test_without_a_key_that_is_one_nothing_is_sent_and_nothing_breaks(key: str | None) -> None:
    push, http, log = pushing(key=key)
    assert push.wake(PHONE, NOW) is Woken.FAILED
    assert http.requests == []
    assert log.events() == ["push_failed"]


def test_signatures_are_those_of_rfc_6979() -> None:
    key = bytes.fromhex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")
    known = {
        b"sample": "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        b"test": "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
        "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
    }
    assert {message: sign(key, message).hex().upper() for message in known} == known


@pytest.mark.parametrize(
    "secret", [1, 2, 3, 2**255, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550]
)
def test_others_take_our_signatures_at_the_edges_too(secret: int) -> None:
    key = ec.derive_private_key(secret, ec.SECP256R1())
    for number in range(20):
        made = sign(secret.to_bytes(32), b"%d" % number)
        assert len(made) == 64
        r, s = int.from_bytes(made[:32]), int.from_bytes(made[32:])
        key.public_key().verify(encode_dss_signature(r, s), b"%d" % number, ec.ECDSA(hashes.SHA256()))
