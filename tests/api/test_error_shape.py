"""Bad input on every route: the one shape, the right status, CORS headers, and no effect."""

import json
import re
from typing import Any, get_args

import pytest

import app
from chalicelib.api import webhooks
from chalicelib.api.errors import STATUS
from chalicelib.api.routing import BODY_LIMIT, Route
from chalicelib.domain import errors
from tests.api.client import JSON, KEY, Answer, as_json, call, every_route, name_of
from tests.api.story import BODIES, Objects, good_request
from tests.support.world import ADA, TWILIO, World

ROUTES = every_route()


def each(*routes: Route) -> Any:
    return pytest.mark.parametrize("route", routes, ids=map(name_of, routes))


WITH_BODY = [route for route in ROUTES if route.request is not None]
WITH_PATH = [route for route in ROUTES if "{" in route.path]
WEBHOOKS = [f"/webhooks/twilio/{TWILIO}", f"/webhooks/twilio/{TWILIO}/status/forged"]


def refused(answer: Answer, status: int, code: str) -> None:
    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@each(*ROUTES)
def test_a_good_request_is_answered_with_cors_and_without_caching(world: World, route: Route) -> None:
    answer = good_request(route, Objects(world).ids)
    assert answer.status == (204 if route.answer is None else route.status)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


@each(*WITH_BODY)
@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"\xef\xbb\xbf{}", b"{}", b"[" * 50_000,
        b'{"a":' * 5000, b"{'body':'x'}", b"NaN", b'{"body":"\\ud800"}',
    ],
    ids=repr,
)  # fmt: skip
def test_a_body_that_is_no_such_json_is_refused(world: World, route: Route, body: bytes) -> None:
    before = len(world.table.changes)
    refused(good_request(route, _ids(), body=body), 400, "invalid_input")
    assert len(world.table.changes) == before


@each(*WITH_BODY)
@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], {}, ""], ids=repr)
def test_a_field_of_a_wrong_type_is_refused(world: World, route: Route, value: object) -> None:
    good = BODIES[route.request.__name__](_ids())
    for field in good:
        right = type(value) is type(good[field]) and value in ([], 1)
        if not right and not (value is None and _may_be_null(route, field)):
            refused(good_request(route, _ids(), body=as_json({**good, field: value})), 400, "invalid_input")


def _may_be_null(route: Route, field: str) -> bool:
    """null says something there."""
    return type(None) in get_args(route.request.__annotations__[field])


@each(*WITH_BODY)
def test_an_unknown_field_is_refused(world: World, route: Route) -> None:
    good = BODIES[route.request.__name__](_ids())
    for extra in ("status", "store_id", "__class__", "Body"):
        refused(good_request(route, _ids(), body=as_json({**good, extra: "x"})), 400, "invalid_input")


@each(*WITH_BODY)
def test_a_missing_field_is_refused(world: World, route: Route) -> None:
    good = BODIES[route.request.__name__](_ids())
    for field in good:
        rest = {name: value for name, value in good.items() if name != field}
        refused(good_request(route, _ids(), body=as_json(rest)), 400, "invalid_input")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "x" * 1601, "\u00a0"], ids=repr)
def test_a_text_without_content_or_beyond_the_limit_is_refused(world: World, text: str) -> None:
    ids = Objects(world).ids
    route = next(route for route in ROUTES if route.name == "send_conversation_message")
    refused(good_request(route, ids, body=as_json({"body": text})), 400, "invalid_input")


@pytest.mark.parametrize(
    "text", ["x" * 1600, "nul \x00 inside", "🎉" * 1600, "שלום مرحبا", "<script>alert(1)</script>"], ids=range(5)
)
def test_any_text_with_content_is_taken_as_it_is(world: World, text: str) -> None:
    ids = Objects(world).ids
    route = next(route for route in ROUTES if route.name == "send_conversation_message")
    answer = good_request(route, ids, body=as_json({"body": text}))
    assert (answer.status, answer.json["body"]) == (201, text)


@each(*ROUTES)
def test_an_unknown_query_parameter_is_refused(world: World, route: Route) -> None:
    ids = Objects(world).ids
    refused(good_request(route, ids, query={"admin": "true"}), 400, "invalid_input")


@each(*[route for route in ROUTES if route.query])
def test_query_parameters_of_a_wrong_kind_are_refused(world: World, route: Route) -> None:
    ids = Objects(world).ids
    for name, query in route.query.items():
        if query.choices:
            wrong = ["", "OPEN", "x"]
        elif query.type == "integer":
            wrong = ["", "0", "-1", "1.5", "x", "1e3", "٣", str(query.maximum + 1), "9" * 30]
        else:
            wrong = ["x" * (query.maximum + 1)]
        for text in wrong:
            refused(good_request(route, ids, query={name: text}), 400, "invalid_input")


@each(*[route for route in ROUTES if "cursor" in route.query])
@pytest.mark.parametrize("cursor", ["", "!!!!", "AAAA", "../..", "ü", "%00"])
def test_a_cursor_that_is_none_of_ours_is_refused(world: World, route: Route, cursor: str) -> None:
    refused(good_request(route, Objects(world).ids, query={"cursor": cursor}), 400, "invalid_input")


@each(*WITH_PATH)
@pytest.mark.parametrize("value", ["a#b", "..", "ä", "a b", "a\x00b", "x" * 65, "a/b", "'--", "%41"], ids=repr)
def test_a_malformed_id_is_not_found(world: World, route: Route, value: str) -> None:
    ids = Objects(world).ids
    for name in re.findall(r"{(\w+)}", route.path):
        before = world.table.requests
        refused(good_request(route, {**ids, name: value}), 404, "not_found")
        assert world.table.requests == before


