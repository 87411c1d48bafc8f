"""What the simulator is told about the system it stands in front of."""

from pathlib import Path

from msgspec import Struct


class StoreNumber(Struct, frozen=True, kw_only=True):
    """A store's number: what phones can text, and what the store texts from."""

    number: str
    """E.164."""
    store_id: str
    store_name: str


class TwilioConnection(Struct, frozen=True, kw_only=True):
    """One Twilio account as Counterline knows it."""

    id: str
    account_sid: str
    auth_token: str
    numbers: tuple[StoreNumber, ...]
    webhook_url: str = ""
    """Where texts from phones go. Empty: `{webhook_url}/webhooks/twilio/{id}`."""

    @property
    def provider(self) -> str:
        return "twilio"

    @property
    def account(self) -> str:
        return self.account_sid


class VonageConnection(Struct, frozen=True, kw_only=True):
    """One Vonage account as Counterline knows it."""

    id: str
    api_key: str
    api_secret: str
    """Opens the REST API."""
    signature_secret: str
    """Signs webhooks."""
    numbers: tuple[StoreNumber, ...]
    webhook_url: str = ""
    """Where texts from phones go. Empty: `{webhook_url}/webhooks/vonage/{id}`."""

    @property
    def provider(self) -> str:
        return "vonage"

    @property
    def account(self) -> str:
        return self.api_key


class MetaConnection(Struct, frozen=True, kw_only=True):
    """One WhatsApp Business account as Counterline knows it."""

    id: str
    account_id: str
    app_secret: str
    """Signs webhooks."""
    access_token: str
    """Opens the Graph API."""
    numbers: tuple[StoreNumber, ...]
    number_ids: dict[str, str]
    """Number -> Meta's id of it."""
    templates: dict[str, str] = {}
    """Name and language, with a space between -> body."""
    webhook_url: str = ""
    """Where everything goes. Empty: `{webhook_url}/webhooks/meta/{id}`."""

    @property
    def provider(self) -> str:
        return "meta"

    @property
    def account(self) -> str:
        return self.account_id


class AwsSmsConnection(Struct, frozen=True, kw_only=True):
    """Our account at AWS End User Messaging SMS."""

    id: str
    topic_arn: str
    """Of customers' texts, and of the events of the configuration set."""
    numbers: tuple[StoreNumber, ...]

    @property
    def provider(self) -> str:
        return "aws_sms"

    @property
    def account(self) -> str:
        return "aws"


Connection = TwilioConnection | VonageConnection | MetaConnection | AwsSmsConnection


class StoreMailbox(Struct, frozen=True, kw_only=True):
    """An address of ours that the page offers to write to; there may be more at our domains."""

    address: str
    name: str


class SesConnection(Struct, frozen=True, kw_only=True):
    """Our account at SES: what we send from, and where received mail goes."""

    id: str
    domains: frozenset[str]
    """Verified for sending, and received for; in lower case."""
    mailboxes: tuple[StoreMailbox, ...]
    topic_arn: str
    """Of received mail, and of the events of the configuration set."""
    bucket: str
    prefix: str = "inbound/"
    """Of the keys of received mail."""
    configuration_set: str = ""
    """The one there is. Empty: whatever name a mail brings is taken for it."""
    region: str = "us-east-1"
    account: str = "000000000000"
    believed: frozenset[str] = frozenset()
    """Domains whose mail passes DMARC at the SMTP door; a mailbox of the page says it for itself."""


class Shop(Struct, frozen=True, kw_only=True):
    """The one Shopify shop."""

    connection_id: str
    shop_domain: str
    webhook_secret: str
    locations: dict[str, str] = {}
    """Store id -> Shopify's numeric location id."""
    webhook_url: str = ""
    """Where order webhooks go. Empty: `{webhook_url}/webhooks/shopify/{connection_id}`."""
    access_token: str = ""
    """Of the Admin API."""
    member_secret: str = ""
    """Signs who is signed in on the shop's pages."""
    currency: str = "USD"
    timezone: str = "America/New_York"
    """IANA name; Shopify writes an order's times with the shop's offset."""
    api_version: str = "2026-10"


class OtherShop(Struct, frozen=True, kw_only=True):
    """The same shop at another platform, with a connection of its own."""

    platform: str
    """`woocommerce` or `generic`."""
    connection_id: str
    account: str
    webhook_secret: str
    store_id: str = ""
    """Which all its orders belong to, at platforms that know no stores."""


