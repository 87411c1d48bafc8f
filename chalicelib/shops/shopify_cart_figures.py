"""What Shopify says of variants, and of a draft order's figures, in our words.

https://shopify.dev/docs/api/admin-graphql/latest/objects/CalculatedDraftOrder. All in the shop's own currency.
"""

from collections.abc import Container, Sequence
from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from chalicelib.domain.cart_contents import (
    LONGEST_TITLE,
    MOST_CHOICES,
    MOST_RATES,
    CartLine,
    Choice,
    LineProblem,
    Offer,
    Rate,
    Totals,
)
from chalicelib.domain.money import minor_units
from chalicelib.domain.products import code_key
from chalicelib.usecases.ports import CatalogueRefused

_Text = Annotated[str, Meta(max_length=512)]
_NO_VARIANTS = "Default Title"
"""What Shopify calls the one variant of a product that has none."""


class _Amount(Struct):
    amount: str


class _Money(Struct, rename="camel"):
    shop_money: _Amount


class _Resource(Struct, rename="camel"):
    legacy_resource_id: str


class _Line(Struct, rename="camel"):
    title: str
    quantity: int
    original_unit_price_set: _Money
    original_total_set: _Money
    variant_title: str | None = None
    variant: _Resource | None = None


class _Rate(Struct):
    handle: _Text
    title: _Text
    price: _Amount


class Calculated(Struct, rename="camel"):
    currency_code: str
    taxes_included: bool
    total_line_items_price_set: _Money
    total_discounts_set: _Money
    total_shipping_price_set: _Money
    total_tax_set: _Money
    total_price_set: _Money
    line_items: list[_Line]
    available_shipping_rates: list[_Rate] = []


class _Variant(Struct, rename="camel"):
    legacy_resource_id: Annotated[str, Meta(pattern=r"^[0-9]{1,20}$")]
    title: str
    price: str
    barcode: str | None = None
    sku: str | None = None
    available_for_sale: bool = True

    def has(self, code: str) -> bool:
        return any(code_key(each or "") == code_key(code) for each in (self.barcode, self.sku) if each)


class _VariantList(Struct):
    nodes: list[_Variant] = []


class _Product(Struct):
    id: str
    title: str
    variants: _VariantList = field(default_factory=_VariantList)


class _Shop(Struct, rename="camel"):
    currency_code: str


class Variants(Struct):
    """The answer to which variants some products have; None: there is no such product."""

    shop: _Shop
    nodes: list[_Product | None] = []


def settled(lines: Sequence[CartLine], product_ids: Sequence[str], found: Variants) -> Offer:
    """Each line with its variant: the chosen one, the scanned one, the only one; else what there is to choose."""
    known = {each.id.rpartition("/")[2]: each for each in found.nodes if each is not None}
    pairs = zip(lines, product_ids, strict=True)
    return Offer(lines=tuple(_settled(line, known.get(each), found.shop.currency_code) for line, each in pairs))


def _settled(line: CartLine, product: _Product | None, currency: str) -> CartLine:
    if product is None or not product.variants.nodes:
        return replace(line, problem=LineProblem.GONE)
    variants, title = product.variants.nodes, product.title[:LONGEST_TITLE]
    chosen = [each for each in variants if each.legacy_resource_id == line.variant]
    chosen = chosen or [each for each in variants if line.code and each.has(line.code)]
    chosen = chosen or (variants if len(variants) == 1 else [])
    if not chosen:
        choices = tuple(_choice(each, currency) for each in variants[:MOST_CHOICES])
        return replace(line, title=title, variant="", problem=LineProblem.CHOOSE, choices=choices)
    one = chosen[0]
    problem = None if one.available_for_sale else LineProblem.SOLD_OUT
    name = _variant_title(one.title)
    return replace(line, title=title, variant=one.legacy_resource_id, variant_title=name, problem=problem)


def _choice(variant: _Variant, currency: str) -> Choice:
    price = _minor(variant.price, currency)
    return Choice(variant=variant.legacy_resource_id, title=variant.title[:LONGEST_TITLE], price=price)


def offer_of(found: Calculated, lines: Sequence[CartLine]) -> Offer:
    """Raises CatalogueRefused where the shop answers about other lines than it was asked for."""
    currency = found.currency_code
    if len(found.line_items) != len(lines):
        raise CatalogueRefused
    priced = tuple(_line(line, said, currency) for line, said in zip(lines, found.line_items, strict=True))
    rates = tuple(
        Rate(handle=each.handle, title=each.title, price=_minor(each.price.amount, currency))
        for each in found.available_shipping_rates[:MOST_RATES]
    )
    return Offer(
        lines=priced,
        rates=rates,
        totals=Totals(
            currency=currency,
            subtotal=_amount(found.total_line_items_price_set, currency),
            discounts=_amount(found.total_discounts_set, currency),
            shipping=_amount(found.total_shipping_price_set, currency),
            taxes=_amount(found.total_tax_set, currency),
            taxes_included=found.taxes_included,
            total=_amount(found.total_price_set, currency),
        ),
    )


def _line(line: CartLine, said: _Line, currency: str) -> CartLine:
    variant = said.variant.legacy_resource_id if said.variant else ""
    if (variant, said.quantity) != (line.variant, line.quantity):
        raise CatalogueRefused
    return replace(
        line,
        title=said.title[:LONGEST_TITLE],
        variant_title=_variant_title(said.variant_title or ""),
        price=_amount(said.original_unit_price_set, currency),
        total=_amount(said.original_total_set, currency),
        problem=None,
        choices=(),
    )


def lines_of(lines: Sequence[CartLine], gone: Container[int]) -> tuple[CartLine, ...]:
    """With those that the shop will not sell marked."""
    return tuple(replace(line, problem=LineProblem.GONE) if place in gone else line for place, line in enumerate(lines))


def _variant_title(title: str) -> str:
    return "" if title == _NO_VARIANTS else title[:LONGEST_TITLE]


def _amount(money: _Money, currency: str) -> int:
    return _minor(money.shop_money.amount, currency)


def _minor(amount: str, currency: str) -> int:
    try:
        return minor_units(amount, currency)
    except ValueError:
        raise CatalogueRefused from None
