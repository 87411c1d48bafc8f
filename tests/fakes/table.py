"""The memory that the fake repositories share, as the real ones share a table."""

from functools import cached_property

from msgspec.structs import replace

from chalicelib.domain.absences import Absence
from chalicelib.domain.assignments import Handover
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.bulk import Bulk, Part
from chalicelib.domain.carts import Cart
from chalicelib.domain.catalogue import CatalogueRun
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.consent import Consent, ConsentChange, ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.credits import CreditAccount, CreditLine, Purchase
from chalicelib.domain.customers import Customer
from chalicelib.domain.devices import Device
from chalicelib.domain.erasures import Erasure
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.held import Held
from chalicelib.domain.invites import Invite
from chalicelib.domain.merchants import Associate, Connection, Proxy, ProxyChange, Store, StoreChange
from chalicelib.domain.messages import Message
from chalicelib.domain.notes import Note
from chalicelib.domain.opt_in import pause_of
from chalicelib.domain.order_runs import OrderRun
from chalicelib.domain.orders import Order
from chalicelib.domain.presence import Viewer
from chalicelib.domain.privacy_requests import PrivacyRequest
from chalicelib.domain.product_links import ProductLink
from chalicelib.domain.products import Product
from chalicelib.domain.reminders import Reminder, Timer
from chalicelib.domain.routing import Rerouting, Route, RouteKey, Routes
from chalicelib.domain.sales import Sale
from chalicelib.domain.shelves import Shelf
from chalicelib.domain.templates import AutomaticSwitches, Template
from chalicelib.domain.transfers import Transfer
from chalicelib.domain.unanswered import Unanswered
from chalicelib.domain.unread_replies import UnreadReply
from chalicelib.domain.uploads import Upload
from chalicelib.store.conditions import ROUTE
from chalicelib.usecases.ports import Once, Socket

Entity = Message | Conversation | Order | Cart


class Reminding:
    """Reminders and their timers. `struck`: what the stream would tell of those that a run took away."""

    def __init__(self) -> None:
        self.open: dict[tuple[str, str], Reminder] = {}
        self.ended: dict[tuple[str, str], Reminder] = {}
        self.timers: dict[tuple[int, str], Timer] = {}
        self.struck: list[Timer] = []


