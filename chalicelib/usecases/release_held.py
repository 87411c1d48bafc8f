"""The clock: held texts whose time has come become messages, page by page, once each (X3, X4).

What cannot be released now stays due, so that any run may stop, crash, or meet another one.
"""

from msgspec import Struct, field

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import MessageStatus

from .held_messages import release
from .ports import Deps, DueHeld

_PAGE = 25
_PUT_ASIDE = 900_000
"""Milliseconds after which one is looked at again that only makes us fail."""


class Released(Struct):
    """What a run came to. `finished`: time sufficed for all; else the next run goes on."""

    released: int = 0
    refused: int = 0
    finished: bool = True
    stuck: set[str] = field(default_factory=set)
    """Conversations of which one could not be released: those behind it wait, so that their order holds."""


def release_held(now: int, stop_at: int, deps: Deps) -> Released:
    """Works off what is due at `now`; begins none from `stop_at` (on the clock) on. Safe to repeat and to run twice
    at once. Texts of one conversation go in the order of their times, then of their writing."""
    run, cursor = Released(), None
    while True:
        page = deps.held.due(now, _PAGE, cursor)
        for due in page.rows:
            if deps.clock.now() >= stop_at:
                run.finished = False
                return run
            if due.conversation_id not in run.stuck:
                _try(due, now, run, deps)
        cursor = page.cursor
        if cursor is None:
            return run


def _try(due: DueHeld, now: int, run: Released, deps: Deps) -> None:
    try:
        held = deps.held.find(due.conversation_id, due.held_id)
        if held is None or not held.is_due(now):
            return
        message = release(held, deps)
        if message is not None:
            run.released += message.status is MessageStatus.QUEUED
            run.refused += message.status is MessageStatus.FAILED
    except Unavailable:
        run.stuck.add(due.conversation_id)
        deps.log.warning("not_released", held_id=due.held_id)
    except Exception as error:  # a mistake of ours, such as a row that cannot be read: it goes behind the others
        run.stuck.add(due.conversation_id)
        deps.log.failure("release_failed", error)
        _put_aside(due, now, deps)


def _put_aside(due: DueHeld, now: int, deps: Deps) -> None:
    try:
        deps.held.put_aside(due, now + _PUT_ASIDE)
    except Unavailable:
        deps.log.warning("not_released", held_id=due.held_id)