class PaymentConnection(Struct, frozen=True, kw_only=True):
    """An account at a payment provider, as Counterline knows it."""

    provider: str
    """`adyen` or `stripe`."""
    id: str
    account: str
    api_key: str
    webhook_secret: str
    """Signs webhooks: in hexadecimal digits at Adyen."""


class Delays(Struct, frozen=True, kw_only=True):
    """Every wait and time limit of the simulator, in seconds. Tests set them to nearly nothing."""

    step: float = 0.15
    """Between two delivery states of a text."""
    slow: float = 3.0
    """Before delivery to a `slow` phone."""
    timeout: float = 20.0
    """Before the REST API answers about a `timeout` phone."""
    twilio_total: float = 15.0
    """How long Twilio waits for a webhook's answer."""
    twilio_retry: float = 0.5
    """Before the single second try after a failed connection."""
    vonage_connect: float = 3.0
    vonage_total: float = 15.0
    vonage_retries: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
    """Vonage tries again for a day, first after 5 seconds; here for about 4 minutes."""
    meta_total: float = 10.0
    meta_retries: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
    """Meta tries again for up to 7 days; here for about 4 minutes."""
    shopify_connect: float = 1.0
    shopify_total: float = 5.0
    shopify_retries: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
    """Shopify tries again 8 times within 4 hours; here within about 4 minutes."""
    save: float = 0.5
    """How long changes are collected before the state file is written."""
    mail_retries: tuple[float, ...] = (1.0, 2.0, 4.0)
    """Between the tries to store and announce a mail to us."""
    keep_alive: float = 15.0
    """Between two comments on an idle event stream."""


class SimulatorConfig(Struct, frozen=True, kw_only=True):
    """Everything `create_app` needs."""

    webhook_url: str
    """Without a trailing slash; webhook URLs, and so signatures, are built on it."""
    origin: str
    """Where the simulator page is served; other web pages are refused by the control API."""
    twilio_connections: tuple[TwilioConnection, ...]
    vonage_connections: tuple[VonageConnection, ...] = ()
    meta_connections: tuple[MetaConnection, ...] = ()
    aws_sms_connections: tuple[AwsSmsConnection, ...] = ()
    ses: SesConnection | None = None
    """None: no mail."""
    smtp_port: int | None = None
    """Where the SMTP door listens, for the page to tell."""
    shop: Shop
    other_shops: tuple[OtherShop, ...] = ()
    payments: tuple[PaymentConnection, ...] = ()
    state_file: Path | None = None
    delays: Delays = Delays()

    @property
    def connections(self) -> tuple[Connection, ...]:
        return (
            *self.twilio_connections,
            *self.vonage_connections,
            *self.meta_connections,
            *self.aws_sms_connections,
        )

    def texts_url(self, connection: TwilioConnection | VonageConnection | MetaConnection) -> str:
        """Where texts from phones to the connection's numbers go."""
        return connection.webhook_url or f"{self.webhook_url}/webhooks/{connection.provider}/{connection.id}"

    def orders_url(self, other: OtherShop | None) -> str:
        """Where webhooks of orders go. None: Shopify's."""
        if other is not None:
            return f"{self.webhook_url}/webhooks/{other.platform}/{other.connection_id}"
        return self.shop.webhook_url or f"{self.webhook_url}/webhooks/shopify/{self.shop.connection_id}"

    def other_shop(self, platform: str) -> OtherShop | None:
        """None: it is Shopify's, or there is none."""
        return next((shop for shop in self.other_shops if shop.platform == platform), None)

    @property
    def platforms(self) -> list[str]:
        return ["shopify", *(shop.platform for shop in self.other_shops)]

    def connection(self, connection_id: str) -> Connection | None:
        return next((c for c in self.connections if c.id == connection_id), None)

    def connection_of(self, number: str) -> Connection | None:
        """The connection that owns a store number."""
        for connection in self.connections:
            if any(owned.number == number for owned in connection.numbers):
                return connection
        return None

    def twilio_account(self, account_sid: str) -> TwilioConnection | None:
        return next((c for c in self.twilio_connections if c.account_sid == account_sid), None)

    def vonage_account(self, api_key: str) -> VonageConnection | None:
        return next((c for c in self.vonage_connections if c.api_key == api_key), None)

    def stores(self) -> list[StoreNumber]:
        return [number for connection in self.connections for number in connection.numbers]
