"""The WebSocket API."""

from typing import Any

from chalicelib.domain.errors import CounterlineError
from chalicelib.usecases.open_socket import close_socket, open_socket
from chalicelib.wiring import Dependencies

_FRAME_LIMIT = 256
"""Characters of the only thing a client may say."""


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
    """`{"action":"ping"}` keeps a socket alive; anything else ends it."""
    socket_id = event["requestContext"]["connectionId"]
    if _is_ping(event):
        ports.pusher.send(socket_id, {"pong": True})
        return {"statusCode": 200}
    ports.pusher.send(socket_id, {"error": {"code": "invalid_input", "message": "This socket takes pings only."}})
    ports.pusher.close(socket_id)
    close_socket(socket_id, ports)
    return {"statusCode": 200}


def _is_ping(event: dict[str, Any]) -> bool:
    import msgspec

    body = event.get("body")
    if event.get("isBase64Encoded") or not isinstance(body, str) or len(body) > _FRAME_LIMIT:
        return False
    try:
        return bool(msgspec.json.decode(body) == {"action": "ping"})
    except (msgspec.DecodeError, UnicodeError):
        return False
