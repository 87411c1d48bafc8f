"""Customers who wait for an answer: when a conversation goes back to the store, so that all colleagues see it (X18).

Decided from what is stored when the clock looks, never from what was expected when the customer wrote. The store's
opening hours are not known: the minutes run at night and on holidays as well.
"""

from collections.abc import Sequence

from msgspec import Struct

from .assignments import HandoverKind
from .conversations import Conversation
from .held import Held
from .messages import Direction, Message, MessageStatus

MINUTE = 60_000
FEWEST_MINUTES, MOST_MINUTES = 5, 7 * 24 * 60
"""Of `Store.reassign_after`."""


class Unanswered(Struct, frozen=True, kw_only=True):
    """That the clock is to look whether a customer was answered. One for a conversation."""

    conversation_id: str
    merchant_id: str
    store_id: str
    last_message_id: str
    """The newest text of the customer's that asked for it: who changes or drops this has seen what is there."""
    due_at: int
    """When to look, epoch milliseconds."""


class GiveBack(Struct, frozen=True):
    """It goes back to the store now. `since`: when the customer wrote who still waits."""

    since: int
    kind: HandoverKind


class LookAgain(Struct, frozen=True):
    """Not yet: look again `at` that instant."""

    at: int


class Owner(Struct, frozen=True):
    """Who looks after a conversation. `away`: they are, or no longer work in its store."""

    away: bool
    took_over_at: int | None = None
    """When it was given to them, or they took it; None: they started or answered it."""


def verdict(
    conversation: Conversation,
    messages: Sequence[Message],
    held: Sequence[Held],
    owner: Owner,
    minutes: int | None,
    now: int,
) -> GiveBack | LookAgain | None:
    """What becomes of a conversation whose customer wrote. None: there is nothing to wait for.

    `messages`: its latest, newest first; `held`: what waits to be sent in it; `minutes`: `Store.reassign_after`.
    """
    since = waiting_since(messages)
    if minutes is None or since is None or conversation.assignee_id is None or conversation.opted_out:
        return None
    if not conversation.is_open(now):
        return None
    answers = [each.release_at for each in held if each.created_at >= since]
    if answers:  # somebody has written already what is to go out later
        return LookAgain(max(min(answers), now) + MINUTE)
    if owner.away:
        return GiveBack(since, HandoverKind.ABSENT)
    until = max(since, owner.took_over_at or 0) + minutes * MINUTE
    return GiveBack(since, HandoverKind.UNANSWERED) if now >= until else LookAgain(until)


def waiting_since(messages: Sequence[Message]) -> int | None:
    """When the customer wrote first after the last answer by a person; newest first. None: they were answered.

    What goes out by itself is no answer, and neither is a text that failed.
    """
    since = None
    for message in messages:
        if message.direction is Direction.INBOUND:
            since = message.created_at
        elif message.author_id is not None and message.status is not MessageStatus.FAILED:
            return since
    return since
