"""What a customer is answered while the associate who looks after the conversation is away (H2, X14)."""

from chalicelib.domain.absences import ANSWERED_FOR, Absence
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.messages import Message, MessageKind

from . import compose
from .ports import Deps


def away_answer(to: Message, deps: Deps) -> Message | None:
    """None: nobody is away, the customer has been told, or is not to be written to.

    Costs nothing where nobody of the store is away, as far as this process knows; else the conversation is read. That
    it is answered once in ANSWERED_FOR is decided by the transaction that stores the answer (store/appending.py).
    """
    absences = {each.associate_id: each for each in deps.directory.absences(to.store_id)}
    if not absences:
        return None
    conversation = deps.conversations.find(to.conversation_id)
    absence = None if conversation is None else absences.get(conversation.assignee_id or "")
    if conversation is None or absence is None or not _to_be_told(conversation, absence, to.created_at):
        return None
    return compose.automatic(to, MessageKind.AWAY_ANSWER, absence.answer)


def _to_be_told(conversation: Conversation, absence: Absence, now: int) -> bool:
    told = conversation.away_answered_at
    again = told is None or now - told >= ANSWERED_FOR
    return again and not conversation.opted_out and conversation.merchant_id == absence.merchant_id
