"""How the parts of an order are read, whatever the platform: money, times, and the first text that says something."""

import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.money import exponent, minor_units

LONGEST_TEXT = 255
"""Characters kept of a name, a title or an address."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)


def first_said(*texts: str | None) -> str:
    """The first text that says something; empty where none does."""
    return next((text.strip()[:LONGEST_TEXT] for text in texts if text and text.strip()), "")


def epoch_ms(at: datetime) -> int:
    """`at`: without a zone it is UTC. Raises InvalidInput for a time before 1970."""
    known = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    milliseconds = (known - _EPOCH) // timedelta(milliseconds=1)
    if milliseconds < 0:
        raise InvalidInput
    return milliseconds


def exact_money(amount: str, currency: str) -> int:
    """In minor units. Raises InvalidInput for no plain amount, or one finer than the currency."""
    try:
        return minor_units(amount, currency)
    except ValueError:
        raise InvalidInput from None


def price_of_one(amounts: list[str], quantity: int, currency: str) -> int:
    """Of `quantity` pieces that cost the amounts together, in minor units, half a unit upwards. Raises InvalidInput."""
    try:
        whole = sum((_amount(each) for each in amounts), Decimal(0))
        minor = whole.scaleb(exponent(currency)) / max(quantity, 1)
    except ValueError:
        raise InvalidInput from None
    return int(minor.to_integral_value(ROUND_HALF_UP))


def _amount(text: str) -> Decimal:
    """Shops divide: an amount of a line may be finer than its currency. Raises ValueError for no plain amount."""
    if not _AMOUNT.fullmatch(text):
        raise ValueError("not an amount")
    return Decimal(text)
