"""An associate's contacts go over to a colleague (H16; docs/requirements.md, Routes 5): in steps, again and again safe.

A step moves what time allows, one conditional write per conversation; whatever is left is found by the next one. So
two may work on it at once, and a crash loses nothing. Routes stay as they are: customers write to the same address.
"""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.assignments import Handover, HandoverKind
from chalicelib.domain.conversations import LIVING, Conversation
from chalicelib.domain.errors import InvalidInput, NotFound
from chalicelib.domain.merchants import Associate, Proxy, ProxyChange
from chalicelib.domain.transfers import Transfer

from .access import managed_store, signed_in
from .ports import Deps

_PAGE = 100
_STEP = 4_000
"""Milliseconds a step works, of the ten seconds a request may take."""
_KEPT = 20
"""Transfers that are shown."""


class Person(Struct, frozen=True):
    id: str
    name: str
    contacts: int
    """Of theirs in the store: conversations over their own or a pool's address that have not expired."""


class Progress(Struct, frozen=True):
    transfer: Transfer
    left: int


class Overview(Struct, frozen=True):
    people: tuple[Person, ...]
    transfers: tuple[Progress, ...]


def show_transfers(store_id: str, associate_id: str, deps: Deps) -> Overview:
    """Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    people = tuple(
        Person(each.id, each.name, deps.transfers.count_contacts(each.id, store.id))
        for each in deps.directory.colleagues(store.id)
    )
    known = deps.transfers.of_store(store.id, _KEPT)
    return Overview(people, tuple(Progress(each, _left(each, deps)) for each in known))


def start_transfer(store_id: str, associate_id: str, from_id: str, to_id: str, deps: Deps) -> Progress:
    """With its first step done; where one between the two is under way, that goes on. Addresses go along.

    Raises NotFound, PermissionDenied, InvalidInput (to oneself, or to nobody of this store).
    """
    manager = signed_in(associate_id, deps)
    store = managed_store(manager, store_id, deps)
    giver, receiver = (_of_merchant(each, manager, deps) for each in (from_id, to_id))
    if giver.id == receiver.id or not receiver.belongs_to(store.id):
        raise InvalidInput("Contacts go to somebody else, who belongs to this store.")
    for known in deps.transfers.of_store(store.id, _KEPT):
        if (known.from_id, known.to_id, known.undone_at, known.finished) == (giver.id, receiver.id, None, False):
            return _step(known, deps)
    now = deps.clock.now()
    transfer = Transfer(
        id=deps.ids.ulid(now),
        merchant_id=store.merchant_id,
        store_id=store.id,
        from_id=giver.id,
        from_name=giver.name,
        to_id=receiver.id,
        to_name=receiver.name,
        by_id=manager.id,
        by_name=manager.name,
        at=now,
        total=deps.transfers.count_contacts(giver.id, store.id),
    )
    deps.transfers.put(transfer)
    _log("transfer_started", transfer, manager, deps)
    return _step(transfer, deps)


def continue_transfer(store_id: str, transfer_id: str, associate_id: str, deps: Deps) -> Progress:
    """One step more; of a finished one, nothing. Raises NotFound, PermissionDenied."""
    transfer, _ = _known(store_id, transfer_id, associate_id, deps)
    return Progress(transfer, 0) if transfer.finished else _step(transfer, deps)


def undo_transfer(store_id: str, transfer_id: str, associate_id: str, deps: Deps) -> Progress:
    """What it moved, and is still there, goes back; the first step is done. Raises NotFound, PermissionDenied."""
    transfer, manager = _known(store_id, transfer_id, associate_id, deps)
    if transfer.undone_at is None:
        transfer = transfer.undone(deps.clock.now(), manager.name)
        deps.transfers.put(transfer)
        _log("transfer_undone", transfer, manager, deps)
    return Progress(transfer, 0) if transfer.finished else _step(transfer, deps)


def _step(transfer: Transfer, deps: Deps) -> Progress:
    _give_addresses(transfer, deps)
    stop_at, after, all_moved = deps.clock.now() + _STEP, None, True
    while True:
        page = deps.transfers.contacts(transfer.giver, _PAGE, after)
        for conversation in deps.conversations.find_several(page.rows).values():
            if _concerns(conversation, transfer):
                all_moved = _move(conversation, transfer, deps) and all_moved
        after = page.cursor
        if after is None or deps.clock.now() >= stop_at:
            break
    if after is None and all_moved:
        transfer = transfer.done()
        deps.transfers.put(transfer)
    return Progress(transfer, _left(transfer, deps))


def _concerns(conversation: Conversation, transfer: Transfer) -> bool:
    if (conversation.store_id, conversation.associate_id) != (transfer.store_id, transfer.giver):
        return False
    return transfer.undone_at is None or conversation.transfer_id == transfer.id


def _move(was: Conversation, transfer: Transfer, deps: Deps) -> bool:
    """Who looks after it changes only where that was the one who gives it, and with a line in its history."""
    if was.assignee_id == transfer.giver and was.state in LIVING:
        if not deps.assignments.assign(was, _handover(was, transfer, deps)):
            return False
        was = replace(was, assignee_id=transfer.receiver)
    moved_by = transfer.id if transfer.undone_at is None else None
    return deps.transfers.move(was, replace(was, associate_id=transfer.receiver, transfer_id=moved_by))


def _handover(conversation: Conversation, transfer: Transfer, deps: Deps) -> Handover:
    now, undone = deps.clock.now(), transfer.undone_at is not None
    return Handover(
        id=deps.ids.ulid(now),
        conversation_id=conversation.id,
        merchant_id=conversation.merchant_id,
        store_id=conversation.store_id,
        kind=HandoverKind.HANDED_OVER,
        at=now,
        by_id=None if undone else transfer.by_id,
        by_name=transfer.undone_by_name if undone else transfer.by_name,
        to_id=transfer.receiver,
        to_name=transfer.from_name if undone else transfer.to_name,
    )


def _give_addresses(transfer: Transfer, deps: Deps) -> None:
    """The giver's own numbers and mailboxes are the receiver's from now on, so that strangers reach them, too."""
    known = {(each.channel, each.address): each for each in deps.proxy_changes.all()}
    for channel in Channel:
        for proxy in deps.directory.proxies_of(transfer.store_id, channel):
            change = known.get((proxy.channel, proxy.address))
            owner = proxy.associate_id if change is None or change.associate_id is None else change.associate_id
            if owner == transfer.giver:
                deps.proxy_changes.put(_given(proxy, change, transfer))


def _given(proxy: Proxy, change: ProxyChange | None, transfer: Transfer) -> ProxyChange:
    """The first one in a row of transfers is whose it is by the merchant's file."""
    if change is None:
        change = ProxyChange(channel=proxy.channel, address=proxy.address, merchant_id=proxy.merchant_id)
    first = change.from_associate_id or transfer.giver
    return replace(change, from_associate_id=first, associate_id=transfer.receiver)


def _left(transfer: Transfer, deps: Deps) -> int:
    """Undone: at most, since the receiver may have had contacts of their own."""
    return 0 if transfer.finished else deps.transfers.count_contacts(transfer.giver, transfer.store_id)


def _known(store_id: str, transfer_id: str, associate_id: str, deps: Deps) -> tuple[Transfer, Associate]:
    manager = signed_in(associate_id, deps)
    store = managed_store(manager, store_id, deps)
    transfer = deps.transfers.find(store.id, transfer_id)
    if transfer is None:
        raise NotFound
    return transfer, manager


def _of_merchant(associate_id: str, manager: Associate, deps: Deps) -> Associate:
    found = deps.directory.associate(associate_id)
    if found is None or found.merchant_id != manager.merchant_id:
        raise NotFound
    return found


def _log(event: str, transfer: Transfer, manager: Associate, deps: Deps) -> None:
    deps.log.info(event, transfer_id=transfer.id, from_id=transfer.from_id, to_id=transfer.to_id, by=manager.id)
