"""Routes: (channel, proxy address, customer address) -> conversation, unique while reserved.

Rules: docs/requirements.md, Routes.
"""

from msgspec import Struct

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

    def free(self, now: int) -> bool:
        """Whether the cool-down is over: the pair may lead somewhere else."""
        return self.cool_until is not None and now >= self.cool_until


LOW_SHARE = 20
"""Percent of a pool: with less than this free for a customer, people are told (docs/operating.md)."""


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
