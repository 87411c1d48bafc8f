"""Creating or reopening a conversation with its route, first messages, visitor and order, in one transaction."""

from collections.abc import Collection

from chalicelib.domain.conversations import COOL_DOWN
from chalicelib.domain.customers import Customer
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import RouteKey
from chalicelib.usecases.ports import Duplicate, Opened, Opening, RouteChanged

from . import codec, keys
from .appending import ONCE, ONCE_DAYS, check
from .chat_links import add_link
from .conditions import conversation_unchanged, route_unchanged
from .consent import add_consents, newer_acts
from .inbox_shards import InboxShards
from .routes import add_rerouting
from .rows import ConversationRow, OnceRow, OrderRow, RouteRow, Row
from .table import Table
from .transaction import Transaction


def open_conversation(
    table: Table, shards: InboxShards, command: Opening, now: int
) -> Opened | Duplicate | RouteChanged:
    _check(command)
    made = command.conversation
    row = codec.conversation_row(made, shards.of(made.store_id, made.id))
    failed = _commit(table, command, row, now, ())
    if newer_acts(failed, command):
        failed = _commit(table, command, row, now, failed)
    if not failed:
        return Opened()
    once = failed.get(ONCE) or table.get(keys.once(command.once.scope, command.once.key))
    return Duplicate(codec.once(once)) if isinstance(once, OnceRow) else RouteChanged()


def _check(command: Opening) -> None:
    """Raises ValueError when the parts do not belong to one merchant, store and conversation (I10)."""
    conversation, route = command.conversation, command.route
    owner = (conversation.id, conversation.merchant_id, conversation.store_id)
    if command.messages:
        check(command.messages)
    message_owners = {(m.conversation_id, m.merchant_id, m.store_id) for m in command.messages}
    route_owner = (route.conversation_id, route.merchant_id, route.store_id)
    if message_owners - {owner} or route_owner != owner:
        raise ValueError("messages and route belong to the conversation")
    if any(each.merchant_id != conversation.merchant_id for one in command.reroutings for each in one.becomes.all):
        raise ValueError("all routes of a number are one merchant's")
    people = (command.customer, command.order, command.was)
    if any(part is not None and part.merchant_id != conversation.merchant_id for part in people):
        raise ValueError("customer and order belong to the merchant of the conversation")


def _commit(
    table: Table, command: Opening, row: ConversationRow, now: int, stale: Collection[str]
) -> dict[str, Row | None]:
    transaction = Transaction(table)
    transaction.put(ONCE, codec.once_row(command.once, now, ONCE_DAYS))
    transaction.put("conversation", row, conversation_unchanged(command.was))
    _hold_route(transaction, command)
    for message in command.messages:
        transaction.put(message.id, codec.message_row(message))
    if command.customer:
        _add_customer(transaction, command.customer, command.conversation.channel, command.customer_address)
    add_consents(transaction, command, stale)
    add_link(transaction, command.link)
    if command.order:
        _link_order(transaction, command.order, command.conversation.id)
    return transaction.commit()


def _hold_route(transaction: Transaction, command: Opening) -> None:
    shared = {each.first.key: each for each in command.reroutings}
    for rerouting in shared.values():
        add_rerouting(transaction, rerouting)
    if command.route.key not in shared:
        transaction.put("route", codec.route_row(command.route), route_unchanged(command.route_was))
    if command.left and command.left not in shared:
        _leave(transaction, command.left, command)


def _leave(transaction: Transaction, left: RouteKey, command: Opening) -> None:
    """It still leads here, and after the cool-down it may lead elsewhere."""
    row, conversation = RouteRow, command.conversation
    ours = (row.conversation_id == conversation.id) & (row.merchant_id == conversation.merchant_id)
    transaction.update("left", codec.route_key(left), [row.cool_until.set(command.left_at + COOL_DOWN)], ours)


def _add_customer(transaction: Transaction, customer: Customer, channel: str, address: str | None) -> None:
    transaction.put("customer", codec.customer_row(customer))
    if address is not None:
        transaction.put("address", codec.lookup_row(customer, channel, address))


def _link_order(transaction: Transaction, order: Order, conversation_id: str) -> None:
    row = OrderRow
    still_active = (
        (row.merchant_id == order.merchant_id) & row.cancelled_at.does_not_exist() & row.closed_at.does_not_exist()
    )
    link = [row.conversation_id.set(conversation_id)]
    transaction.update("order", keys.order(order.id), link, still_active)
