"""Two customers become one, and two again (X11). Never on a guess: somebody says so.

The other one stays as a tombstone that points to the one who is kept. Orders, conversations and look-ups keep leading
to the tombstone and so to the kept one; consent is per address and has nothing to do with it.

Two who were merged into one may have brought the same: each tombstone names all that the kept one had not without any
of them, so that they are undone in any order.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from .customers import Customer, CustomerKind, Merge

_LISTS = ("phones", "emails", "whatsapp_ids", "external_ids", "tags")


def merged(
    kept: Customer, other: Customer, earlier: Sequence[Customer], by_id: str, by_name: str, now: int
) -> tuple[Customer, Customer]:
    """Both as they are to be stored. `earlier`: those merged into `kept` before. A name is taken over only where there
    is none."""
    merges = _merges(earlier)
    nameless = not kept.name or (kept.first_name, kept.last_name) in _names(merges)
    brought: dict[str, Any] = {name: _without(_list(other, name), _own(name, kept, merges)) for name in _LISTS}
    merge = Merge(
        into=kept.id,
        at=now,
        by_id=by_id,
        by_name=by_name,
        kind=merges[0].kind if merges else kept.kind,
        first_name=other.first_name if nameless else "",
        last_name=other.last_name if nameless else "",
        **brought,
    )
    more = {name: (*_list(kept, name), *_without(new, _list(kept, name))) for name, new in brought.items()}
    both = replace(
        kept,
        kind=CustomerKind.MEMBER if CustomerKind.MEMBER in (kept.kind, other.kind) else kept.kind,
        first_name=kept.first_name if kept.name else merge.first_name,
        last_name=kept.last_name if kept.name else merge.last_name,
        absorbed=(*(kept.absorbed or ()), *other.ids),
        renaming=0,
        updated_at=now,
        **_stored(more),
    )
    return both, replace(other, merge=merge, updated_at=now)


def parted(kept: Customer, other: Customer, others: Sequence[Customer], now: int) -> tuple[Customer, Customer]:
    """Both as they are to be stored once the merge of `other` is undone. `others`: who else is merged into `kept`. What
    came since then stays with `kept`."""
    merge = other.merge
    if merge is None or merge.into != kept.id:
        raise ValueError("they are not merged")
    left = _merges(others)
    stays: dict[str, Any] = {
        name: _without(_list(kept, name), _without(getattr(merge, name), _brought(name, left))) for name in _LISTS
    }
    brought_name = (kept.first_name, kept.last_name) == (merge.first_name, merge.last_name)
    first_name, last_name = next(iter(_names(left)), ("", "")) if brought_name else (kept.first_name, kept.last_name)
    member = stays["external_ids"] or any(each.kind is CustomerKind.MEMBER for each in others)
    alone = replace(
        kept,
        kind=CustomerKind.MEMBER if member else merge.kind,
        first_name=first_name,
        last_name=last_name,
        absorbed=tuple(each for each in kept.ids[1:] if each not in other.ids),
        renaming=0,
        updated_at=now,
        **_stored(stays),
    )
    return alone, replace(other, merge=None, absorbed=other.absorbed or (), renaming=0, updated_at=now)


def _merges(tombstones: Sequence[Customer]) -> list[Merge]:
    """The earliest first."""
    return sorted((each.merge for each in tombstones if each.merge is not None), key=lambda merge: merge.at)


def _own(name: str, kept: Customer, merges: Sequence[Merge]) -> tuple[str, ...]:
    """What it would have without those merges."""
    return _without(_list(kept, name), _brought(name, merges))


def _list(customer: Customer, name: str) -> tuple[str, ...]:
    return getattr(customer, name) or ()


def _stored(lists: dict[str, Any]) -> dict[str, Any]:
    """Who has no tags has None (customers.py)."""
    return {**lists, "tags": lists["tags"] or None}


def _brought(name: str, merges: Sequence[Merge]) -> tuple[str, ...]:
    return tuple(value for merge in merges for value in getattr(merge, name))


def _names(merges: Sequence[Merge]) -> list[tuple[str, str]]:
    return [(each.first_name, each.last_name) for each in merges if each.first_name or each.last_name]


def _without(values: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in values if each not in others)
