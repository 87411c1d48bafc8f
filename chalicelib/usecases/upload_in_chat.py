"""A customer's picture on the chat page, about to be sent: as an associate's (`upload_picture`), for one link (X23)."""

from collections.abc import Callable

from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChatUnavailable, NotFound, TooManyAttempts
from chalicelib.domain.uploads import owned_by_link

from .attempts import spent
from .open_chat_link import opened
from .ports import Deps
from .upload_picture import Offer, Shown, check_upload, offer_upload, show_upload

MOST_OFFERED = 30
"""Addresses for one file each that a link is given in a SPAN: more than a person needs; half a gigabyte at a time."""
SPAN = 3_600_000
"""Milliseconds."""


def offer_in_chat(link: ChatLink, size: int, deps: Deps) -> Offer:
    """Raises ChatUnavailable, ConversationEnded, InvalidInput, TooManyAttempts."""
    conversation = _conversation(link, deps)
    if not spent("chat-pictures", link.id, MOST_OFFERED, SPAN, deps):
        raise TooManyAttempts("That were many pictures. Please try again later.")
    return offer_upload(conversation, owned_by_link(link.id), size, deps)


def check_in_chat(link: ChatLink, upload_id: str, deps: Deps) -> Shown:
    """The file is there. Raises ChatUnavailable, also for somebody else's."""
    return _own(check_upload, link, upload_id, deps)


def show_in_chat(link: ChatLink, upload_id: str, deps: Deps) -> Shown:
    """Raises ChatUnavailable, also for somebody else's."""
    return _own(show_upload, link, upload_id, deps)


def _own(act: Callable[[Conversation, str, str, Deps], Shown], link: ChatLink, upload_id: str, deps: Deps) -> Shown:
    try:
        return act(_conversation(link, deps), owned_by_link(link.id), upload_id, deps)
    except NotFound:
        raise ChatUnavailable from None


def _conversation(link: ChatLink, deps: Deps) -> Conversation:
    return opened(link, deps.conversations.find(link.conversation_id), deps).conversation
