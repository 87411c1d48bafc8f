"""Products from Shopify's webhooks: https://shopify.dev/docs/api/webhooks (topics products/*)

The product in the body: https://shopify.dev/docs/api/admin-rest/latest/resources/product
A deletion's has its id alone. None says in which currency its prices are: `Connection.currency` does.
"""

from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType, json

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import ProductChanged
from chalicelib.domain.merchants import Connection
from chalicelib.domain.money import minor_units
from chalicelib.domain.products import (
    LONGEST_CODE,
    LONGEST_TITLE,
    LONGEST_URL,
    MOST_CODES,
    Product,
    ProductState,
    product_id,
)

from .order_fields import epoch_ms

DELETED = "products/delete"
PRODUCT_TOPICS = {"products/create", "products/update", DELETED}

_Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]
_Time = Annotated[datetime, Meta(tz=True)]


class Variant(Struct):
    price: str | None = None
    sku: str | None = None
    barcode: str | None = None
    inventory_management: str | UnsetType | None = UNSET
    """None: nobody counts how many there are."""
    inventory_policy: str | None = None
    inventory_quantity: int | None = None

    @property
    def available(self) -> bool:
        if self.inventory_management is None or self.inventory_policy == "continue":
            return True
        return self.inventory_quantity is None or self.inventory_quantity > 0


class Image(Struct):
    src: str | None = None


class ShopProduct(Struct):
    """The fields we read; all others are ignored, so that Shopify may add what it likes."""

    id: _Id
    updated_at: _Time
    title: str | None = None
    handle: str | None = None
    vendor: str | None = None
    status: str | None = None
    published_at: _Time | None = None
    variants: list[Variant] = []
    image: Image | None = None
    images: list[Image] = []


class _Gone(Struct):
    id: _Id


_PRODUCT, _GONE = json.Decoder(ShopProduct), json.Decoder(_Gone)


def product_event(topic: str, body: bytes, connection: Connection) -> ProductChanged:
    """Raises InvalidInput."""
    try:
        if topic == DELETED:
            return ProductChanged(product=deleted(str(_GONE.decode(body).id), connection))
        found = _PRODUCT.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None
    return ProductChanged(product=product_from(found, connection, connection.currency))


def deleted(external_id: str, connection: Connection) -> Product:
    """The same whatever it was: nothing of it is kept."""
    return Product(
        id=product_id(connection.id, external_id),
        merchant_id=connection.merchant_id,
        connection_id=connection.id,
        external_id=external_id,
        state=ProductState.DELETED,
    )


def product_from(found: ShopProduct, connection: Connection, currency: str) -> Product:
    """Raises InvalidInput for what is no price."""
    title = _line(found.title)
    prices = [_price(each.price, currency) for each in found.variants if currency and each.price]
    listed = title and found.status in (None, "active") and found.published_at is not None
    images = [found.image, *found.images]
    return Product(
        id=product_id(connection.id, str(found.id)),
        merchant_id=connection.merchant_id,
        connection_id=connection.id,
        external_id=str(found.id),
        title=title,
        url=_page(found.handle, connection),
        picture=next((address for each in images if each and (address := https(each.src))), ""),
        price_from=min(prices, default=None),
        price_to=max(prices, default=None),
        currency=currency if prices else "",
        codes=_codes(found.variants),
        vendor=_line(found.vendor),
        available=not found.variants or any(each.available for each in found.variants),
        updated_at=epoch_ms(found.updated_at),
        state=ProductState.LISTED if listed else ProductState.HIDDEN,
    )


def https(address: str | None) -> str:
    """An address that may be kept and shown; empty for any other, such as one of a script."""
    plain = (address or "").strip()
    if plain.startswith("//"):
        plain = f"https:{plain}"
    good = plain.startswith("https://") and plain.isascii() and plain.isprintable() and len(plain) <= LONGEST_URL
    return plain if good and not set(plain) & set(" \"'<>\\^`{|}") else ""


def _page(handle: str | None, connection: Connection) -> str:
    """Its page in the online store: https://shopify.dev/docs/storefronts/themes/architecture/templates/product"""
    plain, host = (handle or "").strip(), connection.site or connection.account
    return https(f"https://{host}/products/{quote(plain, safe='')}") if plain and host else ""


def _codes(variants: list[Variant]) -> tuple[str, ...]:
    """Bar codes first: they are what a scanner reads."""
    said = [each.barcode for each in variants] + [each.sku for each in variants]
    codes = dict.fromkeys(_line(code)[:LONGEST_CODE] for code in said)
    return tuple(code for code in codes if code)[:MOST_CODES]


def _line(text: str | None) -> str:
    """On one line, without what cannot be seen; surrogates that stand alone have no place in the table."""
    whole = (text or "").encode("utf-8", "replace").decode()
    return " ".join("".join(char if char.isprintable() else " " for char in whole).split())[:LONGEST_TITLE]


def _price(amount: str | None, currency: str) -> int:
    try:
        return minor_units(amount or "", currency)
    except ValueError:
        raise InvalidInput from None
