"""What lies in a dead letter queue, as an operator may see it: ids and kinds, never names, addresses or texts."""

import hashlib
import json
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from chalicelib.aws.queues import read_event, read_media_job, read_message
from chalicelib.domain.addresses import Address, masked
from chalicelib.domain.events import DeliveryReported, Event, MessageReceived, OrderChanged
from chalicelib.domain.messages import Message
from chalicelib.usecases.ports import EraseMails, EraseMedia, EraseUnstarted, FetchMedia, MakePicture, MediaJob

_ADDRESSES = {"sender", "recipient", "proxy", "customer_address", "phone", "email"}
_TEXTS = {"body", "first_name", "last_name", "author_name", "title"}
_PUBLISHED = ("notificationType", "eventType", "originationNumber")
"""One of these stands in everything that SES and End User Messaging publish; a text names its number."""


class Queue(StrEnum):
    """The dead letters of which queue."""

    INBOUND = "inbound"
    """Also of what providers published to our topic, and of attachments to fetch."""
    OUTBOUND = "outbound"
    STREAM = "stream"
    """Batches of the table's stream that `fan_out` could not handle."""


class StreamBatch(Struct, frozen=True, rename="camel"):
    """Where the records are (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html)."""

    stream_arn: str
    shard_id: str
    start_sequence_number: str
    end_sequence_number: str
    batch_size: int = 0


class _Failure(Struct):
    batch: StreamBatch = msgspec.field(name="DDBStreamBatchInfo")


class ProviderEvent(Struct, frozen=True):
    """What a provider published, as it stands in the body. `name`: its own word for it."""

    name: str


Content = Event | Message | StreamBatch | ProviderEvent | MediaJob


class Letter(Struct, frozen=True, kw_only=True):
    """One entry of a dead letter queue."""

    queue: Queue
    id: str
    receipt: str
    body: str
    group: str
    """Of a FIFO queue: the conversation; else empty."""
    sent_at: int
    tries: int
    content: Content | None
    """None: no version of ours can read it."""

    @property
    def kind(self) -> str:
        match self.content:
            case None:
                return "unreadable"
            case Message():
                return "message"
            case StreamBatch():
                return "stream_batch"
            case ProviderEvent():
                return "provider_event"
            case event:
                return str(event.__struct_config__.tag)

    @property
    def ids(self) -> str:
        """What to look for in logs and table."""
        match self.content:
            case FetchMedia() | EraseMails() | EraseMedia() | EraseUnstarted() | MakePicture() as job:
                return _ids_of(job)
            case Message() as message:
                return f"conversation={message.conversation_id} message={message.id} attempt={message.attempt}"
            case StreamBatch() as batch:
                return f"shard={batch.shard_id} from={batch.start_sequence_number} records={batch.batch_size}"
            case ProviderEvent() as published:
                return f"of={published.name}"
            case MessageReceived() as event:
                return f"connection={event.connection_id} provider_id={event.provider_id}"
            case OrderChanged() as event:
                return f"connection={event.connection_id} order={event.external_id}"
            case DeliveryReported() as event:
                return f"conversation={event.ref.conversation_id} message={event.ref.message_id}"
        return f"group={self.group}" if self.group else ""

    def described(self) -> str:
        """The body as JSON, with addresses masked and texts as their length."""
        if self.content is None or isinstance(self.content, ProviderEvent):
            digest = hashlib.sha256(self.body.encode()).hexdigest()[:12]
            shown: Any = {self.kind: f"<{len(self.body)} characters, sha256 {digest}>"}
        else:
            shown = _masked(msgspec.to_builtins(self.content))
        return json.dumps(shown, indent=2, ensure_ascii=False)


def _ids_of(job: MediaJob) -> str:
    if isinstance(job, EraseMails):
        return f"mails={len(job.keys)}"
    whole = f"conversation={job.conversation_id}"
    match job:
        case FetchMedia():
            return f"{whole} message={job.message_id}"
        case MakePicture():
            return f"{whole} upload={job.upload_id}"
    return whole


def letter(queue: Queue, entry: dict[str, Any]) -> Letter:
    """From an entry of ReceiveMessage."""
    attributes = entry["Attributes"]
    return Letter(
        queue=queue,
        id=entry["MessageId"],
        receipt=entry["ReceiptHandle"],
        body=entry["Body"],
        group=attributes.get("MessageGroupId", ""),
        sent_at=int(attributes["SentTimestamp"]),
        tries=int(attributes["ApproximateReceiveCount"]),
        content=_content(queue, entry["Body"]),
    )


def _content(queue: Queue, body: str) -> Content | None:
    try:
        match queue:
            case Queue.INBOUND:
                return _provider_event(body) or _media_job(body) or read_event(body)
            case Queue.OUTBOUND:
                return read_message(body)
            case Queue.STREAM:
                return msgspec.json.decode(body, type=_Failure).batch
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _provider_event(body: str) -> ProviderEvent | None:
    """None: it is a body of our own, which has its event under `event`, or no version of ours reads it."""
    found = msgspec.json.decode(body)
    if not isinstance(found, dict):
        return None
    named = next((found[field] for field in _PUBLISHED if field in found), None)
    if named is None:
        return None
    return ProviderEvent(named if isinstance(named, str) and named.isalnum() and len(named) < 40 else "text")


def _media_job(body: str) -> MediaJob | None:
    found = msgspec.json.decode(body)
    return read_media_job(body) if isinstance(found, dict) and "job" in found else None


def _masked(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _masked(inner, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner, name) for inner in value]
    if not isinstance(value, str) or not value:
        return value
    if name in _ADDRESSES:
        return masked(Address(value))
    return f"<{len(value)} characters>" if name in _TEXTS else value
