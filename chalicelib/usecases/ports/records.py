"""The rest of the table: consent, orders, customers, the merchants' set-up, rejections, sockets."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.domain.absences import Absence
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.consent import Consent, ConsentChange, ConsentKey
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer
from chalicelib.domain.invites import Invite
from chalicelib.domain.merchants import Associate, Colleague, Connection, Proxy, ProxyChange, Store, StoreChange
from chalicelib.domain.orders import Order
from chalicelib.domain.presence import Viewer
from chalicelib.domain.templates import AutomaticSwitches, Template
from chalicelib.domain.transfers import Transfer

from .conversations import Duplicate, Once, Page


class Righted(Struct, frozen=True):
    """An opt-out that was none, in a further scope: as it was, what holds again, and who says so."""

    change: ConsentChange
    was: Consent
    to: Consent
    audit: AuditEntry


class ConsentStore(Protocol):
    def state(self, key: ConsentKey) -> Consent | None: ...

    def record(self, change: ConsentChange) -> bool:
        """Writes state and ledger line in one transaction; False if a newer act is stored (nothing written).

        A request counts as no act: what the customer does or did overrules it."""
        ...

    def set_right(
        self,
        change: ConsentChange,
        was: Consent,
        to: Consent,
        conversation: Conversation,
        audit: AuditEntry,
        beside: Sequence[Righted] = (),
    ) -> bool:
        """In one transaction: `to` holds again in place of `was`, `change` is in the ledger, the conversation's display
        flag goes, and so it is written down; likewise, but for the flag, in each scope of `beside`. False if a state is
        not as it `was` any more: nothing is written."""
        ...

    def history(self, key: ConsentKey) -> Sequence[ConsentChange]:
        """The ledger of one address in one scope, oldest first."""
        ...

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[ConsentChange]:
        """The lines of what happened in a store, written down at `since` or later and before `until`, newest first.

        An index query, which may miss what came just now. At most a hundred. Raises InvalidInput for a cursor that is
        none of ours.
        """
        ...


class OrderUpsert(Struct, frozen=True, kw_only=True):
    """An order as a webhook tells it, and the customer it implies, in one transaction."""

    once: Once
    order: Order
    order_was: Order | None
    customer: Customer
    customer_was: Customer | None
    texts: tuple[AutomaticText, ...] = ()
    """What the customer is to be told of it, now or later (Order.told says so); each of another event."""
    claimed: tuple[tuple[str, str], ...] = ()
    """Look-up keys (kind, value) that lead to this customer from now on; each must be free still.
    Kinds: `sms`, `email`, `external`."""


class Stored(Struct, frozen=True):
    """Done."""


class Raced(Struct, frozen=True):
    """Nothing was written: order, customer or a look-up key changed since it was read. Read again."""


class OrderStore(Protocol):
    def find(self, order_id: str) -> Order | None: ...

    def find_several(self, order_ids: Sequence[str]) -> dict[str, Order]:
        """Those there are, by id; one request for up to a hundred."""
        ...

    def find_external(self, connection_id: str, external_id: str) -> Order | None: ...

    def upsert(self, command: OrderUpsert) -> Stored | Duplicate | Raced: ...

    def unlink(self, order_id: str, conversation_id: str) -> None:
        """The order is no longer talked about in that conversation. Nothing happens if it is not any more."""
        ...

    def active(self, store_id: str, placed_since: int, limit: int, cursor: str | None) -> Page[Order]:
        """Active orders placed at `placed_since` or later, newest first; one index query."""
        ...

    def of_customer(self, customer_id: str, limit: int) -> Sequence[Order]:
        """Newest first; one index query."""
        ...


class CustomerUpsert(Struct, frozen=True, kw_only=True):
    """A customer as a shop's record tells them, in one transaction."""

    customer: Customer
    customer_was: Customer | None
    claimed: tuple[tuple[str, str], ...] = ()
    """As in OrderUpsert."""


class MergeCommand(Struct, frozen=True):
    """Two customers of one merchant: each as read, and as to be stored."""

    kept: tuple[Customer, Customer]
    other: tuple[Customer, Customer]


