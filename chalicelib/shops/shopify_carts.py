"""Remote carts in a Shopify shop: a draft order is calculated, made, completed (scope write_draft_orders).

https://shopify.dev/docs/api/admin-graphql/latest/mutations/draftOrderCalculate, .../draftOrderCreate,
.../draftOrderComplete. A draft reserves nothing and charges nobody; completed, it is an order that is paid.
"""

from hashlib import sha256
from typing import Any

from msgspec import MsgspecError, Struct, convert

from chalicelib.domain.cart_contents import MOST_LINES, MOST_RATES, Offer
from chalicelib.domain.merchants import Connection
from chalicelib.usecases.ports import Basket, CatalogueRefused, DraftOrder, Http

from .shopify_api import ShopifyApi
from .shopify_cart_figures import Calculated, Variants, lines_of, offer_of, settled

_MONEY = "shopMoney { amount }"
_LINE = f"""title variantTitle quantity variant {{ legacyResourceId }}
      originalUnitPriceSet {{ {_MONEY} }} originalTotalSet {{ {_MONEY} }}"""
_FIGURES = f"""currencyCode taxesIncluded
    totalLineItemsPriceSet {{ {_MONEY} }} totalDiscountsSet {{ {_MONEY} }} totalShippingPriceSet {{ {_MONEY} }}
    totalTaxSet {{ {_MONEY} }} totalPriceSet {{ {_MONEY} }}"""
_ERRORS = "userErrors { field message }"
_VARIANTS = """query($products: [ID!]!) { shop { currencyCode } nodes(ids: $products) { ... on Product {
  id title variants(first: 30) { nodes { legacyResourceId title price barcode sku availableForSale } } } } }"""
_CALCULATE = f"""mutation($calculate: DraftOrderInput!) {{ answer: draftOrderCalculate(input: $calculate) {{
  calculatedDraftOrder {{ {_FIGURES}
    lineItems {{ {_LINE} }}
    availableShippingRates {{ handle title price {{ amount }} }} }} {_ERRORS} }} }}"""
_DRAFT = f"""id {_FIGURES} lineItems(first: {MOST_LINES}) {{ nodes {{ {_LINE} }} }}"""
_TAGGED = f"query($tagged: String!) {{ draftOrders(first: 1, query: $tagged) {{ nodes {{ {_DRAFT} }} }} }}"
_CREATE = f"""mutation($create: DraftOrderInput!) {{ answer: draftOrderCreate(input: $create) {{
  draftOrder {{ {_DRAFT} }} {_ERRORS} }} }}"""
_COMPLETE = f"""mutation($complete: ID!) {{ answer: draftOrderComplete(id: $complete) {{
  draftOrder {{ order {{ name }} }} {_ERRORS} }} }}"""
_FIND = "query($draft: ID!) { draftOrder(id: $draft) { order { name } } }"
_DELETE = f"mutation($delete: DraftOrderDeleteInput!) {{ answer: draftOrderDelete(input: $delete) {{ {_ERRORS} }} }}"


class _UserError(Struct):
    field: list[str] | None = None


class _Calculation(Struct, rename="camel"):
    user_errors: list[_UserError] = []
    calculated_draft_order: Any = None


class _Calculates(Struct):
    answer: _Calculation


class _Drafted(Struct, rename="camel"):
    user_errors: list[_UserError] = []
    draft_order: Any = None


class _Drafts(Struct):
    answer: _Drafted


class _Nodes(Struct):
    nodes: list[Any]


class _Tagged(Struct, rename="camel"):
    draft_orders: _Nodes


class _Order(Struct):
    name: str


class _Completed(Struct):
    order: _Order | None = None


class _Completion(Struct, rename="camel"):
    user_errors: list[_UserError] = []
    draft_order: _Completed | None = None


class _Completes(Struct):
    answer: _Completion


class _Found(Struct, rename="camel"):
    draft_order: _Completed | None = None


class _Deletion(Struct):
    answer: Any = None


