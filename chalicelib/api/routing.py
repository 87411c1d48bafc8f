"""Declares routes once: for chalice, for docs/openapi.json, and for the tests that walk over every route."""

import re
from collections.abc import Callable, Mapping
from hmac import compare_digest
from typing import Any
from urllib.parse import unquote

import msgspec
from chalice.app import Blueprint, CognitoUserPoolAuthorizer, Response
from msgspec import Struct

from chalicelib.domain.errors import CounterlineError, InvalidInput, NotFound, PermissionDenied, TooLarge
from chalicelib.wiring import Dependencies, deps

from . import errors

BODY_LIMIT = 64 * 1024
"""Bytes of a JSON request."""
_KEY = re.compile(r"[A-Za-z0-9_-]{8,128}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)

associates = CognitoUserPoolAuthorizer(
    "associates", provider_arns=["arn:aws:cognito-idp:us-east-1:000000000000:userpool/placeholder"]
)
"""Sign-in by the user pool; infra/resources.yaml names the real one."""


class Query(Struct, frozen=True):
    """An optional query parameter."""

    meaning: str
    type: str = "string"
    choices: tuple[str, ...] = ()
    maximum: int = 0
    """Integers: the largest value; texts: the most characters."""


class Route(Struct, frozen=True, kw_only=True):
    """One way in over HTTP."""

    method: str
    path: str
    summary: str
    request: Any = None
    """Type of the JSON body."""
    answer: Any = None
    """Type of the JSON answer; None: 204."""
    status: int = 200
    query: Mapping[str, Query] = {}
    idempotent: bool = False
    """Requires the `Idempotency-Key` header."""
    errors: tuple[type[CounterlineError], ...] = ()
    """Refusals beyond those every signed-in route has."""
    signed_in: bool = True
    name: str = ""


class Call(Struct, frozen=True, kw_only=True):
    """A request of a signed-in associate, checked and parsed."""

    associate_id: str
    deps: Dependencies
    query: dict[str, Any]
    body: Any
    idempotency_key: str


class CustomerCall(Struct, frozen=True, kw_only=True):
    """A request of a customer's browser, parsed. Who it is says the cookie, which is not checked yet."""

    deps: Dependencies
    query: dict[str, Any]
    body: Any
    idempotency_key: str
    cookies: dict[str, str]
    caller: str
    """Where it comes from, as far as is known."""


class WithCookie(Struct, frozen=True):
    """An answer that leaves a cookie. `cookie`: the value of a Set-Cookie header."""

    answer: Any
    cookie: str


ROUTES: list[Route] = []
"""Every declared route, in the order of the modules of `api/`."""


def endpoint(blueprint: Blueprint, route: Route) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a function `(call, **path parameters) -> answer` as a route for signed-in associates."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        ROUTES.append(msgspec.structs.replace(route, name=function.__name__))

        def view(**parameters: str) -> Response:
            return errors.answered(lambda: _respond(blueprint.current_request, route, function, parameters), deps().log)

        blueprint.route(
            route.path,
            methods=[route.method],
            name=function.__name__,
            authorizer=associates,
            content_types=["application/json"],
        )(view)
        return function

    return register


def customer_endpoint(blueprint: Blueprint, route: Route) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a function `(call, **path parameters) -> answer` as a route that needs no sign-in."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        ROUTES.append(msgspec.structs.replace(route, name=function.__name__, signed_in=False))

        def view(**parameters: str) -> Response:
            return errors.answered(
                lambda: _respond_to_customer(blueprint.current_request, route, function, parameters), deps().log
            )

        blueprint.route(route.path, methods=[route.method], name=function.__name__, content_types=["application/json"])(
            view
        )
        return function

    return register


def _respond_to_customer(
    request: Any, route: Route, function: Callable[..., Any], parameters: dict[str, str]
) -> Response:
    call = CustomerCall(
        deps=deps(),
        query=_query(request.query_params, route.query),
        body=_body(request.raw_body, route.request),
        idempotency_key=_idempotency_key(request.headers) if route.idempotent else "",
        cookies=_cookies(request.headers.get("cookie") or ""),
        caller=_caller(request, deps().site_mark),
    )
    result = function(call, **{name: _id(value) for name, value in parameters.items()})
    if not isinstance(result, WithCookie):
        return _answer(route, result)
    response = _answer(route, result.answer)
    response.headers["Set-Cookie"] = result.cookie
    return response


def _cookies(header: str) -> dict[str, str]:
    """By name, as they stand there. What is no pair is passed over; of a name that comes twice the first counts."""
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value for name, _, value in reversed([pair for pair in pairs if pair[1]])}


