"""The rows of the send state machine. Implements ports.MessageStore.

Every write is conditional. A refused one is compared with what is stored before it counts as refused: the SDK may
have repeated a request whose answer was lost.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.messages import Direction, FailureReason, Message, MessageRef, MessageStatus, lower_than
from chalicelib.usecases.ports import Claimed, DueMessage, Once, Page, Refusal

from . import codec, keys
from .appending import ONCE_DAYS
from .charging import charge_for, commit_charged, require_credits
from .consent import not_opted_out
from .cursors import cursor as opaque
from .cursors import index_position
from .keys import BY_STORE, Key
from .rows import MessageRow, Row
from .table import Refused, Table
from .transaction import Transaction

_MOVING = (
    "status", "status_at", "attempt", "failure", "provider_id", "lease_until", "lease_owner",
    "claimed_at", "due_at", "spent_ids",
)  # fmt: skip
"""What changes in the life of a message. Not `expires_at`: workers hold copies from when it was queued."""


class DynamoMessageStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def claim(self, claimed: Message, now: int) -> Claimed | Refusal:
        transaction = Transaction(self._table)
        free = _is(claimed, MessageStatus.QUEUED) & (MessageRow.expires_at > now)
        transaction.update("message", _key(claimed), _actions(claimed), free)
        if not claimed.kind.answers_keyword:
            transaction.check("consent", codec.consent_key(claimed.consent_key), not_opted_out())
        failed = transaction.commit()
        if not failed:
            return Claimed()
        row = failed.get("message") or self._table.get(_key(claimed))
        return Refusal("consent" in failed, _message(row))

    def settle(self, message: Message, owner: str) -> bool:
        held = _is(message, MessageStatus.SENDING) & (MessageRow.lease_owner == owner)
        return self._store(message, held)

    def fail_queued(self, message: Message) -> bool:
        return self._store(message, _is(message, MessageStatus.QUEUED))

    def expire_lease(self, message: Message, now: int) -> bool:
        over = _is(message, MessageStatus.SENDING) & (MessageRow.lease_until <= now)
        return self._store(message, over)

    def retry(self, message: Message, was: Message) -> bool:
        row = MessageRow
        fresh = [row.expires_at.set(message.expires_at), _assign(row.free_until, message.free_until)]
        fresh += [row.proxy.set(message.proxy), row.connection_id.set(message.connection_id)]
        if message.credits == was.credits:
            return self._store(message, _is(was, was.status) & _same(MessageRow.credits, was.credits), *fresh)
        return self._retry_charged(message, was, [*fresh, _assign(row.credits, message.credits)])

    def _retry_charged(self, message: Message, was: Message, fresh: list[Action]) -> bool:
        """What was given back is charged anew, with the attempt."""

        def build() -> Transaction:
            transaction, refunded = Transaction(self._table), MessageRow.credits.does_not_exist()
            actions = [*_actions(message), *fresh]
            transaction.update("message", _key(message), actions, _is(was, was.status) & refunded)
            return transaction

        failed = commit_charged(build, charge_for([message]))
        if "message" not in failed:
            require_credits(failed)
        return not failed

    def prolong(self, message: Message, expires_at: int) -> None:
        self._table.update(_key(message), [MessageRow.expires_at.set(expires_at)], _is(message, MessageStatus.QUEUED))

    def climb(
        self,
        ref: MessageRef,
        status: MessageStatus,
        failure: FailureReason | None,
        provider_id: str,
        at: int,
    ) -> bool:
        row = MessageRow
        lower = [lower.value for lower in lower_than(status)]
        if not lower:
            return False
        actions: list[Action] = [row.status.set(status.value), row.status_at.set(at)]
        actions += [row.lease_owner.remove(), row.lease_until.remove(), row.claimed_at.remove()]
        actions += [row.due_at.remove(), row.g1p.remove(), row.g1s.remove()]
        actions.append(row.failure.set(failure.value) if failure else row.failure.remove())
        if provider_id:
            actions.append(row.provider_id.set(provider_id))
        below = (row.attempt == ref.attempt) & row.status.is_in(*lower)
        refused = self._table.update(keys.message(ref.conversation_id, ref.message_id), actions, below)
        return refused is None or _climbed(refused, ref, status, at)

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueMessage]:
        after = "" if cursor is None else index_position(cursor)
        span = MessageRow.g1s.between(after + "!", keys.at(now + 1)) if after else MessageRow.g1s < keys.at(now + 1)
        found = self._table.query(keys.due(), span, index=BY_STORE, limit=limit)
        named = tuple(DueMessage(*_names(row)) for row in found.rows)
        return Page(named, opaque(found.rows[-1].g1s) if found.more else None)

    def put_aside(self, due: DueMessage, until: int) -> None:
        later = [MessageRow.due_at.set(until), MessageRow.g1s.set(keys.at(until, due.message_id))]
        self._table.update(keys.message(due.conversation_id, due.message_id), later, MessageRow.g1p == keys.due())

    def texts_beside(self, message: Message) -> Sequence[Message]:
        partition, first = keys.message(message.conversation_id, "")
        rows = map(Row.from_raw_data, self._table.pages(partition, Row.sk.startswith(first), consistent=True))
        others = [found for row in rows if (found := _message(row)) is not None and found.id != message.id]
        return [each for each in others if each.direction is Direction.OUTBOUND]

    def identify(self, found: Message, was: Message) -> bool:
        transaction = Transaction(self._table)
        once = Once(f"found#{found.connection_id}", found.provider_id or "", result=found.id)
        transaction.put("once", codec.once_row(once, found.status_at, ONCE_DAYS))
        transaction.update("message", _key(found), _actions(found), _is(was, MessageStatus.UNKNOWN))
        return not transaction.commit()

    def doubt(self, message: Message, was: Message) -> bool:
        same = _is(was, MessageStatus.UNKNOWN) & (MessageRow.due_at == was.due_at)
        return self._store(message, same)

    def keep_media(self, message: Message, was: Message) -> bool:
        same = (MessageRow.merchant_id == was.merchant_id) & (MessageRow.media == codec.values(was)["media"])
        key, media = _key(message), codec.values(message)["media"]
        refused = self._table.update(key, [MessageRow.media.set(media)], same)
        if refused is None:
            return True
        stored = _message(refused.row)
        return stored is not None and stored.media == message.media

    def _store(self, message: Message, condition: Condition, *more: Action) -> bool:
        refused = self._table.update(_key(message), [*_actions(message), *more], condition)
        if refused is None:
            return True
        stored = _message(refused.row)
        return stored is not None and replace(stored, expires_at=message.expires_at) == message


def _key(message: Message) -> Key:
    return keys.message(message.conversation_id, message.id)


def _message(row: Row | None) -> Message | None:
    return codec.restored(row, Message) if isinstance(row, MessageRow) else None


def _is(message: Message, status: MessageStatus) -> Condition:
    """In this status and attempt, and the merchant's own (I10)."""
    row = MessageRow
    condition: Condition = (row.status == status.value) & (row.attempt == message.attempt)
    condition &= row.merchant_id == message.merchant_id
    return condition


def _actions(message: Message) -> list[Action]:
    fields = codec.values(message)
    partition, sort = codec.due_entry(message)
    entry = [_assign(MessageRow.g1p, partition), _assign(MessageRow.g1s, sort)]
    return [_assign(getattr(MessageRow, name), fields.get(name)) for name in _MOVING] + entry


def _same(attribute: Any, value: object) -> Condition:
    condition: Condition = attribute.does_not_exist() if value is None else attribute == value
    return condition


def _assign(attribute: Any, value: object) -> Action:
    action: Action = attribute.remove() if value is None else attribute.set(value)
    return action


def _names(row: Row) -> tuple[str, str]:
    """The ids in the keys of a message."""
    return keys.decode(row.pk.partition("#")[2]), keys.decode(row.sk.partition("#")[2])


def _climbed(refused: Refused, ref: MessageRef, status: MessageStatus, at: int) -> bool:
    """Whether it was this very report that is stored."""
    stored = _message(refused.row)
    return stored is not None and (stored.attempt, stored.status, stored.status_at) == (ref.attempt, status, at)
