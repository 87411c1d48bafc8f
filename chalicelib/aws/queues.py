"""The queues. Bodies of ours carry a version, so that a deploy in the middle finds readers for old ones."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.messages import Message
from chalicelib.usecases.ports import MediaJob

from .clients import client

_BATCH = 10
"""Entries in one SendMessageBatch: SQS's limit."""


class EventBody(Struct, frozen=True):
    """Body on `inbound`."""

    event: Event
    v: int = 1


class MessageBody(Struct, frozen=True):
    """Body on `outbound`."""

    message: Message
    v: int = 1


class MediaBody(Struct, frozen=True):
    """Body on `media`."""

    job: MediaJob
    v: int = 1


def read_media_job(body: str) -> MediaJob:
    return msgspec.json.decode(body, type=MediaBody).job


def read_event(body: str) -> Event:
    """Raises msgspec.ValidationError for what no version of ours wrote."""
    return msgspec.json.decode(body, type=EventBody).event


def read_message(body: str) -> Message:
    return msgspec.json.decode(body, type=MessageBody).message


class SqsInboundQueue:
    """Verified events that the table refused."""

    def __init__(self, url: str) -> None:
        self._url = url

    def put(self, event: Event) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            client("sqs").send_message(QueueUrl=self._url, MessageBody=_text(EventBody(event)))
        except (BotoCoreError, ClientError) as error:
            raise Unavailable from error

    def postpone(self, receipt: str, pause: int) -> None:
        _postpone(self._url, receipt, pause)


class SqsProviderEventQueue:
    """What providers within AWS published; only they put anything there."""

    def __init__(self, url: str) -> None:
        self._url = url

    def postpone(self, receipt: str, pause: int) -> None:
        _postpone(self._url, receipt, pause)


class SqsOutboundQueue:
    """Messages on their way to a provider: one group per conversation keeps their order."""

    def __init__(self, url: str, dead_letters_url: str = "") -> None:
        self._url, self._dead_letters_url = url, dead_letters_url

    def put(self, messages: Sequence[Message]) -> None:
        for batch in _batches(messages):
            self._put_batch(batch)

    def _put_batch(self, messages: Sequence[Message]) -> None:
        answer = client("sqs").send_message_batch(
            QueueUrl=self._url, Entries=[_entry(place, message) for place, message in enumerate(messages)]
        )
        if answer.get("Failed"):
            raise Unavailable("The outbound queue refused part of a batch.")

    def postpone(self, receipt: str, pause: int) -> None:
        _postpone(self._url, receipt, pause)

    def lay_aside(self, body: str, group: str, entry_id: str, reason: str) -> bool:
        from botocore.exceptions import BotoCoreError, ClientError

        if not self._dead_letters_url:
            return False
        try:
            client("sqs").send_message(
                QueueUrl=self._dead_letters_url,
                MessageBody=body,
                MessageGroupId=group,
                MessageDeduplicationId=entry_id,
                MessageAttributes={"reason": {"DataType": "String", "StringValue": reason}},
            )
        except (BotoCoreError, ClientError) as error:
            raise Unavailable from error
        return True


class SqsMediaQueue:
    """Attachments to fetch or to erase; no order is needed."""

    def __init__(self, url: str) -> None:
        self._url = url

    def put(self, jobs: Sequence[MediaJob]) -> None:
        for start in range(0, len(jobs), _BATCH):
            entries = [
                {"Id": str(place), "MessageBody": _text(MediaBody(job))}
                for place, job in enumerate(jobs[start : start + _BATCH])
            ]
            answer = client("sqs").send_message_batch(QueueUrl=self._url, Entries=entries)
            if answer.get("Failed"):
                raise Unavailable("The media queue refused part of a batch.")

    def postpone(self, receipt: str, pause: int) -> None:
        _postpone(self._url, receipt, pause)


def _batches(messages: Sequence[Message]) -> list[list[Message]]:
    """One message per conversation in each: if SQS takes only part of a batch, no later one overtakes (I7)."""
    batches: list[list[Message]] = []
    last: dict[str, int] = {}
    for message in messages:
        place = last.get(message.conversation_id, -1) + 1
        while place < len(batches) and len(batches[place]) == _BATCH:
            place += 1
        if place == len(batches):
            batches.append([])
        batches[place].append(message)
        last[message.conversation_id] = place
    return batches


def _entry(place: int, message: Message) -> dict[str, Any]:
    return {
        "Id": str(place),
        "MessageBody": _text(MessageBody(message)),
        "MessageGroupId": message.conversation_id,
        "MessageDeduplicationId": f"{message.id}-{message.attempt}",
    }


def _text(body: Struct) -> str:
    return msgspec.json.encode(body).decode()


def _postpone(url: str, receipt: str, pause: int) -> None:
    """Hides a received entry for `pause` milliseconds from now, rounded up to seconds."""
    client("sqs").change_message_visibility(QueueUrl=url, ReceiptHandle=receipt, VisibilityTimeout=-(-pause // 1000))
