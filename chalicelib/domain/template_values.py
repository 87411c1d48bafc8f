"""What the tokens of a template stand for: of a customer, their order, the store and who writes (X20)."""

from collections.abc import Mapping

from .customers import Customer
from .masking import mask_name
from .merchants import Store
from .money import exponent
from .orders import Fulfilment, Order, OrderLine, Payment
from .template_tokens import LONGEST_VALUE

_STATUS: Mapping[str, Mapping[str, str]] = {
    "en": {"cancelled": "cancelled", "sent": "sent", "paid": "paid", "placed": "placed"},
    "es": {"cancelled": "cancelado", "sent": "enviado", "paid": "pagado", "placed": "recibido"},
    "de": {"cancelled": "storniert", "sent": "versandt", "paid": "bezahlt", "placed": "eingegangen"},
    "fr": {"cancelled": "annulée", "sent": "expédiée", "paid": "payée", "placed": "enregistrée"},
    "it": {"cancelled": "annullato", "sent": "spedito", "paid": "pagato", "placed": "ricevuto"},
    "pt": {"cancelled": "cancelada", "sent": "enviada", "paid": "paga", "placed": "recebida"},
    "nl": {"cancelled": "geannuleerd", "sent": "verzonden", "paid": "betaald", "placed": "ontvangen"},
}


def values(
    store: Store, language: str, *, customer: Customer | None = None, order: Order | None = None, associate: str = ""
) -> dict[str, str]:
    """By name; what is not known is missing. Names are shown without addresses in them (X7)."""
    found = {"store.name": store.name, "store.phone": store.phone, "associate.name": associate}
    if customer is not None:
        found |= {
            "firstname": mask_name(customer.first_name),
            "lastname": mask_name(customer.last_name),
            "fullname": customer.name,
        }
    if order is not None:
        found |= {
            "order.number": order.number,
            "order.total": amount(order.total, order.currency),
            "order.items": items(order.lines),
            "order.status": _STATUS.get(language, _STATUS["en"])[_status(order)],
        }
    return {name: value for name, value in found.items() if value}


def amount(total: int, currency: str) -> str:
    """1250 USD -> `12.50 USD`: all of it in the alphabet that texts are cheap in."""
    places = exponent(currency)
    sign, digits = "-" if total < 0 else "", str(abs(total)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]} {currency}" if places else f"{total} {currency}"


def items(lines: tuple[OrderLine, ...]) -> str:
    """`2 x Linen shirt, Belt`, as many as there is room for; the others as `+3`."""
    named = [f"{line.quantity} x {line.title}" if line.quantity != 1 else line.title for line in lines]
    for count in range(len(named), 0, -1):
        rest = f", +{len(named) - count}" if count < len(named) else ""
        if len(text := ", ".join(named[:count]) + rest) <= LONGEST_VALUE or count == 1:
            return text
    return ""


def _status(order: Order) -> str:
    if order.cancelled_at is not None:
        return "cancelled"
    if order.fulfilment is Fulfilment.FULFILLED:
        return "sent"
    return "paid" if order.payment is Payment.PAID else "placed"