def _caller(request: Any, site_mark: str) -> str:
    """The address that the site's CloudFront saw, else the one that API Gateway saw.

    API Gateway adds to X-Forwarded-For whom it was called by: CloudFront, which has added its viewer before. Anybody
    else could have written there what they like; `site_mark` is what only CloudFront knows (infra/resources.yaml).
    """
    seen = [part.strip() for part in (request.headers.get("x-forwarded-for") or "").split(",") if part.strip()]
    mark = (request.headers.get("x-counterline-site") or "").encode()
    marked = site_mark and compare_digest(mark, site_mark.encode())
    return seen[-2] if marked and len(seen) > 1 else str(request.context.get("identity", {}).get("sourceIp", ""))


def _respond(request: Any, route: Route, function: Callable[..., Any], parameters: dict[str, str]) -> Response:
    call = Call(
        associate_id=_associate_id(request),
        deps=deps(),
        query=_query(request.query_params, route.query),
        body=_body(request.raw_body, route.request),
        idempotency_key=_idempotency_key(request.headers) if route.idempotent else "",
    )
    result = function(call, **{name: _id(value) for name, value in parameters.items()})
    return _answer(route, result)


def _answer(route: Route, result: Any) -> Response:
    headers: dict[str, str | list[str]] = {"Cache-Control": "no-store"}
    if route.answer is None:
        return Response("", status_code=204, headers=headers)
    text = msgspec.json.encode(result).decode()
    return Response(text, status_code=route.status, headers={**headers, "Content-Type": "application/json"})


def _associate_id(request: Any) -> str:
    """The subject of the ID token that API Gateway has verified."""
    claims = request.context.get("authorizer", {}).get("claims", {})
    subject = claims.get("sub")
    if not isinstance(subject, str) or not _ID.fullmatch(subject):
        raise PermissionDenied("This sign-in belongs to no associate.")
    return subject


def _id(raw: str) -> str:
    value = unquote(raw)
    if not _ID.fullmatch(value):
        raise NotFound
    return value


def _body(raw: bytes, expected: Any) -> Any:
    if expected is None:
        return None
    if len(raw) > BODY_LIMIT:
        raise TooLarge(limit=BODY_LIMIT)
    try:
        return msgspec.json.decode(raw, type=expected)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InvalidInput(str(error)[:200]) from error


def _idempotency_key(headers: Mapping[str, str]) -> str:
    key = headers.get("idempotency-key") or ""
    if not _KEY.fullmatch(key):
        raise InvalidInput("The header Idempotency-Key must have 8 to 128 letters, digits, - or _.")
    return key


def _query(given: Mapping[str, str] | None, allowed: Mapping[str, Query]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in (given or {}).items():
        if name not in allowed:
            raise InvalidInput(f"Unknown query parameter: {name[:40]!a}.")
        values[name] = _query_value(name, text, allowed[name])
    return values


def _query_value(name: str, text: str, query: Query) -> Any:
    if query.choices and text not in query.choices:
        raise InvalidInput(f"{name} must be one of {', '.join(query.choices)}.")
    if query.type == "integer":
        if not re.fullmatch(r"[0-9]{1,15}", text, re.ASCII) or not 1 <= int(text) <= query.maximum:
            raise InvalidInput(f"{name} must be a number from 1 to {query.maximum}.")
        return int(text)
    if len(text) > query.maximum > 0:
        raise InvalidInput(f"{name} must have at most {query.maximum} characters.")
    return text
