"""The set-up that tests play in: two stores of one merchant, one of another; connections, numbers, people."""

from chalicelib.domain.addresses import Address
from chalicelib.domain.merchants import Associate, Connection, Permission, Proxy, Store, UnknownPolicy
from chalicelib.domain.message_templates import MessageTemplate
from chalicelib.domain.quiet_hours import OwnHours
from tests.fakes.shop_side import FakeSetup

MERCHANT, OTHER_MERCHANT = "mer-1", "mer-2"
SEATTLE, TACOMA, FOREIGN = "sto-seattle", "sto-tacoma", "sto-foreign"
WOO, OTHER_WOO, GENERIC, OTHER_GENERIC = "con-woo", "con-woo-2", "con-generic", "con-generic-2"
TWILIO, SHOP, OTHER_TWILIO, OTHER_SHOP = "con-twilio", "con-shop", "con-twilio-2", "con-shop-2"
VONAGE, OTHER_VONAGE = "con-vonage", "con-vonage-2"
META, OTHER_META = "con-meta", "con-meta-2"
AWS = "con-aws"
SEATTLE_NUMBER, TACOMA_NUMBER, FOREIGN_NUMBER = (
    Address("+12065550100"),
    Address("+12535550100"),
    Address("+13035550100"),
)
VONAGE_NUMBER = Address("+12065550111")
"""Seattle's second number, with another provider."""
AWS_NUMBER = Address("+12065550133")
"""Seattle's number at AWS End User Messaging."""
WHATSAPP_NUMBER = Address("+12065550122")
"""Seattle's number at WhatsApp."""
FOREIGN_WHATSAPP = Address("+13035550122")
READY = MessageTemplate(name="ready", language="en_US", body="Hi {{1}}, {{2}} is ready.")
CARLA, DEAN = Address("+12065550177"), Address("+12065550188")
"""Customers' phones."""
ADA, BOB, MIA, EVE, ZOE, NOBODY = "ada", "bob", "mia", "eve", "zoe", "nobody"
"""Ada: Seattle. Bob: Tacoma. Mia: manager of both. Eve: Seattle, without `orders`. Zoe: the other merchant."""
HOUR, DAY = 3_600_000, 86_400_000
ALL = frozenset(Permission)


TILL, TILL_ACCOUNT, TILL_KEY = "con-till-1", "PineECOM", "c3" * 32
"""Where Seattle's carts are paid, at Adyen."""


def furnish(setup: FakeSetup, on_unknown: UnknownPolicy = UnknownPolicy.ASK) -> None:
    _stores(setup)
    _connections(setup, on_unknown)
    _associates(setup)


def furnish_aws(setup: FakeSetup) -> None:
    """Seattle's number at AWS, for those who want it."""
    setup.put_connection(
        Connection(
            id=AWS,
            merchant_id=MERCHANT,
            provider="aws_sms",
            secret_ref="",
            store_id=SEATTLE,
            account="counterline-test",
        ),
        {},
    )
    setup.put_proxy(Proxy(channel="sms", address=AWS_NUMBER, merchant_id=MERCHANT, store_id=SEATTLE, connection_id=AWS))


def _stores(setup: FakeSetup) -> None:
    for store_id, merchant, name, number, connection in (
        (SEATTLE, MERCHANT, "Pine Street Shoes", SEATTLE_NUMBER, TWILIO),
        (TACOMA, MERCHANT, "Harbor Shoes", TACOMA_NUMBER, TWILIO),
        (FOREIGN, OTHER_MERCHANT, "Foreign Hats", FOREIGN_NUMBER, OTHER_TWILIO),
    ):
        setup.put_store(
            Store(
                id=store_id,
                merchant_id=merchant,
                name=name,
                timezone="America/Los_Angeles",
                phone=Address("+12065550199"),
                proxy=number,
                connection_id=connection,
                contacts=True,
                quiet_hours=OwnHours(active=False),  # tests begin at seven in the morning; those about it switch it on
            )
        )
        setup.put_proxy(
            Proxy(channel="sms", address=number, merchant_id=merchant, store_id=store_id, connection_id=connection)
        )
    setup.put_proxy(
        Proxy(channel="sms", address=VONAGE_NUMBER, merchant_id=MERCHANT, store_id=SEATTLE, connection_id=VONAGE)
    )
    for number, merchant, store_id, connection in (
        (WHATSAPP_NUMBER, MERCHANT, SEATTLE, META),
        (FOREIGN_WHATSAPP, OTHER_MERCHANT, FOREIGN, OTHER_META),
    ):
        setup.put_proxy(
            Proxy(channel="whatsapp", address=number, merchant_id=merchant, store_id=store_id, connection_id=connection)
        )


