"""The clock: conversations whose customer waits too long, or whose associate is away, go back to the store (X18).

What cannot be decided now stays due, so that any run may stop, crash, or meet another one. The transaction that gives
one back requires that nothing was said since it was decided.
"""

from msgspec import Struct, field

from chalicelib.domain.assignments import Handover
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.merchants import Associate
from chalicelib.domain.unanswered import GiveBack, LookAgain, Owner, Unanswered, verdict

from .access import MESSAGING
from .ports import Deps, Thread

_PAGE = 25
_LOOKED_BACK = 50
"""Messages: whoever wrote more without an answer waits since the oldest of them at least."""
_PUT_ASIDE = 900_000
"""Milliseconds after which one is looked at again that only makes us fail."""


class GivenBack(Struct):
    """What a run came to. `finished`: time sufficed for all; else the next run goes on."""

    given_back: int = 0
    finished: bool = True
    seen: set[str] = field(default_factory=set)


def give_back_unanswered(now: int, stop_at: int, deps: Deps) -> GivenBack:
    """Works off what is due at `now`; begins none from `stop_at` (on the clock) on. Safe to repeat and to run twice
    at once."""
    run, cursor = GivenBack(), None
    while True:
        page = deps.unanswered.due(now, _PAGE, cursor)
        for conversation_id in page.rows:
            if deps.clock.now() >= stop_at:
                run.finished = False
                return run
            if conversation_id not in run.seen:
                run.seen.add(conversation_id)
                _try(conversation_id, now, run, deps)
        cursor = page.cursor
        if cursor is None:
            return run


def _try(conversation_id: str, now: int, run: GivenBack, deps: Deps) -> None:
    try:
        waiting = deps.unanswered.find(conversation_id)
        if waiting is not None and waiting.due_at <= now:
            run.given_back += _look(waiting, now, deps)
    except Unavailable:
        deps.log.warning("not_given_back", conversation_id=conversation_id)
    except Exception as error:  # a mistake of ours, such as a row that cannot be read: it goes behind the others
        deps.log.failure("giving_back_failed", error)
        _put_aside(conversation_id, now, deps)


def _put_aside(conversation_id: str, now: int, deps: Deps) -> None:
    try:
        deps.unanswered.put_aside(conversation_id, now + _PUT_ASIDE)
    except Unavailable:
        deps.log.warning("not_given_back", conversation_id=conversation_id)


def _look(waiting: Unanswered, now: int, deps: Deps) -> bool:
    """Whether it went back to the store."""
    thread = deps.conversations.thread(waiting.conversation_id, _LOOKED_BACK, None)
    if thread is not None and thread.conversation.last_message_id < waiting.last_message_id:
        return False  # the copy that was read is older than the text: the next run sees it
    found = None if thread is None else _verdict(thread, now, deps)
    if isinstance(found, LookAgain):
        deps.unanswered.look_again(waiting, found.at)
    if not isinstance(found, GiveBack) or thread is None:
        if found is None:
            deps.unanswered.forget(waiting)
        return False
    handover = _handover(thread.conversation, found, now, deps)
    return deps.unanswered.give_back(thread.conversation, handover, waiting, found.since)


def _verdict(thread: Thread, now: int, deps: Deps) -> GiveBack | LookAgain | None:
    conversation = thread.conversation
    store = deps.directory.store(conversation.store_id)
    minutes = None if store is None else store.reassign_after
    return verdict(conversation, thread.messages.rows, thread.held, _owner(conversation, deps), minutes, now)


def _owner(conversation: Conversation, deps: Deps) -> Owner:
    absent = {each.associate_id for each in deps.directory.absences(conversation.store_id)}
    associate = _associate(conversation, deps)
    works_here = associate is not None and associate.may(MESSAGING, conversation.store_id)
    history = deps.assignments.history(conversation.id) if conversation.handed_over else ()
    mine = [each.at for each in history if each.to_id == conversation.assignee_id]
    return Owner(conversation.assignee_id in absent or not works_here, max(mine, default=None))


def _associate(conversation: Conversation, deps: Deps) -> Associate | None:
    return None if conversation.assignee_id is None else deps.directory.associate(conversation.assignee_id)


def _handover(before: Conversation, why: GiveBack, now: int, deps: Deps) -> Handover:
    """By nobody: the system did it."""
    owner = _associate(before, deps)
    return Handover(
        id=deps.ids.ulid(now),
        conversation_id=before.id,
        merchant_id=before.merchant_id,
        store_id=before.store_id,
        kind=why.kind,
        at=now,
        from_id=before.assignee_id,
        from_name=None if owner is None else owner.name,
    )