class CustomerStore(Protocol):
    def find(self, customer_id: str) -> Customer | None:
        """Of one who was merged into another: the one who is kept."""
        ...

    def find_several(self, customer_ids: Sequence[str]) -> dict[str, Customer]:
        """By the ids asked for, likewise; who is not there is missing."""
        ...

    def find_by(self, merchant_id: str, kind: str, value: str) -> str | None:
        """The customer id behind a look-up key (kinds as in OrderUpsert.claimed); of one who was merged, their own."""
        ...

    def upsert(self, command: CustomerUpsert) -> bool:
        """False where customer or a look-up key changed since it was read."""
        ...

    def merged_into(self, customer: Customer) -> Sequence[Customer]:
        """The tombstones that point to this customer, the latest first. Nothing is read where there are none."""
        ...

    def change_both(self, command: MergeCommand, audit: AuditEntry) -> bool:
        """Merges or parts them in one transaction with its entry in the audit log; False if one of them changed."""
        ...

    def renamed(self, customer: Customer, position: int | None = None) -> None:
        """Their conversations show their name, up to this place in the list of them (None: all), if nothing about them
        changed since they were read."""
        ...


class ProxyChanges(Protocol):
    """What managers changed about addresses of ours; the directory's have it within a minute."""

    def put(self, change: ProxyChange) -> None:
        """In place of an earlier one of the same address."""
        ...

    def all(self) -> Sequence[ProxyChange]:
        """Strongly consistent."""
        ...


class StoreChanges(Protocol):
    """What managers changed about stores; the directory's have it within a minute."""

    def find(self, store_id: str) -> StoreChange | None:
        """Strongly consistent."""
        ...

    def put(self, change: StoreChange, was: StoreChange | None, audit: AuditEntry) -> bool:
        """False where it is no longer as it `was`. The entry is written with it, or neither is."""
        ...


class TransferStore(Protocol):
    """Transfers of contacts, and the contacts they are about: conversations of an associate that have not expired."""

    def put(self, transfer: Transfer) -> None: ...

    def find(self, store_id: str, transfer_id: str) -> Transfer | None: ...

    def of_store(self, store_id: str, limit: int) -> Sequence[Transfer]:
        """Newest first."""
        ...

    def contacts(self, associate_id: str, limit: int, after: str | None) -> Page[str]:
        """Ids of conversations in any store, ascending, behind `after`; an index query. The cursor is the last id."""
        ...

    def count_contacts(self, associate_id: str, store_id: str) -> int:
        """An index query, or more where there are thousands."""
        ...

    def move(self, was: Conversation, to: Conversation) -> bool:
        """Stores associate and transfer of `to`, if these and the assignee are still those of `was`; False if not."""
        ...


class TemplateStore(Protocol):
    """What stores have made of their templates; those that are as they came are not stored."""

    def of_store(self, store_id: str) -> Sequence[Template]:
        """Strongly consistent; also the deleted ones."""
        ...

    def find(self, store_id: str, template_id: str) -> Template | None:
        """Strongly consistent."""
        ...

    def save(self, template: Template, switches: AutomaticSwitches | None) -> bool:
        """Stores it, with the switches, in place of the revision before it; False if another one is there.

        What is deleted is garbage later."""
        ...


class Directory(Protocol):
    """The merchant's own set-up: small, rarely changed, cached in the process for at most a minute."""

    def connection(self, connection_id: str) -> Connection | None: ...

    def connections(self) -> Sequence[Connection]: ...

    def secrets(self, connection: Connection) -> dict[str, str]:
        """By name, e.g. `auth_token`, `webhook_secret`. Raises Unavailable when they cannot be read: fails closed."""
        ...

    def store(self, store_id: str) -> Store | None: ...

    def stores(self) -> Sequence[Store]: ...

    def proxy(self, channel: Channel, address: Address) -> Proxy | None: ...

    def proxies_of(self, store_id: str, channel: Channel) -> Sequence[Proxy]:
        """The addresses on a channel that are used in a store, whoever owns them, in the order of their names."""
        ...

    def absences(self, store_id: str) -> Sequence[Absence]:
        """Who of a store is away now, as far as this process knows: as old as the rest of the set-up."""
        ...

    def automatic_switches(self, store_id: str) -> AutomaticSwitches | None:
        """As old as the rest of the set-up; None where nothing was switched."""
        ...

    def colleagues(self, store_id: str) -> Sequence[Colleague]:
        """Who belongs to a store, by name. One query, never cached; for lists: what is decided, is by `associate`."""
        ...

    def associate(self, associate_id: str) -> Associate | None:
        """Never cached: access ends when it is taken away."""
        ...


