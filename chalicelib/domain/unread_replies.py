"""Answers on the chat page that the customer has not read: a mail carries them (S15, S16).

Decided from what is stored when the clock looks: whoever has read or answered meanwhile gets none.
"""

from collections.abc import Sequence

from msgspec import Struct

from .chat_links import PLACE
from .messages import Direction, Message, MessageKind, MessageStatus

PAUSE = 180_000
"""Milliseconds from the first answer until the clock looks: who is on the page has read it by then, and what else is
written in this time goes along."""
AGAIN = 60_000
"""Milliseconds until it looks once more, where an answer is still on its way to the page."""
LONGEST = 6_000
"""Characters of answers in one mail; what was said before these is read on the page."""
_ON_ITS_WAY = (MessageStatus.QUEUED, MessageStatus.SENDING)
_ON_THE_PAGE = (MessageStatus.SENT, MessageStatus.DELIVERED)


class UnreadReply(Struct, frozen=True, kw_only=True):
    """That the clock is to look whether an answer was read. One for a conversation."""

    conversation_id: str
    merchant_id: str
    store_id: str
    last_message_id: str
    """The newest answer that asked for it: who drops this has seen what is there."""
    due_at: int
    """When to look, epoch milliseconds: PAUSE after the first."""


class Unread(Struct, frozen=True):
    """The answers of people that nobody has read and no mail has carried, oldest first."""

    messages: tuple[Message, ...] = ()
    on_its_way: bool = False
    """One of them is not on the page yet."""


def unread(messages: Sequence[Message]) -> Unread:
    """Of a chat's latest messages, newest first, up to what the customer wrote or read last, or was mailed."""
    found: list[Message] = []
    on_its_way = False
    for message in messages:
        if _ends(message):
            break
        if message.kind is MessageKind.TEXT and message.author_id is not None:
            on_its_way = on_its_way or message.status in _ON_ITS_WAY
            found += [message] if message.status in _ON_THE_PAGE else []
    return Unread(tuple(reversed(found)), on_its_way)


def _ends(message: Message) -> bool:
    """Whether the customer knows what was said before it. A machine that answers for them has read nothing."""
    if message.direction is Direction.INBOUND:
        return message.mail is None or not message.mail.automatic
    if message.kind is MessageKind.CHAT_REPLY:
        return message.status is not MessageStatus.FAILED
    return message.status is MessageStatus.READ


def mail_body(store_name: str, replies: Sequence[Message]) -> str:
    """What the customer reads, with the mark where the link is."""
    words = "\n\n".join(_words(each) for each in replies)
    if len(words) > LONGEST:
        words = f"(The beginning is on the page.)\n…{words[-LONGEST:]}"
    return (
        f"{store_name} has answered you:\n\n{words}\n\n"
        f"Read everything and answer here:\n{PLACE}\n\n"
        "The link is yours alone: whoever has it can read this conversation and write in it."
    )


def mail_subject(store_name: str, order_number: str | None) -> str:
    """It names the order that the conversation is about (S25)."""
    about = f" about your order {order_number}" if order_number else ""
    return f"{store_name} has answered you{about}".strip()


def _words(reply: Message) -> str:
    """Nobody puts a link into a mail of ours by writing our mark for it."""
    said = reply.body.replace(PLACE, "…").strip()
    pictures = len(reply.media)
    if not pictures:
        return said
    note = "[A picture: it is on the page.]" if pictures == 1 else f"[{pictures} pictures: they are on the page.]"
    return f"{said}\n{note}".strip()
