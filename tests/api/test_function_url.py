"""The webhooks' door: whatever comes to it gets an answer in the one shape, and nothing is raised."""

import json
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import pytest

import app
from chalicelib import wiring
from chalicelib.api import webhooks
from chalicelib.domain.errors import Unavailable
from tests.api.client import JSON, Answer, call, through_url, url_event_of
from tests.api.webhook_senders import FORM, from_twilio, text
from tests.support.world import SHOP, TWILIO, World

TEXT, REPORT = f"/webhooks/twilio/{TWILIO}", f"/webhooks/twilio/{TWILIO}/status/forged"
POSTED = {"http": {"method": "POST"}}
RECORDED = Path(__file__).parent / "recorded" / "function_url_request.json"
"""An event as AWS documents it."""


def untouched(world: World) -> bool:
    return world.table.requests == 0 and not world.inbound.events


def refused(world: World, answer: Answer, status: int, code: str) -> None:
    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["Cache-Control"] == "no-store"
    assert untouched(world)


@pytest.mark.parametrize(
    "path",
    [
        "/", "", "/webhooks", "/webhooks/", "/webhooks/twilio", f"{TEXT}/", f"/{TEXT}", f"{TEXT}/status", f"{REPORT}/x",
        f"{TEXT}/other/x", "/webhooks//con-twilio", f"/api{TEXT}", f"{TEXT}\n", "/me", "/conversations/c-1",
        f"/webhooks/twilio%2F{TWILIO}", "/WEBHOOKS/twilio/con-twilio", "/webhooks/twilio/%252F", "/webhooks/%00/%FF",
        f"/webhooks/twilio/..%2f{TWILIO}", "/webhooks/twilio/\ud800", f"/webhooks/twilio/{TWILIO}%0A", "\ud800",
    ],
    ids=ascii,
)  # fmt: skip
def test_another_address_is_not_found(world: World, path: str) -> None:
    refused(world, through_url(url_event_of("POST", path, body=b"{}", headers=JSON)), 404, "not_found")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "post", "", "\x00"])
@pytest.mark.parametrize("path", [TEXT, REPORT, f"/webhooks/shopify/{SHOP}"])
def test_another_method_is_refused_and_told_which_it_takes(world: World, method: str, path: str) -> None:
    answer = through_url(url_event_of(method, path, body=b"{}", headers=JSON))
    refused(world, answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/jsonx", "application/json, text/html", "\x00", "x" * 9000]
)
@pytest.mark.parametrize("path", [TEXT, REPORT])
def test_another_content_type_is_refused(world: World, path: str, kind: str) -> None:
    answer = through_url(url_event_of("POST", path, body=b"{}", headers={"Content-Type": kind}))
    refused(world, answer, 415, "unsupported_media_type")


@pytest.mark.parametrize("kind", [{}, {"Content-Type": "APPLICATION/JSON ; charset=utf-8"}, FORM], ids=repr)
def test_its_own_content_types_come_as_far_as_the_signature(world: World, kind: dict[str, str]) -> None:
    refused(world, through_url(url_event_of("POST", TEXT, body=b"{}", headers=kind)), 401, "bad_signature")


@pytest.mark.parametrize("encoded", [True, False])
@pytest.mark.parametrize("path", [TEXT, REPORT])
def test_a_body_over_the_limit_is_too_large(world: World, path: str, encoded: bool) -> None:
    body = b"x" * (webhooks.BODY_LIMIT + 1)
    refused(world, through_url(url_event_of("POST", path, body=body, headers=JSON, encoded=encoded)), 413, "too_large")
    answer = through_url(url_event_of("POST", path, body=body[:-1], headers=JSON, encoded=encoded))
    refused(world, answer, 401, "bad_signature")


@pytest.mark.parametrize(
    ("body", "encoded"), [("=", True), ("AAA", True), ("ü", True), ("a b", True), ("\ud800", True), ("\ud800", False)]
)
def test_a_body_that_cannot_be_read_is_invalid(world: World, body: str, encoded: bool) -> None:
    event = url_event_of("POST", TEXT, headers=FORM) | {"body": body, "isBase64Encoded": encoded}
    refused(world, through_url(event), 400, "invalid_input")


@pytest.mark.parametrize(
    "event",
    [
        {}, None, [], "x", {"Records": []}, {"version": "2.0", "rawPath": TEXT},
        {"rawPath": TEXT, "requestContext": {}}, {"rawPath": TEXT, "requestContext": {"http": {}}},
        {"requestContext": POSTED}, {"rawPath": None, "requestContext": POSTED},
        {"rawPath": 1, "requestContext": POSTED},
    ],
    ids=ascii,
)  # fmt: skip
def test_an_event_that_is_no_request_is_invalid(world: World, event: Any) -> None:
    refused(world, through_url(event), 400, "invalid_input")


