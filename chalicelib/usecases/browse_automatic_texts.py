"""What the customer of an order was told by itself, for the order's page (X10)."""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.errors import NotFound
from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import Message

from .access import messaging_store, signed_in
from .ports import Deps


class ToldEvent(Struct, frozen=True):
    """`message`: None where none was sent, or its conversation was deleted."""

    text: AutomaticText
    message: Message | None


def show_automatic_texts(order_id: str, associate_id: str, deps: Deps) -> tuple[Store, Sequence[ToldEvent]]:
    """The earliest first; those that were settled 90 days ago are gone. Raises NotFound, PermissionDenied,
    MessagingDisabled."""
    associate = signed_in(associate_id, deps)
    order = deps.orders.find(order_id)
    if order is None:
        raise NotFound
    store = messaging_store(associate, order.store_id, deps)
    texts = deps.automatic_texts.of_order(order.id) if order.told else ()
    return store, [ToldEvent(text, _message(text, deps)) for text in sorted(texts, key=lambda each: each.made_at)]


def _message(text: AutomaticText, deps: Deps) -> Message | None:
    if text.conversation_id is None or text.message_id is None:
        return None
    return deps.conversations.find_message(text.conversation_id, text.message_id)
