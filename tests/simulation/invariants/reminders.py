"""H20: a reminder is told once for each time it was set for, not before that, and not never, unless it had ended."""

from collections import Counter
from collections.abc import Iterator

from tests.simulation.history import Commit, History, Item

_TELLS = "due"


def check(history: History) -> Iterator[str]:
    told: Counter[tuple[str, int]] = Counter()
    for commit, change in history.changes("z"):
        if change.old is not None and change.new is None:
            if commit.worker == _TELLS:
                told[_set_for(change.old)] += 1
                yield from _early(commit, change.old)
                yield from _silent(history, commit, change.old)
            elif not any(other.kind == "t" for other in commit.changes):
                yield f"the timer of reminder {change.old['reminder_id']} went away by {commit.worker}"
    yield from (f"reminder {name} was told {count} times for {at}" for (name, at), count in told.items() if count > 1)
    yield from _never(history, told)


def _set_for(timer: Item) -> tuple[str, int]:
    return timer["reminder_id"], timer["due_at"]


def _early(commit: Commit, timer: Item) -> Iterator[str]:
    if commit.at < timer["due_at"]:
        yield f"reminder {timer['reminder_id']} was told {timer['due_at'] - commit.at} ms too early"


def _silent(history: History, commit: Commit, timer: Item) -> Iterator[str]:
    """Whoever tells it has woken the browsers before, or has said that it could not."""
    if any("push_failed" in line or "devices_not_woken" in line for line in history.log):
        return
    known = {each["endpoint"] for each in history.stored("dv") if each["associate_id"] == timer["associate_id"]}
    early = {each["endpoint"] for each in history.stored("dv") if each["created_at"] < timer["due_at"]}
    woken = {endpoint for endpoint, at in history.woken if timer["due_at"] <= at <= commit.at}
    yield from (f"{endpoint} was not woken for {timer['reminder_id']}" for endpoint in known & early - woken)


def _never(history: History, told: Counter[tuple[str, int]]) -> Iterator[str]:
    timers = {_set_for(timer) for timer in history.stored("z")}
    waiting = {(each["id"], each["due_at"]) for each in history.stored("t") if "ended_at" not in each}
    yield from (f"reminder {name} is told to nobody at {at}" for name, at in waiting - timers - set(told))
    yield from (f"a timer is left of reminder {name} at {at}" for name, at in timers if (name, at) not in waiting)
    for _, at in timers:
        if at <= history.now():
            yield f"nobody has told a reminder {history.now() - at} ms after its time"