class ShopifyCarts(ShopifyApi):
    """Implements ports.PricesCarts."""

    def cart_offer(self, basket: Basket, connection: Connection, secrets: dict[str, str], http: Http) -> Offer:
        known = self._settled(basket, connection, secrets, http)
        if any(line.problem for line in known.lines):
            return known
        variables = {"calculate": _input(known, basket)}
        answer = self._asked(_CALCULATE, variables, _Calculates, connection, secrets, http).answer
        if answer.user_errors:
            return _blamed(known, answer.user_errors)
        return offer_of(_read(answer.calculated_draft_order), known.lines)

    def draft_order(
        self, basket: Basket, reference: str, connection: Connection, secrets: dict[str, str], http: Http
    ) -> DraftOrder:
        lines, tag = basket.contents.lines, _tag(reference)
        tagged = self._asked(_TAGGED, {"tagged": f"tag:{tag}"}, _Tagged, connection, secrets, http)
        for there in tagged.draft_orders.nodes:
            return _draft(there, basket)
        create = _input(Offer(lines=lines), basket) | {"tags": [tag]}
        answer = self._asked(_CREATE, {"create": create}, _Drafts, connection, secrets, http).answer
        if answer.user_errors:
            return DraftOrder(id="", offer=_blamed(Offer(lines=lines), answer.user_errors))
        return _draft(answer.draft_order, basket)

    def make_order(self, draft_id: str, connection: Connection, secrets: dict[str, str], http: Http) -> str:
        answer = self._asked(_COMPLETE, {"complete": draft_id}, _Completes, connection, secrets, http).answer
        made = answer.draft_order.order if answer.draft_order else None
        if made is None:  # completed before, and the answer was lost; or the shop will not
            found = self._asked(_FIND, {"draft": draft_id}, _Found, connection, secrets, http).draft_order
            made = found.order if found else None
        if made is None:
            raise CatalogueRefused
        return made.name[:64]

    def discard_draft(self, draft_id: str, connection: Connection, secrets: dict[str, str], http: Http) -> None:
        if draft_id:
            self._asked(_DELETE, {"delete": {"id": draft_id}}, _Deletion, connection, secrets, http)

    def _settled(self, basket: Basket, connection: Connection, secrets: dict[str, str], http: Http) -> Offer:
        """Each line with its variant, or with what is to be chosen."""
        ids = list(dict.fromkeys(f"gid://shopify/Product/{each}" for each in basket.product_ids))
        found = self._asked(_VARIANTS, {"products": ids}, Variants, connection, secrets, http)
        return settled(basket.contents.lines, basket.product_ids, found)


def _read(found: Any) -> Calculated:
    try:
        return convert(found, Calculated)
    except MsgspecError:
        raise CatalogueRefused from None


def _draft(found: Any, basket: Basket) -> DraftOrder:
    draft_id = found.get("id") if isinstance(found, dict) else None
    if not isinstance(draft_id, str) or not draft_id or len(draft_id) > 128:
        raise CatalogueRefused
    nodes = found.get("lineItems", {}).get("nodes", [])
    calculated = _read({**found, "lineItems": nodes})
    return DraftOrder(id=draft_id, offer=offer_of(calculated, basket.contents.lines))


def _tag(reference: str) -> str:
    """Tags of drafts are short: https://shopify.dev/docs/api/admin-graphql/latest/input-objects/DraftOrderInput"""
    return f"counterline-{sha256(reference.encode()).hexdigest()[:24]}"


def _input(offer: Offer, basket: Basket) -> dict[str, Any]:
    """DraftOrderInput. What is not known is left to the shop."""
    contents, to = basket.contents, basket.contents.destination
    given: dict[str, Any] = {
        "lineItems": [
            {"variantId": f"gid://shopify/ProductVariant/{line.variant}", "quantity": line.quantity}
            for line in offer.lines
        ],
        "acceptAutomaticDiscounts": True,
    }
    if contents.discount_code:
        given["discountCodes"] = [contents.discount_code]
    if basket.customer_id:
        given["purchasingEntity"] = {"customerId": f"gid://shopify/Customer/{basket.customer_id}"}
        given["useCustomerDefaultAddress"] = to is None
    if basket.phone:
        given["phone"] = basket.phone
    if to is not None:
        address = {
            "firstName": to.first_name, "lastName": to.last_name, "address1": to.address1, "address2": to.address2,
            "city": to.city, "provinceCode": to.province_code, "zip": to.zip, "countryCode": to.country_code,
        }  # fmt: skip
        given["shippingAddress"] = {name: value for name, value in address.items() if value}
    if contents.rate:
        given["shippingLine"] = {"shippingRateHandle": contents.rate}
    return given


def _blamed(offer: Offer, errors: list[_UserError]) -> Offer:
    """Which lines the shop will not sell. Raises CatalogueRefused where it says nothing of a line."""
    places = {int(part) for each in errors for part in each.field or [] if part.isascii() and part.isdigit()}
    if not places & set(range(len(offer.lines))):
        raise CatalogueRefused
    return Offer(lines=lines_of(offer.lines, places), rates=offer.rates[:MOST_RATES])
