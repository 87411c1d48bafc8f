"""The sweep over conversations whose 120 days are over (N27). Expiry itself needs no sweep: it is a comparison."""

from msgspec import Struct

from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import Unavailable

from .ports import Deps

_PAGE = 100


class SweepResult(Struct, frozen=True):
    """`expired`: conversations put away now. `finished`: time sufficed for all; else the next run goes on."""

    expired: int
    finished: bool


def expire_conversations(now: int, stop_at: int, deps: Deps) -> SweepResult:
    """Puts away what expired before `now`; stops at `stop_at` (on the clock). Safe to repeat, late or at once."""
    expired = 0
    for store in deps.directory.stores():
        while ids := deps.conversations.expirable(store.id, now, _PAGE):
            done = sum(_try_to_expire(conversation_id, now, deps) for conversation_id in ids)
            expired += done
            if deps.clock.now() >= stop_at:
                return SweepResult(expired, finished=False)
            if done == 0:
                break
    return SweepResult(expired, finished=True)


def _try_to_expire(conversation_id: str, now: int, deps: Deps) -> bool:
    """One that cannot be put away now must not keep the others: the next run tries it again."""
    try:
        return _expire(conversation_id, now, deps)
    except Unavailable:
        deps.log.warning("not_swept", conversation_id=conversation_id)
        return False


def _expire(conversation_id: str, now: int, deps: Deps) -> bool:
    """False when it moved on meanwhile (or an old copy of the index named it)."""
    conversation = deps.conversations.find(conversation_id)
    if conversation is None or conversation.state is ConversationState.EXPIRED:
        return False
    if conversation.state_at(now) is not ConversationState.EXPIRED:
        return False
    return deps.conversations.end(conversation, conversation.expired())
