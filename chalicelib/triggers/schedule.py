"""What the clock starts: the hourly sweep, and what is due each minute."""

from typing import Any

from chalicelib.usecases.expire_conversations import expire_conversations
from chalicelib.wiring import Dependencies

_MARGIN = 5_000
"""Milliseconds before the function's end at which a sweep stops; the next run goes on."""
_ONE_LOOKUP = 50_000
"""Milliseconds that must be left to begin with another message: five pages of five seconds, and the writes."""


def sweep(event: dict[str, Any], context: Any, ports: Dependencies) -> dict[str, int | bool]:
    """`event["at"]` (epoch ms) stands in for the clock on the local stack only, so that expiry can be shown."""
    now = ports.clock.now()
    stop_at = now + int(context.get_remaining_time_in_millis()) - _MARGIN
    result = expire_conversations(_as_if(event, now, ports), stop_at, ports)
    ports.log.info("swept", expired=result.expired, finished=int(result.finished))
    return {"expired": result.expired, "finished": result.finished}


def _as_if(event: dict[str, Any], now: int, ports: Dependencies) -> int:
    at = event.get("at")
    return at if ports.stage == "local" and isinstance(at, int) else now


def due(event: dict[str, Any], context: Any, ports: Dependencies) -> dict[str, int | bool]:
    """What waits for this minute: held texts first, in half of the time at most, then customers who wait too long, then
    texts of unknown outcome.
    Silent where there were none, as nearly always.

    `event["at"]`: as for `sweep`.
    """
    from chalicelib.usecases.give_back import give_back_unanswered  # no other function pays for them
    from chalicelib.usecases.release_held import release_held
    from chalicelib.usecases.resolve_unknown import resolve_unknown

    now, left = ports.clock.now(), int(context.get_remaining_time_in_millis()) - _ONE_LOOKUP
    at = _as_if(event, now, ports)
    held = release_held(at, now + left // 2, ports)
    unanswered = give_back_unanswered(at, now + left * 3 // 4, ports)
    run = resolve_unknown(at, now + left, ports)
    counts = {
        "released": held.released, "refused": held.refused, "given_back": unanswered.given_back,
        "found": run.found, "sent_again": run.sent_again, "left_to_people": run.left_to_people, "later": run.later,
    }  # fmt: skip
    finished = held.finished and unanswered.finished and run.finished
    if any(counts.values()) or not finished:
        ports.log.info("due_done", **counts, finished=int(finished))
    return {**counts, "finished": finished}
