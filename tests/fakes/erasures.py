"""Erasures and what they take away, over plain memory."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.consent import Consent, ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.erasures import Erasure, Place
from chalicelib.domain.merchant_texts import thread_about
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Route, RouteKey
from chalicelib.store.conditions import CONVERSATION, CUSTOMER, ORDER

from .table import FakeTable, unchanged


class FakeErasures:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def begin(self, erasure: Erasure, audit: AuditEntry | None) -> Erasure:
        self._table.request()
        key = (erasure.store_id, erasure.id)
        found = self._table.erasures.get(key)
        if found is None or not found.runs:
            self._table.erasures[key] = erasure if found is None else erasure.again(found)
            self._table.put_audit(audit)
        return self._table.erasures[key]

    def of_store(self, store_id: str, limit: int) -> Sequence[Erasure]:
        self._table.request()
        found = [each for (store, _), each in sorted(self._table.erasures.items()) if store == store_id]
        return found[::-1][:limit]

    def under_way(self, now: int, limit: int) -> Sequence[Erasure]:
        self._table.request()
        found = [each for each in self._table.erasures.values() if each.due(now)]
        return sorted(found, key=lambda each: (each.due_at, each.id))[:limit]

    def change(self, erasure: Erasure, was: Erasure) -> bool:
        self._table.request()
        key = (erasure.store_id, erasure.id)
        if self._table.erasures[key].revision != was.revision:
            return False
        self._table.erasures[key] = erasure
        return True


class FakePersonalData:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def cut_off(
        self,
        merchant_id: str,
        customer_ids: Sequence[str],
        look_ups: Sequence[tuple[str, str]],
        known: Sequence[Customer],
    ) -> bool:
        self._table.request()
        if any(not unchanged(self._table.customers.get(each.id), each, CUSTOMER) for each in known):
            return False
        for key in [(merchant_id, kind, value) for kind, value in look_ups]:
            if self._table.lookups.get(key) in customer_ids:
                del self._table.lookups[key]
        for each in customer_ids:
            self._table.customers.pop(each, None)
            for note in [note for note in self._table.notes.values() if note.about == each]:
                del self._table.notes[note.id]
        return True

    def conversations(self, customer_id: str, limit: int) -> Sequence[str]:
        self._table.request()
        return sorted(each for owner, each in self._table.theirs if owner == customer_id)[:limit]

    def mails(self, conversation_id: str) -> Sequence[str]:
        self._table.request()
        found = [message.mail for message in self._table.messages_of(conversation_id)]
        return [mail.original for mail in found if mail is not None and mail.original]

    def empty(self, conversation_id: str) -> None:
        self._table.request()
        self._table.erase_messages(conversation_id, "~")
        self._table.unanswered.pop(conversation_id, None)
        self._table.unread_replies.pop(conversation_id, None)
        for key in [key for key in self._table.uploads if key[0] == conversation_id]:
            del self._table.uploads[key]

    def forget_route(self, key: RouteKey, conversation_id: str) -> bool:
        self._table.request()
        self._remove_routes(key, conversation_id)
        return True

    def _remove_routes(self, key: RouteKey, conversation_id: str) -> None:
        table = self._table
        for place in [place for place, route in table.beside.items() if route.conversation_id == conversation_id]:
            if place[0] == key:
                del table.beside[place]
        first = table.routes.get(key)
        if first is not None and first.conversation_id == conversation_id:
            del table.routes[key]
            others = [(place, route) for place, route in table.beside.items() if place[0] == key]
            if others:
                place, route = max(others, key=lambda each: (each[1].cool_until is None, each[1].aside_at or 0))
                del table.beside[place]
                table.routes[key] = _first(route)

    def remove(self, conversation: Conversation) -> bool:
        self._table.request()
        if conversation.state is not ConversationState.DELETED:
            raise ValueError("it is deleted first, so that nothing is added to it")
        if not unchanged(self._table.conversations.get(conversation.id), conversation, CONVERSATION):
            return False
        key = RouteKey(conversation.channel, conversation.proxy, conversation.customer_address)
        self._remove_routes(key, conversation.id)
        del self._table.conversations[conversation.id]
        return True

    def forget(self, customer_id: str, conversation_id: str) -> None:
        self._table.request()
        self._table.theirs.pop((customer_id, conversation_id), None)

    def orders(self, customer_id: str, limit: int) -> Sequence[str]:
        self._table.request()
        return [each.id for each in self._table.orders.values() if each.customer_id == customer_id][:limit]

    def replace_order(self, was: Order, left: Order) -> bool:
        self._table.request()
        if not unchanged(self._table.orders.get(was.id), was, ORDER):
            return False
        self._table.put_order(left)
        return True

    def forget_about_order(self, order_id: str, draft_ids: Sequence[str]) -> None:
        self._table.request()
        for about in [about for about in self._table.automatic if about[0] == order_id]:
            del self._table.automatic[about]
        for told in [told for told in self._table.messages if told[0] == thread_about(order_id)]:
            del self._table.messages[told]
        for note in [note for note in self._table.notes.values() if note.about == order_id]:
            del self._table.notes[note.id]
        for upload in [upload for upload in self._table.uploads if upload[0] in draft_ids]:
            del self._table.uploads[upload]

    def forget_told(self, conversation_id: str) -> None:
        self._table.request()
        for about in [about for about in self._table.automatic if about[0] == conversation_id]:
            del self._table.automatic[about]
        for told in [told for told in self._table.messages if told[0] == thread_about(conversation_id)]:
            del self._table.messages[told]

    def forget_invites(self, associate_id: str, conversation_ids: Sequence[str]) -> None:
        self._table.request()
        for each in list(self._table.invites.values()):
            about = {each.conversation_id, each.from_conversation_id} & {*conversation_ids}
            if each.associate_id == associate_id and about:
                del self._table.invites[each.id]

    def consents(self, merchant_id: str, place: Place) -> Sequence[Consent]:
        self._table.request()
        wanted = (merchant_id, place.channel, place.address)
        return [each for key, each in self._table.consents.items() if _whose(key) == wanted]

    def suppress(self, consent: Consent) -> None:
        self._table.request()
        self._table.suppressed[consent.key] = consent.changed_at

    def bring_back(self, consent: Consent) -> None:
        self._table.request()
        self._table.bring_back(consent.key)

    def reduce(self, consent: Consent) -> bool:
        self._table.request()
        key = consent.key
        hashed = consent.state is not ConsentState.OPTED_OUT or key in self._table.suppressed
        if not hashed or not unchanged(self._table.consents.get(key), consent, ("state", "changed_at")):
            return False
        del self._table.consents[key]
        return True

    def forget_history(self, merchant_id: str, place: Place) -> None:
        self._table.request()
        wanted = (merchant_id, place.channel, place.address)
        self._table.ledger = [line for line in self._table.ledger if _whose(line.key) != wanted]


def _whose(key: ConsentKey) -> tuple[str, str, str]:
    return (key.merchant_id, key.channel, key.address)


def _first(route: Route) -> Route:
    return replace(route, aside_at=None)