def _connections(setup: FakeSetup, on_unknown: UnknownPolicy) -> None:
    for connection_id, merchant, provider, store_id, account, secrets in (
        (TWILIO, MERCHANT, "twilio", SEATTLE, "AC" + "1" * 32, {"auth_token": "twilio-secret-1"}),
        (
            SHOP,
            MERCHANT,
            "shopify",
            SEATTLE,
            "pine.myshopify.com",
            {"webhook_secret": "shop-secret-1", "member_secret": "members-1"},
        ),
        (OTHER_TWILIO, OTHER_MERCHANT, "twilio", FOREIGN, "AC" + "2" * 32, {"auth_token": "twilio-secret-2"}),
        (VONAGE, MERCHANT, "vonage", SEATTLE, "a1b2c3d1", _vonage_secrets(1)),
        (OTHER_VONAGE, OTHER_MERCHANT, "vonage", FOREIGN, "a1b2c3d2", _vonage_secrets(2)),
        (META, MERCHANT, "meta", SEATTLE, "1001", _meta_secrets(1)),
        (OTHER_META, OTHER_MERCHANT, "meta", FOREIGN, "1002", _meta_secrets(2)),
        (OTHER_SHOP, OTHER_MERCHANT, "shopify", FOREIGN, "hats.myshopify.com", {"webhook_secret": "shop-secret-2"}),
        (WOO, MERCHANT, "woocommerce", SEATTLE, "https://pine.example", {"webhook_secret": "woo-secret-1"}),
        (OTHER_WOO, OTHER_MERCHANT, "woocommerce", FOREIGN, "https://hats.example", {"webhook_secret": "woo-secret-2"}),
        (GENERIC, MERCHANT, "generic", SEATTLE, "pine", {"webhook_secret": "generic-secret-1"}),
        (TILL, MERCHANT, "adyen", SEATTLE, TILL_ACCOUNT, {"api_key": "till-key-1", "hmac_key": TILL_KEY}),
        (OTHER_GENERIC, OTHER_MERCHANT, "generic", FOREIGN, "hats", {"webhook_secret": "generic-secret-2"}),
    ):
        setup.put_connection(
            Connection(
                id=connection_id,
                merchant_id=merchant,
                provider=provider,
                secret_ref=f"connections/{connection_id}",
                store_id=store_id,
                account=account,
                locations={"77": TACOMA} if connection_id in (SHOP, GENERIC) else {},
                templates=(READY,) if provider == "meta" else (),
                number_ids={WHATSAPP_NUMBER: "2001"} if connection_id == META else {},
                on_unknown=on_unknown,
            ),
            secrets,
        )


def _vonage_secrets(number: int) -> dict[str, str]:
    """Tokens are signed with keys of 32 bytes and more."""
    return {"signature_secret": f"vonage-secret-{number}-which-signs-webhooks", "api_secret": f"vonage-secret-{number}"}


def _meta_secrets(number: int) -> dict[str, str]:
    return {
        "app_secret": f"meta-secret-{number}",
        "verify_token": f"meta-verify-token-{number}",
        "access_token": f"meta-access-token-{number}",
    }


def _associates(setup: FakeSetup) -> None:
    for associate_id, merchant, stores in (
        (ADA, MERCHANT, {SEATTLE: frozenset({Permission.ORDERS, Permission.INBOX})}),
        (BOB, MERCHANT, {TACOMA: frozenset({Permission.ORDERS})}),
        (MIA, MERCHANT, {SEATTLE: ALL, TACOMA: ALL}),
        (EVE, MERCHANT, {SEATTLE: frozenset({Permission.INBOX})}),
        (ZOE, OTHER_MERCHANT, {FOREIGN: ALL}),
    ):
        setup.put_associate(
            Associate(
                id=associate_id,
                merchant_id=merchant,
                email=f"{associate_id}@example.test",
                name=associate_id.title(),
                stores=stores,
            )
        )
