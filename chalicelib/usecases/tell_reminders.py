"""The clock: reminders whose time has come are told to their associates, once each (H20).

A timer goes, and that it went is what the table's stream tells their open browsers (push_activity). So any run may
stop, crash, or meet another one: what is still there is told by the next, and what is gone cannot go again. Before that
browsers are woken in which the app is closed (wake_devices): a run that crashes in between leaves it to the next.
"""

from msgspec import Struct

from chalicelib.domain.errors import Unavailable

from .ports import Deps
from .wake_devices import Waking

_PAGE = 25
"""As many as one request takes away."""


class Told(Struct):
    """What a run came to. `finished`: time sufficed for all; else the next run goes on."""

    told: int = 0
    woken: int = 0
    """Browsers."""
    finished: bool = True


def tell_due_reminders(now: int, stop_at: int, deps: Deps) -> Told:
    """Works off what is due at `now`; begins no page from `stop_at` (on the clock) on. Safe to repeat and to run twice
    at once."""
    run, begun = Told(), deps.clock.now()
    waking = Waking(begun + (stop_at - begun) // 2, deps)
    try:
        while timers := deps.reminders.due(now, _PAGE):
            if deps.clock.now() >= stop_at:
                run.finished = False
                break
            waking.wake([timer.associate_id for timer in timers])
            deps.reminders.strike(timers)
            run.told += len(timers)
            if len(timers) < _PAGE:
                break
    except Unavailable:
        deps.log.warning("reminders_not_told")
    run.woken = waking.woken
    return run
