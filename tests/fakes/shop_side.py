"""The other ports of the table over plain memory: orders, customers, set-up, sockets."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from chalicelib.domain import web_chat
from chalicelib.domain.absences import Absence
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.invites import Invite
from chalicelib.domain.merchants import Associate, Colleague, Connection, Proxy, ProxyChange, Store, StoreChange
from chalicelib.domain.orders import Order, order_id
from chalicelib.domain.presence import Viewer
from chalicelib.domain.templates import AutomaticSwitches
from chalicelib.domain.transfers import Transfer
from chalicelib.store.conditions import CUSTOMER, ORDER
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.store.sockets import LIFETIME
from chalicelib.usecases.ports import (
    Clock,
    CustomerUpsert,
    Duplicate,
    MergeCommand,
    Once,
    OrderUpsert,
    Page,
    Raced,
    Socket,
    Stored,
)

from .table import FakeTable, unchanged


class FakeOrders:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, order_id: str) -> Order | None:
        self._table.request()
        return self._table.orders.get(order_id)

    def find_several(self, order_ids: Sequence[str]) -> dict[str, Order]:
        self._table.request()
        return {each: self._table.orders[each] for each in order_ids if each in self._table.orders}

    def find_external(self, connection_id: str, external_id: str) -> Order | None:
        return self.find(order_id(connection_id, external_id))

    def upsert(self, command: OrderUpsert) -> Stored | Duplicate | Raced:
        self._table.request()
        _check(command)
        table, once, customer = self._table, command.once, command.customer
        if stored := table.onces.get((once.scope, once.key)):
            return Duplicate(stored)
        claimed = [(customer.merchant_id, kind, value) for kind, value in command.claimed]
        told = any((text.order_id, text.event) in table.automatic for text in command.texts)
        if told or not self._as_read(command) or any(key in table.lookups for key in claimed):
            return Raced()
        table.onces[once.scope, once.key] = once
        table.put_order(command.order)
        for text in command.texts:
            table.automatic[text.order_id, text.event] = text
        table.customers[customer.id] = customer
        table.lookups.update(dict.fromkeys(claimed, customer.id))
        return Stored()

    def _as_read(self, command: OrderUpsert) -> bool:
        order, customer = command.order, command.customer
        return unchanged(self._table.orders.get(order.id), command.order_was, ORDER) and (
            customer == command.customer_was
            or unchanged(self._table.customers.get(customer.id), command.customer_was, CUSTOMER)
        )

    def unlink(self, order_id: str, conversation_id: str) -> None:
        self._table.request()
        stored = self._table.orders.get(order_id)
        if stored is not None and stored.conversation_id == conversation_id:
            self._table.put_order(replace(stored, conversation_id=None))

    def active(self, store_id: str, placed_since: int, limit: int, cursor: str | None) -> Page[Order]:
        self._table.request()
        before = index_position(cursor) if cursor is not None else None
        listed = [o for o in self._table.orders.values() if o.store_id == store_id and o.active]
        recent = [o for o in listed if o.placed_at >= placed_since]
        newest = [o for o in sorted(recent, key=_position, reverse=True) if before is None or _position(o) < before]
        shown = tuple(replace(order, lines=()) for order in newest[:limit])
        return Page(shown, opaque(_position(shown[-1])) if len(newest) > limit else None)

    def of_customer(self, customer_id: str, limit: int) -> Sequence[Order]:
        self._table.request()
        found = [order for order in self._table.orders.values() if order.customer_id == customer_id]
        newest = sorted(found, key=_position, reverse=True)[:limit]
        return [replace(order, lines=()) for order in newest]


class FakeCustomers:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def upsert(self, command: CustomerUpsert) -> bool:
        self._table.request()
        table, customer, was = self._table, command.customer, command.customer_was
        if was is not None and (was.id, was.merchant_id) != (customer.id, customer.merchant_id):
            raise ValueError("a customer stays who they are, and whose they are")
        claimed = [(customer.merchant_id, kind, value) for kind, value in command.claimed]
        if not unchanged(table.customers.get(customer.id), was, CUSTOMER) or any(
            key in table.lookups for key in claimed
        ):
            return False
        table.customers[customer.id] = customer
        table.lookups.update(dict.fromkeys(claimed, customer.id))
        return True

    def find(self, customer_id: str) -> Customer | None:
        self._table.request()
        found = self._table.customers.get(customer_id)
        while found is not None and found.merge is not None:
            self._table.request()
            found = self._table.customers.get(found.merge.into)
        return found

    def find_several(self, customer_ids: Sequence[str]) -> dict[str, Customer]:
        found = {each: self.find(each) for each in customer_ids}
        return {asked: customer for asked, customer in found.items() if customer is not None}

    def merged_into(self, customer: Customer) -> Sequence[Customer]:
        found = [self._table.customers[each] for each in customer.absorbed or ()]
        mine = [(each.merge.at, each) for each in found if each.merge is not None and each.merge.into == customer.id]
        return [each for _, each in sorted(mine, key=lambda pair: pair[0], reverse=True)]

    def change_both(self, command: MergeCommand, audit: AuditEntry) -> bool:
        self._table.request()
        both = (command.kept, command.other)
        everybody = [each for pair in both for each in pair]
        if len({each.merchant_id for each in everybody}) != 1 or len({each.id for each in everybody}) != 2:
            raise ValueError("two customers of one merchant are merged")
        if not all(unchanged(self._table.customers.get(was.id), was, CUSTOMER) for was, _ in both):
            return False
        self._table.customers.update({to.id: to for _, to in both})
        self._table.put_audit(audit)
        return True

    def renamed(self, customer: Customer, position: int | None = None) -> None:
        self._table.request()
        stored = self._table.customers.get(customer.id)
        if stored is not None and stored.updated_at == customer.updated_at:
            self._table.customers[customer.id] = replace(stored, renaming=position)

    def find_by(self, merchant_id: str, kind: str, value: str) -> str | None:
        self._table.request()
        return self._table.lookups.get((merchant_id, kind, value))


class FakeAbsences:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, associate_id: str) -> Absence | None:
        self._table.request()
        return self._table.absences.get(associate_id)

    def put(self, absence: Absence) -> None:
        self._table.request()
        self._table.absences[absence.associate_id] = absence


class FakeDirectory:
    def __init__(self, table: FakeTable, clock: Clock) -> None:
        self._table, self._clock = table, clock

    def absences(self, store_id: str) -> Sequence[Absence]:
        now = self._clock.now()
        return [each for each in self._table.absences.values() if store_id in each.store_ids and each.lasts(now)]

    def connection(self, connection_id: str) -> Connection | None:
        chats = {each.id: each for each in map(web_chat.connection, self._table.stores.values())}
        return (self._table.connections | chats).get(connection_id)

    def connections(self) -> Sequence[Connection]:
        return list(self._table.connections.values())

    def secrets(self, connection: Connection) -> dict[str, str]:
        if not connection.secret_ref:
            return {}
        found = self._table.secrets.get(connection.secret_ref)
        if not found or not all(value.strip() for value in found.values()):
            raise Unavailable
        return found

    def store(self, store_id: str) -> Store | None:
        return next((each for each in self.stores() if each.id == store_id), None)

    def stores(self) -> Sequence[Store]:
        known = {(each.store_id, each.merchant_id): each for each in self._table.store_changes.values()}
        stores = self._table.stores.values()
        return [each.changed(made) if (made := known.get((each.id, each.merchant_id))) else each for each in stores]

    def proxy(self, channel: Channel, address: Address) -> Proxy | None:
        return self._proxies().get((channel, address))

    def proxies_of(self, store_id: str, channel: Channel) -> Sequence[Proxy]:
        known = self._proxies()
        return [known[key] for key in sorted(known) if key[0] == channel and store_id in known[key].store_ids]

    def automatic_switches(self, store_id: str) -> AutomaticSwitches | None:
        return self._table.switches.get(store_id)

    def colleagues(self, store_id: str) -> Sequence[Colleague]:
        self._table.request()
        here = [each for each in self._table.associates.values() if store_id in each.stores]
        found = [Colleague(id=each.id, name=each.name, permissions=each.stores[store_id]) for each in here]
        return sorted(found, key=lambda colleague: (colleague.name.casefold(), colleague.id))

    def _proxies(self) -> dict[tuple[str, str], Proxy]:
        chats: dict[tuple[str, str], Proxy] = {
            (each.channel, each.address): each for each in map(web_chat.proxy, self._table.stores.values())
        }
        changes = self._table.proxy_changes
        known = self._table.proxies | chats
        return {key: each.changed(changes[key]) if key in changes else each for key, each in known.items()}

    def associate(self, associate_id: str) -> Associate | None:
        self._table.request()
        return self._table.associates.get(associate_id)


class FakeStoreChanges:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, store_id: str) -> StoreChange | None:
        self._table.request()
        return self._table.store_changes.get(store_id)

    def put(self, change: StoreChange, was: StoreChange | None, audit: AuditEntry) -> bool:
        self._table.request()
        if self._table.store_changes.get(change.store_id) != was:
            return False
        self._table.store_changes[change.store_id] = change
        self._table.put_audit(audit)
        return True


class FakeProxyChanges:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def put(self, change: ProxyChange) -> None:
        self._table.request()
        self._table.proxy_changes[change.channel, change.address] = change

    def all(self) -> Sequence[ProxyChange]:
        self._table.request()
        return [each for _, each in sorted(self._table.proxy_changes.items())]


class FakeTransfers:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def put(self, transfer: Transfer) -> None:
        self._table.request()
        self._table.transfers[transfer.store_id, transfer.id] = transfer

    def find(self, store_id: str, transfer_id: str) -> Transfer | None:
        self._table.request()
        return self._table.transfers.get((store_id, transfer_id))

    def of_store(self, store_id: str, limit: int) -> Sequence[Transfer]:
        self._table.request()
        found = [each for (store, _), each in sorted(self._table.transfers.items()) if store == store_id]
        return found[::-1][:limit]

    def contacts(self, associate_id: str, limit: int, after: str | None) -> Page[str]:
        self._table.request()
        ids = sorted(c.id for c in self._contacts(associate_id) if after is None or c.id > after)
        shown = tuple(ids[:limit])
        return Page(shown, shown[-1] if len(ids) >= limit else None)

    def count_contacts(self, associate_id: str, store_id: str) -> int:
        self._table.request()
        return sum(c.store_id == store_id for c in self._contacts(associate_id))

    def _contacts(self, associate_id: str) -> list[Conversation]:
        listed = (ConversationState.OPEN, ConversationState.CLOSED)
        known = self._table.conversations.values()
        return [c for c in known if c.associate_id == associate_id and c.state in listed]

    def move(self, was: Conversation, to: Conversation) -> bool:
        self._table.request()
        stored = self._table.conversations.get(was.id)
        fields = ("merchant_id", "store_id", "associate_id", "assignee_id", "transfer_id")
        if stored is None or not unchanged(stored, was, fields):
            return False
        self._table.put_conversation(replace(stored, associate_id=to.associate_id, transfer_id=to.transfer_id))
        return True


class FakeSetup:
    """As chalicelib.store.setup.DynamoSetup."""

    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def put_store(self, store: Store) -> None:
        self._table.stores[store.id] = store

    def put_connection(self, connection: Connection, secrets: Mapping[str, str]) -> None:
        self._table.connections[connection.id] = connection
        self._table.secrets[connection.secret_ref] = dict(secrets)

    def put_proxy(self, proxy: Proxy) -> None:
        self._table.proxies[proxy.channel, proxy.address] = proxy

    def put_associate(self, associate: Associate) -> None:
        self._table.associates[associate.id] = associate

    def list_associate(self, associate: Associate) -> None:
        """Whom there is, is listed."""

    def put_customer(self, customer: Customer) -> None:
        self._table.customers[customer.id] = customer
        for kind, values in (("sms", customer.phones), ("email", customer.emails), ("external", customer.external_ids)):
            self._table.lookups.update({(customer.merchant_id, kind, value): customer.id for value in values})

    def put_customers(self, customers: Iterable[Customer]) -> None:
        for customer in customers:
            self.put_customer(customer)


class FakeSockets:
    def __init__(self, table: FakeTable, clock: Clock) -> None:
        self._table, self._clock = table, clock

    def add(self, socket: Socket, ticket_id: str) -> bool:
        self._table.request()
        if ticket_id in self._table.tickets or socket.id in self._table.sockets:
            return False
        self._table.tickets.add(ticket_id)
        self._table.sockets[socket.id] = socket
        return True

    def remove(self, socket_id: str) -> None:
        self._table.request()
        self._table.sockets.pop(socket_id, None)
        for key in [key for key in self._table.viewers if key[1] == socket_id]:
            del self._table.viewers[key]

    def find(self, socket_id: str) -> Socket | None:
        self._table.request()
        return self._table.sockets.get(socket_id)

    def look(self, store_id: str, viewer: Viewer, before: int) -> bool:
        self._table.request()
        socket, known = self._table.sockets.get(viewer.socket_id), self._table.viewers.get((store_id, viewer.socket_id))
        if socket is None or store_id not in socket.store_ids or socket.associate_id != viewer.associate_id:
            return False
        if known is not None and known.seen_at > before:
            return False
        self._table.viewers[store_id, viewer.socket_id] = viewer
        return True

    def look_away(self, store_id: str, socket_id: str, conversation_id: str) -> bool:
        self._table.request()
        known = self._table.viewers.get((store_id, socket_id))
        if known is None or known.conversation_id != conversation_id:
            return False
        del self._table.viewers[store_id, socket_id]
        return True

    def viewers(self, store_id: str, conversation_id: str, since: int) -> Sequence[Viewer]:
        self._table.request()
        found = [viewer for (store, _), viewer in sorted(self._table.viewers.items()) if store == store_id]
        return [each for each in found if each.conversation_id == conversation_id and each.seen_at > since]

    def of_conversation(self, conversation_id: str) -> Sequence[Socket]:
        self._table.request()
        oldest = self._clock.now() - LIFETIME
        found = self._table.sockets.values()
        return [s for s in found if s.conversation_id == conversation_id and s.opened_at > oldest]

    def of_store(self, store_id: str) -> Sequence[Socket]:
        self._table.request()
        oldest = self._clock.now() - LIFETIME
        return [s for s in self._table.sockets.values() if store_id in s.store_ids and s.opened_at > oldest]


class FakeChatLinks:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, link_id: str) -> ChatLink | None:
        self._table.request()
        return self._table.links.get(link_id)

    def keep(self, link: ChatLink) -> None:
        self._table.request()
        self._table.links[link.id] = link


class FakeInvites:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def add(self, invite: Invite) -> Invite:
        self._table.request()
        return self._table.invites.setdefault(invite.id, invite)

    def find(self, invite_id: str) -> Invite | None:
        self._table.request()
        return self._table.invites.get(invite_id)

    def change(self, invite: Invite, was: Invite, word: Once | None = None) -> bool:
        self._table.request()
        stored = self._table.invites.get(was.id)
        if stored is None or stored.revision != was.revision:
            return False
        if word is not None:
            if (word.scope, word.key) in self._table.onces:
                return False
            self._table.onces[word.scope, word.key] = word
        self._table.invites[invite.id] = invite
        return True

    def of_associate(self, associate_id: str, now: int, limit: int) -> Sequence[Invite]:
        self._table.request()
        own = [each for each in self._table.invites.values() if each.associate_id == associate_id]
        return sorted((each for each in own if each.expires_at > now), key=lambda each: each.expires_at)[:limit]


class FakeAttempts:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def count(self, scope: str, key: str) -> int:
        self._table.request()
        return self._table.attempts.get((scope, key), 0)

    def add(self, scope: str, key: str, until: int) -> int:
        self._table.request()
        count = self._table.attempts.get((scope, key), 0) + 1
        self._table.attempts[scope, key] = count
        return count


def _check(command: OrderUpsert) -> None:
    order, customer = command.order, command.customer
    parts = [part for part in (customer, command.order_was, command.customer_was) if part is not None]
    if any(part.merchant_id != order.merchant_id for part in parts):
        raise ValueError("order and customer belong to one merchant")
    if any(text.order_id != order.id for text in command.texts):
        raise ValueError("the text is about the order")
    if order.id != order_id(order.connection_id, order.external_id) or order.customer_id not in customer.ids:
        raise ValueError("the order's id follows from the shop's, and its customer is the one stored with it")


def _position(order: Order) -> str:
    return f"{order.placed_at:013d}#{order.id}"
