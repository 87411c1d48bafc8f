"""Who writes for the first time, and the conversation that begins by it (D18, H13, S19)."""

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import Conversation, ConversationKind
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.mail import Mail
from chalicelib.domain.merchants import Proxy, Store

from .ports import Deps
from .reply_automatically import from_the_customer


def customer_of(event: MessageReceived, store: Store, now: int, deps: Deps) -> tuple[Customer, bool]:
    certain = from_the_customer(event)
    known = _known_by(event, store, deps) if certain else None
    if known is None and event.channel is Channel.WHATSAPP and _is_phone(event):  # WhatsApp has made sure of the number
        known = deps.customers.find_by(store.merchant_id, Channel.SMS, event.sender)
    if known is not None and (customer := deps.customers.find(known)) is not None:
        return customer, False
    visitor = Customer(
        id=deps.ids.ulid(now),
        merchant_id=store.merchant_id,
        kind=CustomerKind.VISITOR,
        first_name=event.sender_name,
        phones=(event.sender,) if _is_phone(event) else (),
        emails=(event.sender,) if event.channel is Channel.EMAIL else (),
        whatsapp_ids=(event.sender,) if event.channel is Channel.WHATSAPP and not _is_phone(event) else (),
        created_at=now,
        updated_at=now,
    )
    return visitor, True


def _known_by(event: MessageReceived, store: Store, deps: Deps) -> str | None:
    """Whose address this is: in a chat it is the customer's id."""
    find = deps.customers.find_by
    return event.sender if event.channel is Channel.CHAT else find(store.merchant_id, event.channel, event.sender)


def _is_phone(event: MessageReceived) -> bool:
    """At WhatsApp a user id may stand in place of the number."""
    return event.channel is Channel.SMS or (event.channel is Channel.WHATSAPP and event.sender.startswith("+"))


def new_conversation(
    event: MessageReceived, store: Store, proxy: Proxy, customer: Customer, now: int, deps: Deps
) -> Conversation:
    """Of the associate whose address it came to (H13), else the store's; about the order that a mail names (S19)."""
    mail = event.mail or Mail()
    return Conversation(
        id=deps.ids.ulid(now),
        merchant_id=store.merchant_id,
        store_id=store.id,
        connection_id=event.connection_id,
        customer_id=customer.id,
        customer_name=customer.name,
        kind=ConversationKind.ORDER if mail.order_id else ConversationKind.SHOP,
        order_id=mail.order_id or None,
        order_number=mail.order_number or None,
        channel=event.channel,
        proxy=event.recipient,
        customer_address=event.sender,
        consent_scope=store.consent_scope_id,
        associate_id=proxy.associate_id,
        created_at=now,
        last_activity_at=now,
    )
