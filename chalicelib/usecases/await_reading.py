"""Somebody answered on the chat page: the clock is to look whether the customer has read it (S15, S16)."""

from chalicelib.domain.addresses import Channel
from chalicelib.domain.merchants import Proxy, Store
from chalicelib.domain.messages import Message, MessageStatus
from chalicelib.domain.unread_replies import PAUSE, UnreadReply

from .allocate_proxy import mailbox_of
from .ports import Deps


def to_be_read(message: Message, deps: Deps) -> UnreadReply | None:
    """None, and without any cost: it is no chat, it did not go out, or the store has no mailbox to write from.

    Whether the customer has an address is not known here: that would be a read.
    """
    if message.channel != Channel.CHAT or message.status is not MessageStatus.QUEUED:
        return None
    store = deps.directory.store(message.store_id)
    if store is None or stores_mailbox(store, deps) is None:
        return None
    return UnreadReply(
        conversation_id=message.conversation_id,
        merchant_id=message.merchant_id,
        store_id=message.store_id,
        last_message_id=message.id,
        due_at=message.created_at + PAUSE,
    )


def stores_mailbox(store: Store, deps: Deps) -> Proxy | None:
    """The store's own (S17), never an associate's: what it carries may be of several."""
    return mailbox_of(store, "", deps)
