"""Two customers become one, and two again (X11). Never on a guess: somebody says so.

The other one stays as a tombstone that points to the one who is kept. Orders, conversations and look-ups keep leading
to the tombstone and so to the kept one; consent is per address and has nothing to do with it.
"""

from msgspec.structs import replace

from .customers import Customer, CustomerKind, Merge


def merged(kept: Customer, other: Customer, by_id: str, by_name: str, now: int) -> tuple[Customer, Customer]:
    """Both as they are to be stored. A name is taken over only where there is none."""
    nameless = not kept.name
    merge = Merge(
        into=kept.id,
        at=now,
        by_id=by_id,
        by_name=by_name,
        kind=kept.kind,
        first_name=other.first_name if nameless else "",
        last_name=other.last_name if nameless else "",
        phones=tuple(each for each in other.phones if each not in kept.phones),
        emails=tuple(each for each in other.emails if each not in kept.emails),
        external_ids=tuple(each for each in other.external_ids if each not in kept.external_ids),
    )
    both = replace(
        kept,
        kind=CustomerKind.MEMBER if CustomerKind.MEMBER in (kept.kind, other.kind) else kept.kind,
        first_name=merge.first_name or kept.first_name,
        last_name=merge.last_name or kept.last_name,
        phones=(*kept.phones, *merge.phones),
        emails=(*kept.emails, *merge.emails),
        external_ids=(*kept.external_ids, *merge.external_ids),
        absorbed=(*(kept.absorbed or ()), *other.ids),
        renaming=True,
        updated_at=now,
    )
    return both, replace(other, merge=merge, updated_at=now)


def parted(kept: Customer, other: Customer, now: int) -> tuple[Customer, Customer]:
    """Both as they are to be stored once the merge of `other` is undone. What came since then stays with `kept`."""
    merge = other.merge
    if merge is None or merge.into != kept.id:
        raise ValueError("they are not merged")
    external_ids = tuple(each for each in kept.external_ids if each not in merge.external_ids)
    nameless = (kept.first_name, kept.last_name) == (merge.first_name, merge.last_name)
    alone = replace(
        kept,
        kind=CustomerKind.MEMBER if external_ids else merge.kind,
        first_name="" if nameless else kept.first_name,
        last_name="" if nameless else kept.last_name,
        phones=tuple(each for each in kept.phones if each not in merge.phones),
        emails=tuple(each for each in kept.emails if each not in merge.emails),
        external_ids=external_ids,
        absorbed=tuple(each for each in kept.ids[1:] if each not in other.ids) or None,
        renaming=True,
        updated_at=now,
    )
    return alone, replace(other, merge=None, renaming=True, updated_at=now)
