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
