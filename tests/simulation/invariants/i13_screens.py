"""I13: what an associate sees after a resync is what the table holds; sockets that are gone leave no rows.

Lists show what became of the last text of ours as it is.
"""

from collections.abc import Iterator

from tests.simulation.history import History

_TROUBLED = ("failed", "unknown")


def check(history: History) -> Iterator[str]:
    for what, seen, stored in history.screens:
        if seen != stored:
            yield f"{what} shows {seen} instead of {stored}"
    yield from _outcomes(history)
    for (pk, sk), item in history.items.items():
        gone = item["type"] == "w" and item["id"] not in history.live_sockets
        if gone and item["ttl"] * 1000 > history.now():  # older ones are garbage, and nobody reads them
            yield f"a row of socket {item['id']}, which is gone, is left: {pk} {sk}"


def _outcomes(history: History) -> Iterator[str]:
    statuses = {message["id"]: message["status"] for message in history.stored("m")}
    for conversation in history.stored("c"):
        status = statuses.get(conversation.get("last_outbound_id"))
        shown = conversation.get("outbound_trouble")
        if conversation["state"] != "deleted" and shown != (status if status in _TROUBLED else None):
            yield f"lists show {shown} of {conversation['id']}, whose last text of ours is {status}"
