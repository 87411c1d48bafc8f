"""Closing, deleting, expiring and reopening a conversation, together with its route."""

from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.conversations import COOL_DOWN, Conversation
from chalicelib.domain.routing import Rerouting, RouteKey

from . import codec, keys
from .audit import add_audit
from .conditions import conversation_unchanged
from .inbox_shards import InboxShards
from .keys import Key
from .routes import add_rerouting, read_routes
from .rows import ConversationRow, Row
from .table import Table
from .transaction import Transaction


def end(table: Table, shards: InboxShards, before: Conversation, after: Conversation, audit: AuditEntry | None) -> bool:
    """See ports.ConversationStore.end. A route that leads elsewhere by now is left alone."""
    _check(before, after)
    transaction = Transaction(table)
    transaction.put("conversation", _row(shards, after), conversation_unchanged(before))
    add_audit(transaction, audit)
    routes, until = read_routes(table, _route_key(before)), _cool_until(after)
    if route := routes.leading_to(before.id):
        ended = until - COOL_DOWN
        add_rerouting(transaction, Rerouting(routes, routes.with_route(replace(route, cool_until=until), ended)))
    return not transaction.commit()


def reopen(
    table: Table, shards: InboxShards, before: Conversation, after: Conversation, audit: AuditEntry | None
) -> bool:
    _check(before, after)
    routes = read_routes(table, _route_key(before))
    route = routes.leading_to(before.id)
    if route is None or route.merchant_id != before.merchant_id:
        return False
    transaction = Transaction(table)
    add_audit(transaction, audit)
    transaction.put("conversation", _row(shards, after), conversation_unchanged(before))
    held = routes.with_route(replace(route, cool_until=None), after.last_activity_at)
    add_rerouting(transaction, Rerouting(routes, held))
    return not transaction.commit()


def erase_messages(table: Table, conversation_id: str, up_to: str) -> None:
    """Oldest first, so that a repeat after a crash goes on where the first stopped; then what is held."""
    last, held = keys.message(conversation_id, up_to), keys.held(conversation_id, "")
    raws = table.pages(last.pk, Row.sk < keys.META, consistent=True)
    found = [Key(raw["pk"]["S"], raw["sk"]["S"]) for raw in raws]
    table.delete_many([key for key in found if key.sk <= last.sk or key.sk.startswith(held.sk)])


def _row(shards: InboxShards, after: Conversation) -> ConversationRow:
    return codec.conversation_row(after, shards.of(after.store_id, after.id))


def _check(before: Conversation, after: Conversation) -> None:
    if (before.id, before.merchant_id, before.store_id) != (after.id, after.merchant_id, after.store_id):
        raise ValueError("the same conversation before and after")


def _cool_until(after: Conversation) -> int:
    until = after.cool_until(after.expires_at - 1)
    if until is None:
        raise ValueError("an ended conversation has a cool-down")
    return until


def _route_key(conversation: Conversation) -> RouteKey:
    return RouteKey(conversation.channel, conversation.proxy, conversation.customer_address)
