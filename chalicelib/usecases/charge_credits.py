"""What accepting a text costs (L1, L3, I4): reserved with it, carried over to a retry, given back when it has failed.

Which texts: docs/credits.md. The charge itself is a part of the transaction that stores the text.
"""

from msgspec.structs import replace

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.credits import costs, price, refund_of
from chalicelib.domain.messages import FailureReason, Message, MessageStatus

from .invite_to_chat import words_of
from .ports import Deps
from .words_sent import words_sent

_PAGE = 100


def charged(message: Message, deps: Deps) -> Message:
    """With what it costs, where its store has credits switched on. Nothing is read, and elsewhere nothing changes."""
    store = deps.directory.store(message.store_id)
    if store is None or not store.credits or not costs(message) or message.credits is not None:
        return message
    return replace(message, credits=price(_words(message, deps)))


def refund(message: Message, deps: Deps) -> bool:
    """Gives back what is held for a text that failed. `message`: as stored. Safe to repeat; whoever is second changes
    nothing."""
    if message.status is not MessageStatus.FAILED or message.credits is None:
        return False
    return deps.credits.refund(message, refund_of(message, deps.clock.now()))


def refund_unsent(conversation: Conversation, deps: Deps) -> None:
    """Before the messages of a deleted conversation are erased: what waits still is never sent, and costs nothing."""
    store = deps.directory.store(conversation.store_id)
    if store is None or not store.credits:
        return
    cursor: str | None = None
    while True:
        thread = deps.conversations.thread(conversation.id, _PAGE, cursor)
        for message in () if thread is None else thread.messages.rows:
            if message.credits is not None:
                _give_up(message, deps)
        cursor = None if thread is None else thread.messages.cursor
        if cursor is None:
            return


def refund_notices(order_id: str, deps: Deps) -> None:
    """Likewise, of what the merchant's phone was to be told of an order, or conversation, that is erased."""
    for text in deps.automatic_texts.of_order(order_id):
        if text.event.for_merchant and text.conversation_id and text.message_id:
            message = deps.conversations.find_message(text.conversation_id, text.message_id)
            if message is not None and message.credits is not None:
                _give_up(message, deps)


def _give_up(message: Message, deps: Deps) -> None:
    stored: Message | None = message
    if message.status is MessageStatus.QUEUED:
        stored = message.failed(FailureReason.CONVERSATION_ENDED, deps.clock.now())
        if not deps.messages.fail_queued(stored):  # it failed just now, maybe, by somebody who died before the refund
            stored = deps.conversations.find_message(message.conversation_id, message.id)
    if stored is not None:
        refund(stored, deps)


def _words(message: Message, deps: Deps) -> str:
    connection = deps.directory.connection(message.connection_id)
    if connection is None or not message.media:
        return words_of(message, deps)
    return words_sent(message, deps.channels.message_channel(connection.provider), deps)
