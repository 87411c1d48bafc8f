"""Where providers and shops report: verify on the raw body, parse, one use case per event (architecture.md 2)."""

from collections.abc import Callable
from urllib.parse import unquote

from chalice.app import Response
from msgspec import Struct

from chalicelib.domain.errors import InvalidInput, NotFound, TooLarge, Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.merchants import Connection
from chalicelib.usecases.apply_delivery_status import read_reference
from chalicelib.usecases.ports import AnswersChallenge, MessageChannel, Shop, WebhookReply, WebhookRequest
from chalicelib.usecases.take_event import take_event
from chalicelib.wiring import Dependencies

BODY_LIMIT = 1 << 20
"""Bytes of a webhook."""


class Request(Struct, frozen=True, kw_only=True):
    """A request as it came; parts of its address are handed over as they stand in it, percent signs included."""

    method: str
    query: str = ""
    """Without the question mark. Nothing is read from it, but some providers sign it."""
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


def receive(request: Request, provider: str, connection_id: str, ports: Dependencies) -> Response:
    """`/webhooks/{provider}/{connection_id}`. Raises what the API refuses with (api/errors.py)."""
    connection, source = _source(unquote(provider), unquote(connection_id), ports)
    signed = _signed(request, f"/webhooks/{provider}/{connection_id}", ports)
    source.verify(signed, connection, ports.directory.secrets(connection))
    now = ports.clock.now()
    return _take(_parsed(lambda: source.parse(signed, connection, now), connection, ports), source.acknowledge(), ports)


def takes_challenges(provider: str, ports: Dependencies) -> bool:
    """Whether this provider asks by GET before it reports by POST."""
    return isinstance(ports.channels.webhook_source(unquote(provider)), AnswersChallenge)


def answer_challenge(request: Request, provider: str, connection_id: str, ports: Dependencies) -> Response:
    """The same address by GET. Raises what the API refuses with (api/errors.py)."""
    connection, source = _source(unquote(provider), unquote(connection_id), ports)
    if not isinstance(source, AnswersChallenge):
        raise NotFound
    signed = _signed(request, f"/webhooks/{provider}/{connection_id}", ports)
    return _said(source.challenge(signed, connection, ports.directory.secrets(connection)))


def receive_status(
    request: Request, provider: str, connection_id: str, reference: str, ports: Dependencies
) -> Response:
    """`/webhooks/{provider}/{connection_id}/status/{reference}`: what became of a text of ours."""
    connection, source = _source(unquote(provider), unquote(connection_id), ports)
    if not isinstance(source, MessageChannel):
        raise NotFound
    signed = _signed(request, f"/webhooks/{provider}/{connection_id}/status/{reference}", ports)
    source.verify(signed, connection, ports.directory.secrets(connection))
    ref = read_reference(unquote(reference), connection.id, ports)
    events = _parsed(lambda: source.parse_status(signed, connection, ref), connection, ports)
    return _take(events, source.acknowledge(), ports)


def _source(provider: str, connection_id: str, ports: Dependencies) -> tuple[Connection, MessageChannel | Shop]:
    connection = ports.directory.connection(connection_id)
    source = ports.channels.webhook_source(provider)
    if connection is None or source is None or connection.provider != provider:
        raise NotFound
    return connection, source


def _signed(request: Request, path: str, ports: Dependencies) -> WebhookRequest:
    """The request as its sender signed it: our configured address, never what Host or Forwarded say."""
    if len(request.body) > BODY_LIMIT:
        raise TooLarge(limit=BODY_LIMIT)
    url = ports.webhook_url + path + (f"?{request.query}" if request.query else "")
    return WebhookRequest(method=request.method, url=url, headers=request.headers, body=request.body)


def _parsed(parse: Callable[[], list[Event]], connection: Connection, ports: Dependencies) -> list[Event]:
    try:
        return parse()
    except InvalidInput:
        ports.log.warning("webhook_malformed", provider=connection.provider, connection_id=connection.id)
        raise


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
    return _said(reply)


def _said(reply: WebhookReply) -> Response:
    return Response(reply.body, status_code=200, headers={"Content-Type": reply.content_type})
