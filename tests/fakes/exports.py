"""ports.CustomerFiles over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.invites import Invite
from chalicelib.domain.notes import NoteKind
from chalicelib.domain.orders import Order
from chalicelib.domain.reminders import Reminder
from chalicelib.store import keys
from chalicelib.usecases.ports import Inside, Notes

from .table import FakeTable


class FakeCustomerFiles:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def counts(self, customer_ids: Sequence[str]) -> tuple[int, int]:
        self._table.request()
        conversations = [1 for owner, _ in self._table.theirs if owner in customer_ids]
        return len(conversations), sum(len(self._orders(each)) for each in customer_ids)

    def next_conversation(self, customer_id: str, after: str) -> str | None:
        self._table.request()
        found = sorted(each for owner, each in self._table.theirs if owner == customer_id and each > after)
        return found[0] if found else None

    def inside(self, conversation_id: str, after: str, limit: int) -> Inside:
        self._table.request()
        carts = [each for (owner, _), each in self._table.carts.items() if owner == conversation_id]
        held, messages = self._table.held_in(conversation_id), self._table.messages_of(conversation_id)
        rows = {
            **{keys.cart(conversation_id, each.id).sk: each for each in carts},
            **{keys.message(conversation_id, each.id).sk: each for each in messages},
            **{keys.held(conversation_id, each.id).sk: each for each in held},
        }
        places = sorted(place for place in rows if place > after)
        shown = {id(rows[place]) for place in places[:limit]}
        return Inside(
            messages=tuple(each for each in messages if id(each) in shown),
            held=tuple(each for each in held if id(each) in shown),
            carts=tuple(each for each in carts if id(each) in shown),
            after=places[limit - 1] if len(places) > limit else None,
        )

    def next_order(self, customer_id: str, after: str) -> tuple[str, Order | None] | None:
        self._table.request()
        found = [(place, order) for place, order in self._orders(customer_id) if place > after]
        return found[0] if found else None

    def _orders(self, customer_id: str) -> list[tuple[str, Order]]:
        mine = [each for each in self._table.orders.values() if each.customer_id == customer_id]
        return sorted(((keys.at(each.placed_at, each.id), each) for each in mine), key=lambda each: each[0])

    def notes(self, kind: NoteKind, about: str, after: str, limit: int) -> Notes:
        self._table.request()
        notes = [each for each in self._table.notes.values() if (each.kind, each.about) == (kind, about)]
        placed = sorted((keys.note(kind, about, each.store_id, each.id).sk, each) for each in notes)
        rest = [(place, each) for place, each in placed if place > after]
        return Notes(tuple(each for _, each in rest[:limit]), rest[limit - 1][0] if len(rest) > limit else None)

    def reminders(self, associate_id: str) -> Sequence[Reminder]:
        self._table.request()
        kept = (*self._table.reminding.open.items(), *self._table.reminding.ended.items())
        return [each for (owner, _), each in kept if owner == associate_id]

    def invites(self, associate_id: str) -> Sequence[Invite]:
        self._table.request()
        return [each for each in self._table.invites.values() if each.associate_id == associate_id]
