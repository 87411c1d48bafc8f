"""Adding messages to a conversation: the transaction of every inbound and every accepted outbound text."""

from collections.abc import Collection

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.absences import ANSWERED_FOR
from chalicelib.domain.consent import ConsentKey
from chalicelib.domain.conversations import LIFETIME, Conversation, ConversationState, preview
from chalicelib.domain.messages import Direction, Message, MessageKind
from chalicelib.usecases.ports import Append, Appended, Conflict, Duplicate

from . import codec, keys
from .charging import charge_for, commit_charged, require_credits
from .chat_links import add_link
from .conditions import held_unchanged
from .consent import STATE, add_consents, newer_acts
from .inbox_shards import InboxShards
from .routes import add_rerouting
from .rows import ConversationRow, OnceRow, Row
from .suppressions import add_checks, bring_back_all
from .table import Table
from .transaction import Transaction
from .unanswered import add_unanswered
from .unread_replies import add_unread_reply, remove_unread_reply

ONCE, CONVERSATION, HELD = "once", "conversation", "held"
ONCE_DAYS = 9
"""How long a repeat is recognised; providers repeat for up to 7 days (docs/requirements.md, Repeats)."""
LARGEST = 5


def append(table: Table, shards: InboxShards, command: Append, now: int) -> Appended | Duplicate | Conflict:
    """`now` is for garbage collection only: what counts is when the messages were made."""
    check(command.messages)
    changes = _changes(command, shards)
    failed = _commit(table, command, changes + _flag(command), now, ())
    if newer_acts(failed, command):
        flag = [] if STATE in failed else _flag(command)
        failed = _commit(table, command, changes + flag, now, failed)
    bring_back_all(table, failed, _invited(command))
    if isinstance(stored := failed.get(ONCE), OnceRow):
        return Duplicate(codec.once(stored))
    return _outcome(table, command, failed) if failed else Appended()


def check(messages: tuple[Message, ...]) -> None:
    """Raises ValueError when the messages are not of one conversation of one store, in order (I10, I7)."""
    owners = {(m.conversation_id, m.merchant_id, m.store_id) for m in messages}
    ids = [m.id for m in messages]
    if len(owners) != 1 or len(messages) > LARGEST or ids != sorted(set(ids)):
        raise ValueError("one to five messages of one conversation, in ascending order")


def _commit(
    table: Table, command: Append, changes: list[Action], now: int, stale: Collection[str]
) -> dict[str, Row | None]:
    def build() -> Transaction:
        return _steps(table, command, changes, now, stale)

    return commit_charged(build, charge_for(command.messages))


def _steps(table: Table, command: Append, changes: list[Action], now: int, stale: Collection[str]) -> Transaction:
    transaction = Transaction(table)
    transaction.put(ONCE, codec.once_row(command.once, now, ONCE_DAYS))
    for message in command.messages:
        transaction.put(message.id, codec.message_row(message))
    key = keys.conversation(command.messages[0].conversation_id)
    transaction.update(CONVERSATION, key, changes, _condition(command))
    add_consents(transaction, command, stale)
    add_link(transaction, command.link)
    add_checks(transaction, _invited(command))
    add_unanswered(transaction, command.unanswered, _instant(command))
    add_unread_reply(transaction, command.unread_reply)
    if command.mailed:
        remove_unread_reply(transaction, command.mailed)
    if command.rerouting:
        add_rerouting(transaction, command.rerouting)
    if command.held:
        held = command.held
        transaction.delete(HELD, keys.held(held.conversation_id, held.id), held_unchanged(held))
    return transaction


def _invited(command: Append) -> list[ConsentKey]:
    """Addresses beside the conversation's own that it writes to."""
    return [message.consent_key for message in command.messages if message.kind.leads_to_chat]


def _condition(command: Append) -> Condition:
    first, at, was = command.messages[0], _instant(command), command.expected
    row = ConversationRow
    required: Condition = (row.merchant_id == first.merchant_id) & (row.store_id == first.store_id)
    required &= row.last_message_id < first.id
    if _away_answer(command):
        told = row.away_answered_at
        required &= told.does_not_exist() | (told <= at - ANSWERED_FOR)
    if was is None:
        required &= (row.state == ConversationState.OPEN.value) & (row.last_activity_at > at - LIFETIME)
    else:
        required &= (row.state == was.state.value) & (row.ended_answered == was.ended_answered)
        required &= row.last_message_id == was.last_message_id
    free_until = _free_until(command)
    if free_until is not None:  # what comes late does not shorten the window
        required &= row.free_until.does_not_exist() | (row.free_until <= free_until)
    return required


