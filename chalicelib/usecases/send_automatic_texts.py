"""The clock: texts that events of orders are to bring about (L11). What cannot be said now stays due, so that any run
may stop, crash, or meet another one."""

from msgspec import Struct, field

from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.errors import Unavailable

from .ports import Deps, DueText
from .text_about_order import Postponed, text_about_order
from .text_merchant import text_merchant

_PAGE = 25
_PUT_ASIDE = 900_000
"""Milliseconds after which one is looked at again that only makes us fail."""


class Told(Struct):
    """What a run came to. `finished`: time sufficed for all; else the next run goes on."""

    sent: int = 0
    not_sent: int = 0
    finished: bool = True
    seen: set[DueText] = field(default_factory=set)


def send_automatic_texts(now: int, stop_at: int, deps: Deps) -> Told:
    """Works off what is due at `now`; begins none from `stop_at` (on the clock) on. Safe to repeat and to run twice
    at once."""
    run, cursor = Told(), None
    while True:
        page = deps.automatic_texts.due(now, _PAGE, cursor)
        for due in page.rows:
            if deps.clock.now() >= stop_at:
                run.finished = False
                return run
            if due not in run.seen:
                run.seen.add(due)
                _try(due, now, run, deps)
        cursor = page.cursor
        if cursor is None:
            return run


def _try(due: DueText, now: int, run: Told, deps: Deps) -> None:
    try:
        _tell(due, now, run, deps)
    except Unavailable:
        deps.log.warning("automatic_text_waits", order_id=due.order_id)
    except Exception as error:  # a mistake of ours, such as a row that cannot be read: it goes behind the others
        deps.log.failure("automatic_text_failed", error)
        _put_aside(due, now, deps)


def _tell(due: DueText, now: int, run: Told, deps: Deps) -> None:
    text = deps.automatic_texts.find(due)
    if text is None or text.settled_at is not None or text.due_at > now:
        return
    settled = text_merchant(text, deps) if text.event.for_merchant else _tell_customer(text, due, deps)
    if settled is not None:
        run.sent += settled.message_id is not None
        run.not_sent += settled.not_sent is not None


def _tell_customer(text: AutomaticText, due: DueText, deps: Deps) -> AutomaticText | None:
    """As it is settled; None: later, or by somebody else."""
    outcome = text_about_order(text, deps)
    if isinstance(outcome, Postponed):
        deps.automatic_texts.postpone(due, outcome.until)
        return None
    return outcome if deps.automatic_texts.settle(outcome) else None


def _put_aside(due: DueText, now: int, deps: Deps) -> None:
    try:
        deps.automatic_texts.postpone(due, now + _PUT_ASIDE)
    except Unavailable:
        deps.log.warning("automatic_text_waits", order_id=due.order_id)
