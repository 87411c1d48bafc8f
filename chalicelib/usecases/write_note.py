"""Colleagues of a store write down what they know of a customer, and remarks about an order (S13, S24)."""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.errors import IdempotencyConflict, NotFound, PermissionDenied
from chalicelib.domain.merchants import Associate
from chalicelib.domain.notes import MOST_SHOWN, Note, NoteKind

from .access import messaging_store, own_conversation, signed_in
from .browse_orders import show_order
from .once import request_once
from .ports import Deps


class Subject(Struct, frozen=True, kw_only=True):
    """What notes are about. `ids`: of a merged customer all, the one that is kept first (X11)."""

    kind: NoteKind
    ids: tuple[str, ...]
    store_id: str
    associate: Associate


def customer_of(conversation_id: str, associate_id: str, deps: Deps) -> Subject:
    """Whom a conversation is with. Raises NotFound, PermissionDenied, MessagingDisabled."""
    conversation, associate, store = own_conversation(conversation_id, associate_id, deps)
    customer = deps.customers.find(conversation.customer_id)
    if customer is None:
        raise NotFound
    return Subject(kind=NoteKind.CUSTOMER, ids=customer.ids, store_id=store.id, associate=associate)


def order_of(order_id: str, associate_id: str, deps: Deps) -> Subject:
    """Raises as `customer_of`."""
    order, associate = show_order(order_id, associate_id, deps), signed_in(associate_id, deps)
    messaging_store(associate, order.store_id, deps)
    return Subject(kind=NoteKind.ORDER, ids=(order.id,), store_id=order.store_id, associate=associate)


def list_notes(subject: Subject, deps: Deps) -> Sequence[Note]:
    """The newest, the newest first; one query for each of those merged."""
    found = [each for about in subject.ids for each in _about(subject, about, deps)]
    return sorted(found, key=lambda note: note.id, reverse=True)[:MOST_SHOWN]


def write_note(subject: Subject, body: str, key: str, deps: Deps) -> Note:
    """The same request again gets the same note. Raises IdempotencyConflict; NotFound if it was taken away since."""
    now, author = deps.clock.now(), subject.associate
    note = Note(
        id=deps.ids.ulid(now),
        kind=subject.kind,
        about=subject.ids[0],
        merchant_id=author.merchant_id,
        store_id=subject.store_id,
        author_id=author.id,
        author_name=author.name,
        body=body,
        created_at=now,
    )
    once = request_once(author.id, key, (note.kind, note.about, note.store_id, body), note.id)
    earlier = deps.notes.add(note, once)
    if earlier is None:
        return note
    if earlier.digest != once.digest:
        raise IdempotencyConflict
    return _found(subject, earlier.result, deps)


def remove_note(subject: Subject, note_id: str, deps: Deps) -> None:
    """Raises NotFound, PermissionDenied for a colleague's."""
    note = _found(subject, note_id, deps)
    if note.author_id != subject.associate.id:
        raise PermissionDenied("Only who wrote it may take it away.")
    deps.notes.remove(note)


def _about(subject: Subject, about: str, deps: Deps) -> Sequence[Note]:
    return deps.notes.about(subject.kind, about, subject.store_id, MOST_SHOWN)


def _found(subject: Subject, note_id: str, deps: Deps) -> Note:
    for about in subject.ids:
        if (note := deps.notes.find(subject.kind, about, subject.store_id, note_id)) is not None:
            return note
    raise NotFound
