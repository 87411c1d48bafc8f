"""WooCommerce: the table, and what is peculiar to it. Signatures are made by WooCommerce's published scheme."""

import base64
import hashlib
import hmac
from pathlib import Path
from typing import ClassVar

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import CustomerChanged, Ignored, OrderChanged, ShopCustomer
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.shops.woocommerce import DRAFTS, ENTRY, ORDER_TOPICS, STATUS, WooCommerce
from chalicelib.usecases.ports import WebhookRequest
from tests.shops.runner import Incoming, ShopContract

FIXTURES = Path(__file__).parent / "fixtures"
SOURCE = "https://shop.example/boots/"
HALF_PAST = 1_795_188_600_000
HEADERS = {
    "x-wc-webhook-source": SOURCE,
    "x-wc-webhook-topic": "order.created",
    "x-wc-webhook-resource": "order",
    "x-wc-webhook-event": "created",
    "x-wc-webhook-id": "4",
    "x-wc-webhook-delivery-id": "66b1a0f4d2c1e7a85d0f3b9a1c2e4d60",
}

ORDER = OrderChanged(
    connection_id="c3",
    event_id="",
    external_id="731",
    number="#1042",
    customer=ShopCustomer(
        external_id="26", first_name="Jo", last_name="Mitchell", phone="+15557654321", email="jo@example.com"
    ),
    placed_at=HALF_PAST,
    updated_at=HALF_PAST + 1_000,
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
    connection_id="c3",
    event_id="",
    external_id="732",
    number="#1043",
    customer=ShopCustomer(first_name="Jo", phone="(555) 000-0004"),
    placed_at=HALF_PAST,
    updated_at=HALF_PAST + 2_000,
    payment=Payment.PAID,
    fulfilment=Fulfilment.UNFULFILLED,
    total=1500,
    currency="JPY",
    lines=(OrderLine(title="Tea", quantity=3, price=500), OrderLine(title="Sample", quantity=0, price=0)),
)
BARE = OrderChanged(
    connection_id="c3",
    event_id="",
    external_id="1",
    number="#KW-7",
    customer=ShopCustomer(),
    placed_at=HALF_PAST,
    updated_at=HALF_PAST,
    payment=Payment.PENDING,
    fulfilment=Fulfilment.UNFULFILLED,
    cancelled_at=HALF_PAST,
    total=125,
    currency="KWD",
)


def headers(topic: str = "order.created", **changed: str) -> dict[str, str]:
    given = {f"x-wc-webhook-{name.replace('_', '-')}": value for name, value in changed.items()}
    return {**HEADERS, "x-wc-webhook-topic": topic, **given}


def reads(
    fixture: str, expected: OrderChanged, variant: str = "", topic: str = "order.created", **replaced: str
) -> Incoming:
    """With the event's id, which is made of the topic, the order and the whole body."""
    body = (FIXTURES / f"{fixture}.json").read_text("utf-8")
    for old, new in replaced.items():
        body = body.replace(old, new)
    event_id = f"{topic}:{expected.external_id}:{hashlib.sha256(body.encode()).hexdigest()}"
    return Incoming(fixture, headers(topic), [replace(expected, event_id=event_id)], variant, replaced)


JO = CustomerChanged(
    connection_id="c3",
    event_id="",
    customer=ShopCustomer(
        external_id="25", first_name="Jo", last_name="Mitchell", phone="(555) 765-4321", email="jo@example.com"
    ),
    updated_at=HALF_PAST,
)


def record(expected: CustomerChanged, variant: str = "", topic: str = "customer.updated", **replaced: str) -> Incoming:
    body = (FIXTURES / "customer_updated.json").read_text("utf-8")
    for old, new in replaced.items():
        body = body.replace(old, new)
    event_id = f"{topic}:25:{hashlib.sha256(body.encode()).hexdigest()}"
    return Incoming("customer_updated", headers(topic), [replace(expected, event_id=event_id)], variant, replaced)


def status(name: str, expected: OrderChanged, **replaced: str) -> Incoming:
    changed = {'"status": "pending"': f'"status": "{name}"', **replaced}
    return reads("order_created", expected, f"{name} {' '.join(replaced.values())}".strip(), **changed)


