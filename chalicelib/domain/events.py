"""What webhooks say, in one vocabulary for all providers and shops."""

from msgspec import Struct

from .addresses import Address, Channel
from .carts import Payment as CartPayment
from .mail import Mail
from .media import Media, MediaReference
from .messages import FailureReason, MessageRef, MessageStatus
from .orders import Fulfilment, OrderLine, Payment
from .products import Product


class MessageReceived(Struct, frozen=True, kw_only=True, tag="message_received"):
    """A customer wrote to one of our addresses."""

    connection_id: str
    provider_id: str
    """The provider's id of the message: the same again means the same message (I2)."""
    channel: Channel
    sender: Address
    recipient: Address
    body: str
    sender_name: str = ""
    """What the customer calls themselves there: the display name of a mail, the profile name at WhatsApp."""
    automatic: bool = False
    """A machine wrote it (an absence note, a bounce): it is stored, and nothing is answered by itself (X14)."""
    received_at: int
    media: tuple[MediaReference, ...] = ()
    """What came along and can be fetched, at most MOST_MEDIA."""
    pictures: tuple[Media, ...] = ()
    """What came along and is stored in the sender's conversation already: uploaded on the chat page."""
    written_at: int | None = None
    """When the customer wrote it, by the provider's clock, where that counts (WhatsApp's window); None: it does not."""
    quoted_id: str = ""
    """The provider's id of the message that this one answers or reacts to."""
    media_count: int = 0
    """What came along besides and cannot be fetched; the associate is told how many."""
    mail: Mail | None = None
    """What only a mail has."""
    reply_token: str = ""
    """Of the address that it was sent to (domain/reply_tokens.py); unread."""
    invite_id: str | None = None
    """Of the invitation whose word it is, once that is known: it means YES to that."""


class DeliveryReported(Struct, frozen=True, kw_only=True, tag="delivery_reported"):
    """A provider says how far a message of ours has come."""

    connection_id: str
    ref: MessageRef
    provider_id: str
    status: MessageStatus
    failure: FailureReason | None = None
    provider_code: str = ""
    """The provider's own error code, for operators."""
    complained_at: int | None = None
    """When the customer told their provider that they did not want it: an opt-out, however far the message came."""


class StatusReported(Struct, frozen=True, kw_only=True, tag="status_reported"):
    """As `DeliveryReported`, from a provider that reports everything to one address: it names the message by the
    reference that we gave along, which is still to be read."""

    connection_id: str
    reference: str
    provider_id: str
    status: MessageStatus
    failure: FailureReason | None = None
    provider_code: str = ""


class ShopCustomer(Struct, frozen=True, kw_only=True):
    """The customer as an order names them; any part may be missing."""

    external_id: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    """As typed; normalised with the store's country."""
    email: str = ""
    language: str = ""
    """As `de`, of whatever the shop says of it."""


class OrderChanged(Struct, frozen=True, kw_only=True, tag="order_changed"):
    """The state of an order at `updated_at`. Money in minor units."""

    connection_id: str
    event_id: str
    external_id: str
    number: str
    location: str = ""
    customer: ShopCustomer
    placed_at: int
    updated_at: int
    payment: Payment
    fulfilment: Fulfilment
    cancelled_at: int | None = None
    closed_at: int | None = None
    total: int
    currency: str
    lines: tuple[OrderLine, ...] = ()
    link: str = ""
    """The code of the link by which its customer came into the shop (product_links.py); empty where none is known."""


class CustomerChanged(Struct, frozen=True, kw_only=True, tag="customer_changed"):
    """A customer's record in the shop as it was at `updated_at`; `customer.external_id` says whose."""

    connection_id: str
    event_id: str
    customer: ShopCustomer
    updated_at: int


class ProductChanged(Struct, frozen=True, kw_only=True, tag="product_changed"):
    """A product as it was at its `updated_at`; of one that is gone, only that it is."""

    product: Product


class CustomerRedacted(Struct, frozen=True, kw_only=True, tag="customer_redacted"):
    """A shop wants a customer of its own forgotten, and some orders with them (X13). Named by the shop's ids."""

    connection_id: str
    external_id: str
    order_ids: tuple[str, ...] = ()


class PrivacyAsked(Struct, frozen=True, kw_only=True, tag="privacy_asked"):
    """A shop wants something done about its customers' data that takes people (X13)."""

    connection_id: str
    kind: str
    """As `RequestKind`."""
    reference: str
    """The same for each repeat."""
    external_id: str = ""
    """The shop's id of the customer; empty: it is about none."""


class CartPaid(Struct, frozen=True, kw_only=True, tag="cart_paid"):
    """A payment provider took money for a link of ours."""

    connection_id: str
    reference: str
    """Ours, as the provider was given it with the link; unread."""
    payment: CartPayment


class Ignored(Struct, frozen=True, kw_only=True, tag="ignored"):
    """Genuine, but of a kind we do not handle."""

    kind: str


Event = (
    MessageReceived
    | DeliveryReported
    | StatusReported
    | OrderChanged
    | CustomerChanged
    | CustomerRedacted
    | PrivacyAsked
    | ProductChanged
    | CartPaid
    | Ignored
)
