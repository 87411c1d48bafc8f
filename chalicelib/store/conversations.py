"""Conversations, messages and routes. Implements ports.ConversationStore."""

import heapq
from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.addresses import Address
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.conversations import LIFETIME, Conversation, ConversationState
from chalicelib.domain.held import MOST_HELD
from chalicelib.domain.merchants import Associate
from chalicelib.domain.messages import TROUBLED, Direction, Message, MessageKind
from chalicelib.domain.routing import Route, RouteKey, Routes
from chalicelib.usecases.ports import (
    Append,
    Appended,
    Clock,
    Conflict,
    Duplicate,
    InboxRow,
    Once,
    Opened,
    Opening,
    Page,
    ProxyUse,
    RouteChanged,
    Thread,
)

from . import appending, codec, ending, keys, opening
from .cursors import cursor, index_position, message_position
from .held import held_in, of_conversation
from .inbox_shards import InboxShards, StoreOf
from .keys import BY_STORE, Key
from .routes import read_routes
from .rows import ConversationRow, MessageRow, OnceRow, RouteRow, Row, SetupRow
from .table import BATCH_READ, Raw, Table
from .transaction import Transaction

STATES = ("open", "closed")
_ABSENT_AT_TIMES = (
    "order_number", "last_direction", "last_author_id", "last_author_name", "outbound_trouble", "assignee_id",
)  # fmt: skip


