"""Reads what the table's stream says (DynamoDB JSON): whole changes, or only what a change is about."""

from typing import Any

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.messages import Message
from chalicelib.domain.orders import Order
from chalicelib.usecases.ports import Activity, Change, Item

from . import codec
from .rows import ConversationRow, HeldRow, MessageRow, OrderRow, Row

_KINDS: dict[str, tuple[type[Row], type[Item]]] = {
    "c": (ConversationRow, Conversation),
    "m": (MessageRow, Message),
    "o": (OrderRow, Order),
}

_ABOUT = {
    "c": ("conversation", ConversationRow.id.attr_name),
    "m": ("conversation", MessageRow.conversation_id.attr_name),
    "o": ("order", OrderRow.id.attr_name),
    "n": ("conversation", HeldRow.conversation_id.attr_name),
}
"""What a change of an item is a change of, for those who look at a screen, and the attribute with its id."""
_STORE = ConversationRow.store_id.attr_name
"""The same in all of them."""
_CHANNEL = ConversationRow.channel.attr_name
"""The same in conversations and messages."""
_HELD = "n"


def read_activity(record: dict[str, Any], now: int) -> Activity | None:
    """What the change in one record is about, without any content; None when nobody sees it."""
    image = record["dynamodb"].get("NewImage") or _taken_back(record)
    about = _ABOUT.get(image.get("t", {}).get("S", ""))
    if about is None:
        return None
    kind, id_attribute = about
    chat = image.get(_CHANNEL, {}).get("S") == Channel.CHAT
    return Activity(type=kind, store_id=image[_STORE]["S"], id=image[id_attribute]["S"], at=now, chat=chat)


def _taken_back(record: dict[str, Any]) -> dict[str, Any]:
    """What went away, where people see that it did: a held text."""
    image: dict[str, Any] = record["dynamodb"].get("OldImage", {})
    return image if image.get("t", {}).get("S") == _HELD else {}


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
