"""The table's stream."""

from typing import Any

from chalicelib.usecases.fan_out import fan_out
from chalicelib.wiring import Dependencies


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
