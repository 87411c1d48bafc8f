"""The webhooks' door: a request to the function's own address, and its answer (docs/decisions/0010).

The links in mails by which customers opt out lead here, too (unsubscribe_page.py), and so do the forms of shops' pages
by which customers who are signed in there come to their chat (member_page.py), and links to products
(product_link_page.py).

Payload format 2.0: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads. The path comes as
it stands in the address, repeated headers come joined by commas, bodies of most types come as Base64.
"""

import base64
import binascii
import re
from typing import Any

import msgspec
from chalice.app import Response
from msgspec import Struct

from chalicelib.domain.errors import InvalidInput, NotFound
from chalicelib.wiring import Dependencies

from . import errors, webhooks

METHOD = "POST"
CONTENT_TYPES = frozenset(("application/json", "application/x-www-form-urlencoded"))
_UNSUBSCRIBE = re.compile(r"/unsubscribe/([^/]+)")
_PRODUCT_LINK = re.compile(r"/l/([^/]{1,64})")
_MEMBERS = re.compile(r"/members/([A-Za-z0-9_-]{1,64})")
_ADDRESS = re.compile(r"/webhooks/([^/]+)/([^/]+)(?:/status/([^/]+))?")


class _Http(Struct):
    method: str


class _Context(Struct):
    http: _Http


class Payload(Struct, rename="camel"):
    """What we read of an event."""

    request_context: _Context
    raw_path: str
    raw_query_string: str = ""
    headers: dict[str, str] = {}
    body: str | None = None
    is_base64_encoded: bool = False


def answer(event: Any, ports: Dependencies) -> dict[str, Any]:
    """Of any event: what is no webhook is refused in the one shape, nothing is raised."""
    response = errors.answered(lambda: _respond(event, ports), ports.log)
    return {"statusCode": response.status_code, "headers": response.headers, "body": response.body}


def _respond(event: Any, ports: Dependencies) -> Response:
    payload = _read(event)
    for path, turn in _PAGES:
        if found := path.fullmatch(payload.raw_path):
            return turn(payload, found.group(1), ports)
    address = _ADDRESS.fullmatch(payload.raw_path)
    if address is None:
        raise NotFound
    method, headers = payload.request_context.http.method, {k.lower(): v for k, v in payload.headers.items()}
    provider, connection_id, reference = address.groups()
    if method == "GET" and reference is None and webhooks.takes_challenges(provider, ports):
        asked = webhooks.Request(method=method, query=payload.raw_query_string, headers=headers, body=b"")
        return webhooks.answer_challenge(asked, provider, connection_id, ports)
    if method != METHOD:
        return errors.method_not_allowed(METHOD)
    if _content_type(headers) not in CONTENT_TYPES:
        return errors.unsupported_media_type()
    query, body = payload.raw_query_string, _body(payload)
    request = webhooks.Request(method=method, query=query, headers=headers, body=body)
    if reference is None:
        return webhooks.receive(request, provider, connection_id, ports)
    return webhooks.receive_status(request, provider, connection_id, reference, ports)


def _unsubscribe(payload: Payload, token: str, ports: Dependencies) -> Response:
    from . import unsubscribe_page  # what providers report does not pay for it

    headers = {name.lower(): value for name, value in payload.headers.items()}
    method, kind = payload.request_context.http.method, headers.get("content-type", "")
    return unsubscribe_page.answer(method, token, kind, _body(payload), ports)


def _member(payload: Payload, connection_id: str, ports: Dependencies) -> Response:
    from . import member_page  # nor for this

    headers = {name.lower(): value for name, value in payload.headers.items()}
    method = payload.request_context.http.method
    return member_page.answer(method, connection_id, _content_type(headers), _body(payload), ports)


def _product_link(payload: Payload, code: str, ports: Dependencies) -> Response:
    from . import product_link_page  # nor for this

    return product_link_page.answer(payload.request_context.http.method, code, ports)


_PAGES = ((_UNSUBSCRIBE, _unsubscribe), (_PRODUCT_LINK, _product_link), (_MEMBERS, _member))


def _read(event: Any) -> Payload:
    try:
        return msgspec.convert(event, Payload)
    except msgspec.ValidationError as error:
        raise InvalidInput from error


def _content_type(headers: dict[str, str]) -> str:
    """Without its parameters; like the rest of the API, what does not say is taken for JSON."""
    return headers.get("content-type", "application/json").partition(";")[0].strip().lower()


def _body(payload: Payload) -> bytes:
    text = payload.body or ""
    try:
        return base64.b64decode(text, validate=True) if payload.is_base64_encoded else text.encode()
    except (binascii.Error, ValueError) as error:  # no Base64, or no text
        raise InvalidInput from error
