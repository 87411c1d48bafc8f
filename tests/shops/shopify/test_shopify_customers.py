"""Customers from Shopify's webhooks: the table."""

import base64
import hashlib
import hmac
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import CustomerChanged, ShopCustomer
from chalicelib.shops.shopify import Shopify
from tests.shops.runner import Incoming, ShopContract
from tests.shops.shopify.test_shopify import EVENT, TEN_THIRTY, headers
from tests.shops.shopify.test_shopify_products import CONNECTION

UPDATE = headers("customers/update")
JO = CustomerChanged(
    connection_id="c2",
    event_id=f"customers/update:{EVENT}",
    customer=ShopCustomer(
        external_id="207119551", first_name="Jo", last_name="Mitchell", phone="(555) 765-4321", email="jo@example.com"
    ),
    updated_at=TEN_THIRTY,
)


def changed(variant: str, old: str, new: str, **fields: str) -> Incoming:
    expected = replace(JO, customer=replace(JO.customer, **fields))
    return Incoming("customers_update", UPDATE, [expected], variant, {old: new})


def invalid(variant: str, old: str, new: str) -> Incoming:
    return Incoming("customers_update", UPDATE, InvalidInput, variant, {old: new})


class TestShopifyCustomers(ShopContract):
    make = Shopify
    connection = CONNECTION
    secrets: ClassVar = {"webhook_secret": "hush-7f1c2a"}
    fixtures = Path(__file__).parent / "fixtures"
    signature_header = "x-shopify-hmac-sha256"

    incoming: ClassVar = [
        Incoming("customers_update", UPDATE, [JO]),
        Incoming(
            "customers_update",
            headers("customers/create"),
            [replace(JO, event_id=f"customers/create:{EVENT}")],
            "created",
        ),
        changed("a phone of their own", '"phone": null', '"phone": "+15550000001"', phone="+15550000001"),
        changed("no address", '"default_address"', '"other"', phone=""),
        changed("no mail", '"jo@example.com"', "null", email=""),
        changed("a last name only", '"Jo"', "null", first_name=""),
        invalid("no id", '"id": 207119551,', ""),
        invalid("no time of change", '"updated_at": "2026-11-20T10:30:00-05:00",', ""),
        invalid("a time before 1970", "2026-11-20T10:30:00-05:00", "1969-12-31T23:59:59Z"),
        invalid("a number for a name", '"Jo"', "7"),
        Incoming(
            "customers_update", headers("customers/update", event_id=None, webhook_id=None), InvalidInput, "no id"
        ),
    ]

    def signed(self, body: bytes, secret: str) -> str:
        return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
