"""The shop's catalogue: what a person changes in it is announced by a webhook."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from local.simulator.config import Shop, SimulatorConfig
from local.simulator.errors import ControlError
from local.simulator.records import ShopProduct
from local.simulator.shopify.payloads import money, timestamp
from local.simulator.shopify.products import ProductChange, barcode_of, first_products, handle_of, sku_of
from local.simulator.shopify.shop import MAX_FIELD, MAX_PRICE, MAX_QUANTITY
from local.simulator.shopify.webhooks import ShopifyWebhooks
from local.simulator.state import State

PICTURES = "https://cdn.shopify.com/"
"""Where Shopify has pictures; Counterline asks here for what is below it (chalicelib/shops/shopify_catalogue.py)."""


class ProductsDesk:
    """Changes and takes away products; at the first start there are some."""

    def __init__(
        self, config: SimulatorConfig, state: State, webhooks: ShopifyWebhooks, clock: Callable[[], int]
    ) -> None:
        self._config, self._state, self._webhooks, self._clock = config, state, webhooks, clock

    def stock_up(self) -> None:
        if not self._state.products:
            self._state.products.update({each.id: each for each in first_products(self._clock())})
            self._state.changed()

    def all(self) -> list[ShopProduct]:
        """Those that there are, by id."""
        return sorted((each for each in self._state.products.values() if not each.gone), key=lambda each: int(each.id))

    def find(self, product_id: str) -> ShopProduct:
        found = self._state.products.get(product_id)
        if found is None or found.gone:
            raise ControlError(404, "not_found", f"The shop has no product with the id {product_id!r}.")
        return found

    def change(self, product: ShopProduct, wanted: ProductChange) -> None:
        """Raises `ControlError` with what is wrong."""
        if wanted.title is not None and not 1 <= len(wanted.title.strip()) <= MAX_FIELD:
            raise ControlError(400, "invalid_input", f"A title has 1 to {MAX_FIELD} characters.")
        if wanted.price is not None and not 0 <= wanted.price <= MAX_PRICE:
            raise ControlError(400, "invalid_input", f"A price is 0 to {MAX_PRICE} cents.")
        if wanted.stock is not None and not 0 <= wanted.stock <= MAX_QUANTITY:
            raise ControlError(400, "invalid_input", f"There are 0 to {MAX_QUANTITY} pieces.")
        product.title = wanted.title.strip() if wanted.title is not None else product.title
        if wanted.price is not None:
            product.prices = [wanted.price] * len(product.prices)
        if wanted.stock is not None:
            product.stock = [wanted.stock] * len(product.stock)
        # Shopify's times have whole seconds: two changes within one would be of the same instant.
        product.updated_at = max(self._clock(), product.updated_at + 1_000)
        self._webhooks.announce_product(product, "products/update", product_payload(product, self._config.shop))

    def delete(self, product: ShopProduct) -> None:
        product.gone = True
        self._webhooks.announce_product(product, "products/delete", {"id": int(product.id)})


def picture_url(product: ShopProduct) -> str:
    return f"{PICTURES}simulator/{product.id}.png"


def product_payload(product: ShopProduct, shop: Shop) -> dict[str, Any]:
    """The body of `products/create` and `products/update`.

    Fields after https://shopify.dev/docs/api/admin-rest/latest/resources/product; those that say nothing are left out.
    """
    zone = ZoneInfo(shop.timezone)
    image = {"id": int(product.id) + 1, "src": picture_url(product)} if product.has_picture else None
    return {
        "id": int(product.id),
        "admin_graphql_api_id": f"gid://shopify/Product/{product.id}",
        "title": product.title,
        "body_html": f"<p>{product.title}</p>",
        "vendor": product.vendor,
        "handle": handle_of(product),
        "status": "active",
        "published_at": timestamp(product.updated_at, zone),
        "created_at": timestamp(product.updated_at, zone),
        "updated_at": timestamp(product.updated_at, zone),
        "tags": "",
        "variants": [_variant(product, place) for place in range(len(product.prices))],
        "image": image,
        "images": [image] if image else [],
    }


def _variant(product: ShopProduct, place: int) -> dict[str, Any]:
    return {
        "id": int(product.id) + 10 + place,
        "product_id": int(product.id),
        "title": f"Variant {place + 1}",
        "price": money(product.prices[place]),
        "sku": sku_of(product, place),
        "barcode": barcode_of(product, place),
        "inventory_management": "shopify",
        "inventory_policy": "deny",
        "inventory_quantity": product.stock[place],
    }