class AbsenceStore(Protocol):
    """Who is away (H1)."""

    def find(self, associate_id: str) -> Absence | None:
        """Strongly consistent; also one that is over."""
        ...

    def put(self, absence: Absence) -> None:
        """In place of the former one. Every process knows of it within a minute."""
        ...


class AuditLog(Protocol):
    """Who did what (X24). What is a transaction takes its entry along; this is for acts that write nothing else."""

    def record(self, entry: AuditEntry) -> None:
        """Raises Unavailable where it cannot be written; then the act must not happen."""
        ...

    def find(self, store_id: str, entry_id: str) -> AuditEntry | None:
        """Strongly consistent."""
        ...

    def entries(self, store_id: str, limit: int, cursor: str | None) -> Page[AuditEntry]:
        """Newest first; one query (eventually consistent). Raises InvalidInput for a cursor that is none of ours."""
        ...


class Rejections(Protocol):
    """Events answered 2xx that changed nothing else, each recorded once with its reason (I1)."""

    def record(self, once: Once, reason: str, at: int) -> None: ...


class Socket(Struct, frozen=True, kw_only=True):
    """An open WebSocket: an associate's, or a customer's who has a chat open."""

    id: str
    associate_id: str
    store_ids: tuple[str, ...]
    opened_at: int
    conversation_id: str | None = None
    """A customer's: the conversation it is told of; it belongs to no associate and to no store."""


class ChatLinks(Protocol):
    def find(self, link_id: str) -> ChatLink | None: ...

    def keep(self, link: ChatLink) -> None:
        """Stores it, over what it was before."""
        ...


class InviteStore(Protocol):
    """Invitations of customers. Reads are strongly consistent unless the method says otherwise."""

    def add(self, invite: Invite) -> Invite:
        """As it is stored: one with this id that was there before stays."""
        ...

    def find(self, invite_id: str) -> Invite | None: ...

    def change(self, invite: Invite, was: Invite, word: Once | None = None) -> bool:
        """Stores it, if `was` is still as read; False if not. `word`: stored with it, to find it by."""
        ...

    def of_associate(self, associate_id: str, now: int, limit: int) -> Sequence[Invite]:
        """Those that have not expired, the first to expire first; an index query, then the items."""
        ...


class Attempts(Protocol):
    """What is counted by who did it, within spans of time."""

    def count(self, scope: str, key: str) -> int: ...

    def add(self, scope: str, key: str, until: int) -> int:
        """One more; how many there are now. `until`: epoch milliseconds from which it need not be known any more."""
        ...


class SocketStore(Protocol):
    def add(self, socket: Socket, ticket_id: str) -> bool:
        """Registers the socket and uses the ticket up in one transaction; False if the ticket was used before."""
        ...

    def remove(self, socket_id: str) -> None: ...

    def of_store(self, store_id: str) -> Sequence[Socket]: ...

    def find(self, socket_id: str) -> Socket | None: ...

    def look(self, store_id: str, viewer: Viewer, before: int) -> bool:
        """Notes what the browser has open; False if its socket is none of that store's, or said so after `before`."""
        ...

    def look_away(self, store_id: str, socket_id: str, conversation_id: str) -> bool:
        """It no longer has that open; False if it had not."""
        ...

    def viewers(self, store_id: str, conversation_id: str, since: int) -> Sequence[Viewer]:
        """Browsers that have it open and said so after `since`.

        Strongly consistent: of two who come at the same time, one sees the other.
        """
        ...

    def of_conversation(self, conversation_id: str) -> Sequence[Socket]:
        """Customers' own."""
        ...
