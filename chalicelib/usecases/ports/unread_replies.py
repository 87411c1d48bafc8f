"""Answers that customers may not have read, in the table."""

from typing import Protocol

from chalicelib.domain.unread_replies import UnreadReply

from .conversations import Page


class UnreadReplyStore(Protocol):
    """What makes and what settles one is ConversationStore.append."""

    def find(self, conversation_id: str) -> UnreadReply | None:
        """Strongly consistent."""
        ...

    def due(self, now: int, limit: int, cursor: str | None) -> Page[str]:
        """Conversations, the longest due first. An index query, which may name what is gone and miss what came just
        now."""
        ...

    def put_aside(self, conversation_id: str, until: int) -> None:
        """Looked at again at `until`, if it is there at all; whatever else is stored there is not read."""
        ...

    def forget(self, was: UnreadReply) -> bool:
        """Takes it away, if nothing was answered since `was` was read; else False."""
        ...
