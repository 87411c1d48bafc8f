"""Reads what the table's stream says (DynamoDB JSON) into domain types."""

from typing import Any

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.messages import Message
from chalicelib.domain.orders import Order
from chalicelib.usecases.ports import Change, Item

from . import codec
from .rows import ConversationRow, MessageRow, OrderRow, Row

_KINDS: dict[str, tuple[type[Row], type[Item]]] = {
    "c": (ConversationRow, Conversation),
    "m": (MessageRow, Message),
    "o": (OrderRow, Order),
}


def read_change(record: dict[str, Any]) -> Change | None:
    """The change in one record of a stream event; None when the item is of a kind nobody is told about."""
    stream = record["dynamodb"]
    old, new = _entity(stream.get("OldImage")), _entity(stream.get("NewImage"))
    if old is None and new is None:
        return None
    return Change(old=old, new=new)


def _entity(image: dict[str, Any] | None) -> Item | None:
    kind = _KINDS.get(image.get("t", {}).get("S", "")) if image else None
    if image is None or kind is None:
        return None
    row_class, domain_class = kind
    return codec.restored(row_class.from_raw_data(image), domain_class)
