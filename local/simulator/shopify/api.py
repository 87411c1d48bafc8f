"""What Counterline asks of Shopify's Admin API: its products page by page, which of some there are, their pictures,
the orders that have changed, and draft orders.

https://shopify.dev/docs/api/admin-graphql/latest/queries/products. Queries are told apart by their variables: this is
no GraphQL server.
"""

import hmac
import struct
import zlib
from datetime import UTC, datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.simulator.config import SimulatorConfig
from local.simulator.pictures import NO_HARM
from local.simulator.records import ShopProduct
from local.simulator.shopify.drafts_api import KNOWN, Drafts
from local.simulator.shopify.orders_api import orders_page
from local.simulator.shopify.payloads import money
from local.simulator.shopify.products import barcode_of, colour_of, handle_of, sku_of
from local.simulator.shopify.products_desk import ProductsDesk, picture_url
from local.simulator.shopify.shop import ShopDesk
from local.simulator.state import State

PAGE = 25
_SIDE = 480


class ShopifyApi:
    def __init__(self, config: SimulatorConfig, state: State, products: ProductsDesk, desk: ShopDesk) -> None:
        self._config, self._state, self._products = config, state, products
        self._drafts = Drafts(products, desk, next(iter(config.shop.locations), ""), config.shop.currency)

    def routes(self) -> list[Route]:
        return [
            Route("/admin/api/{version}/graphql.json", self._graphql, methods=["POST"]),
            Route("/cdn/simulator/{id}.png", self._picture, methods=["GET"]),
        ]

    async def _graphql(self, request: Request) -> Response:
        token = self._config.shop.access_token
        if not token or not hmac.compare_digest(request.headers.get("x-shopify-access-token", ""), token):
            return JSONResponse({"errors": "[API] Invalid API key or access token"}, status_code=401)
        try:
            variables = msgspec.json.decode(await request.body(), type=dict[str, Any])["variables"]
        except (msgspec.DecodeError, KeyError):
            return JSONResponse({"errors": [{"message": "syntax error"}]}, status_code=400)
        if "changed" in variables:
            return JSONResponse({"data": orders_page(variables, self._state.orders.values(), self._config.shop)})
        if any(each in variables for each in KNOWN):
            return JSONResponse({"data": self._drafts.answer(variables)})
        if "ids" in variables:
            known = {f"gid://shopify/Product/{each.id}" for each in self._products.all()}
            return JSONResponse(
                {"data": {"nodes": [{"id": each} if each in known else None for each in variables["ids"]]}}
            )
        return JSONResponse({"data": self._page(variables.get("after") or "0")})

    def _page(self, after: str) -> dict[str, Any]:
        there = self._products.all()
        rows = [each for each in there if int(each.id) > int(after)]
        shown = rows[:PAGE]
        info = {"hasNextPage": len(rows) > PAGE, "endCursor": shown[-1].id if shown else None}
        return {
            "shop": {"currencyCode": self._config.shop.currency},
            "productsCount": {"count": len(there)},
            "products": {"pageInfo": info, "nodes": [_node(each) for each in shown]},
        }

    async def _picture(self, request: Request) -> Response:
        product = self._products.find(request.path_params["id"])
        return Response(drawn(colour_of(product)), headers=NO_HARM, media_type="image/png")


def _node(product: ShopProduct) -> dict[str, Any]:
    at = datetime.fromtimestamp(product.updated_at // 1000, UTC).isoformat().replace("+00:00", "Z")
    image = {"preview": {"image": {"url": picture_url(product)}}} if product.has_picture else None
    return {
        "legacyResourceId": product.id,
        "title": product.title,
        "handle": handle_of(product),
        "vendor": product.vendor,
        "status": "ACTIVE",
        "publishedAt": at,
        "updatedAt": at,
        "featuredMedia": image,
        "priceRangeV2": {
            "minVariantPrice": {"amount": money(min(product.prices))},
            "maxVariantPrice": {"amount": money(max(product.prices))},
        },
        "variants": {
            "nodes": [
                {"sku": sku_of(product, place), "barcode": barcode_of(product, place), "availableForSale": pieces > 0}
                for place, pieces in enumerate(product.stock)
            ]
        },
    }


def drawn(colour: str) -> bytes:
    """A PNG: a light disc before a background of this colour (`#rrggbb`)."""
    ground = bytes.fromhex(colour.removeprefix("#"))
    light = bytes(value + (255 - value) * 2 // 3 for value in ground)
    middle, radius = _SIDE // 2, _SIDE // 3
    rows = bytearray()
    for y in range(_SIDE):
        half = int(max(radius**2 - (y - middle) ** 2, 0) ** 0.5)
        rows += b"\0" + ground * (middle - half) + light * (2 * half) + ground * (_SIDE - middle - half)
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
