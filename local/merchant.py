"""The demo merchant: two stores in two time zones, five associates, one shop, accounts at its providers. Data only.

All phone numbers are from the ranges reserved for fiction (NANP 555-01XX).
"""

from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.merchants import Connection, Permission, Proxy, ProxyOwner, Store
from chalicelib.domain.message_templates import MessageTemplate
from chalicelib.domain.quiet_hours import OwnHours

MERCHANT_ID = "juniper-and-pine"
TWILIO_ID = "twilio-main"
VONAGE_ID = "vonage-main"
SHOPIFY_ID = "shopify-main"
WOOCOMMERCE_ID = "woocommerce-main"
GENERIC_ID = "generic-main"
ADYEN_ID = "adyen-boston"
STRIPE_ID = "stripe-seattle"
ADYEN_ACCOUNT = "JuniperPineECOM"
META_ID = "whatsapp-main"
WHATSAPP_ACCOUNT = "104996122390001"
SES_ID = "ses-main"
AWS_SMS_ID = "aws-sms-main"
CONFIGURATION_SET = "counterline-local"
"""The account of connections at AWS: without one, nothing is reported."""
MAIL_DOMAIN = "hello.juniper.example"
"""All addresses of the shop are at it. Associates sign in with others."""
SHOP_DOMAIN = "juniper-and-pine.myshopify.com"
SITE = "https://juniper.example/"
"""Of the shop at WooCommerce."""
SHOP_NAME = "juniper-and-pine"
"""Of the shop that posts its orders itself."""
PASSWORD = "Demo-Juniper-2026"  # noqa: S105 - printed for everybody to use
"""Of every demo sign-in: they exist on this computer only."""

NO_QUIET_HOURS = OwnHours(active=False)
"""The demo's customers are awake whenever somebody tries it out."""
BOSTON = Store(
    id="boston",
    merchant_id=MERCHANT_ID,
    name="Juniper & Pine Boston",
    timezone="America/New_York",
    phone=Address("+16175550100"),
    proxy=Address("+16175550142"),
    connection_id=TWILIO_ID,
    contacts=True,
    quiet_hours=NO_QUIET_HOURS,
)
SEATTLE = Store(
    id="seattle",
    merchant_id=MERCHANT_ID,
    name="Juniper & Pine Seattle",
    timezone="America/Los_Angeles",
    phone=Address("+12065550100"),
    proxy=Address("+12065550142"),
    connection_id=TWILIO_ID,
    contacts=True,
    quiet_hours=NO_QUIET_HOURS,
)
STORES = (BOSTON, SEATTLE)
SECOND_NUMBER = Address("+12065550143")
"""Seattle's other number, at Vonage: whoever texts it is answered from it. The store starts from its first."""
WHATSAPP_NUMBERS = {BOSTON.id: Address("+16175550144"), SEATTLE.id: Address("+12065550144")}
"""The stores' numbers at WhatsApp. Boston shares Seattle's, too, and invites its customers there."""
NUMBER_IDS: dict[str, str] = {
    number: f"10654035224000{place}" for place, number in enumerate(WHATSAPP_NUMBERS.values())
}
"""Meta's ids of them."""
TEMPLATES = (
    MessageTemplate(
        name="order_ready",
        language="en_US",
        body="Hi {{1}}, your order {{2}} is ready to be picked up. Just answer here if you have a question.",
    ),
    MessageTemplate(
        name="still_interested",
        language="en_US",
        body="Hi {{1}}, you asked us about {{2}}. Shall we put it aside for you?",
    ),
    MessageTemplate(name="thanks", language="en_US", body="Thank you for your visit! We are here if you need us."),
)
AWS_NUMBER = Address("+16175550143")
"""Boston's other number, at AWS End User Messaging."""
LOCATIONS = {"61000000001": BOSTON.id, "61000000002": SEATTLE.id}
"""Shopify's location ids -> stores."""

MAILBOXES = ((BOSTON, Address(f"boston@{MAIL_DOMAIN}")), (SEATTLE, Address(f"seattle@{MAIL_DOMAIN}")))
"""Of each store."""

TALKS = frozenset((Permission.ORDERS, Permission.INBOX))
WITHOUT_ORDERS = frozenset((Permission.INBOX,))
EVERYTHING = frozenset(Permission)


class Person(NamedTuple):
    """An associate to be, with the same permissions in each of their stores."""

    name: str
    email: str
    stores: tuple[Store, ...]
    permissions: frozenset[Permission]
    shows: str
    """In one line, what their sign-in is good for."""


ASSOCIATES = (
    Person("Maya Holm", "maya@juniper.example", STORES, EVERYTHING, "manager of both stores"),
    Person("Ben Adeyemi", "ben@juniper.example", (BOSTON,), TALKS, "Boston only"),
    Person("Elena Reyes", "elena@juniper.example", (SEATTLE,), TALKS, "Seattle only"),
    Person("Iris Tanaka", "iris@juniper.example", STORES, TALKS, "helps out in both stores"),
    Person("Noah Quinn", "noah@juniper.example", (BOSTON,), WITHOUT_ORDERS, "no `orders` permission: no Messaging"),
)


