"""Draft orders as Shopify's Admin API has them: calculated, made, completed. Forgotten at the end.

https://shopify.dev/docs/api/admin-graphql/latest/mutations/draftOrderCalculate. The shop's own rules: 8 % tax on top,
two ways of shipping, and the discount code TEN for a tenth off.
"""

from collections.abc import Callable
from typing import Any

from local.simulator.records import Customer, OrderLine, ShopProduct
from local.simulator.shopify.payloads import money
from local.simulator.shopify.products import barcode_of, sku_of
from local.simulator.shopify.products_desk import ProductsDesk
from local.simulator.shopify.shop import ShopDesk

TAX, CODE, OFF = 8, "TEN", 10
RATES = {"standard": ("Standard shipping", 500), "express": ("Express shipping", 1500)}
KNOWN = ("products", "calculate", "create", "tagged", "complete", "draft", "delete")
"""The variables that tell the requests apart."""


class Drafts:
    def __init__(self, products: ProductsDesk, desk: ShopDesk, store_id: str, currency: str) -> None:
        self._shelf, self._desk, self._store_id, self._currency = products, desk, store_id, currency
        self._drafts: dict[str, dict[str, Any]] = {}
        self._orders: dict[str, str] = {}

    def answer(self, variables: dict[str, Any]) -> dict[str, Any]:
        answers: dict[str, Callable[[Any], dict[str, Any]]] = {
            "products": self._variants,
            "calculate": self._calculate,
            "create": self._create,
            "tagged": self._tagged,
            "complete": self._complete,
            "draft": self._draft,
            "delete": self._delete,
        }
        kind = next(each for each in KNOWN if each in variables)
        return answers[kind](variables[kind])

    def _variants(self, ids: list[str]) -> dict[str, Any]:
        known = {f"gid://shopify/Product/{each.id}": each for each in self._shelf.all()}
        nodes = [variants(known[each]) if each in known else None for each in ids]
        return {"shop": {"currencyCode": self._currency}, "nodes": nodes}

    def _calculate(self, asked: dict[str, Any]) -> dict[str, Any]:
        figures, errors = self._figures(asked)
        if figures is None:
            return {"answer": {"calculatedDraftOrder": None, "userErrors": errors}}
        rates = [
            {"handle": handle, "title": title, "price": {"amount": money(price)}}
            for handle, (title, price) in RATES.items()
        ]
        offered = rates if "shippingAddress" in asked or "purchasingEntity" in asked else []
        return {"answer": {"calculatedDraftOrder": {**figures, "availableShippingRates": offered}, "userErrors": []}}

    def _create(self, asked: dict[str, Any]) -> dict[str, Any]:
        figures, errors = self._figures(asked)
        if figures is None:
            return {"answer": {"draftOrder": None, "userErrors": errors}}
        draft_id = f"gid://shopify/DraftOrder/{len(self._drafts) + 1}"
        self._drafts[draft_id] = {"id": draft_id, "asked": asked, "figures": figures}
        return {"answer": {"draftOrder": self._shown(draft_id), "userErrors": []}}

    def _tagged(self, asked: str) -> dict[str, Any]:
        tag = asked.removeprefix("tag:")
        found = [each for each, draft in self._drafts.items() if tag in draft["asked"].get("tags", [])]
        return {"draftOrders": {"nodes": [self._shown(each) for each in found[:1]]}}

    def _complete(self, draft_id: str) -> dict[str, Any]:
        draft = self._drafts.get(draft_id)
        if draft is None or draft_id in self._orders:
            return {"answer": {"draftOrder": None, "userErrors": [{"field": None, "message": "not possible"}]}}
        figures, asked = draft["figures"], draft["asked"]
        lines = [
            OrderLine(title=line["title"], quantity=line["quantity"], price=_cents(line["originalUnitPriceSet"]))
            for line in figures["lineItems"]
        ]
        total = _cents(figures["totalPriceSet"])
        customer = Customer(phone=asked.get("phone", ""))
        order = self._desk.sell(customer, self._store_id, lines, total)
        self._orders[draft_id] = order.number
        return {"answer": {"draftOrder": {"order": {"name": order.number}}, "userErrors": []}}

    def _draft(self, draft_id: str) -> dict[str, Any]:
        number = self._orders.get(draft_id)
        order = {"name": number} if number else None
        return {"draftOrder": {"order": order} if draft_id in self._drafts else None}

    def _delete(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["id"] not in self._orders:
            self._drafts.pop(asked["id"], None)
        return {"answer": {"userErrors": []}}

    def _shown(self, draft_id: str) -> dict[str, Any]:
        figures = self._drafts[draft_id]["figures"]
        return {**figures, "id": draft_id, "lineItems": {"nodes": figures["lineItems"]}}

    def _figures(self, asked: dict[str, Any]) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
        lines, errors = [], []
        for place, wanted in enumerate(asked["lineItems"]):
            line = self._line(wanted["variantId"].rpartition("/")[2], int(wanted["quantity"]))
            if line is None:
                errors.append({"field": ["input", "lineItems", str(place), "variantId"], "message": "is gone"})
            else:
                lines.append(line)
        if errors:
            return None, errors
        subtotal = sum(_cents(line["originalTotalSet"]) for line in lines)
        discounts = subtotal * OFF // 100 if CODE in asked.get("discountCodes", []) else 0
        rate = asked.get("shippingLine", {}).get("shippingRateHandle", "")
        shipping = RATES[rate][1] if rate in RATES else 0
        taxes = (subtotal - discounts) * TAX // 100
        named = {
            "totalLineItemsPriceSet": subtotal,
            "totalDiscountsSet": discounts,
            "totalShippingPriceSet": shipping,
            "totalTaxSet": taxes,
            "totalPriceSet": subtotal - discounts + shipping + taxes,
        }
        figures = {name: _money(figure) for name, figure in named.items()}
        return {**figures, "currencyCode": self._currency, "taxesIncluded": False, "lineItems": lines}, []

    def _line(self, variant_id: str, quantity: int) -> dict[str, Any] | None:
        for product in self._shelf.all():
            for place, price in enumerate(product.prices):
                if variant_of(product, place) == variant_id:
                    return {
                        "title": product.title,
                        "variantTitle": variant_title(product, place),
                        "quantity": quantity,
                        "variant": {"legacyResourceId": variant_id},
                        "originalUnitPriceSet": _money(price),
                        "originalTotalSet": _money(price * quantity),
                    }
        return None


def variants(product: ShopProduct) -> dict[str, Any]:
    nodes = [
        {
            "legacyResourceId": variant_of(product, place),
            "title": variant_title(product, place) or "Default Title",
            "price": money(price),
            "barcode": barcode_of(product, place),
            "sku": sku_of(product, place),
            "availableForSale": product.stock[place] > 0,
        }
        for place, price in enumerate(product.prices)
    ]
    return {"id": f"gid://shopify/Product/{product.id}", "title": product.title, "variants": {"nodes": nodes}}


def variant_of(product: ShopProduct, place: int) -> str:
    return f"{product.id}{place:02d}"


def variant_title(product: ShopProduct, place: int) -> str | None:
    return f"Size {place + 1}" if len(product.prices) > 1 else None


def _money(cents: int) -> dict[str, Any]:
    return {"shopMoney": {"amount": money(cents)}}


def _cents(said: dict[str, Any]) -> int:
    return round(float(said["shopMoney"]["amount"]) * 100)
