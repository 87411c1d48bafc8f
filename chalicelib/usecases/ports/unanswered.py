"""Customers who wait for an answer, in the table."""

from typing import Protocol

from chalicelib.domain.assignments import Handover
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.unanswered import Unanswered

from .conversations import Page


class UnansweredStore(Protocol):
    """What makes one is ConversationStore.append, with the customer's text."""

    def find(self, conversation_id: str) -> Unanswered | None:
        """Strongly consistent."""
        ...

    def due(self, now: int, limit: int, cursor: str | None) -> Page[str]:
        """Conversations, the longest due first. An index query, which may name what has moved on and miss what came
        just now."""
        ...

    def look_again(self, was: Unanswered, at: int) -> bool:
        """It is due at `at`, if the customer has not written since `was` was read; else False."""
        ...

    def forget(self, was: Unanswered) -> bool:
        """Takes it away, if the customer has not written since; else False."""
        ...

    def put_aside(self, conversation_id: str, until: int) -> None:
        """Looked at again at `until`, if it is there at all; whatever else is stored there is not read."""
        ...

    def give_back(self, before: Conversation, handover: Handover, was: Unanswered, since: int) -> bool:
        """In one transaction: nobody looks after it any more, its customer waits since `since`, the handover becomes
        history, and `was` goes. If it is open, nothing was said since it was read as `before`, and it is still looked
        after by whom it was then; else False."""
        ...
