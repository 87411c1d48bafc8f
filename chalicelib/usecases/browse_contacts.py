"""The customers that an associate looks after in a store, each once (H14).

They are of two kinds: whose conversation is the associate's by its address (an own one, or one of a pool), of which an
index knows all; and whose conversation over the store's address they started, answered first or took, which are found
among the store's newest.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import LISTED, Conversation, ConversationState

from .access import contacts_store, signed_in
from .browse_conversations import matches
from .ports import Deps, InboxRow
from .search import SCAN, Found, search
from .search_tags import chosen

MOST_CONTACTS = 200
_AT_ONCE = 100


class Contact(Struct, frozen=True, kw_only=True):
    """A customer, by their latest conversation."""

    customer_id: str
    customer_name: str
    customer_address: Address
    channel: str
    conversation_id: str
    conversation_ids: tuple[str, ...]
    """All of theirs that the associate looks after here, the latest first."""
    last_activity_at: int
    last_preview: str
    unread: int
    """In all of these."""


class Contacts(Struct, frozen=True):
    """`truncated`: there may be more."""

    rows: tuple[Contact, ...]
    truncated: bool


def list_contacts(store_id: str, associate_id: str, wanted: str, deps: Deps) -> Contacts:
    """The latest activity first; those that `wanted` matches, where it is not empty.

    Raises NotFound, PermissionDenied, MessagingDisabled, ContactsDisabled.
    """
    store = contacts_store(signed_in(associate_id, deps), store_id, deps)
    by_assignment, cut = _looked_after(store.id, associate_id, deps)
    known = {each.id for each in by_assignment}
    by_address, more = _over_own_addresses(store.id, associate_id, known, deps)
    sought = wanted.strip().casefold()
    both: list[InboxRow | Conversation] = [*by_assignment, *by_address]
    found = chosen(both, sought, lambda each: not sought or matches(each, sought), deps)
    rows = _by_customer(found)
    return Contacts(tuple(rows[:MOST_CONTACTS]), cut or more or len(rows) > MOST_CONTACTS)


def _looked_after(store_id: str, associate_id: str, deps: Deps) -> tuple[list[InboxRow], bool]:
    now = deps.clock.now()

    def listed(state: ConversationState) -> Found[InboxRow]:
        return search(
            lambda limit, cursor: deps.conversations.inbox(store_id, state, now, limit, cursor),
            lambda rows: [row for row in rows if row.assignee_id == associate_id],
            SCAN,
        )

    opened, closed = listed(ConversationState.OPEN), listed(ConversationState.CLOSED)
    return [*opened.page.rows, *closed.page.rows], opened.truncated or closed.truncated


def _over_own_addresses(
    store_id: str, associate_id: str, known: set[str], deps: Deps
) -> tuple[list[Conversation], bool]:
    """Those besides that no colleague looks after by now."""
    now, found, after = deps.clock.now(), list[Conversation](), None
    for _ in range(SCAN // _AT_ONCE):
        page = deps.transfers.contacts(associate_id, _AT_ONCE, after)
        others = [each for each in page.rows if each not in known]
        for each in deps.conversations.find_several(others).values() if others else ():
            ours = each.store_id == store_id and each.assignee_id in (None, associate_id)
            if ours and each.state_at(now) in LISTED:
                found.append(each)
        after = page.cursor
        if after is None:
            break
    return found, after is not None


def _by_customer(found: Iterable[InboxRow | Conversation]) -> list[Contact]:
    contacts: dict[str, Contact] = {}
    for each in sorted(found, key=lambda each: (each.last_activity_at, each.id), reverse=True):
        known = contacts.get(each.customer_id)
        contacts[each.customer_id] = _contact(each) if known is None else _with(known, each)
    return list(contacts.values())


def _contact(of: InboxRow | Conversation) -> Contact:
    return Contact(
        customer_id=of.customer_id,
        customer_name=of.customer_name,
        customer_address=of.customer_address,
        channel=of.channel,
        conversation_id=of.id,
        conversation_ids=(of.id,),
        last_activity_at=of.last_activity_at,
        last_preview=of.last_preview,
        unread=of.unread,
    )


def _with(known: Contact, other: InboxRow | Conversation) -> Contact:
    return replace(known, conversation_ids=(*known.conversation_ids, other.id), unread=known.unread + other.unread)
