"""The WebSocket API."""

from typing import Any

from msgspec import DecodeError, Struct, ValidationError, json

from chalicelib.domain.errors import CounterlineError
from chalicelib.domain.presence import Doing
from chalicelib.usecases.open_socket import close_socket, open_socket
from chalicelib.usecases.show_presence import show_presence
from chalicelib.wiring import Dependencies

_FRAME_LIMIT = 256
"""Characters of what a client may say."""


def connect(event: dict[str, Any], ports: Dependencies) -> dict[str, int]:
    """200 with a good ticket, else 401: API Gateway then refuses the upgrade."""
    ticket = (event.get("queryStringParameters") or {}).get("ticket") or ""
    try:
        open_socket(ticket, event["requestContext"]["connectionId"], ports)
    except CounterlineError as error:
        ports.log.info("socket_refused", code=error.code)
        return {"statusCode": 401}
    return {"statusCode": 200}


def disconnect(event: dict[str, Any], ports: Dependencies) -> dict[str, int]:
    close_socket(event["requestContext"]["connectionId"], ports)
    return {"statusCode": 200}


def message(event: dict[str, Any], ports: Dependencies) -> dict[str, int]:
    """`{"action":"ping"}` keeps a socket alive, `{"action":"view",...}` says what an associate has open (X16).

    Anything else ends it.
    """
    socket_id = event["requestContext"]["connectionId"]
    match _frame(event):
        case _Ping():
            ports.pusher.send(socket_id, {"pong": True})
        case _View(conversation=conversation_id, doing=doing) if _shown(socket_id, conversation_id, doing, ports):
            pass
        case _:
            refusal = {"code": "invalid_input", "message": "This socket takes pings, and what is viewed."}
            ports.pusher.send(socket_id, {"error": refusal})
            ports.pusher.close(socket_id)
            close_socket(socket_id, ports)
    return {"statusCode": 200}


def _shown(socket_id: str, conversation_id: str, doing: Doing, ports: Dependencies) -> bool:
    """What does not exist, is out of bounds, or cannot be told now, is answered by nothing at all."""
    try:
        return show_presence(socket_id, conversation_id, doing, ports)
    except CounterlineError as error:
        ports.log.info("presence_refused", code=error.code)
        return True


class _Ping(Struct, frozen=True, forbid_unknown_fields=True, tag_field="action", tag="ping"):
    pass


class _View(Struct, frozen=True, forbid_unknown_fields=True, tag_field="action", tag="view"):
    conversation: str
    doing: Doing


def _frame(event: dict[str, Any]) -> _Ping | _View | None:
    body = event.get("body")
    if event.get("isBase64Encoded") or not isinstance(body, str) or len(body) > _FRAME_LIMIT:
        return None
    try:
        return json.decode(body, type=_Ping | _View)
    except (ValidationError, DecodeError, UnicodeError):
        return None
