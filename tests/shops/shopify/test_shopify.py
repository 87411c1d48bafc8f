"""Shopify: the table, and what is peculiar to it. Signatures are made by Shopify's published scheme."""

import base64
import hashlib
import hmac
from pathlib import Path
from typing import ClassVar

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import CustomerRedacted, Ignored, OrderChanged, PrivacyAsked, ShopCustomer
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.shops.shopify import ORDER_TOPICS, Shopify
from tests.shops.runner import Incoming, ShopContract

SHOP = "counter-demo.myshopify.com"
TEN_THIRTY = 1_795_188_600_000
EVENT = "98880550-7158-44d4-b7cd-2c97c8a091b5"
HEADERS = {
    "x-shopify-topic": "orders/create",
    "x-shopify-shop-domain": SHOP,
    "x-shopify-event-id": EVENT,
    "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
    "x-shopify-triggered-at": "2026-11-20T15:30:01.5Z",
    "x-shopify-api-version": "2026-10",
}

ORDER = OrderChanged(
    connection_id="c2",
    event_id=f"orders/create:{EVENT}",
    external_id="5940139491234",
    number="#1042",
    location="655441491",
    customer=ShopCustomer(
        external_id="207119551", first_name="Jo", last_name="Mitchell", phone="+15557654321", email="jo@example.com"
    ),
    placed_at=TEN_THIRTY,
    updated_at=TEN_THIRTY + 1_000,
    payment=Payment.PENDING,
    fulfilment=Fulfilment.UNFULFILLED,
    total=5990,
    currency="USD",
    lines=(
        OrderLine(title="Linen shirt", quantity=1, price=4990),
        OrderLine(title="Socks – Größe 42", quantity=2, price=500),
    ),
)
GUEST = OrderChanged(
    connection_id="c2",
    event_id=f"orders/create:{EVENT}",
    external_id="5940139491235",
    number="#1043",
    customer=ShopCustomer(first_name="Jo", phone="(555) 000-0004"),
    placed_at=TEN_THIRTY,
    updated_at=TEN_THIRTY + 123,
    payment=Payment.PAID,
    fulfilment=Fulfilment.UNFULFILLED,
    total=1500,
    currency="JPY",
    lines=(OrderLine(title="Tea", quantity=3, price=500),),
)
BARE = OrderChanged(
    connection_id="c2",
    event_id=f"orders/cancelled:{EVENT}",
    external_id="1",
    number="KW-7",
    customer=ShopCustomer(external_id="9"),
    placed_at=TEN_THIRTY,
    updated_at=TEN_THIRTY + 19_800_000,
    payment=Payment.PENDING,
    fulfilment=Fulfilment.UNFULFILLED,
    cancelled_at=TEN_THIRTY + 19_800_000,
    closed_at=TEN_THIRTY + 19_800_000,
    total=125,
    currency="KWD",
)


DATA_ASKED = PrivacyAsked(connection_id="c2", kind="data", reference="9999", external_id="207119551")
SHOP_LEFT = PrivacyAsked(connection_id="c2", kind="shop", reference=f"shop/redact:{EVENT}")
REDACTED = CustomerRedacted(connection_id="c2", external_id="207119551", order_ids=("299938", "280263"))


def headers(topic: str = "orders/create", **changed: str | None) -> dict[str, str]:
    """The headers of a topic; `event_id=None` leaves one out."""
    given = {**HEADERS, "x-shopify-topic": topic}
    given |= {f"x-shopify-{name.replace('_', '-')}": value for name, value in changed.items() if value is not None}
    return {
        k: v for k, v in given.items() if changed.get(k.removeprefix("x-shopify-").replace("-", "_"), "") is not None
    }


def invalid(variant: str, old: str, new: str) -> Incoming:
    return Incoming("orders_create", HEADERS, InvalidInput, variant, {old: new})


def payment(status: str, expected: Payment) -> Incoming:
    changed = {'"financial_status": "pending"': f'"financial_status": {status}'}
    return Incoming("orders_create", HEADERS, [replace(ORDER, payment=expected)], status, changed)


def fulfilment(status: str, expected: Fulfilment) -> Incoming:
    changed = {'"fulfillment_status": null': f'"fulfillment_status": {status}'}
    return Incoming("orders_create", HEADERS, [replace(ORDER, fulfilment=expected)], status, changed)


def phone(variant: str, expected: str, **replaced: str) -> Incoming:
    customer = replace(ORDER.customer, phone=expected)
    return Incoming("orders_create", HEADERS, [replace(ORDER, customer=customer)], variant, dict(replaced.items()))


