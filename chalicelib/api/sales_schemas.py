"""What goes over HTTP of sales and whose doing they are, and of products that were shared."""

from msgspec import Struct


class CreditedView(Struct, kw_only=True):
    associate_id: str
    associate_name: str
    """As it was when they wrote."""
    amount: int
    """Their part of the total."""


class SaleView(Struct, kw_only=True):
    """Money is in the currency's minor unit."""

    order_id: str
    order_number: str | None
    """None: its customer was erased."""
    placed_at: int
    total: int
    currency: str
    counts: bool
    """It was neither cancelled nor refunded."""
    by_link: bool
    """Its customer came into the shop by a link to a product, whose maker has a part in it."""
    credited: list[CreditedView]
    """Who wrote first comes first; the amounts add up to the total."""


class SalePage(Struct, kw_only=True):
    rows: list[SaleView]
    """By when they were placed, newest first."""
    next: str | None


class ProductLinkView(Struct, kw_only=True):
    product_id: str
    title: str
    associate_id: str
    associate_name: str
    """As it was when the link was made."""
    created_at: int
    in_person: bool
    """As a QR code; else in a message."""
    clicks: int
    """Counted where the store has a link domain; programs that look at links are among them."""
    clicked_at: int | None


class ProductLinkPage(Struct, kw_only=True):
    rows: list[ProductLinkView]
    """Newest first."""
    next: str | None
