"""Takes a customer's rows away for good (X13; docs/privacy.md has every kind of row). Implements ports.PersonalData.

Each step may be repeated, and is: what is gone already is passed over. What a step finds is read strongly consistently,
but for lists of orders.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace
from pynamodb.expressions.condition import Condition

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import Consent, ConsentKey
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.erasures import Place
from chalicelib.domain.merchant_texts import thread_about
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Rerouting, RouteKey, Routes

from . import codec, keys, suppressions
from .conditions import conversation_unchanged, customer_unchanged, order_unchanged, route_unchanged
from .keys import BY_CUSTOMER, META, Key
from .routes import add_rerouting, read_routes
from .rows import ConsentRow, CustomerRow, InviteRow, LookupRow, MessageRow, RouteRow, Row, TheirsRow
from .table import Raw, Table
from .transaction import Transaction


class DynamoPersonalData:
    def __init__(self, table: Table) -> None:
        self._table = table

    def cut_off(
        self,
        merchant_id: str,
        customer_ids: Sequence[str],
        look_ups: Sequence[tuple[str, str]],
        known: Sequence[Customer],
    ) -> bool:
        transaction = Transaction(self._table)
        for customer in known:
            transaction.delete(customer.id, keys.customer(customer.id), customer_unchanged(customer))
        if known and transaction.commit():
            return False
        for kind, value in look_ups:
            theirs: Condition = LookupRow.customer_id.is_in(*customer_ids)
            self._delete(keys.lookup(merchant_id, kind, value), theirs)
        for each in customer_ids:
            self._delete(keys.customer(each), CustomerRow.merchant_id == merchant_id)
            self._table.delete_many(_keys(self._table.pages(keys.note("customer", each, "", "").pk, consistent=True)))
        return True

    def conversations(self, customer_id: str, limit: int) -> Sequence[str]:
        partition, first = keys.theirs(customer_id, "")
        rows = self._table.query(partition, Row.sk.startswith(first), limit=limit, consistent=True).rows
        return [row.conversation_id for row in rows if isinstance(row, TheirsRow)]

    def mails(self, conversation_id: str) -> Sequence[str]:
        rows = [Row.from_raw_data(raw) for raw in self._inside(conversation_id)]
        mails = [row.mail for row in rows if isinstance(row, MessageRow) and row.mail]
        return [mail["original"] for mail in mails if mail.get("original")]

    def empty(self, conversation_id: str) -> None:
        beside = (
            keys.upload(conversation_id, ""),
            keys.unanswered(conversation_id),
            keys.unread_reply(conversation_id),
        )
        for partition, _ in beside:
            self._table.delete_many(_keys(self._table.pages(partition, consistent=True)))
        self._table.delete_many(_keys(self._inside(conversation_id)))

    def _inside(self, conversation_id: str) -> Iterator[Raw]:
        return self._table.pages(keys.conversation(conversation_id).pk, Row.sk < META, consistent=True)

    def forget_route(self, key: RouteKey, conversation_id: str) -> bool:
        routes, transaction = read_routes(self._table, key), Transaction(self._table)
        self._forget_stale(key, routes, conversation_id)
        if routes.leading_to(conversation_id) is None:
            return True
        _remove_route(transaction, routes, conversation_id)
        return not transaction.commit()

    def remove(self, conversation: Conversation) -> bool:
        if conversation.state is not ConversationState.DELETED:
            raise ValueError("it is deleted first, so that nothing is added to it")
        key = RouteKey(conversation.channel, conversation.proxy, conversation.customer_address)
        routes, transaction = read_routes(self._table, key), Transaction(self._table)
        self._forget_stale(key, routes, conversation.id)
        transaction.delete("conversation", keys.conversation(conversation.id), conversation_unchanged(conversation))
        _remove_route(transaction, routes, conversation.id)
        return not transaction.commit()

    def _forget_stale(self, key: RouteKey, routes: Routes, conversation_id: str) -> None:
        """What was left beside the first one and counts no more still names the address (store/routes.py)."""
        raws = self._table.pages(codec.route_key(key).pk, Row.sk < META, consistent=True)
        rows = [row for raw in raws if isinstance(row := Row.from_raw_data(raw), RouteRow)]
        counting = [codec.place_of(route) for route in routes.all]
        for row in rows:
            if row.conversation_id == conversation_id and Key(row.pk, row.sk) not in counting:
                self._delete(Key(row.pk, row.sk), RouteRow.conversation_id == conversation_id)

    def forget(self, customer_id: str, conversation_id: str) -> None:
        self._delete(keys.theirs(customer_id, conversation_id), Row.pk.exists())

    def orders(self, customer_id: str, limit: int) -> Sequence[str]:
        partition = keys.orders_of_customer(customer_id)
        rows = self._table.query(partition, index=BY_CUSTOMER, limit=limit).rows
        return [keys.decode(row.pk.partition("#")[2]) for row in rows]

    def replace_order(self, was: Order, left: Order) -> bool:
        transaction = Transaction(self._table)
        transaction.put("order", codec.order_row(left), order_unchanged(was))
        return not transaction.commit()

    def forget_about_order(self, order_id: str, draft_ids: Sequence[str]) -> None:
        self._empty(
            keys.automatic_text(order_id, "").pk,
            keys.conversation(thread_about(order_id)).pk,
            keys.note("order", order_id, "", "").pk,
            *(keys.upload(each, "").pk for each in draft_ids),
        )

    def forget_told(self, conversation_id: str) -> None:
        self._empty(keys.automatic_text(conversation_id, "").pk, keys.conversation(thread_about(conversation_id)).pk)

    def _empty(self, *partitions: str) -> None:
        for partition in partitions:
            self._table.delete_many(_keys(self._table.pages(partition, consistent=True)))

    def forget_invites(self, associate_id: str, conversation_ids: Sequence[str]) -> None:
        raws = self._table.index_pages(keys.invites_of_associate(associate_id), BY_CUSTOMER)
        listed = _keys(raws)
        for start in range(0, len(listed), 100):
            rows = self._table.get_many(listed[start : start + 100])
            theirs = [key for key, row in rows.items() if isinstance(row, InviteRow) and _about(row, conversation_ids)]
            self._table.delete_many(theirs)

    def consents(self, merchant_id: str, place: Place) -> Sequence[Consent]:
        first = keys.consent(merchant_id, place.channel, place.address, "")
        rows = map(Row.from_raw_data, self._table.pages(first.pk, Row.sk.startswith(first.sk), consistent=True))
        scopes = [(row, keys.decode(row.sk.partition("#")[2])) for row in rows if isinstance(row, ConsentRow)]
        return [
            codec.consent(row, ConsentKey(merchant_id, place.channel, Address(place.address), scope))
            for row, scope in scopes
        ]

    def suppress(self, consent: Consent) -> None:
        suppressions.suppress(self._table, consent)

    def bring_back(self, consent: Consent) -> None:
        suppressions.bring_back(self._table, consent.key)

    def reduce(self, consent: Consent) -> bool:
        return suppressions.reduce(self._table, consent)

    def forget_history(self, merchant_id: str, place: Place) -> None:
        former = keys.former_ledger(merchant_id, place.channel, place.address, "").pk
        start = "LEDGER#"
        self._table.delete_many(_keys(self._table.pages(former, Row.sk.startswith(start), consistent=True)))
        partition = keys.ledger(merchant_id, place.channel, place.address, "", "").pk
        for key in _keys(self._table.pages(partition, consistent=True)):
            self._table.erase_line(key)

    def _delete(self, key: Key, condition: Condition) -> None:
        """Nothing happens where the condition does not hold."""
        transaction = Transaction(self._table)
        transaction.delete("item", key, condition)
        transaction.commit()


def _keys(raws: Iterable[Raw]) -> list[Key]:
    return [Key(raw["pk"]["S"], raw["sk"]["S"]) for raw in raws]


def _remove_route(transaction: Transaction, routes: Routes, conversation_id: str) -> None:
    """Of a number that stores share, another one comes first then."""
    route = routes.leading_to(conversation_id)
    left = tuple(each for each in routes.all if each is not route)
    if route is None:
        return
    if route is not routes.first or not left:
        transaction.delete("route", codec.place_of(route), route_unchanged(route))
        return
    latest = max(left, key=lambda each: (each.cool_until is None, each.aside_at or 0))
    others = tuple(each for each in left if each is not latest)
    add_rerouting(transaction, Rerouting(routes, Routes(replace(latest, aside_at=None), others)))
    transaction.delete("beside", codec.place_of(latest), RouteRow.conversation_id == latest.conversation_id)


def _about(row: InviteRow, conversation_ids: Sequence[str]) -> bool:
    return bool({row.value.get("conversation_id"), row.value.get("from_conversation_id")} & {*conversation_ids})
