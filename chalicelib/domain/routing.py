"""Routes: (channel, proxy address, customer address) -> conversation, unique while reserved.

Rules: docs/requirements.md, Routes.
"""

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Address


class RouteKey(Struct, frozen=True):
    channel: str
    proxy: Address
    customer_address: Address


class Route(Struct, frozen=True, kw_only=True):
    """Where a customer's messages to one of our addresses go."""

    key: RouteKey
    merchant_id: str
    store_id: str
    conversation_id: str
    cool_until: int | None = None
    """None while the conversation is open; else the end of the cool-down."""
    aside_at: int | None = None
    """On a number that stores share: since when another store's conversation comes first. None: this one does."""
    turn: int | None = None
    """Of the one that comes first on such a number: how often any of its routes has changed, whoever they lead to."""

    def free(self, now: int) -> bool:
        """Whether the cool-down is over: the pair may lead somewhere else."""
        return self.cool_until is not None and now >= self.cool_until


class Routes(Struct, frozen=True):
    """All routes of one pair of addresses. On a number that several stores share each may have one (H19): what the
    customer writes goes to the `first`, unless it says itself whom it means; the others wait `beside`."""

    first: Route | None = None
    beside: tuple[Route, ...] = ()

    @property
    def all(self) -> tuple[Route, ...]:
        return self.beside if self.first is None else (self.first, *self.beside)

    def of_store(self, store_id: str) -> Route | None:
        return next((route for route in self.all if route.store_id == store_id), None)

    def leading_to(self, conversation_id: str) -> Route | None:
        return next((route for route in self.all if route.conversation_id == conversation_id), None)

    def led_by(self, route: Route, at: int) -> "Routes":
        """`route` comes first, in place of its store's former one; what came first so far waits beside."""
        left = () if self.first is None else (replace(self.first, aside_at=at),)
        others = (*self.beside, *left)
        return Routes(replace(route, aside_at=None), tuple(each for each in others if each.store_id != route.store_id))

    def with_route(self, route: Route, at: int) -> "Routes":
        """`route` in place of its store's former one. What lives comes before what has ended: of several the one that
        came first last; of those that have all ended, the one that ends its cool-down last."""
        if self.first is None or self.first.store_id == route.store_id:
            return _settled(Routes(replace(route, aside_at=None), self.beside), at)
        known = next((each.aside_at for each in self.beside if each.store_id == route.store_id), None)
        others = (each for each in self.beside if each.store_id != route.store_id)
        aside = replace(route, aside_at=at if known is None else known)
        return _settled(Routes(self.first, (*others, aside)), at)


def _settled(routes: Routes, at: int) -> Routes:
    if routes.first is None or routes.first.cool_until is None:
        return routes
    alive = [each for each in routes.beside if each.cool_until is None]
    longest = max(routes.all, key=lambda each: each.cool_until or 0)
    best = max(alive, key=lambda each: each.aside_at or 0, default=longest)
    return routes if best is routes.first else routes.led_by(best, at)


class Rerouting(Struct, frozen=True):
    """The routes of one pair, as they were read and as they are to be."""

    was: Routes
    becomes: Routes

    @property
    def written(self) -> Route:
        """The one that comes first then, as it is to be stored: on a number that stores share with the next turn, so
        that whoever has read the routes before sees that one was changed, also one beside."""
        if self.becomes.first is None:
            raise ValueError("one route comes first")
        if not (self.was.beside or self.becomes.beside):
            return self.becomes.first
        turn = self.was.first.turn if self.was.first else None
        return replace(self.becomes.first, turn=1 + (turn or 0))
