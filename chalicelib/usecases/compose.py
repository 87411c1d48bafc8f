"""Makes messages: the one place that fills in their fields."""

from msgspec.structs import replace

from chalicelib.domain.conversations import LIFETIME, Conversation
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.ids import ulid_after
from chalicelib.domain.mail import NO_TEXT
from chalicelib.domain.media import Media, arriving, with_media_notice
from chalicelib.domain.merchants import Store
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import MAX_QUEUED, Direction, Message, MessageKind, MessageStatus
from chalicelib.domain.products import Card
from chalicelib.domain.windows import opened

from .ports import Deps


def next_id(after: str, at: int, deps: Deps) -> str:
    """A ULID for `at` that sorts after the conversation's last message, whatever other clocks said."""
    fresh = deps.ids.ulid(at)
    return fresh if fresh > after else ulid_after(after)


def inbound(event: MessageReceived, store: Store, conversation_id: str, message_id: str, now: int) -> Message:
    """What the customer wrote."""
    return Message(
        id=message_id,
        conversation_id=conversation_id,
        merchant_id=store.merchant_id,
        store_id=store.id,
        connection_id=event.connection_id,
        channel=event.channel,
        proxy=event.recipient,
        customer_address=event.sender,
        consent_scope=store.consent_scope_id,
        direction=Direction.INBOUND,
        body=with_media_notice(event.body, event.media_count) or ("" if event.mail is None or event.media else NO_TEXT),
        mail=event.mail,
        media=(*event.pictures, *arriving(message_id, event.media)),
        created_at=now,
        expires_at=now + LIFETIME,
        status=MessageStatus.RECEIVED,
        status_at=now,
        free_until=opened(event.channel, event.written_at),
        quoted_id=event.quoted_id or None,
    )


def automatic(to: Message, kind: MessageKind, body: str) -> Message:
    """What we answer to an inbound message by ourselves. Given up after a day, even where no conversation is open."""
    return replace(
        to,
        id=ulid_after(to.id),
        direction=Direction.OUTBOUND,
        kind=kind,
        body=body,
        mail=None,
        media=(),
        card=None,
        expires_at=to.created_at + MAX_QUEUED,
        status=MessageStatus.QUEUED,
        quoted_id=None,
    )


def written(
    conversation: Conversation,
    message_id: str,
    body: str,
    now: int,
    *,
    author_id: str | None,
    author_name: str | None,
    template: TemplateUse | None = None,
    media: tuple[Media, ...] = (),
    card: Card | None = None,
    unprompted: bool = False,
) -> Message:
    """What an associate wrote, or the template that they chose, with the pictures and the product that go along.

    `unprompted`: no answer in a running exchange; whoever writes to many, or first, says so."""
    return Message(
        id=message_id,
        conversation_id=conversation.id,
        merchant_id=conversation.merchant_id,
        store_id=conversation.store_id,
        connection_id=conversation.connection_id,
        channel=conversation.channel,
        proxy=conversation.proxy,
        customer_address=conversation.customer_address,
        consent_scope=conversation.consent_scope,
        direction=Direction.OUTBOUND,
        body=body,
        created_at=now,
        expires_at=now + LIFETIME,  # saying it prolongs the conversation
        author_id=author_id,
        author_name=author_name,
        status=MessageStatus.QUEUED,
        status_at=now,
        free_until=conversation.free_until if template is None else None,
        template=template,
        media=media,
        card=card,
        unprompted=unprompted,
    )
