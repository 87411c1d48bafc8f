"""What a customer sees on the chat page: the messages that have gone out there, and whether it goes on (D19)."""

from msgspec import Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import ChatUnavailable, InvalidInput, NotFound
from chalicelib.domain.ids import is_ulid
from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import Direction, Message, MessageStatus

from .open_chat_link import opened
from .ports import Deps, Thread
from .show_media import MediaLinks, links_of

PAGE = 50
_GONE_OUT = (MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ)
_ON_ITS_WAY = (MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.UNKNOWN)


class Chat(Struct, frozen=True, kw_only=True):
    """`order`: the number of the one that it is about (S26). `messages`: oldest first. `position`: ask for what comes
    after it. `older`: cursor of the page before. `more`: there is more after these than fits."""

    store: Store
    ended: bool
    opted_out: bool
    order: str | None
    messages: tuple[Message, ...]
    position: str
    older: str | None = None
    more: bool = False


def show_chat(link: ChatLink, cursor: str | None, deps: Deps) -> Chat:
    """The newest messages, or a page of older ones. Raises ChatUnavailable, InvalidInput."""
    thread = deps.conversations.thread(link.conversation_id, PAGE, cursor)
    messages = () if thread is None else tuple(reversed(thread.messages.rows))
    return _chat(link, thread, messages, "", thread.messages.cursor if thread else None, False, deps)


def newer_in_chat(link: ChatLink, after: str, deps: Deps) -> Chat:
    """What came after a position. One query. Raises ChatUnavailable, InvalidInput."""
    if not is_ulid(after):
        raise InvalidInput
    thread = deps.conversations.messages_after(link.conversation_id, after, PAGE)
    messages = () if thread is None else tuple(thread.messages.rows)
    return _chat(link, thread, messages, after, None, thread is not None and thread.messages.cursor is not None, deps)


def show_picture(link: ChatLink, message_id: str, media_id: str, deps: Deps) -> MediaLinks:
    """Where the page finds a picture for some minutes. Raises ChatUnavailable, also for what it does not show."""
    opened(link, deps.conversations.find(link.conversation_id), deps)
    message = deps.conversations.find_message(link.conversation_id, message_id)
    try:
        return links_of(message if message is not None and _shows(message) else None, media_id, deps)
    except NotFound:
        raise ChatUnavailable from None


def mark_seen(link: ChatLink, up_to: str, deps: Deps) -> None:
    """The customer has had everything up to a message on the screen: the associate sees that it was read."""
    if not is_ulid(up_to):
        raise InvalidInput
    thread = deps.conversations.thread(link.conversation_id, PAGE, None)
    opened(link, thread.conversation if thread else None, deps)
    now = deps.clock.now()
    for message in () if thread is None else thread.messages.rows:
        if message.id <= up_to and _shows(message) and _unseen(message):
            deps.messages.climb(message.ref, MessageStatus.READ, None, "", now)


def _chat(
    link: ChatLink,
    thread: Thread | None,
    messages: tuple[Message, ...],
    after: str,
    older: str | None,
    more: bool,
    deps: Deps,
) -> Chat:
    if thread is None:
        raise ChatUnavailable
    view = opened(link, thread.conversation, deps)
    return Chat(
        store=view.store,
        ended=thread.conversation.state_at(deps.clock.now()) is not ConversationState.OPEN,
        opted_out=thread.conversation.opted_out,
        order=thread.conversation.order_number,
        messages=tuple(message for message in messages if _shows(message)),
        position=_position(messages, after),
        older=older,
        more=more,
    )


def _shows(message: Message) -> bool:
    """What is on its way is not there yet; what came or went by text or mail is none of this page's business."""
    if message.channel != Channel.CHAT:
        return False
    return message.direction is Direction.INBOUND or message.status in _GONE_OUT


def _unseen(message: Message) -> bool:
    return message.direction is Direction.OUTBOUND and message.status is not MessageStatus.READ


def _position(messages: tuple[Message, ...], after: str) -> str:
    """Before the first message that may still come to show, so that it is not missed."""
    for message in messages:
        if message.channel == Channel.CHAT and message.status in _ON_ITS_WAY:
            break
        after = message.id
    return after
