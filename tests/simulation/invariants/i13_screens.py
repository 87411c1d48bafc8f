"""I13: what an associate sees after a resync is what the table holds; sockets that are gone leave no rows."""

from collections.abc import Iterator

from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    for what, seen, stored in history.screens:
        if seen != stored:
            yield f"{what} shows {seen} instead of {stored}"
    for (pk, sk), item in history.items.items():
        gone = item["type"] == "w" and item["id"] not in history.live_sockets
        if gone and item["ttl"] * 1000 > history.now():  # older ones are garbage, and nobody reads them
            yield f"a row of socket {item['id']}, which is gone, is left: {pk} {sk}"
