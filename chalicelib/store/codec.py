"""Rows to domain types and back. Absent attributes are the domain's defaults."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from chalicelib.domain.addresses import Address
from chalicelib.domain.assignments import Handover
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.carts import Cart
from chalicelib.domain.consent import Consent, ConsentChange, ConsentKey
from chalicelib.domain.conversations import LISTED, LIVING, Conversation, ConversationState
from chalicelib.domain.credits import CreditLine
from chalicelib.domain.customers import Customer
from chalicelib.domain.held import Held
from chalicelib.domain.messages import Message
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Route, RouteKey
from chalicelib.usecases.ports import Once

from . import keys
from .cart_rows import CartRow
from .credit_rows import CreditLineRow
from .keys import Key
from .rows import (
    AuditRow,
    ConsentRow,
    ConversationRow,
    CustomerRow,
    ErasureRow,
    HandoverRow,
    HeldRow,
    InviteRow,
    LedgerRow,
    LookupRow,
    MessageRow,
    OnceRow,
    OrderRow,
    ProductRow,
    RevisedRow,
    RouteRow,
    Row,
    SetupRow,
    TemplateRow,
    TheirsRow,
    TransferRow,
)

T = TypeVar("T", bound=Struct)
_Whole = SetupRow | TransferRow | InviteRow | ProductRow | RevisedRow | TemplateRow | ErasureRow | CartRow
_SELDOM = ("media", "unprompted")
"""Of a message: in the table only where there is some."""


def values(item: Struct) -> dict[str, Any]:
    """The fields of a struct as plain values; what is None stays out of the table."""
    return {name: value for name, value in msgspec.to_builtins(item).items() if value is not None}


def restored(row: Row, kind: type[T], **more: object) -> T:
    """The domain object in a row whose attributes are named like its fields."""
    found = row.attribute_values
    fields = {name: found[name] for name in kind.__struct_fields__ if name in found}
    if isinstance(row, ConversationRow):
        fields |= waits_since(row)
    return msgspec.convert({**fields, **more}, kind)


def waits_since(row: ConversationRow) -> dict[str, int | None]:
    """Of one attribute both fields: the index has no room for another (rows.py)."""
    mark: Any = row.requested_at
    if mark is None:
        return {}
    return {"requested_at": None, "waiting_since": -int(mark)} if mark < 0 else {"requested_at": int(mark)}


def waiting_mark(since: int) -> int:
    return -since


def index_sort(conversation_id: str, last_activity_at: int) -> str:
    return keys.at(last_activity_at, conversation_id)


def conversation_row(item: Conversation, shard: int) -> ConversationRow:
    """`shard`: which of its store's inbox shards lists it."""
    fields = values(item)
    if (since := fields.pop("waiting_since", None)) is not None:
        fields["requested_at"] = waiting_mark(since)
    row = ConversationRow(*keys.conversation(item.id), **fields)
    if item.state in LISTED:
        listed = ConversationState.OPEN if item.state in LIVING else ConversationState.CLOSED
        row.g1p = keys.conversations_of_store(item.store_id, listed, shard)
        row.g1s = index_sort(item.id, item.last_activity_at)
        row.listed_proxy = item.proxy
        if item.associate_id is not None:
            row.g2p, row.g2s = keys.conversations_of_associate(item.associate_id), keys.encode(item.id)
    return row


def message_row(item: Message) -> MessageRow:
    fields = {name: value for name, value in values(item).items() if value or name not in _SELDOM}
    row = MessageRow(*keys.message(item.conversation_id, item.id), **fields)
    row.g1p, row.g1s = due_entry(item)
    return row


def due_entry(item: Message) -> tuple[str | None, str | None]:
    """The keys of its index entry: it has one only while the provider is to be asked about it."""
    if item.due_at is None:
        return None, None
    return keys.due(), keys.at(item.due_at, item.id)


def held_row(item: Held) -> HeldRow:
    fields = values(item)
    if not item.media:
        del fields["media"]
    row = HeldRow(*keys.held(item.conversation_id, item.id), **fields)
    row.g1p, row.g1s = keys.held_texts(), keys.at(item.release_at, item.id)
    return row