class TestShopify(ShopContract):
    make = Shopify
    connection = Connection(
        id="c2", merchant_id="m1", provider="shopify", secret_ref="/x/connections/c2", store_id="s1", account=SHOP
    )
    secrets: ClassVar = {"webhook_secret": "hush-7f1c2a"}
    fixtures = Path(__file__).parent / "fixtures"
    signature_header = "x-shopify-hmac-sha256"

    incoming: ClassVar = [
        Incoming("orders_create", HEADERS, [ORDER]),
        Incoming("orders_create_guest", HEADERS, [GUEST]),
        Incoming("orders_cancelled_bare", headers("orders/cancelled"), [BARE]),
        *(
            Incoming("orders_create", headers(topic), [replace(ORDER, event_id=f"{topic}:{EVENT}")], f"as {topic}")
            for topic in sorted(ORDER_TOPICS)
        ),
        Incoming("customers_redact", headers("customers/redact"), [REDACTED]),
        Incoming(
            "customers_redact", headers("customers/redact"), InvalidInput, "nobody", {'"id": 207119551': '"id": 0'}
        ),
        Incoming("shop_redact", headers("shop/redact"), [SHOP_LEFT]),
        Incoming("shop_redact", headers("shop/redact", event_id=None, webhook_id=None), InvalidInput, "no event"),
        Incoming("shop_redact", headers("shop/redact"), InvalidInput, "no shop", {'"shop_id"': '"shop"'}),
        Incoming("customers_data_request", headers("customers/data_request"), [DATA_ASKED]),
        Incoming(
            "customers_data_request",
            headers("customers/data_request"),
            InvalidInput,
            "no request",
            {'"data_request"': '"request"'},
        ),
        Incoming("orders_create", headers("orders/delete"), [Ignored(kind="orders/delete")], "deleted"),
        Incoming("orders_create", headers(shop_domain=SHOP.upper()), [ORDER], "domain in capitals"),
        Incoming(
            "orders_create",
            headers(event_id=None),
            [replace(ORDER, event_id="orders/create:b54557e4-bdd9-4b37-8a5f-bf7d70bcd043")],
            "with a webhook id only",
        ),
        Incoming("orders_create", headers(event_id=None, webhook_id=None), InvalidInput, "without any id"),
        Incoming("orders_create", headers(event_id=" ", webhook_id="a b"), InvalidInput, "with blank ids"),
        Incoming("orders_create", headers("Orders Create\n"), InvalidInput, "without a proper topic"),
        payment('"paid"', Payment.PAID),
        payment('"partially_paid"', Payment.PENDING),
        payment('"authorized"', Payment.PENDING),
        payment('"refunded"', Payment.REFUNDED),
        payment('"partially_refunded"', Payment.PAID),
        payment('"something_new"', Payment.PENDING),
        payment("null", Payment.PENDING),
        fulfilment('"partial"', Fulfilment.PARTIAL),
        fulfilment('"fulfilled"', Fulfilment.FULFILLED),
        fulfilment('"something_new"', Fulfilment.UNFULFILLED),
        phone(
            "phone of the order",
            "(555) 000-0002",
            **{'"+15557654321"': "null", '"phone": null': '"phone": "(555) 000-0002"'},
        ),
        phone("phone of the customer first", "+15557654321", **{'"phone": null': '"phone": "(555) 000-0002"'}),
        phone("phone of the shipping address", "(555) 000-0003", **{'"+15557654321"': '"  "'}),
        invalid("no id", '"id": 5940139491234,', ""),
        invalid("a text for an id", '"id": 5940139491234', '"id": "5940139491234"'),
        invalid("a negative id", '"id": 5940139491234', '"id": -1'),
        invalid("a huge id", '"id": 5940139491234', '"id": 99999999999999999999'),
        invalid("no name", '"name": "#1042"', '"name": ""'),
        invalid("no time of change", '"updated_at": "2026-11-20T10:30:01-05:00",', ""),
        invalid("a time without a zone", "2026-11-20T10:30:01-05:00", "2026-11-20T10:30:01"),
        invalid("a time before 1970", "2026-11-20T10:30:01-05:00", "1969-12-31T23:59:59Z"),
        invalid("no time at all", "2026-11-20T10:30:01-05:00", "yesterday"),
        invalid("a number for money", '"total_price": "59.90"', '"total_price": 59.90'),
        invalid("no money", '"total_price": "59.90"', '"total_price": "NaN"'),
        invalid("negative money", '"total_price": "59.90"', '"total_price": "-1"'),
        invalid("money in Arabic digits", '"total_price": "59.90"', '"total_price": "٥"'),
        invalid("money finer than the currency", '"total_price": "59.90"', '"total_price": "59.901"'),
        invalid("no currency", '"currency": "USD"', '"currency": "usd"'),
        invalid("a customer without an id", '"id": 207119551,', ""),
        invalid("half a piece", '"quantity": 2', '"quantity": 2.5'),
        invalid("a line without a price", '"price": "49.90", ', ""),
        invalid("cut off", '"note_attributes": []\n}', ""),
    ]

    def signed(self, body: bytes, secret: str) -> str:
        return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()

    def test_the_same_body_at_the_same_event_gives_the_same_event(self) -> None:
        request = self.request(self.incoming[0])
        assert Shopify().parse(request, self.connection, 1) == Shopify().parse(request, self.connection, 2)

    @pytest.mark.parametrize(
        ("landing", "code"),
        [
            ('"/products/boots?variant=1&cl=AbCdEfGh12"', "AbCdEfGh12"),
            ('"/?cl=short"', ""),
            ("null", ""),
            ('""', ""),
            ('[{"a": 1}]', ""),
        ],
    )
    def test_it_says_by_which_link_the_customer_came(self, landing: str, code: str) -> None:
        row = Incoming(
            "orders_create", HEADERS, [], "", {'"name": "#1042"': f'"name": "#1042", "landing_site": {landing}'}
        )
        [event] = Shopify().parse(self.request(row), self.connection, 1)
        assert isinstance(event, OrderChanged)
        assert event.link == code

    def test_overlong_names_are_cut(self) -> None:
        row = Incoming("orders_create", HEADERS, [], "", {"Linen shirt": "x" * 5_000, '"Mitchell"': f'"{"y" * 5_000}"'})
        [event] = Shopify().parse(self.request(row), self.connection, 1)
        assert isinstance(event, OrderChanged)
        assert event.lines[0].title == "x" * 255
        assert event.customer.last_name == "y" * 255
