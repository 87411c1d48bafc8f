"""Announces changes of orders and products as Shopify does: signed, one after the other, tried again for a while.

https://shopify.dev/docs/apps/build/webhooks: 1 s to connect, 5 s in all, 8 more tries; each with the same event id and
the body of the moment it happened. Real Shopify promises no order among the events of one order; here they keep it.
"""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec

from local.simulator.config import SimulatorConfig
from local.simulator.records import ShopEvent, ShopOrder, ShopProduct
from local.simulator.shopify.other_platforms import headers, payload, topic_of
from local.simulator.shopify.payloads import order_payload, privacy_payload
from local.simulator.state import State
from local.simulator.tasks import Tasks
from local.simulator.webhooks import NO_ANSWER, NotConnected, accepted, post


class ShopifyWebhooks:
    """The queue of webhooks of each order and product."""

    def __init__(
        self,
        config: SimulatorConfig,
        state: State,
        tasks: Tasks,
        client: Callable[[], httpx.AsyncClient],
        clock: Callable[[], int],
    ) -> None:
        self._config = config
        self._state = state
        self._tasks = tasks
        self._client = client
        self._clock = clock
        self._working: set[str] = set()

    def announce(self, order: ShopOrder, topic: str) -> ShopEvent:
        """Queue a webhook with the order's state of now, behind those of the same order."""
        event_id, other = str(uuid.uuid4()), self._config.other_shop(order.platform)
        if other is None:
            return self._queue(order, event_id, topic, order_payload(order, self._config.shop), order.platform)
        topic = topic_of(order.platform, topic)
        return self._queue(order, event_id, topic, payload(order, other, event_id), order.platform)

    def announce_privacy(self, order: ShopOrder, topic: str, number: int) -> ShopEvent:
        """Queue what Shopify asks for about the customer of an order, or about the shop."""
        content = privacy_payload(order, self._config.shop, topic, number)
        return self._queue(order, str(uuid.uuid4()), topic, content, "shopify")

    def announce_product(self, product: ShopProduct, topic: str, content: dict[str, Any]) -> ShopEvent:
        """Queue a webhook behind those of the same product."""
        return self._queue(product, str(uuid.uuid4()), topic, content, "shopify")

    def _queue(
        self, of: ShopOrder | ShopProduct, event_id: str, topic: str, content: dict[str, Any], platform: str
    ) -> ShopEvent:
        event = ShopEvent(
            event_id=event_id,
            webhook_id=str(uuid.uuid4()),
            topic=topic,
            platform=platform,
            at=self._clock(),
            body=msgspec.json.encode(content).decode(),
        )
        if self._state.lose_next_webhook:
            event.lost = event.done = True
            self._state.lose_next_webhook = False
        of.events.append(event)
        self._state.changed()
        self._work_on(of)
        return event

    async def repeat(self, event: ShopEvent) -> int:
        """Send a webhook again, unchanged; the HTTP status or `NO_ANSWER`."""
        await self._try(event)
        return event.status or NO_ANSWER

    def resume(self) -> None:
        """Carry on with the webhooks that a stop interrupted."""
        for order in self._state.orders.values():
            self._work_on(order)
        for product in self._state.products.values():
            self._work_on(product)

    def _work_on(self, of: ShopOrder | ShopProduct) -> None:
        if of.id not in self._working and any(not event.done for event in of.events):
            self._working.add(of.id)
            self._tasks.start(self._work(of))

    async def _work(self, of: ShopOrder | ShopProduct) -> None:
        try:
            while (event := next((e for e in of.events if not e.done), None)) is not None:
                await self._deliver(event)
        finally:
            self._working.discard(of.id)

    async def _deliver(self, event: ShopEvent) -> None:
        """Try until it is accepted or the tries are used up. WooCommerce tries once."""
        retries = () if event.platform == "woocommerce" else self._config.delays.shopify_retries
        while not accepted(await self._try(event)):
            if event.attempts > len(retries):
                break
            await self._tasks.sleep(retries[event.attempts - 1])
        event.done = True
        self._state.changed()

    async def _try(self, event: ShopEvent) -> int:
        delays = self._config.delays
        body = event.body.encode()
        other = self._config.other_shop(event.platform)
        given = self._headers(event, body) if other is None else headers(event, other, body, self._clock())
        try:
            status = await post(
                self._client(),
                self._config.orders_url(other),
                body,
                given,
                connect=delays.shopify_connect,
                total=delays.shopify_total,
            )
        except NotConnected:
            status = NO_ANSWER
        event.status = status
        event.attempts += 1
        self._state.changed()
        return status

    def _headers(self, event: ShopEvent, body: bytes) -> dict[str, str]:
        shop = self._config.shop
        return {
            "Content-Type": "application/json",
            "User-Agent": "Shopify-Captain-Hook",
            "X-Shopify-Topic": event.topic,
            "X-Shopify-Hmac-Sha256": sign(shop.webhook_secret, body),
            "X-Shopify-Shop-Domain": shop.shop_domain,
            "X-Shopify-API-Version": shop.api_version,
            "X-Shopify-Event-Id": event.event_id,
            "X-Shopify-Webhook-Id": event.webhook_id,
            "X-Shopify-Triggered-At": datetime.fromtimestamp(event.at / 1000, UTC).isoformat().replace("+00:00", "Z"),
        }


def sign(secret: str, body: bytes) -> str:
    """`X-Shopify-Hmac-Sha256`: base64 of HMAC-SHA256 over the raw body."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
