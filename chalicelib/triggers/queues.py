"""SQS: batches whose failed records alone come back."""

from typing import Any

from chalicelib.aws.queues import read_event, read_media_job, read_message
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.deliver_message import deliver_message, pause_after
from chalicelib.usecases.ports import InboundQueue, MediaQueue, OutboundQueue, ProviderEventQueue
from chalicelib.usecases.take_event import take_event
from chalicelib.wiring import Dependencies

_Queue = InboundQueue | OutboundQueue | ProviderEventQueue | MediaQueue
Failures = dict[str, list[dict[str, str]]]
ENOUGH_TIME = 35_000
"""Milliseconds that must be left to begin another delivery: longer than a question to the provider, the text itself
and the writes around them."""
_POISON_TRIES = 8
"""Tries, over some four minutes, until what only ever makes us fail is laid aside: its conversation waits for it."""


def consume_inbound(event: dict[str, Any], ports: Dependencies) -> Failures:
    """Takes verified events that the table refused before."""
    return _failures([record for record in event["Records"] if not _taken(record, ports)])


def _taken(record: dict[str, Any], ports: Dependencies) -> bool:
    try:
        take_event(read_event(record["body"]), ports)
        return True
    except Unavailable:
        pass
    except Exception as error:  # a poison record must not hold up its neighbours
        ports.log.failure("inbound_failed", error)
    _postpone(record, pause_after(_tries(record)), ports.inbound, ports)
    return False


def consume_provider_events(event: dict[str, Any], context: Any, ports: Dependencies) -> Failures:
    """Takes what providers published to our topic. What there is no time for comes back as it is."""
    return _failures(
        [
            record
            for record in event["Records"]
            if context.get_remaining_time_in_millis() < ENOUGH_TIME or not _published_taken(record, ports)
        ]
    )


def _published_taken(record: dict[str, Any], ports: Dependencies) -> bool:
    from chalicelib.usecases.take_provider_event import take_provider_event  # no other function pays for it

    try:
        take_provider_event(record["body"], ports)
        return True
    except Unavailable:
        pass
    except Exception as error:  # poison must not hold up its neighbours
        ports.log.failure("provider_event_failed", error)
    _postpone(record, pause_after(_tries(record)), ports.provider_events, ports)
    return False


def consume_outbound(event: dict[str, Any], context: Any, ports: Dependencies) -> Failures:
    """Delivers in order: after the first record of a conversation that must wait, its later ones wait as long.

    As long, and not for the queue's own time: SQS gives nothing of a conversation while any of it is hidden.
    """
    waiting: dict[str, int] = {}
    failed: list[dict[str, Any]] = []
    for record in event["Records"]:
        group = record["attributes"]["MessageGroupId"]
        if context.get_remaining_time_in_millis() < ENOUGH_TIME:
            waiting.setdefault(group, 0)
        if group not in waiting:
            pause = _deliver(record, ports)
            if pause is None:
                continue
            waiting[group] = pause
        _postpone(record, waiting[group], ports.outbound, ports)
        failed.append(record)
    return _failures(failed)


def _deliver(record: dict[str, Any], ports: Dependencies) -> int | None:
    """None: done. Else the milliseconds after which the record is to come back."""
    tries = _tries(record)
    try:
        later = deliver_message(read_message(record["body"]), tries, ports)
    except Unavailable:
        return pause_after(tries)
    except Exception as error:  # a mistake of ours
        ports.log.failure("outbound_failed", error)
        return None if _laid_aside(record, tries, error, ports) else pause_after(tries)
    return None if later is None else later.pause


def _laid_aside(record: dict[str, Any], tries: int, error: Exception, ports: Dependencies) -> bool:
    """Whether a poison record is now among the dead letters, from where `make dead-letters` sends it again."""
    if tries < _POISON_TRIES:
        return False
    group = record["attributes"]["MessageGroupId"]
    try:
        return ports.outbound.lay_aside(record["body"], group, record["messageId"], type(error).__name__)
    except Unavailable:
        return False


def _tries(record: dict[str, Any]) -> int:
    return int(record["attributes"]["ApproximateReceiveCount"])


def _postpone(record: dict[str, Any], pause: int, queue: _Queue, ports: Dependencies) -> None:
    try:
        queue.postpone(record["receiptHandle"], pause)
    except Exception as error:  # it comes back all the same, when the queue's own time is over
        ports.log.failure("not_postponed", error)


def _failures(records: list[dict[str, Any]]) -> Failures:
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in records]}


def consume_media(event: dict[str, Any], ports: Dependencies) -> Failures:
    """Fetches attachments, or erases them."""
    return _failures([record for record in event["Records"] if not _fetched(record, ports)])


def _fetched(record: dict[str, Any], ports: Dependencies) -> bool:
    from chalicelib.usecases.take_media_job import RETRIED, take_media_job  # no other function pays for it

    tries = _tries(record)
    try:
        take_media_job(read_media_job(record["body"]), tries, ports)
        return True
    except RETRIED as error:
        ports.log.info("media_later", error=type(error).__name__, tries=tries)
    except Exception as error:  # a mistake of ours
        ports.log.failure("media_failed", error)
    _postpone(record, pause_after(tries), ports.media_queue, ports)
    return False
