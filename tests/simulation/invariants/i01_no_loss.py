"""I1: every event answered 2xx ends as exactly one stored message or order change, or one recorded rejection.

A text into a conversation that expired or was deleted is refused; its Once item is the record (what it made, if
anything, is the automatic answer).
"""

from collections.abc import Iterator

from chalicelib.domain.messages import MessageStatus
from tests.simulation.history import History, Item

LED_ON = 303
_RANK = {status.value: rank for rank, status in enumerate(MessageStatus)}
_REPORTS = {"sent": "sent", "delivered": "delivered", "undelivered": "failed", "read": "read"}


def check(history: History) -> Iterator[str]:
    onces = {(item["scope"], item["key"]) for _, change in history.changes("1") if (item := change.new)}
    for webhook in history.webhooks:
        if webhook.accepted and webhook.kind in ("text", "order"):
            reported = webhook.facts.get("once", f"orders/updated:{webhook.id}")
            key = webhook.id if webhook.kind == "text" else reported
            if (f"in#{webhook.connection_id}", key) not in onces:
                yield f"{webhook.kind} {webhook.id} was answered 2xx and left no trace"
    yield from _members(history)
    yield from _asked_for(history)
    yield from _texts(history)
    yield from _orders(history)
    yield from _reports(history)


def _members(history: History) -> Iterator[str]:
    """Whoever was led on to the chat wrote there."""
    made = {change.new["body"] for _, change in history.changes("m") if change.new and change.old is None}
    for webhook in history.webhooks:
        led_on = webhook.kind == "member" and any(status == LED_ON for status, _, _ in webhook.answers)
        if led_on and webhook.facts["body"] not in made:
            yield f"the message of {webhook.id} was taken and is not there"


def _asked_for(history: History) -> Iterator[str]:
    """What a shop asks people for is listed, once; what was not answered 2xx may be."""
    sent = {hook.id: hook.accepted for hook in history.webhooks if hook.kind == "privacy"}
    listed = [change.new for _, change in history.changes("dr") if change.new and change.old is None]
    if not sum(sent.values()) <= len(listed) <= len(sent):
        yield f"{sum(sent.values())} of {len(sent)} requests of shops were taken, and {len(listed)} are listed"


def _texts(history: History) -> Iterator[str]:
    """The record says what came of it; a kept text is there, whole."""
    made = {change.new["id"]: change.new for _, change in history.changes("m") if change.new and change.old is None}
    bodies = {webhook.id: webhook.facts["body"] for webhook in history.webhooks if webhook.kind == "text"}
    for _, change in history.changes("1"):
        once = change.new
        if once is None or once["key"] not in bodies or once.get("reason"):
            continue
        message = made.get(once.get("result", ""))
        if message is None:
            yield f"the record of {once['key']} names a message that was never stored"
        elif message["direction"] == "inbound" and message["body"] != bodies[once["key"]]:
            yield f"{once['key']} is stored with another text"


def _orders(history: History) -> Iterator[str]:
    """Whatever the order of arrival, the order is as one report says, and no accepted one is later."""
    gone = set(_erased(history))
    stored = {item["external_id"]: item for item in history.stored("o") if item.get("erased_at") is None}
    reports = [hook for hook in history.webhooks if hook.kind == "order" and str(hook.facts["id"]) not in gone]
    for webhook in reports:
        if not webhook.accepted:
            continue
        order = stored.get(str(webhook.facts["id"]))
        if order is None:
            yield f"order {webhook.facts['id']} was reported and is not there"
        elif order["updated_at"] < webhook.facts["updated_at"]:
            yield f"order {webhook.facts['id']} is older than an accepted report of it"
    told = {(str(webhook.facts["id"]), _told(webhook.facts)) for webhook in reports}
    for external_id, order in stored.items():
        if (external_id, _kept(order)) not in told:
            yield f"order {external_id} is as no report says: {_kept(order)}"


def _erased(history: History) -> Iterator[str]:
    """Those of customers who were erased: the mark that is left says nothing."""
    for _, change in history.changes("o"):
        if change.old is not None and change.new is not None and change.new.get("erased_at") is not None:
            yield str(change.old["external_id"])


def _told(facts: Item) -> tuple[object, ...]:
    payment = "paid" if facts.get("financial_status") == "paid" else "pending"
    shipped = "fulfilled" if facts.get("fulfillment_status") == "fulfilled" else "unfulfilled"
    return facts["updated_at"], payment, shipped, facts.get("closed_at"), facts.get("cancelled_at")


def _kept(order: Item) -> tuple[object, ...]:
    return (
        order["updated_at"], order["payment"], order["fulfilment"], order.get("closed_at"), order.get("cancelled_at"),
    )  # fmt: skip


def _reports(history: History) -> Iterator[str]:
    """What the provider said of a message has been taken in (of its current attempt)."""
    stored = {(item["conversation_id"], item["id"]): item for item in history.stored("m")}
    for webhook in history.webhooks:
        if webhook.kind != "status" or not webhook.accepted:
            continue
        facts = webhook.facts
        message = stored.get((facts["conversation_id"], facts["message_id"]))
        status = _REPORTS[facts["MessageStatus"]]
        if message is not None and message["attempt"] == facts["attempt"] and _RANK[message["status"]] < _RANK[status]:
            yield f"message {message['id']} is {message['status']} though the provider said {status}"
