"""I11: when faults stop, queues and stream drain, no lease is left, and the dead letters hold poison only."""

from collections.abc import Iterator

from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    yield from (f"still waiting: {what}" for what in history.waiting)
    yield from (f"dead letter: {what[:60]}" for what in history.dead_letters if "poison" not in what)
    for message in history.stored("m"):
        if message["status"] in ("queued", "sending"):
            yield f"message {message['id']} is {message['status']} for good"
        if "due_at" in message:
            yield f"message {message['id']} is still to be looked up"
        if message["status"] == "unknown" and _reported(history, message["id"], message["attempt"]):
            yield f"message {message['id']} is unknown though the provider has reported it"
    deleted = {item["id"]: item["last_message_id"] for item in history.stored("c") if item["state"] == "deleted"}
    for message in history.stored("m"):
        if message["id"] < _erased_up_to(history, message["conversation_id"], deleted):
            yield f"message {message['id']} of a deleted conversation is still there"


def _reported(history: History, message_id: str, attempt: int) -> bool:
    return any(
        webhook.accepted and webhook.kind == "status"
        and (webhook.facts["message_id"], webhook.facts["attempt"]) == (message_id, attempt)
        for webhook in history.webhooks
    )  # fmt: skip


def _erased_up_to(history: History, conversation_id: str, deleted: dict[str, str]) -> str:
    """Everything up to what was the last message when it was deleted."""
    if conversation_id not in deleted:
        return ""
    for _, change in history.changes("c"):
        new, old = change.new, change.old
        if (
            new
            and new["id"] == conversation_id
            and new["state"] == "deleted"
            and (not old or old["state"] != "deleted")
        ):
            return str(new["last_message_id"])
    return ""