def invalid(variant: str, old: str, new: str) -> Incoming:
    return Incoming("order_created", HEADERS, InvalidInput, variant, {old: new})


AT = HALF_PAST + 1_000
PAID = {'"date_paid_gmt": null': '"date_paid_gmt": "2026-11-20T15:30:01"'}
SHIPPED = {'"date_completed_gmt": null': '"date_completed_gmt": "2026-11-20T15:30:01"'}
STATUSES = [
    status("processing", replace(ORDER, payment=Payment.PAID)),
    status("on-hold", ORDER),
    status("failed", ORDER),
    status("completed", replace(ORDER, payment=Payment.PAID, fulfilment=Fulfilment.FULFILLED)),
    status("cancelled", replace(ORDER, cancelled_at=AT)),
    status("cancelled", replace(ORDER, payment=Payment.PAID, cancelled_at=AT), **PAID),
    status("refunded", replace(ORDER, payment=Payment.REFUNDED, closed_at=AT)),
    status(
        "refunded",
        replace(ORDER, payment=Payment.REFUNDED, fulfilment=Fulfilment.FULFILLED, closed_at=AT),
        **SHIPPED,
    ),
    status("trash", replace(ORDER, closed_at=AT)),
    status("waiting-for-the-tailor", ORDER),
    status("waiting-for-the-tailor", replace(ORDER, payment=Payment.PAID), **PAID),
    status("PENDING", ORDER),
]


