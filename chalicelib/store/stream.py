"""Reads what the table's stream says (DynamoDB JSON): whole changes, or only what a change is about."""

from typing import Any

from chalicelib.domain.addresses import Channel
from chalicelib.domain.carts import Cart
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.merchant_texts import is_apart
from chalicelib.domain.messages import Message
from chalicelib.domain.orders import Order
from chalicelib.usecases.ports import Activity, Change, Item

from . import codec
from .cart_rows import CartRow
from .rows import ConversationRow, HeldRow, MessageRow, OrderRow, Row, TimerRow

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
    "ct": ("conversation", CartRow.conversation_id.attr_name),
}
"""What a change of an item is a change of, for those who look at a screen, and the attribute with its id."""
_STORE = ConversationRow.store_id.attr_name
"""The same in all of them."""
_CHANNEL = ConversationRow.channel.attr_name
"""The same in conversations and messages."""
_GONE = {"n": _ABOUT["n"], "z": ("reminder", TimerRow.reminder_id.attr_name)}
"""As `_ABOUT`, of what went away, where people see that it did: a held text, or the timer of a reminder."""
_OWNER = TimerRow.associate_id.attr_name


def read_activity(record: dict[str, Any], now: int) -> Activity | None:
    """What the change in one record is about, without any content; None when nobody sees it."""
    new = record["dynamodb"].get("NewImage")
    image: dict[str, Any] = new or record["dynamodb"].get("OldImage", {})
    about = (_ABOUT if new else _GONE).get(image.get("t", {}).get("S", ""))
    if about is None:
        return None
    kind, id_attribute = about
    if is_apart(image[id_attribute]["S"]):
        return None
    return Activity(
        type=kind,
        store_id=image[_STORE]["S"],
        id=image[id_attribute]["S"],
        at=now,
        chat=image.get(_CHANNEL, {}).get("S") == Channel.CHAT,
        associate_id=image[_OWNER]["S"] if kind == "reminder" else None,
    )


def read_change(record: dict[str, Any]) -> Change | None:
    """The change in one record of a stream event; None when the item is of a kind nobody is told about."""
    stream = record["dynamodb"]
    old, new = _entity(stream.get("OldImage")), _entity(stream.get("NewImage"))
    if old is None and new is None:
        return None
    return Change(old=old, new=new)


def _entity(image: dict[str, Any] | None) -> Item | None:
    if image is not None and image.get("t", {}).get("S", "") == "ct":
        return codec.setup_value(CartRow.from_raw_data(image), Cart)
    kind = _KINDS.get(image.get("t", {}).get("S", "")) if image else None
    if image is None or kind is None:
        return None
    row_class, domain_class = kind
    return codec.restored(row_class.from_raw_data(image), domain_class)
