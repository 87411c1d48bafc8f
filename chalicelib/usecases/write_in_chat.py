"""A customer writes on the chat page: the same as a text from anywhere (`receive_message`), keywords included."""

from msgspec import Struct

from chalicelib.domain import web_chat
from chalicelib.domain.addresses import Channel
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.errors import ChatUnavailable, ConversationEnded, IdempotencyConflict
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.messages import Message

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


def write_in_chat(command: ChatCommand, deps: Deps) -> Message:
    """The message as stored. One that comes just after the end gets the answer of D19, as on every channel.

    Raises ChatUnavailable, ConversationEnded, IdempotencyConflict, Unavailable.
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
    receive_message(event, deps)
    return _stored(event, command, deps)


def _stored(event: MessageReceived, command: ChatCommand, deps: Deps) -> Message:
    once = deps.conversations.find_once(Once(f"in#{event.connection_id}", event.provider_id))
    message = deps.conversations.find_message(command.link.conversation_id, once.result) if once else None
    if message is None:  # the conversation was deleted at this moment
        raise ChatUnavailable
    if message.body != command.body:
        raise IdempotencyConflict
    return message
