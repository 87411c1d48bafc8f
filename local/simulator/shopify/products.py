"""What the shop sells: some forty products, of every kind that a catalogue has."""

from typing import Any

from msgspec import Struct

from local.simulator.records import ShopProduct

_AND_ALL_THAT_COMES_WITH_IT = (
    " from the last mill on the island, with leather carrying strap, storage sack and a booklet about who made it"
)
# Title, vendor, handle, prices of its variants in cents, pieces of each; a picture unless said otherwise.
_MADE: tuple[tuple[str, str, tuple[int, ...], tuple[int, ...]], ...] = (
    ("Linen shirt, white", "Juniper", (5900, 5900, 6400), (4, 2, 0)),
    ("Linen shirt, indigo", "Juniper", (5900, 6400), (3, 5)),
    ("Oxford shirt, sky", "Juniper", (6900,), (8,)),
    ("Flannel shirt, forest", "Juniper", (7400, 7400), (1, 1)),
    ("Wool scarf, moss", "Pine Mills", (4500,), (12,)),
    ("Wool scarf, rust", "Pine Mills", (4500,), (7,)),
    ("Merino beanie, charcoal", "Pine Mills", (2900,), (20,)),
    ("Cable-knit sweater, oatmeal", "Pine Mills", (12900, 13900), (2, 2)),
    ("Leather belt, 95 cm", "Holt", (3950,), (9,)),
    ("Leather belt, 105 cm", "Holt", (3950,), (6,)),
    ("Card holder, cognac", "Holt", (3200,), (14,)),
    ("Running shoes, 42", "Strider", (11900,), (3,)),
    ("Running shoes, 44", "Strider", (11900,), (0,)),
    ("Trail boots", "Strider", (15900, 15900, 16900), (2, 0, 1)),
    ("Canvas sneakers, white", "Strider", (7900, 7900), (5, 6)),
    ("Rain jacket, navy", "Northlight", (14900, 15900), (4, 3)),
    ("Rain jacket, yellow", "Northlight", (14900,), (2,)),
    ("Down vest, black", "Northlight", (17900,), (1,)),
    ("Umbrella, compact", "Northlight", (3400,), (25,)),
    ("Ceramic mug", "Kiln & Co", (1450,), (30,)),
    ("Ceramic bowl, set of two", "Kiln & Co", (3800,), (8,)),
    ("Teapot, 1.2 l", "Kiln & Co", (6400,), (3,)),
    ("Café crème cups, set of four", "Kiln & Co", (4200,), (5,)),
    ("Crème brûlée dishes", "Kiln & Co", (2600,), (6,)),
    ("Canvas tote bag", "Juniper", (2200,), (40,)),
    ("Weekender bag, olive", "Holt", (18900,), (2,)),
    ("Notebook, dotted", "Paperworks", (1200,), (50,)),
    ("Fountain pen, fine", "Paperworks", (4900,), (0,)),
    ("Wrapping paper, forest animals", "Paperworks", (650,), (80,)),
    ("Soy candle, cedar", "Hearth", (2800,), (15,)),
    ("Soy candle, fig", "Hearth", (2800,), (11,)),
    ("Hand balm, 50 ml", "Hearth", (1650,), (22,)),
    ("緑茶セット (green tea set)", "Hearth", (3900,), (4,)),
    ("Wool blanket, herringbone", "Pine Mills", (14900,), (3,)),
    ("Cushion cover, 50 x 50 cm", "Pine Mills", (3600, 3600), (9, 4)),
    ("Kids' rain boots, red", "Strider", (3900, 3900, 3900), (2, 3, 1)),
    ("Sunglasses, tortoise", "Holt", (8900,), (5,)),
    ("Wristwatch, steel", "Holt", (24900,), (1,)),
    ("Gift card", "Juniper", (2500, 5000, 10000), (999, 999, 999)),
    (
        f"Limited edition hand-finished travel blanket in undyed lambswool{_AND_ALL_THAT_COMES_WITH_IT}",
        "Pine Mills",
        (32900,),
        (1,),
    ),
)
_WITHOUT_PICTURE = ("Gift card",)
_COLOURS = ("#7a8b69", "#8a6f5c", "#5d7a8c", "#a08a5b", "#6f5d7a", "#4f6d63")


class ProductChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person may change about a product."""

    title: str | None = None
    price: int | None = None
    """Of each variant, in cents."""
    stock: int | None = None
    """Pieces of each variant."""


def first_products(now: int) -> list[ShopProduct]:
    """In the order of their ids; the oldest was changed longest ago."""
    return [
        ShopProduct(
            id=str(7_400_000_000_000 + 1_021 * number),
            title=title,
            vendor=vendor,
            prices=list(prices),
            stock=list(stock),
            has_picture=title not in _WITHOUT_PICTURE,
            updated_at=now - 3_600_000 * (len(_MADE) - number),
        )
        for number, (title, vendor, prices, stock) in enumerate(_MADE)
    ]


def colour_of(product: ShopProduct) -> str:
    return _COLOURS[int(product.id) % len(_COLOURS)]


def handle_of(product: ShopProduct) -> str:
    kept = "".join(char if char.isalnum() and char.isascii() else "-" for char in product.title.lower())
    return "-".join(part for part in kept.split("-") if part)[:80] or f"product-{product.id}"


def barcode_of(product: ShopProduct, variant: int) -> str:
    """An EAN-13 of the range that is for use within a shop."""
    digits = f"20{int(product.id) % 10**8:08d}{variant:02d}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"


def sku_of(product: ShopProduct, variant: int) -> str:
    return f"{product.vendor[:2].upper()}-{int(product.id) % 10**6}-{variant + 1}"


def public_product(product: ShopProduct) -> dict[str, Any]:
    """As the control API shows it."""
    return {
        "id": product.id,
        "title": product.title,
        "vendor": product.vendor,
        "price": min(product.prices),
        "stock": sum(product.stock),
        "barcode": barcode_of(product, 0),
        "updated_at": product.updated_at,
    }
