"""The simulator as a whole: its parts wired together, its start and stop, and its seeding."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from local.simulator.aws.ses_api import SesApi
from local.simulator.aws.sms_api import AwsSmsApi
from local.simulator.aws.sms_topic import AwsSmsTopic
from local.simulator.behaviours import Behaviour
from local.simulator.cloud import Cloud, NoCloud
from local.simulator.config import SimulatorConfig
from local.simulator.events import ChangeFeed
from local.simulator.mail.mailboxes import DEMO_MAILBOXES, Mailboxes
from local.simulator.mail.network import MailNetwork
from local.simulator.mail.one_click import BODY, HEADERS, one_click_url
from local.simulator.mail.records import Mail, MailBehaviour, Mailbox
from local.simulator.meta.api import MetaApi
from local.simulator.meta.webhooks import MetaWebhooks
from local.simulator.network import Carrier, Network
from local.simulator.pay_by_link import PayByLink
from local.simulator.phonebook import DEMO_PHONES, Phonebook
from local.simulator.pictures import Pictures
from local.simulator.records import Customer, Message, OrderLine, Phone, ShopOrder, public_order
from local.simulator.shopify.api import ShopifyApi
from local.simulator.shopify.payloads import order_payload
from local.simulator.shopify.products import public_product
from local.simulator.shopify.products_desk import ProductsDesk
from local.simulator.shopify.shop import ShopDesk
from local.simulator.shopify.webhooks import ShopifyWebhooks
from local.simulator.state import State
from local.simulator.tasks import Sleep, Tasks
from local.simulator.twilio.api import TwilioApi
from local.simulator.twilio.webhooks import TwilioWebhooks
from local.simulator.vonage.api import VonageApi
from local.simulator.vonage.webhooks import VonageWebhooks
from local.simulator.webhooks import NO_ANSWER, NotConnected, accepted, post

ANSWER_WITHIN = 15.0
"""Seconds that a mail provider waits for the answer to a click."""
ClientFactory = Callable[[], httpx.AsyncClient]


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def new_client() -> httpx.AsyncClient:
    # Webhooks go to this machine: a proxy from the environment would only be in the way.
    return httpx.AsyncClient(trust_env=False, follow_redirects=False)


class Simulator:
    """Phones and a shop on one machine. `start` and `stop` belong in the lifespan of the server."""

    def __init__(
        self,
        config: SimulatorConfig,
        client_factory: ClientFactory = new_client,
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], int] = now_ms,
        cloud: Cloud | None = None,
    ) -> None:
        self.config = config
        self.clock = clock
        self.feed = ChangeFeed(config.delays.keep_alive)
        self.state = State(config.state_file, config.delays.save, self.feed.changed)
        self.tasks = Tasks(sleep)
        self._client_factory = client_factory
        self._client: httpx.AsyncClient | None = None
        self.pictures = Pictures(config)
        self.phonebook = Phonebook(self.state, self.pictures)
        self._cloud = cloud or NoCloud()
        self._carriers = self._made_carriers()
        self.network = Network(config, self.state, self.tasks, self._carriers, self.pictures, clock)
        self.webhooks = ShopifyWebhooks(config, self.state, self.tasks, self.client, clock)
        self.desk = ShopDesk(config, self.state, self.webhooks, clock)
        self.products = ProductsDesk(config, self.state, self.webhooks, clock)
        self.shopify_api = ShopifyApi(config, self.state, self.products, self.desk)
        self.pay_by_link = PayByLink(config, self.client, clock)
        self.twilio_api = TwilioApi(config, self.state, self.network, self.tasks)
        self.vonage_api = VonageApi(config, self.network, self.tasks)
        self.meta_api = MetaApi(config, self.state, self.network, self.tasks, clock)
        self.mailboxes = Mailboxes(self.state, config.ses.domains if config.ses else frozenset())
        self.mail = MailNetwork(config, self.state, self.tasks, self.mailboxes, self._cloud, clock)
        self.aws_sms_api = AwsSmsApi(config, self.network, self.tasks, clock)
        self.ses_api = SesApi(config, self.mail, self.tasks, clock)

    def _made_carriers(self) -> dict[str, Carrier]:
        config, tasks = self.config, self.tasks
        twilio = {each.id: TwilioWebhooks(each, config, tasks, self.client) for each in config.twilio_connections}
        vonage = {each.id: VonageWebhooks(each, config, self.client, self.clock) for each in config.vonage_connections}
        meta = {each.id: MetaWebhooks(each, config, self.client, self._name_of) for each in config.meta_connections}
        aws_sms = {each.id: AwsSmsTopic(each, config, self._cloud) for each in config.aws_sms_connections}
        return {**twilio, **vonage, **meta, **aws_sms}

    def _name_of(self, number: str) -> str:
        """What the owner of a phone calls themselves."""
        phone = self.state.phones.get(number)
        return phone.name if phone else number

    def client(self) -> httpx.AsyncClient:
        """The HTTP client of all webhooks, made on first use inside the running loop."""
        if self._client is None:
            self._client = self._client_factory()
        return self._client

    async def unsubscribe(self, mail: Mail) -> int:
        """What a mail provider does when the button is pressed: the HTTP status of the answer, or `NO_ANSWER`."""
        url = one_click_url(mail.headers)
        if not url.startswith(f"{self.config.webhook_url}/"):
            return NO_ANSWER
        try:
            status = await post(self.client(), url, BODY, HEADERS, connect=ANSWER_WITHIN, total=ANSWER_WITHIN)
        except NotConnected:
            return NO_ANSWER
        mail.unsubscribed = mail.unsubscribed or accepted(status)
        self.state.changed()
        return status

    async def start(self) -> None:
        """Save what was seeded, and carry on with what the last stop interrupted."""
        self.products.stock_up()
        self.state.save_soon()
        self.network.resume()
        self.mail.resume()
        self.webhooks.resume()

    async def stop(self) -> None:
        """End the event streams, stop the background work, save."""
        self.feed.close()
        await self.tasks.stop()
        if self._client is not None:
            await self._client.aclose()
            self._client = None
        self.state.flush()

    async def settle(self) -> None:
        """Wait until every text and webhook has come to its end."""
        await self.tasks.settle()

    def public_state(self) -> dict[str, Any]:
        """Everything that the page shows; the newest order first."""
        return {
            "phones": [self.phonebook.public(phone) for phone in self.state.phones.values()],
            "mailboxes": [self.mailboxes.public(mailbox) for mailbox in self.state.mailboxes.values()],
            "orders": sorted(map(public_order, self.state.orders.values()), key=lambda order: -order["placed_at"]),
            "products": [public_product(product) for product in self.products.all()],
            "stores": [
                {
                    "id": store.store_id,
                    "name": store.store_name,
                    "number": store.number,
                    "channel": "whatsapp" if connection.provider == "meta" else "sms",
                }
                for connection in self.config.connections
                for store in connection.numbers
            ],
            "mail": self._public_mail(),
            "shop": {
                "connection_id": self.config.shop.connection_id,
                "domain": self.config.shop.shop_domain,
                "lose_next_webhook": self.state.lose_next_webhook,
            },
            "platforms": self.config.platforms,
        }

    def _public_mail(self) -> dict[str, Any]:
        """Our addresses and domains; empty without mail."""
        ses = self.config.ses
        addresses = [{"address": each.address, "name": each.name} for each in ses.mailboxes] if ses else []
        return {
            "addresses": addresses,
            "domains": sorted(ses.domains) if ses else [],
            "smtp_port": self.config.smtp_port,
        }

    def seed_demo_mailboxes(self) -> None:
        """One mailbox for everything that can happen to a mail."""
        for address, name, behaviour, verified in DEMO_MAILBOXES:
            self.seed_mailbox(address, name, behaviour, verified=verified)

    def seed_mailbox(
        self, address: str, name: str, behaviour: str = MailBehaviour.NORMAL, *, verified: bool = True
    ) -> Mailbox:
        """Add a mailbox unless it is there already; what a person changed on it stays."""
        known = self.state.mailboxes.get(address)
        return known or self.mailboxes.add(address, name, MailBehaviour(behaviour), verified=verified)

    def seed_demo_phones(self) -> None:
        """One phone for everything that can happen to a text."""
        for number, name, behaviour in DEMO_PHONES:
            self.seed_phone(number, name, behaviour)

    def seed_phone(self, number: str, name: str, behaviour: str = Behaviour.NORMAL, email: str = "") -> Phone:
        """Add a phone unless it is there already; what a person changed on it stays."""
        known = self.state.phones.get(number)
        return known or self.phonebook.add(number, name, Behaviour(behaviour), email)

    def seed_order(
        self,
        customer: Customer,
        store_id: str,
        lines: Sequence[OrderLine],
        placed_at: int,
        *,
        payment: str = "pending",
        fulfilment: str = "unfulfilled",
        closed_at: int | None = None,
    ) -> ShopOrder:
        """Add an order without sending a webhook; `payload` gives its Shopify JSON."""
        order = self.desk.add(customer, store_id, list(lines), placed_at)
        order.payment, order.fulfilment, order.closed_at = payment, fulfilment, closed_at
        self.state.changed()
        return order

    def seed_text(self, phone: str, number: str, body: str, at: int, *, from_phone: bool, sid: str = "") -> Message:
        """Add a text that has long arrived, without sending a webhook. Raises KeyError for a number of no store."""
        connection = self.config.connection_of(number)
        if connection is None:
            raise KeyError(number)
        message = Message(
            sid=sid or self._carriers[connection.id].new_id(media=False),
            connection_id=connection.id,
            account_sid=connection.account,
            phone=phone,
            number=number,
            from_phone=from_phone,
            body=body,
            at=at,
            updated_at=at,
            sent_at=at,
            status="delivered",
            arrived=True,
        )
        self.state.add_message(message)
        return message

    def payload(self, order: ShopOrder) -> dict[str, Any]:
        """An order's body in webhooks."""
        return order_payload(order, self.config.shop)
