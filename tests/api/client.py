"""Requests as API Gateway and the webhooks' function URL hand them to their functions, and what goes back."""

import base64
import json
from typing import Any
from urllib.parse import quote

from msgspec import Struct

import app
from chalicelib.api.routing import ROUTES, Route


class Answer(Struct, frozen=True):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The error code, from an answer of exactly the one shape."""
        body = self.json
        assert set(body) == {"error"}, body
        assert set(body["error"]) == {"code", "message", "details"}, body
        assert isinstance(body["error"]["message"], str)
        assert body["error"]["message"]
        assert isinstance(body["error"]["details"], dict)
        assert self.headers["Content-Type"] == "application/json"
        code: str = body["error"]["code"]
        return code


def call(
    method: str,
    path: str,
    *,
    sub: str | None = None,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    claims: Any = None,
) -> Answer:
    """One request. `path` as it stands in the address; `sub`: the subject of a token API Gateway has verified.

    What begins with /webhooks goes through the door that providers use.
    """
    if path.startswith("/webhooks"):
        return through_url(url_event_of(method, path, body=body, headers=headers))
    event = event_of(method, path, sub=sub, body=body, headers=headers, query=query, claims=claims)
    answer = app.app(event, None)
    several = {name: ", ".join(values) for name, values in answer.get("multiValueHeaders", {}).items()}
    return Answer(answer["statusCode"], {**several, **answer["headers"]}, answer["body"])


def through_url(event: Any) -> Answer:
    """What the webhooks' function answers to an event."""
    answer = app.webhooks(event, None)
    json.dumps(answer)  # Lambda can carry it
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def url_event_of(
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    encoded: bool = True,
) -> dict[str, Any]:
    """What a function URL hands over (payload format 2.0). `encoded`: whether it takes the body for binary."""
    raw_path, _, query = path.partition("?")
    given = {"host": "abc.lambda-url.us-east-1.on.aws", "x-forwarded-proto": "https"}
    given |= {name.lower(): value for name, value in (headers or {}).items()}
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw_path,
        "rawQueryString": query,
        "headers": given,
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "abc",
            "http": {"method": method, "path": raw_path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7"},
            "requestId": "request-1",
            "stage": "$default",
        },
        "isBase64Encoded": False,
    }
    if body:
        event["body"] = base64.b64encode(body).decode() if encoded else body.decode("utf-8", "replace")
        event["isBase64Encoded"] = encoded
    return event


def event_of(
    method: str,
    path: str,
    *,
    sub: str | None = None,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    claims: Any = None,
) -> dict[str, Any]:
    """What API Gateway hands to the function for a request."""
    template, parameters = _match(method, path)
    given = {"Host": "api.example.test", **(headers or {})}
    context: dict[str, Any] = {
        "resourcePath": template,
        "httpMethod": method,
        "path": path,
        "identity": {"sourceIp": "203.0.113.7"},
        "requestId": "request-1",
    }
    if sub is not None or claims is not None:
        context["authorizer"] = {"claims": claims if claims is not None else {"sub": sub}}
    return {
        "resource": template,
        "path": path,
        "httpMethod": method,
        "headers": given,
        "multiValueHeaders": {name: [value] for name, value in given.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {k: [v] for k, v in query.items()} if query else None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": context,
        "body": None if body is None else base64.b64encode(body).decode(),
        "isBase64Encoded": body is not None,
    }


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


JSON = {"Content-Type": "application/json"}
KEY = {"Idempotency-Key": "key-12345678"}


def path_of(route: Route, ids: dict[str, str]) -> str:
    path = route.path
    for name, value in ids.items():
        path = path.replace("{" + name + "}", quote(value, safe=""))
    return path


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def every_route() -> list[Route]:
    return list(ROUTES)


def _match(method: str, path: str) -> tuple[str, dict[str, str]]:
    parts = path.strip("/").split("/")
    for template in app.app.routes:
        wanted = template.strip("/").split("/")
        pairs = list(zip(wanted, parts, strict=False))
        if len(wanted) == len(parts) and all(w.startswith("{") or w == p for w, p in pairs):
            return template, {w[1:-1]: p for w, p in pairs if w.startswith("{")}
    raise AssertionError(f"no such address: {method} {path}")
