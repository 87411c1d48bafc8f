"""The table's stream and its two readers. infra/resources.yaml says which changes each is called for."""

from typing import Any

from chalicelib.usecases.fan_out import fan_out
from chalicelib.usecases.push_activity import push_activity
from chalicelib.wiring import Dependencies


class NotTold(Exception):
    """Open browsers were not told of some changes."""


def consume_stream(event: dict[str, Any], ports: Dependencies) -> dict[str, list[dict[str, str]]]:
    """All or nothing: every step is safe to repeat, and the order of a conversation must hold."""
    from chalicelib.store.stream import read_change  # brings the table's models along: for this function only

    records = event["Records"]
    try:
        changes = [change for change in map(read_change, records) if change is not None]
        fan_out(changes, ports)
    except Exception as error:  # retried from the first record on; bisected by the event source
        ports.log.failure("fan_out_failed", error)
        return {"batchItemFailures": [{"itemIdentifier": records[0]["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def tell_browsers(event: dict[str, Any], ports: Dependencies) -> None:
    """Raises NotTold, which an alarm counts. Lambda does not call again for the same changes (infra/resources.yaml): a
    late push is worth nothing, clients resync, and later changes must not wait.
    """
    from chalicelib.store.stream import read_activity

    try:
        now = ports.clock.now()
        activities = [found for record in event["Records"] if (found := read_activity(record, now)) is not None]
        push_activity(activities, ports)
    except Exception as error:
        ports.log.failure("activity_not_told", error)
        raise NotTold from None  # Lambda logs what is raised: nothing of the error itself
