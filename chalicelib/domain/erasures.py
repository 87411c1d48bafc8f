"""Erasing a customer: what is left of them, and how far that is (X13; docs/privacy.md)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Address, Channel
from .consent import ConsentKey
from .customers import Customer
from .orders import Order

T = TypeVar("T")
LAST_LOOK = 900_000
"""Milliseconds after the request at which is looked once more, and nothing may be found: longer than any function lives
that may have read the customer before they were cut off."""
KEPT = 90 * 86_400_000
"""Milliseconds for which a store sees that an erasure was done."""
PUT_ASIDE = 900_000
"""Milliseconds after which one is taken up again whose step only makes us fail."""


class ErasurePhase(StrEnum):
    ORDERS = "orders"
    """First, so that no report of one brings its customer back."""
    CUTTING_OFF = "cutting_off"
    """Nothing that comes in leads to the customer any more."""
    CONVERSATIONS = "conversations"
    CONSENT = "consent"
    LAST_LOOK = "last_look"
    DONE = "done"


class Place(Struct, frozen=True):
    """An address of the customer's on a channel."""

    channel: str
    address: Address


class Erasure(Struct, frozen=True, kw_only=True):
    """One customer is erased. What it must know of them stands here until it is done, and no longer."""

    id: str
    merchant_id: str
    store_id: str
    """Where it was asked for."""
    by_id: str
    """Empty: the shop asked for it."""
    requested_at: int
    phase: ErasurePhase = ErasurePhase.ORDERS
    customer_ids: tuple[str, ...] = ()
    """The customer's, and of those who were merged into them."""
    look_ups: tuple[tuple[str, str], ...] = ()
    """What led to them: kind and value."""
    order_ids: tuple[str, ...] = ()
    """Orders that are to go whoever they are of: the shop named them."""
    places: tuple[Place, ...] = ()
    conversations: int = 0
    orders: int = 0
    """How many are gone."""
    aside_until: int = 0
    """Its step has made us fail: others come first."""
    finished_at: int | None = None
    revision: int = 1

    @property
    def runs(self) -> bool:
        return self.phase is not ErasurePhase.DONE

    @property
    def due_at(self) -> int:
        """While the last look is waited for, there is nothing to do."""
        ready_at = self.requested_at + (LAST_LOOK if self.phase is ErasurePhase.LAST_LOOK else 0)
        return max(ready_at, self.aside_until)

    def due(self, now: int) -> bool:
        return self.runs and now >= self.due_at

    def at(self, phase: ErasurePhase) -> "Erasure":
        return self._went_on(phase=phase)

    def put_aside(self, now: int) -> "Erasure":
        return self._went_on(aside_until=now + PUT_ASIDE)

    def with_customers(self, known: Iterable[Customer]) -> "Erasure":
        """With what is known of them by now: whoever was merged with them since is the same person, and their orders
        come first as well."""
        found = tuple(known)
        ids = _all((*self.customer_ids, *(each for one in found for each in one.ids)))
        look_ups = _all((*self.look_ups, *(each for one in found for each in _look_ups(one))))
        places = _all((*self.places, *(each for one in found for each in _places(one))))
        if (ids, look_ups, places) == (self.customer_ids, self.look_ups, self.places):
            return self
        phase = self.phase if ids == self.customer_ids else ErasurePhase.ORDERS
        return self._went_on(customer_ids=ids, look_ups=look_ups, places=places, phase=phase)

    def with_more_orders(self, order_ids: Iterable[str]) -> "Erasure":
        """The shop named others since it was asked for."""
        named = _all((*self.order_ids, *order_ids))
        return self if named == self.order_ids else self._went_on(order_ids=named, phase=ErasurePhase.ORDERS)

    def again(self, was: "Erasure") -> "Erasure":
        """In place of one of the same customer that is done."""
        return replace(self, revision=was.revision + 1)

    def with_orders(self, order_ids: tuple[str, ...]) -> "Erasure":
        """Before it has begun."""
        return replace(self, order_ids=order_ids)

    def with_places(self, found: Iterable[Place]) -> "Erasure":
        """Before what names them is gone."""
        places = tuple(dict.fromkeys((*self.places, *found)))
        return self if places == self.places else self._went_on(places=places)

    def without(self, conversations: int = 0, orders: int = 0) -> "Erasure":
        """So many more are gone."""
        return self._went_on(conversations=self.conversations + conversations, orders=self.orders + orders)

    def done(self, now: int) -> "Erasure":
        """Nothing of the customer is left here either."""
        return self._went_on(
            phase=ErasurePhase.DONE, customer_ids=(), look_ups=(), order_ids=(), places=(), finished_at=now
        )

    def _went_on(self, **fields: object) -> "Erasure":
        return replace(self, revision=self.revision + 1, **fields)


def _all(found: Iterable[T]) -> tuple[T, ...]:
    """Each once, in its order."""
    return tuple(dict.fromkeys(found))


class Suppression(Struct, frozen=True):
    """All that is left of an opt-out: somebody with this consent key, of which only the hash is stored, is not written
    to. The key comes back with them."""

    key: ConsentKey
    changed_at: int


def erasure_of(customer: Customer, erasure_id: str, store_id: str, by_id: str, now: int) -> Erasure:
    """All that is known of the customer, so that they can be cut off first."""
    return Erasure(
        id=erasure_id,
        merchant_id=customer.merchant_id,
        store_id=store_id,
        by_id=by_id,
        requested_at=now,
        customer_ids=customer.ids,
        look_ups=_look_ups(customer),
        places=tuple(dict.fromkeys(_places(customer))),
    )


def _look_ups(customer: Customer) -> tuple[tuple[str, str], ...]:
    numbers = (*customer.phones, *customer.whatsapp_ids)
    return (
        *((kind, each) for kind in (Channel.SMS.value, Channel.WHATSAPP.value) for each in numbers),
        *((Channel.EMAIL.value, each) for each in customer.emails),
        *(("external", each) for each in customer.external_ids),
    )


def _places(customer: Customer) -> Iterable[Place]:
    for phone in customer.phones:
        yield Place(Channel.SMS.value, phone)
        yield Place(Channel.WHATSAPP.value, phone)
    for name in customer.whatsapp_ids:
        yield Place(Channel.WHATSAPP.value, name)
    for email in customer.emails:
        yield Place(Channel.EMAIL.value, Address(email))
    for each in customer.ids:
        yield Place(Channel.CHAT.value, Address(each))


def erased(order: Order, now: int) -> Order:
    """What keeps the shop's next report of it from bringing its customer back: nothing of them or of the sale."""
    return Order(
        id=order.id,
        merchant_id=order.merchant_id,
        store_id=order.store_id,
        connection_id=order.connection_id,
        external_id="",
        number="",
        customer_id="",
        customer_name="",
        placed_at=0,
        updated_at=order.updated_at,
        closed_at=now,
        total=0,
        currency=order.currency,
        erased_at=now,
    )
