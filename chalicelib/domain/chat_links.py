"""Links that open the chat page: whoever has one reads and writes in one conversation, without signing in (D1, D16).

A token is made from a random seed and the installation's signing key. Stored are the seed, with the message that
carries the link, and the token's hash, with what it opens: neither opens anything.
"""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256

from msgspec import Struct

from .conversations import Conversation, ConversationState

TOKEN_LENGTH = 22
"""Of 62 characters each: 131 bits."""
PLACE = "[[link]]"
"""Where an invitation's stored text has its link."""
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(rf"[0-9A-Za-z]{{{TOKEN_LENGTH}}}", re.ASCII)


class ChatLink(Struct, frozen=True, kw_only=True):
    """What a token opens. `id`: the token's hash, which may be known to anybody."""

    id: str
    conversation_id: str
    merchant_id: str
    created_at: int

    def opens(self, conversation: Conversation | None, now: int) -> bool:
        """Until its conversation expires or is deleted, and until the store takes its links back."""
        if conversation is None or conversation.merchant_id != self.merchant_id:
            return False
        state = conversation.state_at(now)
        living = state in (ConversationState.OPEN, ConversationState.CLOSED)
        return living and conversation.id == self.conversation_id and self.created_at >= (conversation.links_from or 0)


def token_of(secret: bytes) -> str:
    """The token of 32 secret bytes: letters and digits only, because some programs end a link at other characters."""
    number, letters = int.from_bytes(secret, "big"), ""
    for _ in range(TOKEN_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return letters


def is_token(text: str) -> bool:
    """Whether a text (as it came from outside) has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def link_id(token: str) -> str:
    """43 characters of the URL-safe alphabet."""
    return urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()


def link(site_url: str, token: str) -> str:
    """In the fragment, which browsers send to no server and name to no other page."""
    return f"{site_url}/chat#{token}"
