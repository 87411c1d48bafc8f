"""The standard templates as they come (L9): until a store changes one, nothing of it is stored."""

from collections.abc import Mapping

from .orders import OrderEvent
from .templates import AutomaticSwitches, Template, TemplateKind

TEXTS: Mapping[OrderEvent, Mapping[str, str]] = {
    OrderEvent.PLACED: {
        "en": "Thank you for your order [[order.number]] at [[store.name]]. We will text you when it is on its way.",
        "es": "Gracias por su pedido [[order.number]] en [[store.name]]. Le avisaremos cuando salga.",
        "de": "Danke für Ihre Bestellung [[order.number]] bei [[store.name]]. Wir schreiben, wenn sie unterwegs ist.",
        "fr": "Merci pour votre commande [[order.number]] chez [[store.name]]. Nous vous écrirons à son départ.",
        "it": "Grazie per il suo ordine [[order.number]] da [[store.name]]. Le scriveremo quando sarà spedito.",
        "pt": "Obrigado pela sua encomenda [[order.number]] na [[store.name]]. Avisamos quando for enviada.",
        "nl": "Bedankt voor uw bestelling [[order.number]] bij [[store.name]]. U hoort van ons zodra die onderweg is.",
    },
    OrderEvent.PAID: {
        "en": "We have received your payment for order [[order.number]]. Thank you! [[store.name]]",
        "es": "Hemos recibido el pago de su pedido [[order.number]]. Gracias. [[store.name]]",
        "de": "Ihre Zahlung für die Bestellung [[order.number]] ist da. Vielen Dank! [[store.name]]",
        "fr": "Le paiement de votre commande [[order.number]] est bien arrivé. Merci ! [[store.name]]",
        "it": "Abbiamo ricevuto il pagamento del suo ordine [[order.number]]. Grazie! [[store.name]]",
        "pt": "Recebemos o pagamento da sua encomenda [[order.number]]. Obrigado! [[store.name]]",
        "nl": "Wij hebben uw betaling voor bestelling [[order.number]] ontvangen. Dank u! [[store.name]]",
    },
    OrderEvent.SENT: {
        "en": "Good news: your order [[order.number]] is on its way. Questions? Just answer here. [[store.name]]",
        "es": "Su pedido [[order.number]] va de camino. Si tiene preguntas, responda a este mensaje. [[store.name]]",
        "de": "Ihre Bestellung [[order.number]] ist unterwegs. Fragen? Antworten Sie einfach hier. [[store.name]]",
        "fr": "Votre commande [[order.number]] est en route. Une question ? Répondez ici. [[store.name]]",
        "it": "Il suo ordine [[order.number]] è in viaggio. Domande? Risponda qui. [[store.name]]",
        "pt": "A sua encomenda [[order.number]] vai a caminho. Se tiver perguntas, responda aqui. [[store.name]]",
        "nl": "Uw bestelling [[order.number]] is onderweg. Vragen? Antwoord gewoon hier. [[store.name]]",
    },
    OrderEvent.CANCELLED: {
        "en": "Your order [[order.number]] has been cancelled. Questions? Call us: [[store.phone]]. [[store.name]]",
        "es": "Su pedido [[order.number]] ha sido cancelado. Si tiene preguntas: [[store.phone]]. [[store.name]]",
        "de": "Ihre Bestellung [[order.number]] wurde storniert. Fragen? [[store.phone]]. [[store.name]]",
        "fr": "Votre commande [[order.number]] est annulée. Une question ? [[store.phone]]. [[store.name]]",
        "it": "Il suo ordine [[order.number]] è stato annullato. Domande? [[store.phone]]. [[store.name]]",
        "pt": "A sua encomenda [[order.number]] foi cancelada. Perguntas: [[store.phone]]. [[store.name]]",
        "nl": "Uw bestelling [[order.number]] is geannuleerd. Vragen? [[store.phone]]. [[store.name]]",
    },
    OrderEvent.FOLLOW_UP: {
        "en": "How do you like your order [[order.number]]? Just answer here, we are glad to help. [[store.name]]",
        "es": "Que le parece su pedido [[order.number]]? Responda a este mensaje y le ayudamos. [[store.name]]",
        "de": "Gefällt Ihnen Ihre Bestellung [[order.number]]? Antworten Sie einfach hier. [[store.name]]",
        "fr": "Votre commande [[order.number]] vous convient ? Une question ? Répondez ici. [[store.name]]",
        "it": "Le piace il suo ordine [[order.number]]? Risponda qui, la aiutiamo volentieri. [[store.name]]",
        "pt": "Gostou da sua encomenda [[order.number]]? Responda aqui, ajudamos com gosto. [[store.name]]",
        "nl": "Bevalt uw bestelling [[order.number]]? Antwoord gewoon hier, we helpen graag. [[store.name]]",
    },
    OrderEvent.MERCHANT_PLACED: {
        "en": "New order [[order.number]], [[order.total]]. [[store.name]]",
        "es": "Nuevo pedido [[order.number]], [[order.total]]. [[store.name]]",
        "de": "Neue Bestellung [[order.number]], [[order.total]]. [[store.name]]",
        "fr": "Nouvelle commande [[order.number]], [[order.total]]. [[store.name]]",
        "it": "Nuovo ordine [[order.number]], [[order.total]]. [[store.name]]",
        "pt": "Nova encomenda [[order.number]], [[order.total]]. [[store.name]]",
        "nl": "Nieuwe bestelling [[order.number]], [[order.total]]. [[store.name]]",
    },
    OrderEvent.MERCHANT_PAID: {
        "en": "Order [[order.number]] has been paid, [[order.total]]. [[store.name]]",
        "es": "El pedido [[order.number]] se ha pagado, [[order.total]]. [[store.name]]",
        "de": "Bestellung [[order.number]] ist bezahlt, [[order.total]]. [[store.name]]",
        "fr": "La commande [[order.number]] est payée, [[order.total]]. [[store.name]]",
        "it": "L'ordine [[order.number]] è pagato, [[order.total]]. [[store.name]]",
        "pt": "A encomenda [[order.number]] foi paga, [[order.total]]. [[store.name]]",
        "nl": "Bestelling [[order.number]] is betaald, [[order.total]]. [[store.name]]",
    },
    OrderEvent.MERCHANT_TICKET: {
        "en": "New message from a customer. Answer in Counterline. [[store.name]]",
        "es": "Nuevo mensaje de un cliente. Responda en Counterline. [[store.name]]",
        "de": "Neue Nachricht von einem Kunden. Antworten Sie in Counterline. [[store.name]]",
        "fr": "Nouveau message d'un client. Répondez dans Counterline. [[store.name]]",
        "it": "Nuovo messaggio da un cliente. Risponda in Counterline. [[store.name]]",
        "pt": "Nova mensagem de um cliente. Responda no Counterline. [[store.name]]",
        "nl": "Nieuw bericht van een klant. Antwoord in Counterline. [[store.name]]",
    },
}
"""Without characters that halve a text's room, in Portuguese and Spanish as well (segments.py)."""
FOR_MERCHANT = frozenset(event for event in OrderEvent if event.for_merchant)
INACTIVE = frozenset({OrderEvent.PAID, OrderEvent.FOLLOW_UP})
"""Most orders are paid as they are placed, and few stores ask afterwards: who wants such a text switches it on."""


def switched_on(switches: AutomaticSwitches | None) -> frozenset[OrderEvent]:
    """None: as they come. Those for the merchant's phone go out unless they were switched off: what a store stored
    before there were any says nothing of them."""
    if switches is None:
        return frozenset(OrderEvent) - INACTIVE
    return switches.on | (FOR_MERCHANT - switches.merchant_off)


def standard(event: OrderEvent, merchant_id: str, store_id: str) -> Template:
    """As it came."""
    return Template(
        id=event.value,
        merchant_id=merchant_id,
        store_id=store_id,
        kind=TemplateKind.STANDARD,
        texts=dict(TEXTS[event]),
        active=event not in INACTIVE,
        transactional=event is not OrderEvent.FOLLOW_UP,
        edited=False,
    )
