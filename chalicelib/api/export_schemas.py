"""A customer's file, as it goes over HTTP and into the file (docs/privacy.md). Real addresses: nothing is masked.

Rows name what they belong to by its id, so that the pages of an export are put one behind the other.
"""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.automatic_texts import NotSent
from chalicelib.domain.consent import ConsentSource, ConsentState
from chalicelib.domain.conversations import ConversationKind, ConversationState
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.exports import LONGEST_CURSOR
from chalicelib.domain.held import HeldReason
from chalicelib.domain.messages import Direction, MessageKind, MessageStatus
from chalicelib.domain.notes import NoteKind
from chalicelib.domain.orders import Fulfilment, OrderEvent, Payment

from .cart_schemas import CartView
from .schemas import Input, OrderLineView

FORMAT = 1
"""Raised where a field changes its meaning or goes; new ones may come at any time."""


class ExportCustomer(Input):
    """`cursor`: null begins, and is written down in the audit log."""

    cursor: Annotated[str, Meta(min_length=1, max_length=LONGEST_CURSOR)] | None


class FileCustomer(Struct, kw_only=True):
    """The customer, or somebody who was merged into them, as they were before."""

    id: str
    kind: CustomerKind
    first_name: str
    last_name: str
    phones: list[str]
    emails: list[str]
    whatsapp_ids: list[str]
    external_ids: list[str]
    """`connection:the shop's id`."""
    tags: list[str]
    created_at: int
    updated_at: int
    merged_into: str | None


class FileConversation(Struct, kw_only=True):
    id: str
    store_id: str
    customer_id: str
    kind: ConversationKind
    state: ConversationState
    channel: str
    our_address: str
    customer_address: str
    order_id: str | None
    created_at: int
    last_activity_at: int
    ended_at: int | None
    consent: ConsentState
    """What holds for their address there."""


class FileAttachment(Struct, kw_only=True):
    id: str
    name: str
    content_type: str
    size: int
    key: str
    """Of the file in the bucket of attachments; empty: it was not kept."""
    url: str
    """Where it can be fetched for an hour."""


class FileMail(Struct, kw_only=True):
    subject: str
    folded: str
    """Quotes and signatures."""
    original: str
    """Key of the mail as it came, in the bucket of mails."""


class FileMessage(Struct, kw_only=True):
    id: str
    conversation_id: str
    customer_address: str
    channel: str
    direction: Direction
    kind: MessageKind
    body: str
    created_at: int
    author_name: str | None
    status: MessageStatus
    status_at: int
    product: str
    """The title of the one it shares."""
    mail: FileMail | None
    attachments: list[FileAttachment]


class FileHeld(Struct, kw_only=True):
    """A text that has not gone out yet."""

    id: str
    conversation_id: str
    body: str
    author_name: str
    created_at: int
    release_at: int
    reason: HeldReason
    attachments: list[FileAttachment]


class FileAutomaticText(Struct, kw_only=True):
    event: OrderEvent
    made_at: int
    settled_at: int | None
    not_sent: NotSent | None
    message_id: str | None


class FileOrder(Struct, kw_only=True):
    """Money is in the currency's minor unit."""

    id: str
    store_id: str
    external_id: str
    number: str
    customer_id: str
    customer_name: str
    phone: str | None
    placed_at: int
    updated_at: int
    payment: Payment
    fulfilment: Fulfilment
    cancelled_at: int | None
    closed_at: int | None
    total: int
    currency: str
    language: str
    lines: list[OrderLineView]
    automatic_texts: list[FileAutomaticText]


class FileNote(Struct, kw_only=True):
    """`about`: the id of the customer, or of the order."""

    kind: NoteKind
    about: str
    store_id: str
    author_name: str
    body: str
    created_at: int


class FileConsent(Struct, kw_only=True):
    """What holds now, of one address in one scope (a store or the merchant)."""

    channel: str
    address: str
    scope: str
    state: ConsentState
    changed_at: int
    source: ConsentSource | None


class FileConsentLine(Struct, kw_only=True):
    """A line of the consent ledger."""

    channel: str
    address: str
    scope: str
    state: ConsentState
    at: int
    source: ConsentSource
    evidence: str
    wording: str
    by: str | None
    conversation_id: str


class FileReminder(Struct, kw_only=True):
    store_id: str
    conversation_id: str
    note: str
    due_at: int
    created_at: int
    ended_at: int | None


class FileInvite(Struct, kw_only=True):
    store_id: str
    associate_name: str
    created_at: int
    expires_at: int
    asked_channel: str | None
    asked_name: str
    conversation_id: str | None


class FileLeftOut(Struct, kw_only=True):
    """Something of a store whose addresses whoever asked may not see."""

    kind: str
    store_id: str


class FileRecords(Struct, kw_only=True):
    customers: list[FileCustomer]
    conversations: list[FileConversation]
    messages: list[FileMessage]
    held: list[FileHeld]
    carts: list[CartView]
    orders: list[FileOrder]
    notes: list[FileNote]
    consents: list[FileConsent]
    consent_lines: list[FileConsentLine]
    reminders: list[FileReminder]
    invites: list[FileInvite]
    left_out: list[FileLeftOut]


class ExportPage(Struct, kw_only=True):
    """A page of the file: its rows stand behind those of the page before."""

    format: int
    records: FileRecords
    next: str | None
    """Of the next page; null: that was the last."""
    conversations: int
    orders: int
    """How many there are, on the first page; else 0."""
