"""All products of a Shopify shop, page by page, from its Admin API.

https://shopify.dev/docs/api/admin-graphql/latest/queries/products
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.merchants import Connection
from chalicelib.domain.products import Product
from chalicelib.usecases.ports import CataloguePage, CatalogueRefused, Downloads, Http, Origin

from .shopify_api import ShopifyApi
from .shopify_products import Image, ShopProduct, Variant, product_from

PAGE, VARIANTS = 25, 20
"""Products in a page, and variants of each: a query of some 600 points, of 1,000 that one may cost."""
PICTURES = "https://cdn.shopify.com/"
"""Where Shopify keeps pictures, besides the shop's own addresses below `/cdn/`."""

_PRODUCTS = f"""query($after: String) {{
  shop {{ currencyCode }}
  productsCount(limit: null) {{ count }}
  products(first: {PAGE}, after: $after, sortKey: ID) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      legacyResourceId title handle vendor status publishedAt updatedAt
      featuredMedia {{ preview {{ image {{ url }} }} }}
      priceRangeV2 {{ minVariantPrice {{ amount }} maxVariantPrice {{ amount }} }}
      variants(first: {VARIANTS}) {{ nodes {{ sku barcode availableForSale }} }}
    }}
  }}
}}"""
_KNOWN = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"


class _Amount(Struct):
    amount: str


class _Range(Struct, rename="camel"):
    min_variant_price: _Amount
    max_variant_price: _Amount


class _Url(Struct):
    url: str | None = None


class _Preview(Struct):
    image: _Url | None = None


class _Media(Struct):
    preview: _Preview | None = None


class _Variant(Struct, rename="camel"):
    sku: str | None = None
    barcode: str | None = None
    available_for_sale: bool = True


class _Variants(Struct):
    nodes: list[_Variant] = []


class _Node(Struct, rename="camel"):
    legacy_resource_id: str
    updated_at: Annotated[datetime, Meta(tz=True)]
    title: str | None = None
    handle: str | None = None
    vendor: str | None = None
    status: str | None = None
    published_at: Annotated[datetime, Meta(tz=True)] | None = None
    featured_media: _Media | None = None
    price_range_v2: _Range | None = field(default=None, name="priceRangeV2")
    variants: _Variants = field(default_factory=_Variants)


class _PageInfo(Struct, rename="camel"):
    has_next_page: bool
    end_cursor: str | None = None


class _Products(Struct, rename="camel"):
    page_info: _PageInfo
    nodes: list[_Node]


class _Shop(Struct, rename="camel"):
    currency_code: str


class _Count(Struct):
    count: int


class _Catalogue(Struct, rename="camel"):
    shop: _Shop
    products: _Products
    products_count: _Count | None = None


class _Id(Struct):
    id: str


class _Known(Struct):
    nodes: list[_Id | None]


class ShopifyCatalogue(ShopifyApi):
    """Implements ports.ListsProducts."""

    def may_list(self, secrets: dict[str, str]) -> bool:
        return bool(secrets.get("access_token"))

    def products_page(self, after: str, connection: Connection, secrets: dict[str, str], http: Http) -> CataloguePage:
        found = self._asked(_PRODUCTS, {"after": after or None}, _Catalogue, connection, secrets, http)
        products, currency = found.products, found.shop.currency_code
        info = products.page_info
        return CataloguePage(
            products=tuple(each for node in products.nodes if (each := _product(node, connection, currency))),
            after=(info.end_cursor or "") if info.has_next_page else "",
            total=found.products_count.count if found.products_count else 0,
        )

    def missing(
        self, external_ids: tuple[str, ...], connection: Connection, secrets: dict[str, str], http: Http
    ) -> tuple[str, ...]:
        ids = [f"gid://shopify/Product/{each}" for each in external_ids]
        found = self._asked(_KNOWN, {"ids": ids}, _Known, connection, secrets, http)
        if len(found.nodes) != len(ids):
            raise CatalogueRefused
        return tuple(each for each, node in zip(external_ids, found.nodes, strict=True) if node is None)

    def fetch_picture(self, url: str, connection: Connection, downloads: Downloads) -> bytes:
        origins = [Origin(prefix=PICTURES)]
        origins += [Origin(prefix=f"https://{host}/cdn/") for host in (connection.account, connection.site) if host]
        if self._api_url:
            origins.append(Origin(prefix=f"{self._api_url}/", private=True))
        return downloads.get(self._reached(url), origins)

    def _reached(self, url: str) -> str:
        """A simulator has no certificate: what it calls https it hands out itself."""
        if self._api_url and url.startswith(PICTURES):
            return f"{self._api_url}/cdn/{url.removeprefix(PICTURES)}"
        return url


def _product(node: _Node, connection: Connection, currency: str) -> Product | None:
    """None for one that cannot be read: the others are taken all the same."""
    media, prices = node.featured_media, node.price_range_v2
    image = media.preview.image if media and media.preview else None
    amounts = [prices.min_variant_price.amount, prices.max_variant_price.amount] if prices else []
    variants = [_variant(each) for each in node.variants.nodes]
    try:
        found = ShopProduct(
            id=int(node.legacy_resource_id),
            updated_at=node.updated_at,
            title=node.title,
            handle=node.handle,
            vendor=node.vendor,
            status=(node.status or "active").lower(),
            published_at=node.published_at,
            variants=[*variants, *(Variant(price=amount, inventory_quantity=0) for amount in amounts)],
            image=Image(image.url) if image else None,
        )
        return product_from(found, connection, currency)
    except (ValueError, InvalidInput):
        return None


def _variant(each: _Variant) -> Variant:
    return Variant(sku=each.sku, barcode=each.barcode, inventory_quantity=int(each.available_for_sale))
