"""SQS: batches whose failed records alone come back."""

from typing import Any

from chalicelib.aws.queues import read_event, read_message
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.deliver_message import deliver_message
from chalicelib.usecases.take_event import take_event
from chalicelib.wiring import Dependencies

Failures = dict[str, list[dict[str, str]]]
_ENOUGH_TIME = 20_000
"""Milliseconds that must be left to begin another delivery: longer than the provider's time-out and two writes."""


def consume_inbound(event: dict[str, Any], ports: Dependencies) -> Failures:
    """Takes verified events that the table refused before."""
    return _failures([record for record in event["Records"] if not _taken(record, ports)])


def _taken(record: dict[str, Any], ports: Dependencies) -> bool:
    try:
        take_event(read_event(record["body"]), ports)
    except Unavailable:
        return False
    except Exception as error:  # a poison record must not hold up its neighbours
        ports.log.failure("inbound_failed", error)
        return False
    return True


def consume_outbound(event: dict[str, Any], context: Any, ports: Dependencies) -> Failures:
    """Delivers in order: after the first record of a conversation that must wait, its later ones wait too."""
    waiting: set[str] = set()
    failed: list[dict[str, Any]] = []
    for record in event["Records"]:
        group = record["attributes"]["MessageGroupId"]
        if context.get_remaining_time_in_millis() < _ENOUGH_TIME:
            waiting.add(group)
        if group in waiting or not _delivered(record, ports):
            waiting.add(group)
            failed.append(record)
    return _failures(failed)


def _delivered(record: dict[str, Any], ports: Dependencies) -> bool:
    try:
        tries = int(record["attributes"]["ApproximateReceiveCount"])
        later = deliver_message(read_message(record["body"]), tries, ports)
        if later is not None:
            ports.outbound.postpone(record["receiptHandle"], later.pause)
        return later is None
    except Unavailable:
        return False
    except Exception as error:  # the record comes back; in the end it is a dead letter with an alarm
        ports.log.failure("outbound_failed", error)
        return False


def _failures(records: list[dict[str, Any]]) -> Failures:
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in records]}
