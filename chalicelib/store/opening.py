"""Creating or reopening a conversation with its route, first messages, visitor and order, in one transaction."""

from collections.abc import Collection, Iterable

from pynamodb.expressions.condition import Condition

from chalicelib.domain.consent import ConsentKey
from chalicelib.domain.conversations import COOL_DOWN
from chalicelib.domain.customers import Customer
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import RouteKey
from chalicelib.usecases.ports import Duplicate, Opened, Opening, RouteChanged

from . import codec, keys
from .appending import ONCE, ONCE_DAYS, check
from .automatic_texts import add_automatic_text
from .charging import charge_for, commit_charged, require_credits
from .chat_links import add_link
from .conditions import absent, conversation_unchanged, route_unchanged
from .consent import add_consents, newer_acts
from .inbox_shards import InboxShards
from .routes import add_rerouting
from .rows import ConversationRow, OnceRow, OrderRow, RouteRow, Row, TheirsRow
from .suppressions import add_checks, bring_back_all
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
    bring_back_all(table, failed, _written_to(command))
    once = failed.get(ONCE) or table.get(keys.once(command.once.scope, command.once.key))
    if isinstance(once, OnceRow):
        return Duplicate(codec.once(once))
    require_credits(failed)
    return RouteChanged()


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
    people = (command.customer, command.order, command.was, command.text)
    if any(part is not None and part.merchant_id != conversation.merchant_id for part in people):
        raise ValueError("customer, order and text belong to the merchant of the conversation")


def _commit(
    table: Table, command: Opening, row: ConversationRow, now: int, stale: Collection[str]
) -> dict[str, Row | None]:
    def build() -> Transaction:
        return _steps(table, command, row, now, stale)

    return commit_charged(build, charge_for(command.messages))


def _steps(table: Table, command: Opening, row: ConversationRow, now: int, stale: Collection[str]) -> Transaction:
    transaction = Transaction(table)
    transaction.put(ONCE, codec.once_row(command.once, now, ONCE_DAYS))
    transaction.put("conversation", row, conversation_unchanged(command.was))
    if command.was is None or command.was.customer_id != command.conversation.customer_id:
        transaction.put("theirs", codec.theirs_row(command.conversation), absent() | _ours(command))
    add_checks(transaction, _written_to(command))
    _hold_route(transaction, command)
    for message in command.messages:
        transaction.put(message.id, codec.message_row(message))
    if command.customer:
        _add_customer(transaction, command.customer, command.conversation.channel, command.customer_address)
    add_consents(transaction, command, stale)
    add_link(transaction, command.link)
    if command.text:
        add_automatic_text(transaction, command.text)
    if command.order:
        _link_order(transaction, command.order, command.conversation.id)
    return transaction


def _written_to(command: Opening) -> Iterable[ConsentKey]:
    """Whose consent decides over it: a chat begins with texts or mails to other addresses."""
    return (command.conversation.consent_key, *(message.consent_key for message in command.messages))


def _ours(command: Opening) -> Condition:
    """What stands beside the customer from before."""
    condition: Condition = TheirsRow.merchant_id == command.conversation.merchant_id
    return condition


def _hold_route(transaction: Transaction, command: Opening) -> None:
    shared = {each.written.key: each for each in command.reroutings}
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
