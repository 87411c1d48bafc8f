"""What Meta's webhooks say, each element of a batch for itself: one that makes no sense does not lose the others.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct, field

from chalicelib.domain.addresses import Address, Channel, whatsapp_address
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import Event, Ignored, MessageReceived, StatusReported
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import FailureReason, MessageStatus

from .meta_whatsapp_errors import FAILURE
from .meta_whatsapp_words import Content, read

MESSAGES = "messages"
"""The webhook field that carries messages and their statuses; all others are about the account."""

# https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
STATUS = {
    "sent": MessageStatus.SENT,
    "delivered": MessageStatus.DELIVERED,
    "read": MessageStatus.READ,
    "played": MessageStatus.READ,  # a voice message was listened to
    "failed": MessageStatus.FAILED,
}
LONGEST_NAME = 100
_ID = re.compile(r"[!-~]{1,256}", re.ASCII)
_KIND = re.compile(r"[a-z_]{1,40}", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
_NOT_DIGITS = re.compile(r"[^0-9]+", re.ASCII)


class _Batch(Struct):
    object: str
    entry: list[Raw]


class _Entry(Struct):
    id: str
    changes: list[Raw]


class _Change(Struct):
    field: str
    value: Raw = Raw(b"{}")


class _Number(Struct):
    display_phone_number: str = ""
    phone_number_id: str = ""


class _Value(Struct):
    metadata: _Number
    contacts: list[Raw] = []
    messages: list[Raw] = []
    statuses: list[Raw] = []
    errors: list[Raw] = []


class _Profile(Struct):
    name: str = ""


class _Contact(Struct):
    profile: _Profile = field(default_factory=_Profile)
    wa_id: str = ""
    user_id: str = ""


class _Message(Struct):
    """`from_user_id`: always there since 2026; `sender` is not, where somebody has hidden their number."""

    id: str
    timestamp: str
    type: str
    sender: str = field(name="from", default="")
    from_user_id: str = ""
    group_id: str = ""


class _Code(Struct):
    code: int = 0


class _Status(Struct):
    id: str
    status: str
    biz_opaque_callback_data: str = ""
    errors: list[_Code] = []


_T = TypeVar("_T", bound=Struct)


def events(body: bytes, connection: Connection, now: int) -> list[Event]:
    """Raises InvalidInput where it is no batch of a WhatsApp Business account."""
    batch = _decoded(body, _Batch)
    if batch.object != "whatsapp_business_account":
        raise InvalidInput(field="object")
    return [event for entry in batch.entry for event in _of_entry(entry, connection, now)]


def _of_entry(raw: Raw, connection: Connection, now: int) -> Iterator[Event]:
    try:
        entry = _decoded(raw, _Entry)
    except InvalidInput:
        yield Ignored(kind="malformed_entry")
        return
    if entry.id != connection.account:
        yield Ignored(kind="other_account")
        return
    for change in entry.changes:
        yield from _of_change(change, connection, now)


def _of_change(raw: Raw, connection: Connection, now: int) -> Iterator[Event]:
    try:
        change = _decoded(raw, _Change)
        if change.field != MESSAGES:
            yield Ignored(kind=change.field if _KIND.fullmatch(change.field) else "other_field")
            return
        value = _decoded(change.value, _Value)
    except InvalidInput:
        yield Ignored(kind="malformed_change")
        return
    names = dict(_names(value.contacts))
    for message in value.messages:
        yield _received(message, value.metadata, names, connection, now)
    for status in value.statuses:
        yield _reported(status, connection)
    yield from (Ignored(kind="account_error") for _ in value.errors)


def _names(contacts: list[Raw]) -> Iterator[tuple[str, str]]:
    """What people call themselves, by each of their ids."""
    for raw in contacts:
        try:
            contact = _decoded(raw, _Contact)
        except InvalidInput:
            continue
        name = " ".join(contact.profile.name.split())[:LONGEST_NAME]
        yield from ((each, name) for each in (contact.wa_id, contact.user_id) if each)


def _received(raw: Raw, number: _Number, names: dict[str, str], connection: Connection, now: int) -> Event:
    """A message of any kind. What we cannot show is told in words; what is nobody's message is ignored."""
    try:
        message = _decoded(raw, _Message)
        sender, recipient = _sender(message), _recipient(number, connection)
        if not _ID.fullmatch(message.id):
            raise InvalidInput(field="id")
    except InvalidInput:
        return Ignored(kind="malformed_message")
    if message.group_id:
        return Ignored(kind="group_message")
    content = read(message.type, _object(raw), own=sender)
    return MessageReceived(
        connection_id=connection.id,
        provider_id=message.id,
        channel=Channel.WHATSAPP,
        sender=sender,
        recipient=recipient,
        body=content.body,
        sender_name=names.get(message.sender) or names.get(message.from_user_id) or "",
        automatic=content.notice,
        received_at=now,
        written_at=None if content.notice else _written_at(message.timestamp, now),
        quoted_id=_quoted_id(content),
        media=() if content.media is None else (content.media,),
        media_count=content.media_count,
    )


def _sender(message: _Message) -> Address:
    """The number where it is told: Meta goes on telling it to those who have sent to it."""
    for raw in (message.sender, message.from_user_id):
        try:
            return whatsapp_address(raw)
        except ValueError:
            continue
    raise InvalidInput(field="from")


def _recipient(number: _Number, connection: Connection) -> Address:
    for address, number_id in connection.number_ids.items():
        if number_id == number.phone_number_id:
            return Address(address)
    try:
        return whatsapp_address(_NOT_DIGITS.sub("", number.display_phone_number))
    except ValueError:
        raise InvalidInput(field="metadata") from None


def _written_at(timestamp: str, now: int) -> int:
    """Meta tells whole seconds. A clock ahead of ours opens nothing for longer."""
    return min(int(timestamp) * 1000, now) if _SECONDS.fullmatch(timestamp) else now


def _quoted_id(content: Content) -> str:
    return content.quoted_id if _ID.fullmatch(content.quoted_id) else ""


def _reported(raw: Raw, connection: Connection) -> Event:
    """How far a message has come; of one that is not ours (another program's on the same number) nothing is known."""
    try:
        report = _decoded(raw, _Status)
    except InvalidInput:
        return Ignored(kind="malformed_status")
    status = STATUS.get(report.status)
    if status is None or not _ID.fullmatch(report.id):
        return Ignored(kind="status")
    if not report.biz_opaque_callback_data:
        return Ignored(kind="status_without_reference")
    failed = status is MessageStatus.FAILED
    code = str(report.errors[0].code) if failed and report.errors and report.errors[0].code >= 0 else ""
    return StatusReported(
        connection_id=connection.id,
        reference=report.biz_opaque_callback_data,
        provider_id=report.id,
        status=status,
        failure=FAILURE.get(code, FailureReason.UNSPECIFIED) if failed else None,
        provider_code=code,
    )


def _object(raw: Raw) -> dict[str, Any]:
    """Everything in a message; nothing where a part that was not read before is no text: it is told all the same."""
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _decoded(body: bytes | Raw, kind: type[_T]) -> _T:
    """Raises InvalidInput."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None
