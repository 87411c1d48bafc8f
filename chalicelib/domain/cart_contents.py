"""What is in a remote cart, and what the shop says to it (N22, N23). Money is in whole minor units of one currency."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .errors import InvalidInput

MOST_LINES = 20
MOST_PIECES = 999
"""Of one line."""
MOST_CHOICES = 30
"""Variants of a product that are offered."""
MOST_RATES = 10
LONGEST_TITLE = 100


class LineProblem(StrEnum):
    CHOOSE = "choose"
    """There are several variants: one of `choices`."""
    GONE = "gone"
    SOLD_OUT = "sold_out"


class Choice(Struct, frozen=True, kw_only=True):
    """A variant of a product. Money in minor units of the shop's currency."""

    variant: str
    """The shop's own id."""
    title: str
    price: int


class CartLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    product_id: str
    quantity: int
    code: str = ""
    """The bar code that was scanned: it tells the variant."""
    variant: str = ""
    """The shop's id of it; empty until it is known."""
    title: str = ""
    variant_title: str = ""
    price: int = 0
    """Of one piece, as the shop last said."""
    total: int = 0
    """Of all pieces, before discounts."""
    problem: LineProblem | None = None
    choices: tuple[Choice, ...] = ()


class Destination(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where it is to go. The shop checks it."""

    first_name: str = ""
    last_name: str = ""
    address1: str
    address2: str = ""
    city: str
    province_code: str = ""
    zip: str = ""
    country_code: str


class Rate(Struct, frozen=True, kw_only=True):
    """A way of shipping that the shop offers for this destination."""

    handle: str
    title: str
    price: int


class Totals(Struct, frozen=True, kw_only=True):
    """As the shop says, in minor units of `currency` (ISO 4217)."""

    currency: str
    subtotal: int
    """Of the lines, before discounts."""
    discounts: int
    shipping: int
    taxes: int
    taxes_included: bool
    """In the prices: they are shown, and not added."""
    total: int

    def adds_up(self, lines: Iterable[CartLine]) -> bool:
        """Whether each figure follows from the others, and from the lines."""
        parts = (self.subtotal, self.discounts, self.shipping, self.taxes, self.total)
        added = 0 if self.taxes_included else self.taxes
        listed = sum(line.total for line in lines)
        return (
            all(part >= 0 for part in parts)
            and self.subtotal == listed
            and self.total == self.subtotal - self.discounts + self.shipping + added
        )


class Contents(Struct, frozen=True, kw_only=True):
    """What an associate puts together."""

    lines: tuple[CartLine, ...]
    discount_code: str = ""
    destination: Destination | None = None
    rate: str = ""
    """Handle of the chosen way of shipping; empty: none is chosen."""


class Offer(Struct, frozen=True, kw_only=True):
    """What the shop says to the contents: what each line is, what there is to choose, and what it all comes to."""

    lines: tuple[CartLine, ...]
    rates: tuple[Rate, ...] = ()
    totals: Totals | None = None
    """None: a line needs a person first."""


def checked(contents: Contents) -> Contents:
    """Without what only the shop may say. Raises InvalidInput."""
    if len(contents.lines) > MOST_LINES:
        raise InvalidInput("A cart holds 20 lines at most.", field="lines", limit=MOST_LINES)
    if any(not 1 <= line.quantity <= MOST_PIECES for line in contents.lines):
        raise InvalidInput("Choose from 1 to 999 pieces.", field="quantity", limit=MOST_PIECES)
    return replace(contents, lines=tuple(_asked(line) for line in contents.lines))


def _asked(line: CartLine) -> CartLine:
    return CartLine(product_id=line.product_id, quantity=line.quantity, code=line.code, variant=line.variant)