def twilio_connection(account_sid: str, secret_ref: str) -> Connection:
    return Connection(
        id=TWILIO_ID,
        merchant_id=MERCHANT_ID,
        provider="twilio",
        secret_ref=secret_ref,
        store_id=BOSTON.id,
        account=account_sid,
    )


def vonage_connection(api_key: str, secret_ref: str) -> Connection:
    return Connection(
        id=VONAGE_ID,
        merchant_id=MERCHANT_ID,
        provider="vonage",
        secret_ref=secret_ref,
        store_id=SEATTLE.id,
        account=api_key,
    )


def meta_connection(secret_ref: str) -> Connection:
    return Connection(
        id=META_ID,
        merchant_id=MERCHANT_ID,
        provider="meta",
        secret_ref=secret_ref,
        store_id=BOSTON.id,
        account=WHATSAPP_ACCOUNT,
        number_ids=NUMBER_IDS,
        templates=TEMPLATES,
    )


def ses_connection() -> Connection:
    return _at_aws(SES_ID, "ses", SEATTLE)


def aws_sms_connection() -> Connection:
    return _at_aws(AWS_SMS_ID, "aws_sms", BOSTON)


def _at_aws(connection_id: str, provider: str, store: Store) -> Connection:
    """There is no secret: the functions' own role counts."""
    return Connection(
        id=connection_id,
        merchant_id=MERCHANT_ID,
        provider=provider,
        secret_ref="",
        store_id=store.id,
        account=CONFIGURATION_SET,
    )


def shopify_connection(secret_ref: str) -> Connection:
    return Connection(
        id=SHOPIFY_ID,
        merchant_id=MERCHANT_ID,
        provider="shopify",
        secret_ref=secret_ref,
        store_id=BOSTON.id,
        account=SHOP_DOMAIN,
        locations=LOCATIONS,
        currency="USD",
    )


def other_shop_connections(secret_refs: str) -> tuple[Connection, Connection]:
    """At WooCommerce, and of our own contract, which names stores by their ids. `secret_refs`: how the names begin."""
    woocommerce = Connection(
        id=WOOCOMMERCE_ID,
        merchant_id=MERCHANT_ID,
        provider="woocommerce",
        secret_ref=f"{secret_refs}/{WOOCOMMERCE_ID}",
        store_id=BOSTON.id,
        account=SITE,
    )
    generic = replace(
        woocommerce,
        id=GENERIC_ID,
        provider="generic",
        secret_ref=f"{secret_refs}/{GENERIC_ID}",
        account=SHOP_NAME,
        locations={store.id: store.id for store in STORES},
    )
    return woocommerce, generic


def payment_connections(secret_refs: str) -> tuple[Connection, Connection]:
    """Adyen takes the money of one store, Stripe of the other. `secret_refs`: how the names begin."""
    adyen = Connection(
        id=ADYEN_ID,
        merchant_id=MERCHANT_ID,
        provider="adyen",
        secret_ref=f"{secret_refs}/{ADYEN_ID}",
        store_id=BOSTON.id,
        account=ADYEN_ACCOUNT,
    )
    stripe = replace(
        adyen,
        id=STRIPE_ID,
        provider="stripe",
        secret_ref=f"{secret_refs}/{STRIPE_ID}",
        store_id=SEATTLE.id,
        account="",
    )
    return adyen, stripe


def proxies() -> list[Proxy]:
    """The numbers of each store, their numbers at WhatsApp, and the mailboxes of each and of its people."""
    own = [_proxy(store.proxy, store, TWILIO_ID) for store in STORES if store.proxy]
    at_whatsapp = [
        _proxy(WHATSAPP_NUMBERS[BOSTON.id], BOSTON, META_ID, Channel.WHATSAPP),
        replace(_proxy(WHATSAPP_NUMBERS[SEATTLE.id], SEATTLE, META_ID, Channel.WHATSAPP), shared_with=(BOSTON.id,)),
    ]
    further = [_proxy(SECOND_NUMBER, SEATTLE, VONAGE_ID), _proxy(AWS_NUMBER, BOSTON, AWS_SMS_ID)]
    mailboxes = [_proxy(address, store, SES_ID, Channel.EMAIL) for store, address in MAILBOXES]
    return [*own, *further, *at_whatsapp, *mailboxes, *(_own_mailbox(person) for person in ASSOCIATES)]


def _own_mailbox(person: Person) -> Proxy:
    """Under their first name, in the first of their stores."""
    address = Address(f"{person.name.partition(' ')[0].lower()}@{MAIL_DOMAIN}")
    mailbox = _proxy(address, person.stores[0], SES_ID, Channel.EMAIL)
    return replace(mailbox, owner=ProxyOwner.ASSOCIATE, associate_id=person.email)


def _proxy(address: Address, store: Store, connection_id: str, channel: Channel = Channel.SMS) -> Proxy:
    return Proxy(
        channel=channel,
        address=address,
        merchant_id=MERCHANT_ID,
        store_id=store.id,
        connection_id=connection_id,
    )
