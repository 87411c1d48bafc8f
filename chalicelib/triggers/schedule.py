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
    """What waits for this minute: reminders, which are promised within it; texts that events of orders bring about and
    held texts, in half of the time at most; then customers who wait too long, and those who have not read an answer,
    then texts of unknown outcome, then bulk texts, and last, with what is left, erasures of customers, and what shops'
    webhooks lost: orders, then the catalogue. Silent where there were none, as nearly always.

    `event["at"]`: as for `sweep`.
    """
    from chalicelib.usecases.carry_out_erasures import carry_out_erasures  # no other function pays for them
    from chalicelib.usecases.give_back import give_back_unanswered
    from chalicelib.usecases.mail_unread_replies import mail_unread_replies
    from chalicelib.usecases.read_catalogue import read_catalogues
    from chalicelib.usecases.read_orders import read_orders
    from chalicelib.usecases.release_held import release_held
    from chalicelib.usecases.resolve_unknown import resolve_unknown
    from chalicelib.usecases.send_automatic_texts import send_automatic_texts
    from chalicelib.usecases.send_bulk import send_bulks
    from chalicelib.usecases.tell_reminders import tell_due_reminders

    now, left = ports.clock.now(), int(context.get_remaining_time_in_millis()) - _ONE_LOOKUP
    at = _as_if(event, now, ports)
    reminded = tell_due_reminders(at, now + left // 4, ports)
    told = send_automatic_texts(at, now + left // 4, ports)
    held = release_held(at, now + left // 2, ports)
    unanswered = give_back_unanswered(at, now + left * 3 // 4, ports)
    mailed = mail_unread_replies(at, now + left * 3 // 4, ports)
    run = resolve_unknown(at, now + left, ports)
    bulks = send_bulks(at, now + left * 7 // 8, ports)
    erased = carry_out_erasures(at, now + left, ports)
    orders = read_orders(at, now + left, ports)
    catalogues = read_catalogues(at, now + left, ports)
    counts = {
        "reminded": reminded.told, "woken": reminded.woken, "told": told.sent, "not_told": told.not_sent,
        "released": held.released, "refused": held.refused, "given_back": unanswered.given_back,
        "replies_mailed": mailed.mailed,
        "found": run.found, "sent_again": run.sent_again, "left_to_people": run.left_to_people, "later": run.later,
        "bulk_parts": bulks.parts, "erasing_steps": erased.steps, "order_pages": orders.pages,
        "catalogue_pages": catalogues.pages,
    }  # fmt: skip
    runs = (reminded, told, held, unanswered, mailed, run, bulks, erased, orders, catalogues)
    finished = all(each.finished for each in runs)
    if any(counts.values()) or not finished:
        ports.log.info("due_done", **counts, finished=int(finished))
    return {**counts, "finished": finished}
