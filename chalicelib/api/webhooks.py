"""Where providers and shops report: verify on the raw body, parse, one use case per event (architecture.md 2)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from chalice.app import Blueprint, Response

from chalicelib.domain.errors import BadSignature, InvalidInput, NotFound, TooLarge, Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import MessageRef
from chalicelib.usecases.deliver_message import reference_purpose
from chalicelib.usecases.ports import MessageChannel, Shop, WebhookReply, WebhookRequest
from chalicelib.usecases.take_event import take_event
from chalicelib.wiring import Dependencies, deps

from .routing import answered

blueprint = Blueprint(__name__)
BODY_LIMIT = 1 << 20
"""Bytes of a webhook."""
CONTENT_TYPES = ["application/json", "application/x-www-form-urlencoded"]


@blueprint.route("/webhooks/{provider}/{connection_id}", methods=["POST"], content_types=CONTENT_TYPES)
def receive_webhook(provider: str, connection_id: str) -> Response:
    return answered(lambda: _receive(blueprint.current_request, provider, connection_id, deps()))


@blueprint.route(
    "/webhooks/{provider}/{connection_id}/status/{reference}", methods=["POST"], content_types=CONTENT_TYPES
)
def receive_status(provider: str, connection_id: str, reference: str) -> Response:
    return answered(lambda: _receive_status(blueprint.current_request, provider, connection_id, reference, deps()))


def _receive(request: Any, provider: str, connection_id: str, ports: Dependencies) -> Response:
    connection, source = _source(unquote(provider), unquote(connection_id), ports)
    signed = _signed(request, f"/webhooks/{provider}/{connection_id}", ports)
    source.verify(signed, connection, ports.directory.secrets(connection))
    now = ports.clock.now()
    return _take(_parsed(lambda: source.parse(signed, connection, now), connection, ports), source.acknowledge(), ports)


def _receive_status(request: Any, provider: str, connection_id: str, reference: str, ports: Dependencies) -> Response:
    connection, source = _source(unquote(provider), unquote(connection_id), ports)
    if not isinstance(source, MessageChannel):
        raise NotFound
    signed = _signed(request, f"/webhooks/{provider}/{connection_id}/status/{reference}", ports)
    source.verify(signed, connection, ports.directory.secrets(connection))
    ref = _ref(unquote(reference), connection, ports)
    events = _parsed(lambda: source.parse_status(signed, connection, ref), connection, ports)
    return _take(events, source.acknowledge(), ports)


def _source(provider: str, connection_id: str, ports: Dependencies) -> tuple[Connection, MessageChannel | Shop]:
    connection = ports.directory.connection(connection_id)
    source = ports.channels.webhook_source(provider)
    if connection is None or source is None or connection.provider != provider:
        raise NotFound
    return connection, source


def _signed(request: Any, path: str, ports: Dependencies) -> WebhookRequest:
    """The request as its sender signed it: our configured address, never what Host or Forwarded say."""
    body: bytes = request.raw_body
    if len(body) > BODY_LIMIT:
        raise TooLarge(limit=BODY_LIMIT)
    return WebhookRequest(
        method=request.method,
        url=ports.public_api_url + path,
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
    )


def _parsed(parse: Callable[[], list[Event]], connection: Connection, ports: Dependencies) -> list[Event]:
    try:
        return parse()
    except InvalidInput:
        ports.log.warning("webhook_malformed", provider=connection.provider, connection_id=connection.id)
        raise


def _ref(reference: str, connection: Connection, ports: Dependencies) -> MessageRef:
    match ports.references.read(reference_purpose(connection.id), reference, now=ports.clock.now()):
        case [str(conversation_id), str(message_id), int(attempt)]:
            return MessageRef(conversation_id, message_id, attempt)
    raise BadSignature


def _take(events: list[Event], reply: WebhookReply, ports: Dependencies) -> Response:
    """A verified event is ours: what the table refuses waits on the `inbound` queue; only if that fails too, 503."""
    for event in events:
        try:
            take_event(event, ports)
        except Unavailable:
            ports.log.warning("event_deferred")
            ports.inbound.put(event)
        except Exception as error:  # a mistake of ours must not lose a customer's text: providers do not repeat
            ports.log.failure("event_deferred", error)
            ports.inbound.put(event)
    return Response(reply.body, status_code=200, headers={"Content-Type": reply.content_type})
