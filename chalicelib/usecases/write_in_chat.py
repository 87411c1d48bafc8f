"""A customer writes on the chat page: the same as a text from anywhere (`receive_message`), keywords included."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain import web_chat
from chalicelib.domain.addresses import Channel
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChatUnavailable, ConversationEnded, IdempotencyConflict
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.media import Media
from chalicelib.domain.messages import Message
from chalicelib.domain.uploads import owned_by_link

from .attach_pictures import attached
from .open_chat_link import opened
from .ports import Deps, Once
from .receive_message import receive_message

BODY_LIMIT = 4_000
"""Characters of one message."""


class ChatCommand(Struct, frozen=True, kw_only=True):
    """`idempotency_key` is the page's: the same key and body again gets the same message."""

    link: ChatLink
    body: str
    idempotency_key: str
    pictures: tuple[str, ...] = ()
    """Ids of uploads by the same link, all of them ready."""


def write_in_chat(command: ChatCommand, deps: Deps) -> Message:
    """The message as stored. One that comes just after the end gets the answer of D19, as on every channel; pictures
    are not taken any more then.

    Raises ChatUnavailable, ConversationEnded, IdempotencyConflict, PictureMissing, PictureNotReady, TooManyPictures,
    InvalidInput, Unavailable.
    """
    view = opened(command.link, deps.conversations.find(command.link.conversation_id), deps)
    conversation, now = view.conversation, deps.clock.now()
    cool_until = conversation.cool_until(now)
    if cool_until is not None and now >= cool_until:  # its route may lead elsewhere by now
        raise ConversationEnded
    event = MessageReceived(
        connection_id=web_chat.connection_id(conversation.store_id),
        provider_id=f"{command.link.id}.{command.idempotency_key}",
        channel=Channel.CHAT,
        sender=conversation.customer_address,
        recipient=conversation.proxy,
        body=command.body,
        received_at=now,
    )
    if command.pictures and _taken(event, deps) is not None:  # uploads end after a day, the answer to a repeat does not
        return _stored(event, command, deps)
    receive_message(replace(event, pictures=_pictures(command, conversation, now, deps)), deps)
    return _stored(event, command, deps)


def _pictures(command: ChatCommand, conversation: Conversation, now: int, deps: Deps) -> tuple[Media, ...]:
    if command.pictures and not conversation.is_open(now):
        raise ConversationEnded
    return attached(command.pictures, command.body, conversation, owned_by_link(command.link.id), deps)


def _taken(event: MessageReceived, deps: Deps) -> Once | None:
    return deps.conversations.find_once(Once(f"in#{event.connection_id}", event.provider_id))


def _stored(event: MessageReceived, command: ChatCommand, deps: Deps) -> Message:
    once = _taken(event, deps)
    message = deps.conversations.find_message(command.link.conversation_id, once.result) if once else None
    if message is None:  # the conversation was deleted at this moment
        raise ChatUnavailable
    if (message.body, tuple(each.id for each in message.media)) != (command.body, command.pictures):
        raise IdempotencyConflict
    return message
