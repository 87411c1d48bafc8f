"""Who has a conversation open, as colleagues see it (X16). Of associates only, and for as long as they look."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

FADES = 60_000
"""Milliseconds after which nobody believes any more that somebody looks who did not say so again."""
PAUSE = 400
"""Milliseconds from one word of a socket to the next one that counts."""
MOST_TOLD = 3
"""Browsers of one associate that are told, those that spoke last: nobody looks at more at once."""


class Doing(StrEnum):
    LOOKING = "looking"
    WRITING = "writing"
    GONE = "gone"
    """Looks at something else, or at nothing."""


class Viewer(Struct, frozen=True, kw_only=True):
    """One open browser of an associate, and what it shows."""

    socket_id: str
    associate_id: str
    name: str
    conversation_id: str
    writing: bool
    seen_at: int


class Person(Struct, frozen=True, kw_only=True):
    """A colleague, however many browsers they have it open in."""

    id: str
    name: str
    writing: bool
    fades_in: int
    """Milliseconds; clocks of servers and browsers differ."""


def others(viewers: Iterable[Viewer], associate_id: str, now: int) -> Sequence[Person]:
    """Who looks, by name, without `associate_id`: one's own other tab is nobody else.

    Writing in one browser is writing, and they fade when the browser that spoke last does.
    """
    found: dict[str, Person] = {}
    for each in viewers:
        left, known = each.seen_at + FADES - now, found.get(each.associate_id)
        if each.associate_id != associate_id:
            found[each.associate_id] = Person(
                id=each.associate_id,
                name=each.name,
                writing=each.writing or (known is not None and known.writing),
                fades_in=max(left, known.fades_in if known else 0),
            )
    return sorted(found.values(), key=lambda person: (person.name.casefold(), person.id))


def newest(viewers: Sequence[Viewer]) -> Sequence[Viewer]:
    """Of each associate the MOST_TOLD that spoke last."""
    told: list[Viewer] = []
    for each in sorted(viewers, key=lambda viewer: viewer.seen_at, reverse=True):
        if sum(other.associate_id == each.associate_id for other in told) < MOST_TOLD:
            told.append(each)
    return told
