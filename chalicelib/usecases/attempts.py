"""What anybody may do only so often within a span of time, counted by where it comes from or what it is about.

Spans are those of the clock: around the turn of one there may be twice as many.
"""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.domain.errors import ChatUnavailable, TooManyAttempts

from .ports import Deps

T = TypeVar("T")

GUESSES = 20
"""Wrong tokens from one place in a WINDOW; from then on every one from there is refused. Guests of a shop share it."""
WINDOW = 600_000
"""Milliseconds."""


def spend(scope: str, what: str, most: int, span: int, deps: Deps) -> None:
    """Before it is done, so that many at once are no more than one after the other. Raises TooManyAttempts."""
    if not spent(scope, what, most, span, deps):
        raise TooManyAttempts


def spent(scope: str, what: str, most: int, span: int, deps: Deps) -> bool:
    """One write. False: it was done too often."""
    now = deps.clock.now()
    return deps.attempts.add(*_place(scope, what, span, now, deps), now + span) <= most


def worn_out(scope: str, what: str, most: int, span: int, deps: Deps) -> bool:
    """It has failed too often."""
    return deps.attempts.count(*_place(scope, what, span, deps.clock.now(), deps)) >= most


def failed(scope: str, what: str, span: int, deps: Deps) -> None:
    now = deps.clock.now()
    deps.attempts.add(*_place(scope, what, span, now, deps), now + span)


def guessing(scope: str, caller: str, find: Callable[[], T], deps: Deps) -> T:
    """What `find` finds. Where it raises ChatUnavailable is counted by where the guess comes from; too many close the
    door there, to right ones too."""
    if worn_out(scope, caller, GUESSES, WINDOW, deps):
        raise ChatUnavailable
    try:
        return find()
    except ChatUnavailable:
        failed(scope, caller, WINDOW, deps)
        deps.log.info("link_refused", scope=scope)
        raise


def _place(scope: str, what: str, span: int, now: int, deps: Deps) -> tuple[str, str]:
    """Under what is counted: a keyed hash, which cannot be turned back into an address."""
    return scope, f"{deps.references.secret(scope, what).hex()[:32]}.{now // span}"
