"""What a customer is texted as soon as a remote cart is paid (N25), in the store's language."""

from msgspec import Struct

from .cart_contents import CartLine, Totals
from .carts import Cart
from .money import amount

_MOST_LINES = 8
"""Lines that a receipt lists; the others are counted."""


class _Words(Struct, frozen=True):
    receipt: str
    more: str
    discounts: str
    shipping: str
    taxes: str
    included: str
    total: str
    thanks: str


WORDS: dict[str, _Words] = {
    "en": _Words(
        "Receipt from {}", "and {} more", "Discounts", "Shipping", "Taxes", "Taxes included", "Paid", "Thank you!"
    ),
    "es": _Words(
        "Recibo de {}", "y {} más", "Descuentos", "Envío", "Impuestos", "Impuestos incluidos", "Pagado", "Gracias."
    ),
    "de": _Words(
        "Beleg von {}", "und {} weitere", "Rabatt", "Versand", "Steuern", "Steuern enthalten", "Bezahlt", "Danke!"
    ),
    "fr": _Words("Reçu de {}", "et {} autres", "Remises", "Livraison", "Taxes", "Taxes incluses", "Payé", "Merci !"),
    "it": _Words("Ricevuta di {}", "e altri {}", "Sconti", "Spedizione", "Tasse", "Tasse incluse", "Pagato", "Grazie!"),
    "pt": _Words(
        "Recibo de {}", "e mais {}", "Descontos", "Envio", "Impostos", "Impostos incluídos", "Pago", "Obrigado!"
    ),
    "nl": _Words("Bon van {}", "en nog {}", "Korting", "Verzending", "Btw", "Inclusief btw", "Betaald", "Dank u!"),
}


def receipt(cart: Cart, store_name: str, language: str) -> str:
    """Each line of it, taxes, discounts, shipping and the total; the payment's reference."""
    if cart.totals is None or cart.payment is None:
        raise ValueError("there is a receipt for what is paid")
    words, totals = WORDS.get(language, WORDS["en"]), cart.totals
    lines = cart.contents.lines
    rest = len(lines) - _MOST_LINES
    parts = [
        words.receipt.format(store_name),
        *(_line(line, totals.currency) for line in lines[:_MOST_LINES]),
        words.more.format(rest) if rest > 0 else "",
        *_figures(totals, words),
        f"{words.total}: {amount(totals.total, totals.currency)}",
        cart.payment.reference,
        words.thanks,
    ]
    return "\n".join(part for part in parts if part)


def _line(line: CartLine, currency: str) -> str:
    title = " ".join(part for part in (line.title[:60], line.variant_title[:30]) if part)
    return f"{line.quantity} x {title}: {amount(line.total, currency)}"


def _figures(totals: Totals, words: _Words) -> list[str]:
    taxes = words.included if totals.taxes_included else words.taxes
    shown = ((words.shipping, totals.shipping, ""), (words.discounts, totals.discounts, "-"), (taxes, totals.taxes, ""))
    return [f"{name}: {sign}{amount(figure, totals.currency)}" for name, figure, sign in shown if figure]