class TestWooCommerce(ShopContract):
    make = WooCommerce
    connection = Connection(
        id="c3", merchant_id="m1", provider="woocommerce", secret_ref="/x/connections/c3", store_id="s1", account=SOURCE
    )
    secrets: ClassVar = {"webhook_secret": "hush-7f1c2a"}
    fixtures = FIXTURES
    signature_header = "x-wc-webhook-signature"

    incoming: ClassVar = [
        reads("order_created", ORDER),
        reads("order_created_guest", GUEST),
        reads("order_updated_bare", BARE, topic="order.updated"),
        *(reads("order_created", ORDER, f"as {topic}", topic) for topic in sorted(ORDER_TOPICS)),
        *STATUSES,
        *(
            Incoming("order_created", HEADERS, [Ignored(kind="draft")], draft, {'"pending"': f'"{draft}"'})
            for draft in sorted(DRAFTS)
        ),
        Incoming("order_deleted", headers("order.deleted"), [Ignored(kind="order.deleted")]),
        Incoming("order_gone", headers("order.updated"), [Ignored(kind="missing_order")]),
        Incoming(
            "order_gone",
            HEADERS,
            [Ignored(kind="missing_order")],
            "as older versions say it",
            {'"code": "woocommerce_rest_shop_order_invalid_id"': '"errors": {"invalid_order": ["Invalid order"]}'},
        ),
        Incoming("order_gone", HEADERS, InvalidInput, "without a reason", {'"code"': '"status"'}),
        record(JO),
        record(JO, "created", "customer.created"),
        record(
            replace(JO, customer=replace(JO.customer, first_name="J.")),
            "a name of their own",
            **{'"first_name": "",\n  "last_name"': '"first_name": "J.",\n  "x": "", "last_name": "Mitchell", "y"'},
        ),
        record(
            replace(JO, updated_at=HALF_PAST - 5_000),
            "never changed",
            **{
                '"date_modified_gmt": "2026-11-20T15:30:00"': '"date_modified_gmt": null',
                "2026-11-01T14:00:00": "2026-11-20T15:29:55",
            },
        ),
        record(
            replace(JO, customer=replace(JO.customer, email="home@example.com")),
            "mail of the address",
            **{'"email": "jo@example.com"': '"email": ""'},
        ),
        Incoming("customer_updated", headers("customer.updated"), InvalidInput, "no id", {'"id": 25,': ""}),
        Incoming("customer_updated", headers("customer.deleted"), [Ignored(kind="customer.deleted")], "deleted"),
        Incoming("order_created", headers("action.woocommerce_x"), [Ignored(kind="action.woocommerce_x")], "an action"),
        Incoming("order_created", headers("Order Created\n"), InvalidInput, "without a proper topic"),
        reads("order_created", replace(ORDER, lines=()), "no lines", **{'"line_items": [': '"line_items": [], "x": ['}),
        reads(
            "order_created",
            replace(ORDER, lines=(replace(ORDER.lines[0], price=5300), replace(ORDER.lines[1], price=531))),
            "prices with tax",
            **{'"prices_include_tax": false': '"prices_include_tax": true'},
        ),
        reads(
            "order_created",
            replace(ORDER, lines=(replace(ORDER.lines[0], price=4991), ORDER.lines[1])),
            "a line finer than the currency",
            **{'"total": "49.90"': '"total": "49.905"'},
        ),
        reads("order_created", ORDER, "more decimals than the currency", **{'"total": "59.90"': '"total": "59.9000"'}),
        reads(
            "order_created",
            replace(ORDER, updated_at=ORDER.updated_at - 3_600_000),
            "a time that names its zone",
            **{'"2026-11-20T15:30:01"': '"2026-11-20T15:30:01+01:00"'},
        ),
        reads(
            "order_created",
            replace(ORDER, customer=replace(ORDER.customer, phone="(555) 000-0003")),
            "phone of who receives",
            **{'"+15557654321"': '"  "'},
        ),
        reads(
            "order_created",
            replace(ORDER, customer=replace(ORDER.customer, first_name="Sam", last_name="Ortega")),
            "name of who receives",
            **{'"Jo"': "null", '"Mitchell"': '""'},
        ),
        reads(
            "order_created",
            replace(ORDER, customer=ShopCustomer(external_id="26")),
            "no addresses",
            **{'"billing": {': '"billing": null, "x": {', '"shipping": {': '"y": {'},
        ),
        invalid("no id", '"id": 731,', ""),
        invalid("a text for an id", '"id": 731', '"id": "731"'),
        invalid("the id of nothing", '"id": 731', '"id": 0'),
        invalid("a huge id", '"id": 731', '"id": 99999999999999999999'),
        invalid("no number", '"number": "1042"', '"number": ""'),
        invalid("no status", '"status": "pending"', '"status": null'),
        invalid("an empty status", '"status": "pending"', '"status": ""'),
        invalid("no time of placing", '"date_created_gmt": "2026-11-20T15:30:00"', '"date_created_gmt": null'),
        invalid("a time before 1970", "2026-11-20T15:30:01", "1969-12-31T23:59:59"),
        invalid("no time at all", '"date_modified_gmt": "2026-11-20T15:30:01"', '"date_modified_gmt": "yesterday"'),
        invalid("a number for money", '"total": "59.90"', '"total": 59.90'),
        invalid("no money", '"total": "59.90"', '"total": "NaN"'),
        invalid("null money", '"total": "59.90"', '"total": null'),
        invalid("negative money", '"total": "59.90"', '"total": "-59.90"'),
        invalid("money in Arabic digits", '"total": "59.90"', '"total": "٥"'),
        invalid("money finer than the currency", '"total": "59.90"', '"total": "59.901"'),
        invalid("no currency", '"currency": "USD"', '"currency": "usd"'),
        invalid("null for a currency", '"currency": "USD"', '"currency": null'),
        invalid("a negative customer", '"customer_id": 26', '"customer_id": -1'),
        invalid("half a piece", '"quantity": 2', '"quantity": 2.5'),
        invalid("a line without money", '"total": "49.90", ', ""),
        invalid("a line with nonsense for money", '"total": "49.90"', '"total": "1e9"'),
        invalid("a line of infinite money", '"total": "49.90"', '"total": "Infinity"'),
        invalid("a list for who pays", '"billing": {', '"billing": [], "x": {'),
        invalid("cut off", '"date_paid_gmt": null\n}', ""),
    ]

    def signed(self, body: bytes, secret: str) -> str:
        return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()

    def test_every_status_of_the_platform_is_in_the_table(self) -> None:
        told = {row.variant.split()[0] for row in STATUSES}
        assert set(STATUS) <= told | {"pending"}

    @pytest.mark.parametrize(
        "account", ["shop.example/boots", "http://shop.example/boots", "HTTPS://Shop.Example/boots/"]
    )
    def test_an_account_may_be_written_like_any_address_of_the_shop(self, account: str) -> None:
        WooCommerce().verify(self.request(self.incoming[0]), replace(self.connection, account=account), self.secrets)

    @pytest.mark.parametrize(
        "source", ["", "https://shop.example", "https://shop.example/boots/sale", "https://evil.example"]
    )
    def test_another_site_is_refused(self, source: str) -> None:
        request = self.request(Incoming("order_created", headers(source=source), []))
        with pytest.raises(BadSignature):
            WooCommerce().verify(request, self.connection, self.secrets)

    def test_the_ping_of_a_new_webhook_is_let_in_unsigned_and_says_nothing(self) -> None:
        """Without a 200 WooCommerce calls the address unreachable."""
        shop, ping = WooCommerce(), self.ping(b"webhook_id=4")
        shop.verify(ping, self.connection, {})
        assert shop.parse(ping, self.connection, 1) == [Ignored(kind="ping")]

    @pytest.mark.parametrize(
        "body",
        [b"", b"webhook_id=", b"webhook_id=4&id=731", b"webhook_id=4\n", b"webhook_id=x", b"webhook_id=" + b"4" * 20],
    )
    def test_what_only_resembles_a_ping_is_refused(self, body: bytes) -> None:
        self.assert_refused(self.ping(body))

    def test_a_ping_under_a_wrong_signature_is_refused(self) -> None:
        self.assert_refused(self.with_signature(self.ping(b"webhook_id=4"), "AAAA"))

    def test_two_changes_in_one_second_are_two_events_and_a_repeat_is_the_same(self) -> None:
        """WooCommerce numbers no events and its times have whole seconds: only the body tells two changes apart."""
        pending = self.request(self.incoming[0])
        paid = replace(pending, body=pending.body.replace(b'"pending"', b'"processing"'))
        again = replace(pending, headers={**pending.headers, "x-wc-webhook-delivery-id": "another"})
        first, second, third = (
            WooCommerce().parse(each, self.connection, at)[0] for at, each in enumerate((pending, paid, again))
        )
        assert isinstance(first, OrderChanged)
        assert isinstance(second, OrderChanged)
        assert (first.event_id != second.event_id, first.updated_at == second.updated_at) == (True, True)
        assert first == third

    @pytest.mark.parametrize(
        ("meta", "code"),
        [
            ('[{"id": 1, "key": "%s", "value": "https://shop.example/p?cl=AbCdEfGh12"}]', "AbCdEfGh12"),
            ('{"4": {"key": "%s", "value": "https://shop.example/p?cl=AbCdEfGh12"}}', "AbCdEfGh12"),
            ('[{"key": "other", "value": "https://shop.example/p?cl=AbCdEfGh12"}]', ""),
            ('[{"key": "%s", "value": {"a": [1]}}, {"key": 7, "value": null}, {}]', ""),
            ('[1, null, "%s", [2]]', ""),
            ('"%s"', ""),
            ("7", ""),
            ("true", ""),
            ("null", ""),
            ("[]", ""),
        ],
    )
    def test_it_says_by_which_link_the_customer_came(self, meta: str, code: str) -> None:
        """Plugins put whatever they like beside it."""
        told = {'"meta_data": []': f'"meta_data": {meta.replace("%s", ENTRY)}'}
        row = Incoming("order_created", HEADERS, [], "", told)
        [event] = WooCommerce().parse(self.request(row), self.connection, 1)
        assert isinstance(event, OrderChanged)
        assert event.link == code

    def test_overlong_names_are_cut(self) -> None:
        row = Incoming("order_created", HEADERS, [], "", {"Linen shirt": "x" * 5_000, '"Mitchell"': f'"{"y" * 5_000}"'})
        [event] = WooCommerce().parse(self.request(row), self.connection, 1)
        assert isinstance(event, OrderChanged)
        assert event.lines[0].title == "x" * 255
        assert event.customer.last_name == "y" * 255

    def ping(self, body: bytes) -> WebhookRequest:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return WebhookRequest(method="POST", url="https://shop.example/webhooks/x/c3", headers=kind, body=body)
