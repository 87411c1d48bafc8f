"""A customer wrote: the clock is to look whether they are answered, where the store wants that (X18)."""

from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import Message
from chalicelib.domain.unanswered import MINUTE, Unanswered

from .ports import Deps


def to_be_answered(message: Message, store: Store, deps: Deps) -> Unanswered | None:
    """None, and without any cost: the store has not switched it on.

    Whose conversation it is, is not known here: that would be a read. While somebody of the store is away, the clock
    looks within a minute; that costs nothing either, as the set-up is in memory.
    """
    if store.reassign_after is None:
        return None
    somebody_away = bool(deps.directory.absences(store.id))
    return Unanswered(
        conversation_id=message.conversation_id,
        merchant_id=message.merchant_id,
        store_id=message.store_id,
        last_message_id=message.id,
        due_at=message.created_at + (0 if somebody_away else store.reassign_after * MINUTE),
    )