def route_key(key: RouteKey) -> Key:
    return keys.route(key.channel, key.proxy, key.customer_address)


def place_of(item: Route) -> Key:
    """Where it is kept: the one that comes first under the pair alone, which is all that a text reads."""
    if item.aside_at is None:
        return route_key(item.key)
    return keys.route_beside(item.key.channel, item.key.proxy, item.key.customer_address, item.store_id)


def route_row(item: Route) -> RouteRow:
    fields = values(item)
    fields |= fields.pop("key")
    return RouteRow(*place_of(item), **fields)


def route(row: RouteRow) -> Route:
    return restored(row, Route, key=restored(row, RouteKey))


def cart_row(item: Cart) -> CartRow:
    row = CartRow(*keys.cart(item.conversation_id, item.id), value=values(item), revision=item.revision)
    row.merchant_id, row.store_id, row.conversation_id = item.merchant_id, item.store_id, item.conversation_id
    row.step = item.step or None
    return row


def once_row(item: Once, now: int, days: int) -> OnceRow:
    ttl = now // 1000 + days * 86_400
    return OnceRow(*keys.once(item.scope, item.key), ttl=ttl, **values(item))


def once(row: OnceRow) -> Once:
    return restored(row, Once)


def audit_row(item: AuditEntry) -> AuditRow:
    return AuditRow(*keys.audit(item.store_id, item.id), **values(item))


def credit_line_row(item: CreditLine) -> CreditLineRow:
    return CreditLineRow(*keys.credit_line(item.store_id, item.at, item.id), **values(item))


def handover_row(item: Handover) -> HandoverRow:
    return HandoverRow(*keys.handover(item.conversation_id, item.id), **values(item))


def order_row(item: Order) -> OrderRow:
    row = OrderRow(*keys.order(item.id), **values(item))
    sort = keys.at(item.placed_at, item.id)
    if item.erased_at is None:
        row.g2p, row.g2s = keys.orders_of_customer(item.customer_id), sort
    if item.active:
        row.g1p, row.g1s = keys.orders_of_store(item.store_id), sort
    return row


def customer_row(item: Customer) -> CustomerRow:
    return CustomerRow(*keys.customer(item.id), merged_into=item.merged_into, **values(item))


def theirs_row(item: Conversation) -> TheirsRow:
    key = keys.theirs(item.customer_id, item.id)
    return TheirsRow(*key, conversation_id=item.id, merchant_id=item.merchant_id)


def lookup_row(customer: Customer, kind: str, value: str) -> LookupRow:
    key = keys.lookup(customer.merchant_id, kind, value)
    return LookupRow(*key, customer_id=customer.id, merchant_id=customer.merchant_id)


def consent_key(key: ConsentKey) -> Key:
    return keys.consent(key.merchant_id, key.channel, key.address, key.scope)


def consent_row(item: Consent) -> ConsentRow:
    fields = values(item)
    del fields["key"]
    return ConsentRow(*consent_key(item.key), **fields)


def consent(row: ConsentRow, key: ConsentKey) -> Consent:
    return restored(row, Consent, key=key)


def ledger_row(change: ConsentChange) -> LedgerRow:
    key, fields = change.key, values(change)
    del fields["key"]
    row = LedgerRow(*keys.ledger(key.merchant_id, key.channel, key.address, key.scope, change.id), **fields)
    if change.store_id:
        written = change.at if change.recorded_at is None else change.recorded_at
        row.g1p, row.g1s = keys.ledger_of_store(change.store_id), keys.at(written, change.id)
    return row


def ledger_key(row: Row) -> ConsentKey:
    """Whose line it is."""
    _, merchant_id, channel, address = row.pk.split("#")
    _, scope, _ = row.sk.split("#")
    merchant_id, channel, address, scope = map(keys.decode, (merchant_id, channel, address, scope))
    return ConsentKey(merchant_id, channel, Address(address), scope)


def change(row: LedgerRow, key: ConsentKey) -> ConsentChange:
    return restored(row, ConsentChange, key=key)


def setup_row(key: Key, item: Struct) -> SetupRow:
    return SetupRow(*key, value=values(item))


def setup_value(row: _Whole, kind: type[T]) -> T:
    return msgspec.convert(row.value, kind)
