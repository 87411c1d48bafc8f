"""The hourly sweep."""

from typing import Any

from chalicelib.usecases.expire_conversations import expire_conversations
from chalicelib.wiring import Dependencies

_MARGIN = 5_000
"""Milliseconds before the function's end at which a sweep stops; the next run goes on."""


def sweep(event: dict[str, Any], context: Any, ports: Dependencies) -> dict[str, int | bool]:
    """`event["at"]` (epoch ms) stands in for the clock on the local stack only, so that expiry can be shown."""
    now = ports.clock.now()
    stop_at = now + int(context.get_remaining_time_in_millis()) - _MARGIN
    at = event.get("at")
    if ports.stage == "local" and isinstance(at, int):
        now = at
    result = expire_conversations(now, stop_at, ports)
    ports.log.info("swept", expired=result.expired, finished=int(result.finished))
    return {"expired": result.expired, "finished": result.finished}
