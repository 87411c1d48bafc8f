"""The two APIs: who may call, and how their own errors look."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from infra.package import ROOT, Template

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def api(template: Template) -> dict[str, Any]:
    properties: dict[str, Any] = template["Resources"]["RestAPI"]["Properties"]
    return properties


def test_nothing_is_open_but_the_chat_and_webhooks_are_not_here(api: dict[str, Any]) -> None:
    """Customers have a cookie instead, which the function looks at (tests/api/test_chat.py)."""
    unsigned = {path for path, _, method in _methods(api) if not method.get("security")}
    below = {f"/chat/{{chat_id}}/{each}" for each in ("messages", "seen", "ticket")}
    below.add("/chat/{chat_id}/messages/{message_id}/pictures/{picture_id}")
    below |= {f"/chat/{{chat_id}}/pictures{each}" for each in ("", "/{upload_id}", "/{upload_id}/check")}
    invited = {"/chat-invites", "/chat-invites/accept"}
    assert unsigned == {"/chat", "/chat-pictures", "/chat/{chat_id}", *below, *invited}
    assert not [path for path, _, _ in _methods(api) if "webhooks" in path]


def test_sign_in_is_our_user_pool(api: dict[str, Any]) -> None:
    (scheme,) = api["DefinitionBody"]["securityDefinitions"].values()
    assert scheme["name"] == "Authorization"
    assert scheme["x-amazon-apigateway-authorizer"] == {
        "type": "cognito_user_pools",
        "providerARNs": [{"Fn::GetAtt": ["UserPool", "Arn"]}],
    }


def test_errors_of_the_gateway_itself_have_our_shape_and_can_be_read_by_the_app(api: dict[str, Any]) -> None:
    responses = api["GatewayResponses"]
    needed = {"DEFAULT_4XX", "DEFAULT_5XX", "UNAUTHORIZED", "EXPIRED_TOKEN", "MISSING_AUTHENTICATION_TOKEN"}
    assert needed <= set(responses)
    for kind, response in responses.items():
        assert response["ResponseParameters"]["Headers"]["Access-Control-Allow-Origin"] == "'*'", kind
        error = json.loads(response["ResponseTemplates"]["application/json"])["error"]
        assert set(error) == {"code", "message", "details"}, kind


def test_browsers_may_send_every_header_the_app_sends(api: dict[str, Any]) -> None:
    """A header missing here stops each request of an app that is served from another origin."""
    asked = [methods["options"] for path, methods in api["DefinitionBody"]["paths"].items() if "options" in methods]
    assert asked
    for method in asked:
        answer = method["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"]
        allowed = answer["method.response.header.Access-Control-Allow-Headers"]
        assert all(name in allowed for name in ("Authorization", "Content-Type", "Idempotency-Key"))


def test_their_codes_are_documented_codes(api: dict[str, Any]) -> None:
    known = set(re.findall(r"^\| `([a-z_]+)` ", (ROOT / "docs" / "errors.md").read_text(), re.MULTILINE))
    for kind, response in api["GatewayResponses"].items():
        assert json.loads(response["ResponseTemplates"]["application/json"])["error"]["code"] in known, kind


def test_nobody_can_run_up_a_bill_unseen(template: Template, api: dict[str, Any]) -> None:
    settings, *_ = api["MethodSettings"]
    assert (settings["HttpMethod"], settings["ResourcePath"]) == ("*", "/*")
    assert settings["ThrottlingRateLimit"] <= 5000
    assert (
        template["Resources"]["WebsocketAPIStage"]["Properties"]["DefaultRouteSettings"]["ThrottlingRateLimit"] <= 5000
    )


def test_chat_links_cannot_be_guessed_at_any_speed(api: dict[str, Any]) -> None:
    _, *settings = api["MethodSettings"]
    limits = {each["ResourcePath"].replace("~1", "/")[1:]: each["ThrottlingRateLimit"] for each in settings}
    assert limits == {"/chat": 20, "/chat-invites": 100, "/chat-invites/accept": 20}
    assert all(each["HttpMethod"] == "POST" for each in settings)
    assert set(limits) <= set(api["DefinitionBody"]["paths"]), "the addresses that are meant"


def test_sockets_have_their_three_routes(template: Template) -> None:
    routes = [
        resource["Properties"]["RouteKey"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Route"
    ]
    assert sorted(routes) == ["$connect", "$default", "$disconnect"]


def _methods(api: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in api["DefinitionBody"]["paths"].items():
        for name, method in methods.items():
            if name in METHODS:
                yield path, name, method