def _free_until(command: Append) -> int | None:
    """Until when what the customer writes here lets them be answered freely; None leaves it as it is."""
    opened = [m.free_until for m in command.messages if m.direction is Direction.INBOUND and m.free_until is not None]
    return max(opened, default=None)


def _instant(command: Append) -> int:
    return max(message.created_at for message in command.messages)


def _changes(command: Append, shards: InboxShards) -> list[Action]:
    row, last = ConversationRow, command.messages[-1]
    actions: list[Action] = [row.last_message_id.set(last.id)]
    lives = command.expected is None or command.expected.lives(_instant(command))
    if lives:
        actions += _activity(last, shards)
    if command.answers_request:
        actions.append(row.requested_at.remove())
        actions += [row.state.set(ConversationState.OPEN.value)] if lives else []
    if command.expected is None or command.expected.state is not ConversationState.DELETED:
        actions += _display(command)
    if (free_until := _free_until(command)) is not None:
        actions.append(row.free_until.set(free_until))
    actions += _assignment(command)
    if _away_answer(command):
        actions.append(row.away_answered_at.set(_instant(command)))
    if command.ended_answered:
        actions.append(row.ended_answered.set(True))
    if command.link:
        actions.append(row.links_from.set(command.link.created_at))
    return actions


def _flag(command: Append) -> list[Action]:
    """What lists show of consent; it goes with the consent item."""
    return [] if command.opted_out is None else [ConversationRow.opted_out.set(command.opted_out)]


def _activity(last: Message, shards: InboxShards) -> list[Action]:
    """Only while it lives: what comes to an ended conversation must not bring it back. Its entry in the index moves
    anyway; where the store has more shards by now, it moves to its own."""
    row, shard = ConversationRow, shards.of(last.store_id, last.conversation_id)
    return [
        row.g1p.set(keys.conversations_of_store(last.store_id, ConversationState.OPEN, shard)),
        row.last_activity_at.set(last.created_at),
        row.g1s.set(codec.index_sort(last.conversation_id, last.created_at)),
    ]


def _display(command: Append) -> list[Action]:
    """What lists show of it; a deleted conversation shows nothing."""
    row, last = ConversationRow, command.messages[-1]
    if last.kind.leads_to_chat:  # it is nothing that was said; but that it failed is to be seen
        return [row.last_outbound_id.set(last.id), row.outbound_trouble.remove()]
    actions: list[Action] = [row.last_preview.set(preview(last)), row.last_direction.set(last.direction.value)]
    actions += [row.last_kind.set(last.kind.value), *_author(last)]
    if ours := [message.id for message in command.messages if message.direction is Direction.OUTBOUND]:
        actions += [row.last_outbound_id.set(ours[-1]), row.outbound_trouble.remove()]
    inbound = sum(message.direction is Direction.INBOUND for message in command.messages)
    if inbound:  # safe to add: the Once item lets this transaction happen once
        actions.append(row.unread.set(row.unread + inbound))
    return actions


def _author(last: Message) -> list[Action]:
    row = ConversationRow
    if last.author_id is None:
        return [row.last_author_id.remove(), row.last_author_name.remove()]
    return [row.last_author_id.set(last.author_id), row.last_author_name.set(last.author_name or "")]


def _away_answer(command: Append) -> bool:
    """Whether it answers that somebody is away: once within ANSWERED_FOR, whatever was read before (H2)."""
    return any(message.kind is MessageKind.AWAY_ANSWER for message in command.messages)


def _assignment(command: Append) -> list[Action]:
    """Whoever answers first looks after it. (A text to the customer by a person, and nobody does so yet.)"""
    row = ConversationRow
    authors = [message.author_id for message in command.messages if message.author_id is not None]
    if not authors:
        return []
    answered = [row.requested_at.remove()] if command.expected is None else []  # open: it says that they wait
    return [row.assignee_id.set(row.assignee_id | authors[0]), *answered]


def _outcome(table: Table, command: Append, failed: dict[str, Row | None]) -> Duplicate | Conflict:
    """Why nothing was written, from a fresh read: DynamoDB need not name every failed condition.

    Raises TooFewCredits where that stands in its way: the caller learns of a changed conversation once there is enough.
    """
    message = command.messages[0]
    once_key = keys.once(command.once.scope, command.once.key)
    conversation_key = keys.conversation(message.conversation_id)
    found = table.get_many([once_key, conversation_key])
    once, row = found.get(once_key), found.get(conversation_key)
    if isinstance(once, OnceRow):
        return Duplicate(codec.once(once))
    require_credits(failed)
    if not isinstance(row, ConversationRow) or row.merchant_id != message.merchant_id:
        return Conflict(None)
    return Conflict(codec.restored(row, Conversation))
