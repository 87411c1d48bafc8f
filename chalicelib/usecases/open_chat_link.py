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

from .ports import Deps

GUESSES = 20
"""Wrong tokens from one place in a WINDOW; from then on every one from there is refused. Guests of a shop share it."""
WINDOW = 600_000
"""Milliseconds."""
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
    now = deps.clock.now()
    place = place_of("chat-link", caller, now, deps)
    if deps.attempts.count(*place) >= GUESSES:
        raise ChatUnavailable
    try:
        link = _opening(token, deps)
    except ChatUnavailable:
        deps.attempts.add(*place, now + WINDOW)
        deps.log.info("chat_link_refused")
        raise
    value = [link.id, link.conversation_id, link.merchant_id, link.created_at]
    return ChatSession(link=link, token=deps.references.sign(_PURPOSE, value, now=now))


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


def place_of(scope: str, what: str, now: int, deps: Deps, span: int = WINDOW) -> tuple[str, str]:
    """Under what is counted: a keyed hash, which cannot be turned back into an address."""
    return scope, f"{deps.references.secret(scope, what).hex()[:32]}.{now // span}"