class DynamoConversationStore:
    """`clock` dates garbage and new shards only; instants that decide come with the commands.

    `store_of`: a store as it is set up (None: it is not), for its inbox shards.
    """

    def __init__(self, table: Table, clock: Clock, store_of: StoreOf) -> None:
        self._table, self._clock = table, clock
        self._shards = InboxShards(store_of, clock)

    def find_route(self, key: RouteKey, *, consistent: bool) -> Route | None:
        row = self._table.get(codec.route_key(key), consistent=consistent)
        return codec.route(row) if isinstance(row, RouteRow) else None

    def find_routes(self, keys: Sequence[RouteKey]) -> dict[RouteKey, Route]:
        rows = self._many([codec.route_key(key) for key in keys])
        found = [codec.route(row) for row in rows if isinstance(row, RouteRow)]
        return {route.key: route for route in found}

    def routes(self, key: RouteKey) -> Routes:
        return read_routes(self._table, key)

    def find_several(self, conversation_ids: Sequence[str]) -> dict[str, Conversation]:
        found = [_conversation(row) for row in self._many([keys.conversation(each) for each in conversation_ids])]
        return {conversation.id: conversation for conversation in found if conversation is not None}

    def _many(self, wanted: Sequence[Key]) -> list[Row]:
        parts = [wanted[start : start + BATCH_READ] for start in range(0, len(wanted), BATCH_READ)]
        return [row for part in parts for row in self._table.get_many(part).values()]

    def append(self, command: Append) -> Appended | Duplicate | Conflict:
        return appending.append(self._table, self._shards, command, self._clock.now())

    def open(self, command: Opening) -> Opened | Duplicate | RouteChanged:
        return opening.open_conversation(self._table, self._shards, command, self._clock.now())

    def end(self, before: Conversation, after: Conversation, audit: AuditEntry | None = None) -> bool:
        return ending.end(self._table, self._shards, before, after, audit)

    def reopen(self, before: Conversation, after: Conversation, audit: AuditEntry | None = None) -> bool:
        return ending.reopen(self._table, self._shards, before, after, audit)

    def erase_messages(self, conversation_id: str, up_to: str) -> None:
        ending.erase_messages(self._table, conversation_id, up_to)

    def find(self, conversation_id: str) -> Conversation | None:
        return _conversation(self._table.get(keys.conversation(conversation_id)))

    def find_with_associate(
        self, conversation_id: str, associate_id: str
    ) -> tuple[Conversation | None, Associate | None]:
        conversation_key, associate_key = keys.conversation(conversation_id), keys.associate(associate_id)
        found = self._table.get_many([conversation_key, associate_key])
        row = found.get(associate_key)
        associate = codec.setup_value(row, Associate) if isinstance(row, SetupRow) else None
        return _conversation(found.get(conversation_key)), associate

    def find_once(self, once: Once) -> Once | None:
        row = self._table.get(keys.once(once.scope, once.key))
        return codec.once(row) if isinstance(row, OnceRow) else None

    def flag_opted_out(self, conversation_id: str, opted_out: bool) -> None:
        row = ConversationRow
        differs: Condition = row.pk.exists() & (row.opted_out != opted_out)
        self._table.update(keys.conversation(conversation_id), [row.opted_out.set(opted_out)], differs)

    def rename(self, conversation: Conversation, customer_name: str) -> None:
        row = ConversationRow
        theirs: Condition = (row.merchant_id == conversation.merchant_id) & (
            row.customer_id == conversation.customer_id
        )
        theirs &= row.state != ConversationState.DELETED.value
        self._table.update(keys.conversation(conversation.id), [row.customer_name.set(customer_name)], theirs)

    def messages_after(self, conversation_id: str, message_id: str, limit: int) -> Thread | None:
        """The conversation sorts after its messages: it comes last, unless there are more."""
        after = Row.sk > keys.message(conversation_id, message_id).sk
        key = keys.conversation(conversation_id)
        rows = self._table.query(key.pk, after, limit=limit + 1, consistent=True).rows
        conversation = _conversation(rows.pop() if rows and isinstance(rows[-1], ConversationRow) else None)
        conversation = conversation or self.find(conversation_id)
        messages = [row for row in rows if isinstance(row, MessageRow)]  # what waits for its time stands behind them
        return Thread(conversation, _messages(messages, limit)) if conversation else None

    def find_message(self, conversation_id: str, message_id: str) -> Message | None:
        row = self._table.get(keys.message(conversation_id, message_id))
        return codec.restored(row, Message) if isinstance(row, MessageRow) else None

    def thread(self, conversation_id: str, limit: int, cursor: str | None) -> Thread | None:
        """Later pages read the conversation in a second request."""
        key = keys.conversation(conversation_id)
        if cursor is None:
            return self._first_page(conversation_id, limit)
        conversation = _conversation(self._table.get(key, consistent=False))
        rows = self._before(keys.message(conversation_id, message_position(cursor)), limit)
        return Thread(conversation, _messages(rows, limit)) if conversation else None

    def _first_page(self, conversation_id: str, limit: int) -> Thread | None:
        """One query; two more where held texts leave no room for the messages behind them."""
        rows = self._table.query(keys.conversation(conversation_id).pk, limit=limit + 2, newest_first=True).rows
        conversation, held = _conversation(rows[0] if rows else None), held_in(rows)
        messages = [row for row in rows if isinstance(row, MessageRow)]
        if held and len(rows) > limit + 1:
            held = of_conversation(self._table, conversation_id, MOST_HELD, consistent=False)
            messages = self._before(keys.held(conversation_id, ""), limit)
        in_time = sorted(held, key=lambda each: (each.release_at, each.id))
        return Thread(conversation, _messages(messages, limit), tuple(in_time)) if conversation else None

    def _before(self, key: Key, limit: int) -> list[MessageRow]:
        """One message more than fit, newest first."""
        rows = self._table.query(key.pk, Row.sk < key.sk, limit=limit + 1, newest_first=True).rows
        return [row for row in rows if isinstance(row, MessageRow)]

    def inbox(
        self, store_id: str, state: str, now: int, limit: int, cursor: str | None, newer_than: int | None = None
    ) -> Page[InboxRow]:
        oldest = keys.at(max(now - LIFETIME, -1 if newer_than is None else newer_than) + 1)
        position = None if cursor is None else index_position(cursor)
        partitions = self._partitions(store_id, state)
        if position is not None and position < oldest:
            return Page(())  # the row it stands for has meanwhile expired; DynamoDB would refuse it
        found = _merged([self._listed(partition, oldest, position, limit + 1) for partition in partitions])
        rows = [row for row in found[:limit] if isinstance(row, ConversationRow)]
        return Page(
            tuple(_inbox_row(row, store_id, state) for row in rows),
            _cursor(rows[-1]) if len(found) > limit else None,
        )

    def _listed(self, partition: str, oldest: str, position: str | None, limit: int) -> list[Row]:
        """Of one shard, newest first. All shards have the same sort key, so one position is a place in each."""
        start = None if position is None else _start(partition, position)
        return self._table.query(
            partition, Row.g1s >= oldest, index=BY_STORE, limit=limit, newest_first=True, start=start
        ).rows

    def _partitions(self, store_id: str, state: str) -> list[str]:
        if state not in STATES:
            raise ValueError("only open and closed conversations are listed")
        return [keys.conversations_of_store(store_id, state, shard) for shard in self._shards.read(store_id)]

    def show_outcome(self, message: Message) -> bool:
        row, transaction = ConversationRow, Transaction(self._table)
        last = (row.merchant_id == message.merchant_id) & (row.last_outbound_id == message.id)
        if message.status in TROUBLED:
            still, shown = MessageRow.status == message.status.value, row.outbound_trouble.set(message.status.value)
        else:
            troubles = [status.value for status in TROUBLED]
            still, shown = ~MessageRow.status.is_in(*troubles), row.outbound_trouble.remove()
        transaction.check("message", keys.message(message.conversation_id, message.id), still)
        transaction.update("conversation", keys.conversation(message.conversation_id), [shown], last)
        return not transaction.commit()

    def expirable(self, store_id: str, now: int, limit: int) -> Sequence[str]:
        over = Row.g1s < keys.at(now - LIFETIME + 1)
        ids: list[str] = []
        for partition in (each for state in STATES for each in self._partitions(store_id, state)):
            if left := limit - len(ids):
                found = self._table.query(partition, over, index=BY_STORE, limit=left)
                ids += [_id(row) for row in found.rows]
        return list(dict.fromkeys(ids))

    def proxy_uses(self, store_id: str, now: int, limit: int) -> tuple[Sequence[ProxyUse], bool]:
        oldest, found, more = keys.at(now - LIFETIME + 1), list[ProxyUse](), False
        for state in STATES:
            for partition in self._partitions(store_id, state):
                listed = self._listed(partition, oldest, None, limit)
                more = more or len(listed) == limit
                found += [_use(row, state) for row in listed if isinstance(row, ConversationRow) and row.listed_proxy]
        return found, more

    def mark_read(self, conversation: Conversation, unread: int) -> bool:
        row = ConversationRow
        unchanged = (
            (row.merchant_id == conversation.merchant_id)
            & (row.last_message_id == conversation.last_message_id)
            & (row.state == conversation.state.value)
            & (row.unread == conversation.unread)
        )
        refused = self._table.update(keys.conversation(conversation.id), [row.unread.set(unread)], unchanged)
        return refused is None

    def count_inbound_after(self, conversation_id: str, message_id: str) -> int:
        key = keys.message(conversation_id, message_id)
        inbound = MessageRow.direction == Direction.INBOUND.value
        return self._table.count(key.pk, Row.sk > key.sk, inbound)


