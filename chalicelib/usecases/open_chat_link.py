"""A customer opens the link: its token is exchanged for a session of that browser (D16). No sign-in.

Whatever opens nothing gets one answer, ChatUnavailable: guessed, expired, taken back, of another conversation, or
guessed too often. A session is worth as much as its link: it ends with the conversation, and when the store takes links
back.
"""

from msgspec import Struct

from chalicelib.domain import chat_links
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import BadSignature, ChatUnavailable
from chalicelib.domain.merchants import Store

from .attempts import guessing
from .ports import Deps

_PURPOSE = "chat-session"


class ChatSession(Struct, frozen=True, kw_only=True):
    """A customer's browser in one conversation. `token` goes into its cookie."""

    link: ChatLink
    token: str = ""


class ChatView(Struct, frozen=True):
    """What a session may be shown something of."""

    conversation: Conversation
    store: Store


def open_chat_link(token: str, caller: str, deps: Deps) -> ChatSession:
    """A session. `caller`: where the request comes from, as far as is known. Raises ChatUnavailable."""
    link = guessing("chat-link", caller, lambda: _opening(token, deps), deps)
    value = [link.id, link.conversation_id, link.merchant_id, link.created_at]
    return ChatSession(link=link, token=deps.references.sign(_PURPOSE, value, now=deps.clock.now()))


def _opening(token: str, deps: Deps) -> ChatLink:
    link = deps.chat_links.find(chat_links.link_id(token)) if chat_links.is_token(token) else None
    if link is None:
        raise ChatUnavailable
    opened(link, deps.conversations.find(link.conversation_id), deps)
    return link


def session_of(link_id: str, token: str, deps: Deps) -> ChatLink:
    """The link behind the cookie of a session, which must be the one that is asked for. Raises ChatUnavailable."""
    try:
        value = deps.references.read(_PURPOSE, token, now=deps.clock.now())
    except BadSignature:
        raise ChatUnavailable from None
    if not (isinstance(value, list) and len(value) == 4 and value[0] == link_id):
        raise ChatUnavailable
    return ChatLink(id=link_id, conversation_id=str(value[1]), merchant_id=str(value[2]), created_at=int(value[3]))


def opened(link: ChatLink, conversation: Conversation | None, deps: Deps) -> ChatView:
    """The conversation, read just now, if this link still opens it. Raises ChatUnavailable."""
    if conversation is None or not link.opens(conversation, deps.clock.now()):
        raise ChatUnavailable
    store = deps.directory.store(conversation.store_id)
    if store is None or not store.messaging:
        raise ChatUnavailable
    return ChatView(conversation, store)
