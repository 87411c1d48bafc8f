"""Prepaid credits of a store (L1-L3, L24): what a text costs, and the lines that its balance is made of."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Channel
from .errors import InvalidInput
from .messages import Direction, Message, MessageKind
from .segments import count

PER_SEGMENT = 12
PACKS = {1000: 1000, 2000: 1900, 5000: 4500}
"""Credits of a pack, and its price in cents of CURRENCY."""
CURRENCY = "USD"
LOW = 50
"""Credits below which a store is told that they run out, unless it chose another number (L24)."""
HIGHEST_THRESHOLD = 100_000
_CHARGED = (
    MessageKind.TEXT, MessageKind.INVITATION, MessageKind.AUTOMATIC, MessageKind.MERCHANT_NOTICE,
    MessageKind.OPT_IN_REQUEST,
)  # fmt: skip
"""What a store begins. What answers a customer by itself costs nothing: STOP is confirmed whatever is left."""


class LineKind(StrEnum):
    PURCHASE = "purchase"
    CHARGE = "charge"
    REFUND = "refund"
    LOW = "low"
    """The balance fell below the store's threshold: the notice of L24. It moves nothing."""


class CreditAccount(Struct, frozen=True, kw_only=True):
    """What a store has. `balance` is the sum of its ledger's lines, and never negative (I4)."""

    store_id: str
    merchant_id: str
    balance: int = 0
    threshold: int | None = LOW
    """None: nobody is told."""
    low_since: int | None = None
    """When it fell below the threshold; None: it is not below."""


class CreditLine(Struct, frozen=True, kw_only=True):
    """One movement. Append-only: never changed, never deleted."""

    id: str
    """Of what it is about: the same movement has the same one."""
    merchant_id: str
    store_id: str
    kind: LineKind
    amount: int
    """Negative: charged."""
    at: int
    by_id: str | None = None
    conversation_id: str | None = None


class PurchaseState(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    DECLINED = "declined"


class Purchase(Struct, frozen=True, kw_only=True):
    """A pack that somebody is paying for, or has paid for."""

    id: str
    merchant_id: str
    store_id: str
    by_id: str
    pack: int
    price: int
    """Cents."""
    created_at: int
    currency: str = CURRENCY
    state: PurchaseState = PurchaseState.PENDING

    @property
    def revision(self) -> int:
        """It changes once."""
        return 1 if self.state is PurchaseState.PENDING else 2

    def line(self, now: int) -> CreditLine:
        return CreditLine(
            id=f"purchase.{self.id}",
            merchant_id=self.merchant_id,
            store_id=self.store_id,
            kind=LineKind.PURCHASE,
            amount=self.pack,
            at=now,
            by_id=self.by_id,
        )


def price(words: str) -> int:
    """Credits for a text of these words, as they go out (L3)."""
    return PER_SEGMENT * max(1, count(words).segments)


def costs(message: Message) -> bool:
    """Whether texts of this kind, on this channel, need credits (L1)."""
    return message.channel == Channel.SMS and message.direction is Direction.OUTBOUND and message.kind in _CHARGED


def charge_of(message: Message) -> CreditLine | None:
    """What accepting `message` takes; None: nothing."""
    return None if message.credits is None else _line(message, LineKind.CHARGE, -message.credits, message.status_at)


def refund_of(message: Message, now: int) -> CreditLine:
    """What is given back as it failed: all that is still held for it."""
    return _line(message, LineKind.REFUND, message.credits or 0, now)


def _line(message: Message, kind: LineKind, amount: int, at: int) -> CreditLine:
    return CreditLine(
        id=f"{kind}.{message.id}.{message.attempt}",
        merchant_id=message.merchant_id,
        store_id=message.store_id,
        kind=kind,
        amount=amount,
        at=at,
        by_id=message.author_id,
        conversation_id=message.conversation_id,
    )


def low_line(cause: CreditLine) -> CreditLine:
    """The notice that comes with the charge that crosses the threshold."""
    return replace(cause, id=f"low.{cause.id}", kind=LineKind.LOW, amount=0, by_id=None, conversation_id=None)


def checked_threshold(threshold: int | None) -> int | None:
    """Raises InvalidInput."""
    if threshold is not None and not 1 <= threshold <= HIGHEST_THRESHOLD:
        raise InvalidInput("Choose a number from 1 to 100,000.", field="threshold", limit=HIGHEST_THRESHOLD)
    return threshold
