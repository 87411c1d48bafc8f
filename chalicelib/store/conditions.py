"""Conditions that several repositories put on rows."""

from functools import reduce
from operator import and_
from typing import Any

from msgspec import Struct
from pynamodb.expressions.condition import Condition

from chalicelib.domain.held import Held

from .rows import ConversationRow, CustomerRow, HeldRow, OrderRow, RouteRow, Row

CONVERSATION = (
    "merchant_id", "state", "last_message_id", "last_activity_at", "ended_at", "ended_answered", "unread", "opted_out",
    "outbound_trouble", "assignee_id", "away_answered_at", "associate_id", "transfer_id",
)  # fmt: skip
ROUTE = ("merchant_id", "conversation_id", "cool_until", "turn")
ORDER = (
    "merchant_id", "updated_at", "conversation_id", "customer_id", "customer_name", "number", "payment", "fulfilment",
    "cancelled_at", "closed_at", "total", "currency", "phone",
)  # fmt: skip
"""All that `Order.newest` goes by: shops round their times, so two reports may share one."""
CUSTOMER = (
    "merchant_id", "updated_at", "kind", "first_name", "last_name", "phones", "emails", "external_ids", "told",
    "merged_into", "absorbed", "tags",
)  # fmt: skip


def absent() -> Condition:
    return Row.pk.does_not_exist()


def unchanged(row: type[Row], was: Struct | None, fields: tuple[str, ...]) -> Condition:
    """The stored item still has these fields as they were read; None: there is still none."""
    if was is None:
        return absent()
    return reduce(and_, (_same(getattr(row, name), getattr(was, name)) for name in fields))


def _same(attribute: Any, value: object) -> Condition:
    condition: Condition = attribute.does_not_exist() if value is None else attribute == value
    return condition


def conversation_unchanged(was: Struct | None) -> Condition:
    return unchanged(ConversationRow, was, CONVERSATION)


def held_unchanged(was: Held) -> Condition:
    """It is still there, as it was read."""
    condition: Condition = (HeldRow.revision == was.revision) & (HeldRow.merchant_id == was.merchant_id)
    return condition


def route_unchanged(was: Struct | None) -> Condition:
    return unchanged(RouteRow, was, ROUTE)


def order_unchanged(was: Struct | None) -> Condition:
    return unchanged(OrderRow, was, ORDER)


def customer_unchanged(was: Struct | None) -> Condition:
    return unchanged(CustomerRow, was, CUSTOMER)