class FakeTable:
    """`changes` is what the stream would say: (before, after) of messages, conversations and orders."""

    _left: int | None = None
    """Requests that are answered before all others are refused."""

    @cached_property
    def unread_replies(self) -> dict[str, UnreadReply]:
        return {}

    @cached_property
    def unread_aside(self) -> dict[str, int]:
        return {}

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.messages: dict[tuple[str, str], Message] = {}
        self.held: dict[tuple[str, str], Held] = {}
        self.aside: dict[tuple[str, str], int] = {}
        """When held texts are looked at again that were put aside."""
        self.unanswered: dict[str, Unanswered] = {}
        self.reminding = Reminding()
        self.unanswered_aside: dict[str, int] = {}
        self.routes: dict[RouteKey, Route] = {}
        """Those that come first."""
        self.beside: dict[tuple[RouteKey, str], Route] = {}
        """By pair and store."""
        self.onces: dict[tuple[str, str], Once] = {}
        self.consents: dict[ConsentKey, Consent] = {}
        self.ledger: list[ConsentChange] = []
        self.orders: dict[str, Order] = {}
        self.products: dict[str, Product] = {}
        self.shelves: dict[str, Shelf] = {}
        self.catalogue_runs, self.order_runs = dict[str, CatalogueRun](), dict[str, OrderRun]()
        self.customers: dict[str, Customer] = {}
        self.erasures = dict[tuple[str, str], Erasure]()
        self.theirs, self.suppressed = dict[tuple[str, str], str](), dict[ConsentKey, int]()
        self.lookups: dict[tuple[str, str, str], str] = {}
        self.rejections: dict[tuple[str, str], tuple[str, int]] = {}
        self.tickets: set[str] = set()
        self.links: dict[str, ChatLink] = {}
        self.uploads: dict[tuple[str, str], Upload] = {}
        self.invites: dict[str, Invite] = {}
        self.attempts: dict[tuple[str, str], int] = {}
        self.sockets: dict[str, Socket] = {}
        self.viewers: dict[tuple[str, str], Viewer] = {}
        """By store and socket."""
        self.stores: dict[str, Store] = {}
        self.connections: dict[str, Connection] = {}
        self.secrets: dict[str, dict[str, str]] = {}
        self.proxies: dict[tuple[str, str], Proxy] = {}
        self.transfers: dict[tuple[str, str], Transfer] = {}
        self.store_changes, self.proxy_changes = dict[str, StoreChange](), dict[tuple[str, str], ProxyChange]()
        self.associates: dict[str, Associate] = {}
        self.handovers: list[Handover] = []
        self.audit: list[AuditEntry] = []
        self.automatic: dict[tuple[str, str], AutomaticText] = {}
        """By order and event."""
        self.templates: dict[tuple[str, str], Template] = {}
        """By store and id."""
        self.switches: dict[str, AutomaticSwitches] = {}
        self.absences: dict[str, Absence] = {}
        self.changes: list[tuple[Entity | None, Entity | None]] = []
        self._refusals = 0

    @cached_property
    def privacy_requests(self) -> dict[tuple[str, str], PrivacyRequest]:
        """By store and id."""
        return {}

    @cached_property
    def devices(self) -> dict[tuple[str, str], Device]:
        """By associate and address."""
        return {}

    @cached_property
    def sales(self) -> dict[tuple[str, str], Sale]:
        """By store and order."""
        return {}

    @cached_property
    def product_links(self) -> dict[str, ProductLink]:
        return {}

    @cached_property
    def notes(self) -> dict[str, Note]:
        return {}

    @cached_property
    def carts(self) -> dict[tuple[str, str], Cart]:
        """By conversation and id."""
        return {}

    @cached_property
    def bulks(self) -> dict[tuple[str, str], Bulk]:
        """By store and id."""
        return {}

    @cached_property
    def bulk_parts(self) -> dict[tuple[str, int], Part]:
        return {}

    @cached_property
    def credit_accounts(self) -> dict[str, CreditAccount]:
        return {}

    @cached_property
    def credit_lines(self) -> list[CreditLine]:
        return []

    @cached_property
    def purchases(self) -> dict[tuple[str, str], Purchase]:
        """By store and id."""
        return {}

    def refuse(self, times: int = 1) -> None:
        """The next requests end as Unavailable, with nothing done."""
        self._refusals = times

    def refuse_after(self, requests: int | None) -> None:
        """So many are answered, and the others refused; None: all are answered again."""
        self._left = requests

    def request(self) -> None:
        """Every fake repository calls this first, as the real one makes a request."""
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise Unavailable
        if self._refusals:
            self._refusals -= 1
            raise Unavailable

    def put_conversation(self, item: Conversation) -> None:
        self._changed(self.conversations.get(item.id), item)
        self.conversations[item.id] = item

    def put_message(self, item: Message) -> None:
        key = (item.conversation_id, item.id)
        self._changed(self.messages.get(key), item)
        self.messages[key] = item

    def routes_of(self, key: RouteKey) -> Routes:
        first = self.routes.get(key)
        if first is None:
            return Routes()
        others = [route for (pair, store), route in sorted(self.beside.items(), key=str) if pair == key]
        return Routes(first, tuple(each for each in others if each.store_id != first.store_id))

    def may_reroute(self, rerouting: Rerouting) -> bool:
        """As store.routes: the first as it was read, and of the others those that change."""
        was, now = rerouting.was, self.routes_of(rerouting.written.key)
        changed = {each.store_id for each in rerouting.becomes.beside if each not in was.beside}
        stores = changed - {was.first.store_id if was.first else ""}
        return unchanged(now.first, was.first, ROUTE) and all(
            unchanged(now.of_store(each), was.of_store(each), ROUTE) for each in stores
        )

    def reroute(self, rerouting: Rerouting) -> None:
        if rerouting.was == rerouting.becomes:
            return
        self.routes[rerouting.written.key] = rerouting.written
        for route in rerouting.becomes.beside:
            self.beside[route.key, route.store_id] = replace(route, turn=None)

    def still_held(self, was: Held) -> bool:
        """As it was read."""
        stored = self.held.get((was.conversation_id, was.id))
        return unchanged(stored, was, ("revision", "merchant_id"))

    def await_answer(self, item: Unanswered, written_at: int) -> None:
        """Who waits already goes on waiting, unless it is to be looked at right now."""
        stored = self.unanswered.get(item.conversation_id)
        if stored is not None and item.due_at > written_at:
            item = replace(item, due_at=stored.due_at)
        else:
            self.unanswered_aside.pop(item.conversation_id, None)
        self.unanswered[item.conversation_id] = item

    def await_reading(self, item: UnreadReply) -> None:
        """One that waits already keeps its time."""
        stored = self.unread_replies.get(item.conversation_id)
        self.unread_replies[item.conversation_id] = item if stored is None else replace(item, due_at=stored.due_at)

    def still_unread(self, was: UnreadReply) -> bool:
        """As it was read."""
        return unchanged(self.unread_replies.get(was.conversation_id), was, ("last_message_id", "merchant_id"))

    def held_in(self, conversation_id: str) -> list[Held]:
        """The earliest first."""
        found = [held for (owner, _), held in self.held.items() if owner == conversation_id]
        return sorted(found, key=lambda held: (held.release_at, held.id))

    def brought_back(self, *keys: ConsentKey) -> bool:
        """Whether there was a hash of one of them."""
        hashed = [key for key in keys if key in self.suppressed]
        for key in hashed:
            self.bring_back(key)
        return bool(hashed)

    def bring_back(self, key: ConsentKey) -> None:
        """As store.suppressions."""
        if (changed_at := self.suppressed.pop(key, None)) is not None:
            back = Consent(key=key, state=ConsentState.OPTED_OUT, changed_at=changed_at)
            self.consents.setdefault(key, back)

    def put_audit(self, entry: AuditEntry | None) -> None:
        if entry is not None and entry.id not in {each.id for each in self.audit}:
            self.audit.append(entry)

    def put_order(self, item: Order) -> None:
        self._changed(self.orders.get(item.id), item)
        self.orders[item.id] = item

    def erase_messages(self, conversation_id: str, up_to: str) -> None:
        for key in [key for key in self.messages if key[0] == conversation_id and key[1] <= up_to]:
            self._changed(self.messages.pop(key), None)
        self.handovers = [each for each in self.handovers if each.conversation_id != conversation_id]
        for key in [key for key in self.held if key[0] == conversation_id]:
            del self.held[key]
        for key in [key for key in self.carts if key[0] == conversation_id]:
            del self.carts[key]

    def messages_of(self, conversation_id: str) -> list[Message]:
        """Oldest first."""
        found = [m for (owner, _), m in self.messages.items() if owner == conversation_id]
        return sorted(found, key=lambda message: message.id)

    def change_consent(self, change: ConsentChange) -> bool:
        """Writes state and ledger line; False (and the line only) where a newer act is stored."""
        decides = self.decides(change)
        if decides:
            self.consents[change.key] = change.leads_to()
        self.ledger.append(change)
        return decides

    def decides(self, change: ConsentChange) -> bool:
        """Whether it changes the state: no newer act is stored; a request only where it may be made."""
        stored = self.consents.get(change.key)
        if stored is None or change.state is not ConsentState.REQUESTED:
            return stored is None or stored.overruled_by(change.at)
        long_ago = stored.changed_at <= change.at - pause_of(change.source)
        return stored.state is ConsentState.NONE or (stored.state is ConsentState.REQUESTED and long_ago)

    def _changed(self, old: Entity | None, new: Entity | None) -> None:
        if old != new:
            self.changes.append((old, new))


def unchanged(stored: object, was: object, fields: tuple[str, ...]) -> bool:
    """As conditions.unchanged: the fields in question are as they were read."""
    if stored is None or was is None:
        return stored is was
    return all(getattr(stored, name) == getattr(was, name) for name in fields)
