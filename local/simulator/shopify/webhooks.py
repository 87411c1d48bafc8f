"""Announces changes of orders as Shopify does: signed, one after the other per order, tried again for a while.

https://shopify.dev/docs/apps/build/webhooks: 1 s to connect, 5 s in all, 8 more tries; each with the same event id and
the body of the moment it happened. Real Shopify promises no order among the events of one order; here they keep it.
"""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import msgspec

from local.simulator.config import SimulatorConfig
from local.simulator.records import ShopEvent, ShopOrder
from local.simulator.shopify.payloads import order_payload
from local.simulator.state import State
from local.simulator.tasks import Tasks
from local.simulator.webhooks import NO_ANSWER, NotConnected, accepted, post


class ShopifyWebhooks:
    """The queue of webhooks of each order."""

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
        """Queue a webhook with the order's state of now."""
        event = ShopEvent(
            event_id=str(uuid.uuid4()),
            webhook_id=str(uuid.uuid4()),
            topic=topic,
            at=self._clock(),
            body=msgspec.json.encode(order_payload(order, self._config.shop)).decode(),
        )
        order.events.append(event)
        self._state.changed()
        self._work_on(order)
        return event

    async def repeat(self, event: ShopEvent) -> int:
        """Send a webhook again, unchanged; the HTTP status or `NO_ANSWER`."""
        await self._try(event)
        return event.status or NO_ANSWER

    def resume(self) -> None:
        """Carry on with the webhooks that a stop interrupted."""
        for order in self._state.orders.values():
            self._work_on(order)

    def _work_on(self, order: ShopOrder) -> None:
        if order.id not in self._working and any(not event.done for event in order.events):
            self._working.add(order.id)
            self._tasks.start(self._work(order))

    async def _work(self, order: ShopOrder) -> None:
        try:
            while (event := next((e for e in order.events if not e.done), None)) is not None:
                await self._deliver(event)
        finally:
            self._working.discard(order.id)

    async def _deliver(self, event: ShopEvent) -> None:
        """Try until it is accepted or the tries are used up."""
        retries = self._config.delays.shopify_retries
        while not accepted(await self._try(event)):
            if event.attempts > len(retries):
                break
            await self._tasks.sleep(retries[event.attempts - 1])
        event.done = True
        self._state.changed()

    async def _try(self, event: ShopEvent) -> int:
        delays = self._config.delays
        body = event.body.encode()
        try:
            status = await post(
                self._client(),
                self._config.shopify_webhook_url(),
                body,
                self._headers(event, body),
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
