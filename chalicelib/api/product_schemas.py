"""Products as they go over HTTP (N18, H21, H23)."""

from msgspec import Struct

from chalicelib.domain.catalogue import CataloguePhase
from chalicelib.domain.order_runs import OrderPhase

from .media_schemas import PictureView


class ProductView(Struct, kw_only=True):
    id: str
    title: str
    price: str
    """For people; empty where nobody knows."""
    url: str
    """Of its page; empty where it has none."""
    vendor: str
    available: bool
    """Not sold out."""
    has_picture: bool
    favourite: bool


class ProductPage(Struct, kw_only=True):
    rows: list[ProductView]
    """By title; what was searched for by its code comes first."""
    next: str | None
    truncated: bool
    """A search found more than fit, or than were looked at: others may be missing."""
    recent: list[ProductView]
    """On the first page of a list without search: what I shared last, the latest first."""
    favourites: list[ProductView]
    """On that page: the latest first."""


class CardView(Struct, kw_only=True):
    """A product in a message, as it was when it was sent. Its text stands at the end of `body`."""

    product_id: str
    title: str
    price: str
    url: str
    words: str
    """What else stands in `body`."""
    picture_id: str
    """Of its `media` (chat page: `pictures`); empty where there is none."""


class ProductLinkMade(Struct, kw_only=True):
    """A link to a product that is nobody else's (H22)."""

    title: str
    url: str
    """What the QR code says."""


class ProductOffer(Struct, kw_only=True):
    """A product that can be sent now, with its picture once that is `ready`."""

    product_id: str
    title: str
    price: str
    url: str
    text: str
    """What stands in the message below one's own words."""
    picture: PictureView | None
    """How far its picture has come: ask for it as for one that was uploaded."""


class OrderReadingView(Struct, kw_only=True):
    """How far a shop's orders are read that have changed."""

    phase: OrderPhase
    read: int
    found: int
    """Those among them of which no webhook had told us."""
    known_to: int | None
    """Up to when none is missing; None: they were never read to the end."""
    waiting: bool
    """The shop wants to be asked later."""


class CatalogueView(Struct, kw_only=True):
    """A shop, and how far its catalogue is read."""

    connection_id: str
    shop: str
    readable: bool
    """Its secrets let us read it; else there are webhooks only."""
    phase: CataloguePhase | None
    """None: not begun yet."""
    read: int
    total: int
    """What the shop says it has; 0 where it does not."""
    finished_at: int | None
    """When it was read to its end, the last time."""
    waiting: bool
    """The shop wants to be asked later."""
    orders: OrderReadingView | None
    """None: not begun yet."""


class CatalogueList(Struct, kw_only=True):
    rows: list[CatalogueView]
