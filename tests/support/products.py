"""Products that tests sell."""

from typing import Any

from chalicelib.domain.products import Product, product_id
from tests.fakes.outside import START
from tests.support.merchant import MERCHANT, SHOP

PICTURE = "https://cdn.shopify.com/s/files/1/boots.jpg"


def product(external_id: str = "501", connection_id: str = SHOP, **fields: Any) -> Product:
    """Boots of the first merchant's shop, unless said otherwise."""
    given: dict[str, Any] = {
        "merchant_id": MERCHANT,
        "title": "Harbor Boots",
        "url": f"https://pine.myshopify.com/products/{external_id}",
        "picture": PICTURE,
        "price_from": 12900,
        "price_to": 14900,
        "currency": "USD",
        "codes": ("4006381333931", "HB-41"),
        "vendor": "Pine & Co",
        "updated_at": START,
    }
    identity = product_id(connection_id, external_id)
    return Product(id=identity, connection_id=connection_id, external_id=external_id, **{**given, **fields})