@pytest.mark.parametrize(
    "change",
    [
        {"headers": None}, {"headers": []}, {"headers": {"x": None}}, {"headers": {"x": ["a"]}}, {"body": 1},
        {"body": {"a": 1}}, {"isBase64Encoded": "true"}, {"isBase64Encoded": None}, {"rawPath": []},
    ],
    ids=ascii,
)  # fmt: skip
def test_a_part_of_another_type_is_invalid(world: World, change: dict[str, Any]) -> None:
    refused(world, through_url(url_event_of("POST", TEXT, body=b"{}", headers=JSON) | change), 400, "invalid_input")


def test_a_signature_that_came_twice_is_refused(world: World) -> None:
    """The address joins repeated headers with commas."""
    from twilio.request_validator import RequestValidator

    good = RequestValidator("twilio-secret-1").compute_signature(f"https://api.example.test{TEXT}", text())
    assert from_twilio(text(), headers={"X-Twilio-Signature": f"{good},{good}"}).status == 401
    assert untouched(world)
    assert from_twilio(text(), headers={"X-Twilio-Signature": good}).status == 200


def test_what_only_a_part_of_the_event_says_is_not_believed(world: World) -> None:
    """Neither cookies nor the context's own path decide anything."""
    event = url_event_of("POST", TEXT, body=b"Body=x", headers=FORM)
    event |= {"cookies": ["a=b"], "queryStringParameters": {"x": "1"}}
    event["requestContext"]["http"]["path"] = f"/webhooks/shopify/{SHOP}"
    refused(world, through_url(event), 401, "bad_signature")


@pytest.mark.parametrize("query", ["env=prod", "env=prod&b=%20c", "x"])
def test_a_query_in_the_address_is_signed_with_it(world: World, query: str) -> None:
    """Twilio signs the address as it was entered there; nothing else is read from the query."""
    from twilio.request_validator import RequestValidator

    signer = RequestValidator("twilio-secret-1")
    whole, bare = (f"https://api.example.test{TEXT}{more}" for more in (f"?{query}", ""))
    for signed, status in ((bare, 401), (whole, 200)):
        headers = FORM | {"X-Twilio-Signature": signer.compute_signature(signed, text())}
        event = url_event_of("POST", TEXT, body=urlencode(text()).encode(), headers=headers)
        assert through_url(event | {"rawQueryString": query}).status == status


def test_a_mistake_of_ours_is_500_and_says_nothing_of_it(world: World) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("a secret")

    cast(Any, world.directory).connection = broken
    answer = call("POST", TEXT, body=b"{}", headers=JSON)
    assert (answer.status, answer.code) == (500, "internal")
    assert "secret" not in answer.text
    assert world.log.lines[-1].fields == {"error": "RuntimeError"}


def test_an_event_as_aws_documents_it_is_understood(world: World) -> None:
    event = json.loads(RECORDED.read_text())
    answer = app.webhooks(event, None)
    assert (answer["statusCode"], json.loads(answer["body"])["error"]["code"]) == (401, "bad_signature")


# --- the address that is signed ---------------------------------------------------------------------------------------


class Nameless(World):
    """Cannot read what its own address is, until it is `named`."""

    named = False

    @property
    def webhook_url(self) -> str:  # type: ignore[override]  # a fixed one otherwise
        if not self.named:
            raise Unavailable
        return "https://api.example.test"


@pytest.mark.parametrize(("path", "kind"), [(TEXT, FORM), (f"/webhooks/shopify/{SHOP}", JSON)])
def test_without_the_own_address_nothing_is_taken(path: str, kind: dict[str, str]) -> None:
    world = Nameless()
    wiring.use(cast(Any, world))
    try:
        refused(world, call("POST", path, body=b"{}", headers=kind), 503, "unavailable")
        world.named = True
        refused(world, call("POST", path, body=b"{}", headers=kind), 401, "bad_signature")
    finally:
        wiring.use(None)


def test_without_the_own_address_no_text_leaves_and_later_it_does() -> None:
    """A report about it could not find us."""
    world = Nameless()
    world.start(body="Hello")
    world.deliver()
    assert world.channel.sent == []
    assert len(world.postponed) == 1
    world.named = True
    world.deliver_again()
    (sent,) = world.channel.sent
    assert "Hello" in sent.body
    assert world.postponed == []


def test_names_of_headers_may_be_in_any_case(world: World) -> None:
    """AWS writes them small; what stands in front of the address need not."""
    event = url_event_of("POST", TEXT, body=b"{}", headers=FORM)
    event["headers"] = {"CONTENT-TYPE": "text/plain"}
    refused(world, through_url(event), 415, "unsupported_media_type")
