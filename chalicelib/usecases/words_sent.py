"""The words that a provider is given for a message: what is counted, paid for, and looked up again."""

from chalicelib.domain.addresses import Channel
from chalicelib.domain.messages import Message

from .invite_to_chat import words_of
from .ports import Deps, MessageChannel, OutgoingText


def words_sent(message: Message, channel: MessageChannel, deps: Deps) -> str:
    """With the link of an invitation, and the one to pictures where the channel carries none. Raises SendError,
    Unavailable."""
    words = words_of(message, deps)
    if not message.media:
        return words
    from .send_pictures import with_pictures  # few texts have any

    text = OutgoingText(
        sender=message.proxy,
        recipient=message.customer_address,
        body=words,
        callback_url="",
        channel=Channel(message.channel),
    )
    return with_pictures(text, message, channel, deps).body
