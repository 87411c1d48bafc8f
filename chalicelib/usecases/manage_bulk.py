"""Bulk texts as an associate sees and steers them (L13)."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.bulk import Audience, Bulk, Part, PausedBy
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.merchants import Associate, Store
from chalicelib.domain.orders import Order

from .access import messaging_store, signed_in
from .audit_entry import audited_in_store
from .ports import Deps

_LISTED = 50


class Steering(Struct, frozen=True):
    """Which bulk, and who steers it."""

    store_id: str
    bulk_id: str
    associate_id: str


def list_bulks(store_id: str, associate_id: str, deps: Deps) -> Sequence[Bulk]:
    """The newest fifty of ninety days. Raises NotFound, PermissionDenied, MessagingDisabled."""
    store = messaging_store(signed_in(associate_id, deps), store_id, deps)
    return deps.bulks.of_store(store.id, _LISTED)


def show_bulk(which: Steering, deps: Deps) -> Bulk:
    """Raises as above."""
    return _found(which, deps)[0]


class PartShown(Struct, frozen=True):
    """`orders` and `contacts`: those of the part that are the store's, by id."""

    part: Part
    orders: Mapping[str, Order] = {}
    contacts: Mapping[str, Conversation] = {}


def show_part(which: Steering, number: int, deps: Deps) -> PartShown:
    """Some of it, with what became of them. Raises as above; NotFound behind the last."""
    bulk, _, store = _found(which, deps)
    part = deps.bulks.part(bulk.id, number) if number < bulk.parts else None
    if part is None:
        raise NotFound
    if bulk.to is Audience.CONTACTS:
        talks = deps.conversations.find_several(part.ids)
        return PartShown(part, contacts={each: talk for each, talk in talks.items() if talk.store_id == store.id})
    found = deps.orders.find_several(part.ids)
    return PartShown(part, {each: order for each, order in found.items() if order.store_id == store.id})


def pause_bulk(which: Steering, deps: Deps) -> Bulk:
    """Takes effect after the part that is being sent. Raises as above, and ChangedMeanwhile."""
    return _changed(which, lambda bulk, _: bulk.paused(PausedBy.HAND), None, deps)


def resume_bulk(which: Steering, deps: Deps) -> Bulk:
    """From then on whoever resumes it is answerable for it. Raises as above."""
    now = deps.clock.now()
    return _changed(which, lambda bulk, associate: bulk.resumed(associate.id, associate.name, now), None, deps)


def cancel_bulk(which: Steering, deps: Deps) -> Bulk:
    """For good, after the part that is being sent. Raises as above."""
    return _changed(which, lambda bulk, _: bulk.cancelled(), AuditAct.BULK_CANCELLED, deps)


def _found(which: Steering, deps: Deps) -> tuple[Bulk, Associate, Store]:
    associate = signed_in(which.associate_id, deps)
    store = messaging_store(associate, which.store_id, deps)
    bulk = deps.bulks.find(store.id, which.bulk_id)
    if bulk is None:
        raise NotFound
    return bulk, associate, store


def _changed(which: Steering, change: Callable[[Bulk, Associate], Bulk], act: AuditAct | None, deps: Deps) -> Bulk:
    """What is so already stays as it is, without an error. The clock moves it on meanwhile: it is tried again."""
    for _attempt in range(5):
        bulk, associate, store = _found(which, deps)
        after = change(bulk, associate)
        audit = None if act is None else audited_in_store(act, store, associate.id, deps)
        if after is bulk or deps.bulks.change(after, bulk, audit=audit):
            return after
    raise ChangedMeanwhile
