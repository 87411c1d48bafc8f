"""Which of our addresses carries the conversation of an associate with a customer (docs/routing.md)."""

from collections.abc import Sequence

from msgspec import Struct

from .addresses import Address
from .conversations import Conversation, ConversationState
from .merchants import Proxy, ProxyOwner
from .numbering import nearness
from .routing import Rerouting, Route, Routes

LOW_SHARE = 20
"""Percent of a pool: with less than this free for a customer, people are told (docs/operating.md)."""

_Rank = tuple[int, ...]
_NEVER: _Rank = ()


class Pool(Struct, frozen=True, kw_only=True):
    """How far a store's pool on one channel is used. What counts is the customer who holds most of it at once: every
    number that is in a conversation with somebody else is still free for them."""

    channel: str
    size: int
    most_held: int

    @property
    def free_share(self) -> int:
        """Percent of its numbers, rounded down, that are free even for that customer."""
        return 100 * max(self.size - self.most_held, 0) // self.size if self.size else 0

    @property
    def is_low(self) -> bool:
        return self.free_share < LOW_SHARE


def still_held(route: Route | None, last: Conversation | None, now: int) -> Conversation | None:
    """The conversation that a route still leads to, whether or not the sweep has seen it end."""
    if route is None or route.free(now) or last is None:
        return None
    cool_until = last.cool_until(now)
    return None if cool_until is not None and now >= cool_until else last


class Seat(Struct, frozen=True, kw_only=True):
    """One of our addresses, as it is for one customer."""

    proxy: Proxy
    route: Route | None
    """As stored."""
    last: Conversation | None
    """Where the route leads, or last led."""
    routes: Routes | None = None
    """Of a number that stores share: all of the pair; `route` is the store's own."""

    def held(self, now: int) -> Conversation | None:
        """The conversation this pair of addresses still leads to."""
        return still_held(self.route, self.last, now)

    def reroutings(self, route: Route, at: int) -> tuple[Rerouting, ...]:
        """What a new `route` does to those of the other stores: nothing to one that lives."""
        return () if self.routes is None else (Rerouting(self.routes, self.routes.with_route(route, at)),)


class Wanted(Struct, frozen=True, kw_only=True):
    """Who is to talk with whom."""

    associate_id: str
    customer_ids: tuple[str, ...]
    """All by which the customer is known (X11)."""
    customer_address: Address

    def is_theirs(self, conversation: Conversation) -> bool:
        """Whether it is of this associate with this customer. (The address is not the person.)"""
        if conversation.associate_id != self.associate_id:
            return False
        return conversation.customer_id in self.customer_ids or conversation.state is ConversationState.DELETED


def choose(seats: Sequence[Seat], wanted: Wanted, now: int) -> Seat | None:
    """First fit: of the addresses that may carry it the best, and of equals the first; None: all are taken.

    In this order: where the two talk already (the latest); where they last talked; the associate's own; of the pool
    those nearest to the customer. What is taken by anybody else is none of them.
    """
    ranked = [(rank, place) for place, seat in enumerate(seats) if (rank := _rank(seat, wanted, now)) != _NEVER]
    return seats[min(ranked)[1]] if ranked else None


def _rank(seat: Seat, wanted: Wanted, now: int) -> _Rank:
    held = seat.held(now)
    if held is not None:
        return (0, 0 if held.lives(now) else 1, -held.last_activity_at) if wanted.is_theirs(held) else _NEVER
    if seat.last is not None and wanted.is_theirs(seat.last):
        return (1,)
    if seat.proxy.owner is ProxyOwner.ASSOCIATE:
        return (2,)
    return (3, nearness(seat.proxy.address, wanted.customer_address))


def pool_after(chosen: Seat, seats: Sequence[Seat], now: int) -> Pool | None:
    """How the pool is for this customer once the chosen one is taken; None: it is of no pool."""
    if chosen.proxy.owner is not ProxyOwner.POOL:
        return None
    pooled = [seat for seat in seats if seat.proxy.owner is ProxyOwner.POOL]
    held = sum(seat is chosen or seat.held(now) is not None for seat in pooled)
    return Pool(channel=chosen.proxy.channel, size=len(pooled), most_held=held)
