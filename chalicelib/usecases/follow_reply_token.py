"""A mail to the address that a mail of ours named for answers belongs to that conversation (docs/requirements.md,
Routes 12): the token decides, whatever address it comes from. A difference is shown, and nobody is merged."""

from msgspec.structs import replace

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.mail import Mail
from chalicelib.domain.merchants import Connection

from .ports import Deps


def follow_reply_token(event: MessageReceived, connection: Connection, deps: Deps) -> MessageReceived:
    """The mail as one of the conversation's customer; as it is where the token is forged, foreign or too old."""
    if event.channel != "email":
        return event
    event = _not_answered_by_itself(event, deps)
    if not event.reply_token:
        return event
    now = deps.clock.now()
    conversation_id = deps.reply_tokens.read(event.recipient, event.reply_token, now)
    conversation = None if conversation_id is None else deps.conversations.find(conversation_id)
    if conversation is None or not _fits(conversation, event, connection, now):
        deps.log.info("reply_token_not_used", connection_id=connection.id)
        return event
    if conversation.customer_address == event.sender:
        return event
    shown = replace(event.mail or Mail(), other_sender=event.sender)
    return replace(event, sender=conversation.customer_address, mail=shown)


def _fits(conversation: Conversation, event: MessageReceived, connection: Connection, now: int) -> bool:
    cool_until = conversation.cool_until(now)
    ours = (conversation.merchant_id, conversation.channel, conversation.proxy)
    return ours == (connection.merchant_id, event.channel, event.recipient) and (cool_until is None or now < cool_until)


def _not_answered_by_itself(event: MessageReceived, deps: Deps) -> MessageReceived:
    """One of our own mailboxes wrote, or somebody under its name: two of us never keep each other awake (X14)."""
    return replace(event, automatic=True) if deps.directory.proxy(event.channel, event.sender) else event
