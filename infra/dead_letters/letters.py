"""What lies in a dead letter queue, as an operator may see it: ids and kinds, never names, addresses or texts."""

import hashlib
import json
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from chalicelib.aws.queues import read_event, read_message
from chalicelib.domain.addresses import Address, masked
from chalicelib.domain.events import DeliveryReported, Event, MessageReceived, OrderChanged
from chalicelib.domain.messages import Message

_ADDRESSES = {"sender", "recipient", "proxy", "customer_address", "phone", "email"}
_TEXTS = {"body", "first_name", "last_name", "author_name", "title"}


class Queue(StrEnum):
    """The dead letters of which queue."""

    INBOUND = "inbound"
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


Content = Event | Message | StreamBatch


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
            case event:
                return str(event.__struct_config__.tag)

    @property
    def ids(self) -> str:
        """What to look for in logs and table."""
        match self.content:
            case Message() as message:
                return f"conversation={message.conversation_id} message={message.id} attempt={message.attempt}"
            case StreamBatch() as batch:
                return f"shard={batch.shard_id} from={batch.start_sequence_number} records={batch.batch_size}"
            case MessageReceived() as event:
                return f"connection={event.connection_id} provider_id={event.provider_id}"
            case OrderChanged() as event:
                return f"connection={event.connection_id} order={event.external_id}"
            case DeliveryReported() as event:
                return f"conversation={event.ref.conversation_id} message={event.ref.message_id}"
            case _:
                return f"group={self.group}" if self.group else ""

    def described(self) -> str:
        """The body as JSON, with addresses masked and texts as their length."""
        if self.content is None:
            digest = hashlib.sha256(self.body.encode()).hexdigest()[:12]
            shown: Any = {"unreadable": f"<{len(self.body)} characters, sha256 {digest}>"}
        else:
            shown = _masked(msgspec.to_builtins(self.content))
        return json.dumps(shown, indent=2, ensure_ascii=False)


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
                return read_event(body)
            case Queue.OUTBOUND:
                return read_message(body)
            case Queue.STREAM:
                return msgspec.json.decode(body, type=_Failure).batch
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


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