def _conversation(row: Row | None) -> Conversation | None:
    return codec.restored(row, Conversation) if isinstance(row, ConversationRow) else None


def _messages(rows: list[MessageRow], limit: int) -> Page[Message]:
    messages = tuple(codec.restored(row, Message) for row in rows[:limit])
    return Page(messages, cursor(messages[-1].id) if len(rows) > limit else None)


def _merged(found: list[list[Row]]) -> list[Row]:
    """Newest first. One that changed shards between two queries is in both: its newer place counts."""
    rows: dict[str, Row] = {}
    for row in heapq.merge(*found, key=lambda row: row.g1s, reverse=True):
        rows.setdefault(row.pk, row)
    return list(rows.values())


def _start(partition: str, position: str) -> Raw:
    """Where an index query goes on: all four keys follow from the sort key of the last row."""
    pk, sk = keys.conversation(keys.decode(position.partition("#")[2]))
    return {"g1p": {"S": partition}, "g1s": {"S": position}, "pk": {"S": pk}, "sk": {"S": sk}}


def _cursor(row: Row) -> str:
    return cursor(row.g1s)


def _id(row: Row) -> str:
    return keys.decode(row.pk.partition("#")[2])


def _use(row: ConversationRow, state: str) -> ProxyUse:
    return ProxyUse(row.channel, Address(row.listed_proxy), Address(row.customer_address), state == STATES[0])


def _inbox_row(row: ConversationRow, store_id: str, state: str) -> InboxRow:
    last_activity_at = int(row.g1s.partition("#")[0])
    mark = {"requested_at": None, "waiting_since": None, **codec.waits_since(row)}
    if state == ConversationState.OPEN and mark["requested_at"] is not None:
        state = ConversationState.REQUESTED
    return codec.restored(
        row, InboxRow, id=_id(row), store_id=store_id, state=state, last_activity_at=last_activity_at,
        **{name: getattr(row, name) for name in _ABSENT_AT_TIMES}, **mark, last_kind=row.last_kind or MessageKind.TEXT,
    )  # fmt: skip