@each(*WITH_PATH)
def test_an_unknown_id_is_not_found(world: World, route: Route) -> None:
    ids = Objects(world).ids
    for name in re.findall(r"{(\w+)}", route.path):
        code = "not_found" if route.signed_in else "chat_unavailable"
        refused(good_request(route, {**ids, name: "nothing-here"}), 404, code)


@each(*WITH_BODY)
def test_an_oversized_body_is_refused(world: World, route: Route) -> None:
    body = as_json({"body": "x" * BODY_LIMIT})
    refused(good_request(route, _ids(), body=body), 413, "too_large")


@each(*WITH_BODY)
@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "x"])
def test_another_content_type_is_refused(world: World, route: Route, kind: str) -> None:
    answer = good_request(route, _ids(), headers={**KEY, "Content-Type": kind})
    refused(answer, 415, "unsupported_media_type")


@each(*[route for route in ROUTES if route.idempotent])
@pytest.mark.parametrize("key", [None, "", "short", "x" * 129, "key 1234567", "key#12345678", "ключ12345678"])
def test_a_missing_or_malformed_idempotency_key_is_refused(world: World, route: Route, key: str | None) -> None:
    ids = Objects(world).ids
    headers = JSON if key is None else {**JSON, "Idempotency-Key": key}
    refused(good_request(route, ids, headers=headers), 400, "invalid_input")


@each(*[route for route in ROUTES if route.idempotent])
def test_the_same_key_answers_the_same_and_another_body_conflicts(world: World, route: Route) -> None:
    ids = Objects(world).ids
    first = good_request(route, ids)
    again = good_request(route, ids, headers={**JSON, "idempotency-key": KEY["Idempotency-Key"]})
    assert (again.status, again.text) == (first.status, first.text)
    if route.request is None:
        return
    others = {
        "templates": ("values", ["Other", "#1"]),
        "invites": ("conversation_id", ids["conversation_id"]),
        "reminders": ("note", "Other"),
        "purchases": ("pack", 2000),
        "bulk": ("text", "Other"),
        "carts": ("discount_code", "TEN"),
    }
    field, value = others.get(route.path.rpartition("/")[2], ("body", "Other"))
    other = as_json({**BODIES[route.request.__name__](ids), field: value})
    refused(good_request(route, ids, body=other), 409, "idempotency_conflict")


@each(*ROUTES)
def test_a_refusing_table_is_503(world: World, route: Route) -> None:
    ids = Objects(world).ids
    world.table.refuse(10)
    refused(good_request(route, ids), 503, "unavailable")


@each(*ROUTES)
def test_a_mistake_of_ours_is_500_and_says_nothing_of_it(world: World, route: Route) -> None:
    ids = Objects(world).ids

    def broken() -> None:
        raise RuntimeError("a secret")

    world.table.request = broken  # type: ignore[method-assign]  # whatever the route reads breaks
    answer = good_request(route, ids)
    refused(answer, 500, "internal")
    assert "secret" not in answer.text
    assert world.log.lines[-1].fields == {"error": "RuntimeError"}


@pytest.mark.parametrize("error", STATUS, ids=lambda error: error.code)
def test_every_refusal_has_its_status_and_the_one_shape(world: World, error: type[errors.CounterlineError]) -> None:
    def refuse() -> None:
        raise error

    world.table.request = refuse  # type: ignore[method-assign]  # stands for any use case
    refused(call("GET", "/me", sub=ADA), STATUS[error], error.code)


def test_every_error_class_has_a_status() -> None:
    assert set(STATUS) == set(errors.CounterlineError.__subclasses__())


@each(*ROUTES)
def test_another_method_is_refused_in_the_one_shape(world: World, route: Route) -> None:
    event = {
        "headers": {}, "multiValueHeaders": {}, "body": None, "isBase64Encoded": False, "pathParameters": {},
        "queryStringParameters": None, "multiValueQueryStringParameters": None, "stageVariables": None,
        "requestContext": {"resourcePath": route.path, "httpMethod": "PATCH"},
    }  # fmt: skip
    answer = app.app(event, None)
    assert answer["statusCode"] == 405
    assert json.loads(answer["body"])["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", WEBHOOKS)
def test_webhooks_refuse_other_content_types_and_large_bodies(world: World, path: str) -> None:
    answer = call("POST", path, body=b"x", headers={"Content-Type": "text/plain"})
    assert (answer.status, answer.code) == (415, "unsupported_media_type")
    answer = call("POST", path, body=b"x" * (webhooks.BODY_LIMIT + 1), headers=JSON)
    assert (answer.status, answer.code) == (413, "too_large")
    assert world.table.requests == 0


def test_every_route_of_the_api_but_the_customers_needs_a_sign_in() -> None:
    """Webhooks have a door of their own (test_function_url.py), customers a cookie (test_chat.py)."""
    open_to_all = {
        path for path, methods in app.app.routes.items() for entry in methods.values() if entry.authorizer is None
    }
    assert open_to_all == {route.path for route in ROUTES if not route.signed_in}
    by_token = {"/chat", "/chat-pictures", "/chat-invites", "/chat-invites/accept"}
    assert all(path in by_token or path.startswith("/chat/{chat_id}") for path in open_to_all)


def _ids() -> dict[str, str]:
    return {
        "store_id": "sto-seattle",
        "order_id": "o-1",
        "conversation_id": "c-1",
        "message_id": "m-1",
        "held_id": "h-1",
    }
