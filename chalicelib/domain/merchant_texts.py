"""Texts to the merchant's own phone (L7): they stand in threads that are no conversation, so no list, screen or contact
ever has them (docs/decisions/0023-the-merchants-phone.md)."""

from .addresses import Address
from .merchants import Proxy, Store
from .messages import MAX_QUEUED, Direction, Message, MessageKind, MessageStatus
from .orders import OrderEvent

_APART = "merchant."
"""Ids of conversations are ULIDs: none of them begins so."""


def thread_about(order_id: str) -> str:
    """Where what the merchant is told of an order, or of a conversation that a customer began, stands: it goes with the
    customer (X13)."""
    return f"{_APART}{order_id}"


def thread_of_phone(store_id: str) -> str:
    """Where the words stand by which the merchant's phone opted out, or in again: they prove it."""
    return f"{_APART}words.{store_id}"


def is_apart(conversation_id: str) -> bool:
    return conversation_id.startswith(_APART)


def notice(
    store: Store,
    phone: Address,
    proxy: Proxy,
    body: str,
    *,
    order_id: str,
    event: OrderEvent,
    message_id: str,
    now: int,
) -> Message:
    """Given up after a day, as no conversation is there to be prolonged."""
    return Message(
        id=message_id,
        conversation_id=thread_about(order_id),
        merchant_id=store.merchant_id,
        store_id=store.id,
        connection_id=proxy.connection_id,
        channel=proxy.channel,
        proxy=proxy.address,
        customer_address=phone,
        consent_scope=store.consent_scope_id,
        direction=Direction.OUTBOUND,
        kind=MessageKind.MERCHANT_NOTICE,
        body=body,
        created_at=now,
        expires_at=now + MAX_QUEUED,
        status=MessageStatus.QUEUED,
        status_at=now,
        event=event.value,
    )
