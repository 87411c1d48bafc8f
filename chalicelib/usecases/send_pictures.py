"""How the pictures of a message leave us: in it, where its channel carries them, else behind a link in it (N19).

Nothing but what is sent can be fetched (N5): providers get an address of one picture that ends after some hours;
customers get one that opens a page of ours with the pictures of one message.
"""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import BadSignature, ChatUnavailable, Unavailable
from chalicelib.domain.media import Media, MediaKey
from chalicelib.domain.messages import Direction, FailureReason, Message
from chalicelib.domain.picture_links import link

from .ports import Deps, MessageChannel, OutgoingPicture, OutgoingText, SendError, SendsPictures
from .show_media import LIFETIME as SHOWN_FOR

PROVIDER_LIFETIME = 6 * 3_600_000
"""Milliseconds in which a provider can fetch a picture: it does so when it takes the message, and while it tries again.
(No address outlives the credentials that signed it: docs/media.md.)"""
LARGEST_MAIL = 10_000_000
"""Bytes of the pictures in one mail; more go behind a link. Mailboxes take 20 MB or so, encoded."""
_PURPOSE = "pictures"


class Page(Struct, frozen=True, kw_only=True):
    """What a link opens."""

    store: str
    pictures: tuple["PagePicture", ...]
    expires_at: int


class PagePicture(Struct, frozen=True, kw_only=True):
    media: Media
    url: str
    thumbnail_url: str


def with_pictures(text: OutgoingText, message: Message, channel: MessageChannel, deps: Deps) -> OutgoingText:
    """`text` as it goes out. The same for every attempt. Raises SendError, Unavailable.

    Where the channel carries no pictures, the page of a product shows what its card would have: one link is enough.
    """
    offered = replace(text, pictures=tuple(_outgoing(each, message, deps) for each in message.media))
    if not (isinstance(channel, SendsPictures) and channel.carries(offered)):
        return replace(text, body=with_link(text.body, message, deps))
    if text.channel is not Channel.EMAIL:
        return offered
    if sum(each.size for each in offered.pictures) > LARGEST_MAIL:
        return replace(text, body=with_link(text.body, message, deps))
    return replace(offered, pictures=tuple(_loaded(each, message, deps) for each in message.media))


def with_link(body: str, message: Message, deps: Deps) -> str:
    """The words, and a line with the link behind them. The same link each time."""
    if message.card is not None and message.card.is_all_of(message.media) and message.card.url:
        return body
    token = deps.references.sign(_PURPOSE, [message.conversation_id, message.id], now=message.created_at)
    return "\n".join(part for part in (body.rstrip(), link(deps.site_url, token)) if part)


def open_page(token: str, deps: Deps) -> Page:
    """Raises ChatUnavailable: forged, too old, or its conversation was deleted."""
    message = _named(token, deps)
    conversation, now = deps.conversations.find(message.conversation_id), deps.clock.now()
    if conversation is None or conversation.state is ConversationState.DELETED or now >= message.expires_at:
        raise ChatUnavailable
    store = deps.directory.store(message.store_id)
    if store is None or not store.messaging or message.direction is not Direction.OUTBOUND:
        raise ChatUnavailable
    shown = tuple(_shown(each, message, deps) for each in message.media)
    return Page(store=store.name, pictures=shown, expires_at=now + SHOWN_FOR)


def _named(token: str, deps: Deps) -> Message:
    try:
        value = deps.references.read(_PURPOSE, token, now=deps.clock.now())
    except BadSignature:
        raise ChatUnavailable from None
    match value:
        case [str(conversation_id), str(message_id)]:
            message = deps.conversations.find_message(conversation_id, message_id)
            if message is not None:
                return message
    raise ChatUnavailable


def _shown(media: Media, message: Message, deps: Deps) -> PagePicture:
    key = MediaKey(message.conversation_id, media.id)
    url, small = deps.files.link(key.picture, SHOWN_FOR), deps.files.link(key.thumbnail, SHOWN_FOR)
    return PagePicture(media=media, url=url, thumbnail_url=small)


def _outgoing(media: Media, message: Message, deps: Deps) -> OutgoingPicture:
    key = MediaKey(message.conversation_id, media.id).picture
    url = deps.files.link(key, PROVIDER_LIFETIME)
    return OutgoingPicture(url=url, content_type=media.content_type, size=media.size)


def _loaded(media: Media, message: Message, deps: Deps) -> OutgoingPicture:
    try:
        content = deps.files.get(MediaKey(message.conversation_id, media.id).picture, media.size)
    except Unavailable as error:  # nothing has left us yet
        raise SendError(FailureReason.UNSPECIFIED, retryable=True) from error
    if content is None:  # erased at this moment
        raise SendError(FailureReason.CONVERSATION_ENDED)
    of_card = message.card is not None and message.card.picture_id == media.id
    return OutgoingPicture(url="", content_type=media.content_type, size=media.size, content=content, of_card=of_card)
