"""Sends dead letters on their way again. Safe to run twice and to interrupt: send first, delete after.

What was sent but not deleted is sent again by the next run, and is harmless: within five minutes the FIFO queue drops
it (the deduplication id is the letter's), and after that the use cases do, which claim a message once and take an
event once. The letter's own id, and not the message's, so that a letter that died a second time is not dropped too.
"""

import time
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from chalicelib.usecases.ports import EraseMails, EraseMedia, EraseUnstarted, FetchMedia, MakePicture
from infra.dead_letters.letters import Letter, ProviderEvent, Queue, StreamBatch
from infra.dead_letters.shelf import Shelf
from infra.dead_letters.stream_records import StreamRecords

_BETWEEN_REPORTS = 2.0
"""Seconds."""


class Summary(Struct):
    """What a run did."""

    sent: int = 0
    unreadable: int = 0
    failed: int = 0
    """Refused by what they were sent to; they stay."""

    def text(self, queue: Queue) -> str:
        left = self.unreadable + self.failed
        why = f" ({self.unreadable} unreadable: inspect, then purge; {self.failed} refused again)" if left else ""
        return f"{queue}: {self.sent} sent on their way again, {left} left{why}"


class Redrive:
    def __init__(
        self, sqs: Any, outputs: dict[str, str], records: StreamRecords, say: Callable[[str], object] = print
    ) -> None:
        self._sqs, self._outputs, self._records, self._say = sqs, outputs, records, say

    def run(self, shelf: Shelf) -> Summary:
        """Everything that lies there when it begins."""
        summary, total, told = Summary(), shelf.count(), time.monotonic()
        try:
            for batch in shelf.letters():
                for found in batch:
                    self._one(found, shelf, summary)
                if time.monotonic() - told > _BETWEEN_REPORTS:
                    told = time.monotonic()
                    self._say(f"  {shelf.queue}: {summary.sent} of about {total} ...")
                if summary.sent + summary.unreadable + summary.failed >= max(total, 1):
                    break  # what dies again meanwhile is for the next run
        finally:
            shelf.give_back()
            self._say(summary.text(shelf.queue))
        return summary

    def _one(self, found: Letter, shelf: Shelf, summary: Summary) -> None:
        if found.content is None:
            summary.unreadable += 1
        elif self._sent(found):
            shelf.delete(found)
            summary.sent += 1
        else:
            summary.failed += 1

    def _sent(self, found: Letter) -> bool:
        if isinstance(found.content, StreamBatch):
            return self._records.hand_on(found.content)
        match found.queue:
            case Queue.OUTBOUND:
                self._sqs.send_message(
                    QueueUrl=self._outputs["OutboundQueueUrl"],
                    MessageBody=found.body,
                    MessageGroupId=found.group,
                    MessageDeduplicationId=found.id,
                )
            case Queue.INBOUND:
                self._sqs.send_message(QueueUrl=self._outputs[_home(found)], MessageBody=found.body)
        return True


def _home(found: Letter) -> str:
    """The output with the queue that a letter of `inbound` came from."""
    match found.content:
        case ProviderEvent():
            return "ProviderEventQueueUrl"
        case FetchMedia() | EraseMails() | EraseMedia() | EraseUnstarted() | MakePicture():
            return "MediaQueueUrl"
        case _:
            return "InboundQueueUrl"
