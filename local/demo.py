"""Fills a new installation with the demo shop, once. Nothing is faked that the real system can be driven to do."""

import json
from typing import Any

from chalicelib.store.setup import DynamoSetup

from . import directory, history, merchant, talk
from .customers import BUYERS, PURCHASES, Purchase
from .driver import Driver, wait_until
from .ports import HOST
from .stack import LocalStack

MARKER = "demo-data"
"""Name of the parameter that says it is done, and which addresses the merchant then had; it lives and dies with the
emulator's data."""
AT_ONCE = 3
"""Orders on their way at a time: each needs a function, and each function a process of this computer."""


def prepare(stack: LocalStack) -> str:
    """Seeds if that was not done yet, and writes demo.json. What was done, for the screen."""
    prefix = stack.outputs["ParameterPrefix"]
    addresses = ",".join(each for proxy in merchant.proxies() for each in (proxy.address, *proxy.shared_with))
    name = f"{prefix}/{MARKER}"
    ssm = stack.session.client("ssm")
    there = {each["Name"]: each["Value"] for each in ssm.get_parameters(Names=[name])["Parameters"]}
    seeded = name in there
    if not seeded:
        _seed(stack)
    elif there[name] != addresses:  # seeded before the demo merchant had all of them
        directory.register(stack.session, stack.outputs, stack.installation)
    if there.get(name) != addresses:
        ssm.put_parameter(Name=name, Type="String", Value=addresses, Overwrite=True)
    stack.workspace.demo.write_text(json.dumps(facts(stack), indent=2, ensure_ascii=False))
    return "unchanged" if seeded else ""


def facts(stack: LocalStack) -> dict[str, Any]:
    """What an outside program needs to sign in, sign its own webhooks and drive the system."""
    webhooks = f"{stack.outputs['WebhookUrl']}/webhooks"
    return {
        "origin": stack.origin,
        "api": f"{stack.origin}/api",
        "auth": {"endpoint": f"{stack.origin}/auth", "client_id": stack.outputs["UserPoolClientId"]},
        "stores": [
            {
                "id": store.id,
                "name": store.name,
                "mailbox": next(address for owner, address in merchant.MAILBOXES if owner is store),
                "timezone": store.timezone,
                "phone": store.phone,
                "number": store.proxy,
            }
            for store in merchant.STORES
        ],
        "associates": [_sign_in(person) for person in merchant.ASSOCIATES],
        "connections": [
            *_text_connections(stack, webhooks),
            *_connections_at_aws(stack),
            _shop_connection(stack, webhooks),
            *_other_shop_connections(stack, webhooks),
        ],
    }


def _text_connections(stack: LocalStack, webhooks: str) -> list[dict[str, Any]]:
    return [
        {
            "id": merchant.TWILIO_ID,
            "provider": "twilio",
            "webhook_url": f"{webhooks}/twilio/{merchant.TWILIO_ID}",
            "signing_secret": stack.installation.auth_token,
            "numbers": [store.proxy for store in merchant.STORES],
            "account": stack.installation.account_sid,
        },
        {
            "id": merchant.VONAGE_ID,
            "provider": "vonage",
            "webhook_url": f"{webhooks}/vonage/{merchant.VONAGE_ID}",
            "signing_secret": stack.installation.signature_secret,
            "numbers": [merchant.SECOND_NUMBER],
            "account": stack.installation.api_key,
        },
        {
            "id": merchant.META_ID,
            "provider": "meta",
            "webhook_url": f"{webhooks}/meta/{merchant.META_ID}",
            "signing_secret": stack.installation.app_secret,
            "verify_token": stack.installation.verify_token,
            "numbers": list(merchant.WHATSAPP_NUMBERS.values()),
            "number_ids": merchant.NUMBER_IDS,
            "account": merchant.WHATSAPP_ACCOUNT,
        },
    ]


def _connections_at_aws(stack: LocalStack) -> list[dict[str, Any]]:
    """They call no webhook and have no secret."""
    return [
        {
            "id": merchant.SES_ID,
            "provider": "ses",
            "smtp": f"{HOST}:{stack.smtp_port}",
            "numbers": [address for _, address in merchant.MAILBOXES],
            "account": merchant.CONFIGURATION_SET,
        },
        {
            "id": merchant.AWS_SMS_ID,
            "provider": "aws_sms",
            "numbers": [merchant.AWS_NUMBER],
            "account": merchant.CONFIGURATION_SET,
        },
    ]


def _shop_connection(stack: LocalStack, webhooks: str) -> dict[str, Any]:
    return {
        "id": merchant.SHOPIFY_ID,
        "provider": "shopify",
        "webhook_url": f"{webhooks}/shopify/{merchant.SHOPIFY_ID}",
        "signing_secret": stack.installation.webhook_secret,
        "numbers": [],
        "account": merchant.SHOP_DOMAIN,
        "locations": merchant.LOCATIONS,
    }


def _other_shop_connections(stack: LocalStack, webhooks: str) -> list[dict[str, Any]]:
    secrets = (stack.installation.woocommerce_secret, stack.installation.generic_secret)
    return [
        {
            "id": connection.id,
            "provider": connection.provider,
            "webhook_url": f"{webhooks}/{connection.provider}/{connection.id}",
            "signing_secret": secret,
            "numbers": [],
            "account": connection.account,
            "locations": connection.locations,
        }
        for connection, secret in zip(merchant.other_shop_connections(""), secrets, strict=True)
    ]


def _sign_in(person: merchant.Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "password": merchant.PASSWORD,
        "stores": [store.id for store in person.stores],
        "permissions": sorted(person.permissions),
    }


def _seed(stack: LocalStack) -> None:
    table = directory.table(stack.outputs, stack.endpoint)
    setup = DynamoSetup(table, stack.session.client("ssm"))
    directory.register(stack.session, stack.outputs, stack.installation)
    history.write(setup, table, stack.outputs, stack.origin)
    with Driver(stack.origin) as driver:
        orders = _place_orders(driver)
        talk.hold(driver, orders)


def _place_orders(driver: Driver) -> list[dict[str, Any]]:
    """The placed orders, in the order of PURCHASES, all of them known to the system."""
    placed: list[dict[str, Any]] = []
    for purchase in PURCHASES:
        placed.append(driver.simulator("POST", "/shop/orders", _order(purchase)))
        for action in purchase.then:
            driver.simulator("POST", f"/shop/orders/{placed[-1]['id']}/{action}")
            wait_until(lambda: _underway(driver) < AT_ONCE, "the shop's webhooks")
        wait_until(lambda: _underway(driver) < AT_ONCE, "the shop's webhooks")
    wait_until(lambda: not _underway(driver), "the shop's webhooks")
    return placed


def _order(purchase: Purchase) -> dict[str, Any]:
    buyer = BUYERS[purchase.buyer]
    lines = [{"title": title, "quantity": quantity, "price": price} for title, quantity, price in purchase.lines]
    return {
        "customer": {**buyer._asdict(), "email": buyer.email},
        "store_id": purchase.store_id,
        "lines": lines,
        "placed_hours_ago": purchase.hours_ago,
    }


def _underway(driver: Driver) -> int:
    """Webhooks that the system has not taken yet."""
    orders = driver.simulator("GET", "/state")["orders"]
    return sum(not event["done"] for order in orders for event in order["events"])
