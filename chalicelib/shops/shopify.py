"""Webhooks from Shopify; shopify_customers.py, shopify_orders.py and shopify_products.py read what they are about.

Signatures and headers: https://shopify.dev/docs/apps/build/webhooks
"""

import re

from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event, Ignored
from chalicelib.domain.merchants import Connection
from chalicelib.domain.signatures import require_match, signature
from chalicelib.usecases.ports import WebhookReply, WebhookRequest

from .shopify_carts import ShopifyCarts
from .shopify_catalogue import ShopifyCatalogue
from .shopify_customers import CUSTOMER_TOPICS, customer_event
from .shopify_order_pages import ShopifyOrderPages
from .shopify_orders import order_changed, order_from
from .shopify_privacy import DATA_REQUEST, REDACT, SHOP_REDACT, data_request, redaction, shop_redaction
from .shopify_products import PRODUCT_TOPICS, product_event

# https://shopify.dev/docs/api/webhooks (each carries the whole order as it is then)
ORDER_TOPICS = {
    "orders/create",
    "orders/updated",
    "orders/paid",
    "orders/fulfilled",
    "orders/partially_fulfilled",
    "orders/cancelled",
}
TOPICS = CUSTOMER_TOPICS | ORDER_TOPICS | PRODUCT_TOPICS | {REDACT, DATA_REQUEST, SHOP_REDACT}

_TOPIC = re.compile(r"[a-z_]{1,40}/[a-z_]{1,40}", re.ASCII)
_EVENT_ID = re.compile(r"[!-~]{1,128}", re.ASCII)


class Shopify(ShopifyCatalogue, ShopifyOrderPages, ShopifyCarts):
    """Adapter of Shopify. `connection.account` is the shop's myshopify.com domain, its secret `webhook_secret`."""

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless the body is signed with this connection's secret and comes from its shop."""
        expected = signature(secrets.get("webhook_secret", ""), request.body, "sha256")
        require_match(request.headers.get("x-shopify-hmac-sha256"), [expected])
        shop = request.headers.get("x-shopify-shop-domain", "")
        if not connection.account or shop.lower() != connection.account.lower():
            raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """What it tells of as it is now, whom to forget, or Ignored for what we do not handle. Raises InvalidInput."""
        topic = request.headers.get("x-shopify-topic", "")
        if not _TOPIC.fullmatch(topic):
            raise InvalidInput(header="X-Shopify-Topic")
        if topic not in TOPICS:
            return [Ignored(kind=topic)]
        if topic in PRODUCT_TOPICS:
            return [product_event(topic, request.body, connection)]
        if topic == REDACT:
            return [redaction(request.body, connection)]
        if topic == DATA_REQUEST:
            return [data_request(request.body, connection)]
        event_id = f"{topic}:{_event_id(request)}"
        if topic == SHOP_REDACT:
            return [shop_redaction(request.body, event_id, connection)]
        if topic in CUSTOMER_TOPICS:
            return [customer_event(request.body, event_id, connection)]
        return [order_changed(order_from(request.body), event_id, connection)]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()


def _event_id(request: WebhookRequest) -> str:
    """What repeats of a webhook share. One act of the merchant has one event id in several topics.

    Raises InvalidInput where there is none: the webhook could take effect twice.
    """
    for header in ("x-shopify-event-id", "x-shopify-webhook-id"):
        value = request.headers.get(header, "")
        if _EVENT_ID.fullmatch(value):
            return value
    raise InvalidInput(header="X-Shopify-Event-Id")
