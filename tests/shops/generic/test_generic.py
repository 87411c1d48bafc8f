"""Our own contract: the table, and what is peculiar to it. Signatures are made as docs/generic-shop.md says."""

import hashlib
import hmac
from pathlib import Path
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import OrderChanged, ShopCustomer
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.shops.generic import MOST_LINES, TOLERANCE, Generic
from chalicelib.usecases.ports import WebhookRequest
from tests.shops.runner import NOW, Incoming, ShopContract

SECRET, NEXT_SECRET = "hush-7f1c2a", "hush-8b2d3e"
TIMESTAMP = str(NOW // 1000)
HEADERS = {"x-counterline-timestamp": TIMESTAMP}
HALF_PAST = 1_795_188_600_000

ORDER = OrderChanged(
    connection_id="c4",
    event_id="order-1042-2026-11-20T15:30:01Z",
    external_id="a3f-731",
    number="#1042",
    location="downtown",
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
BARE = OrderChanged(
    connection_id="c4",
    event_id="e",
    external_id="1",
    number="KW-7",
    customer=ShopCustomer(),
    placed_at=HALF_PAST,
    updated_at=HALF_PAST + 123,
    payment=Payment.REFUNDED,
    fulfilment=Fulfilment.PARTIAL,
    cancelled_at=HALF_PAST,
    closed_at=HALF_PAST + 100,
    total=0,
    currency="KWD",
)
WRONG = [
    ("version", '"version": 1', '"version": 2'),
    ("version", '"version": 1', '"version": "1"'),
    ("version", '"version": 1,', ""),
    ("event_id", '"order-1042-2026-11-20T15:30:01Z"', '""'),
    ("event_id", '"order-1042-2026-11-20T15:30:01Z"', '"a b"'),
    ("event_id", '"order-1042-2026-11-20T15:30:01Z"', '"ab\\n"'),
    ("event_id", '"order-1042-2026-11-20T15:30:01Z"', f'"{"x" * 129}"'),
    ("shop", '"boots-online"', '"hats-online"'),
    ("shop", '"boots-online"', "null"),
    ("order", '"order": {', '"order": null, "x": {'),
    ("order.id", '"id": "a3f-731"', '"id": 731'),
    ("order.id", '"id": "a3f-731",', ""),
    ("order.number", '"number": "#1042"', '"number": null'),
    ("order.number", '"number": "#1042"', f'"number": "{"9" * 65}"'),
    ("order.placed_at", '"2026-11-20T10:30:00-05:00"', '"2026-11-20T10:30:00"'),
    ("order.placed_at", '"2026-11-20T10:30:00-05:00"', "1795188600000"),
    ("order.placed_at", '"2026-11-20T10:30:00-05:00"', '"1969-12-31T23:59:59Z"'),
    ("order.updated_at", '"2026-11-20T15:30:01Z",\n    "payment"', '"yesterday",\n    "payment"'),
    ("order.updated_at", '"2026-11-20T15:30:01Z",\n    "payment"', 'null,\n    "payment"'),
    ("order.updated_at", '"2026-11-20T15:30:01Z",\n    "payment"', '"2036-11-20T15:30:01Z",\n    "payment"'),
    ("order.payment", '"payment": "pending"', '"payment": "authorized"'),
    ("order.payment", '"payment": "pending"', '"payment": null'),
    ("order.fulfilment", '"fulfilment": "unfulfilled"', '"fulfilment": "shipped"'),
    ("order.cancelled_at", '"cancelled_at": null', '"cancelled_at": true'),
    ("order.closed_at", '"closed_at": null', '"closed_at": ""'),
    ("order.currency", '"currency": "USD"', '"currency": "usd"'),
    ("order.currency", '"currency": "USD"', '"currency": "US Dollar"'),
    ("order.currency", '"currency": "USD"', '"currency": "USD\\n"'),
    ("order.total", '"total": 5990', '"total": "59.90"'),
    ("order.total", '"total": 5990', '"total": 59.9'),
    ("order.total", '"total": 5990', '"total": -1'),
    ("order.total", '"total": 5990', f'"total": {10**15 + 1}'),
    ("order.total", '"total": 5990', '"total": null'),
    ("order.totl", '"total": 5990', '"total": 5990, "totl": 5990'),
    ("order.customer", '"customer": {', '"customer": null, "x": {'),
    ("order.customer.phone", '"+15557654321"', "null"),
    ("order.customer.phone", '"+15557654321"', "15557654321"),
    ("order.customer.email", '"jo@example.com"', f'"{"x" * 255}"'),
    ("order.customer.first_name", '"Jo"', f'"{"x" * 256}"'),
    ("order.lines", '"lines": [', '"lines": null, "x": ['),
    ("order.lines[0]", '{"title": "Linen shirt", "quantity": 1, "price": 4990}', "null"),
    ("order.lines[1].quantity", '"quantity": 2', '"quantity": 2.5'),
    ("order.lines[0].price", '"price": 4990', '"price": "49.90"'),
    ("order.lines[0].price", ', "price": 4990', ""),
    ("order.lines[0].price", '"price": 4990', '"price": -4990'),
]


class TestGeneric(ShopContract):
    make = Generic
    connection = Connection(
        id="c4",
        merchant_id="m1",
        provider="generic",
        secret_ref="/x/connections/c4",
        store_id="s1",
        account="boots-online",
    )
    secrets: ClassVar = {"webhook_secret": SECRET}
    fixtures = Path(__file__).parent / "fixtures"
    signature_header = "x-counterline-signature"
    other_accounts = ()
    """The shop is named in what is signed: another one is an error of `shop`, see the table."""

    incoming: ClassVar = [
        Incoming("order_placed", HEADERS, [ORDER]),
        Incoming("order_bare", HEADERS, [BARE]),
        *(
            Incoming("order_placed", HEADERS, [replace(ORDER, payment=each)], each, {'"pending"': f'"{each}"'})
            for each in Payment
        ),
        *(
            Incoming("order_placed", HEADERS, [replace(ORDER, fulfilment=each)], each, {'"unfulfilled"': f'"{each}"'})
            for each in Fulfilment
        ),
        *(
            Incoming("order_placed", HEADERS, InvalidInput, f"{name} {new[:30]}", {old: new})
            for name, old, new in WRONG
        ),
        Incoming("order_placed", HEADERS, InvalidInput, "cut off", {"  }\n}": "  }"}),
    ]

    def signed(self, body: bytes, secret: str) -> str:
        return hmac.new(secret.encode(), f"{TIMESTAMP}.".encode() + body, hashlib.sha256).hexdigest()

    @pytest.mark.parametrize(("field", "old", "new"), WRONG, ids=range(len(WRONG)))
    def test_a_mistake_names_its_field(self, field: str, old: str, new: str) -> None:
        row = Incoming("order_placed", HEADERS, InvalidInput, "", {old: new})
        with pytest.raises(InvalidInput) as refused:
            Generic().parse(self.request(row), self.connection, NOW)
        assert refused.value.details["field"] == field

    @pytest.mark.parametrize("late", [-TOLERANCE, -1, 0, 1, TOLERANCE])
    def test_a_request_is_good_for_five_minutes_either_way(self, late: int) -> None:
        assert Generic().parse(self.genuine, self.connection, NOW + late * 1000) == [ORDER]

    @pytest.mark.parametrize("late", [-TOLERANCE * 1000 - 1, TOLERANCE * 1000 + 1, 86_400_000, NOW])
    def test_a_replay_is_refused_after_that(self, late: int) -> None:
        with pytest.raises(BadSignature):
            Generic().parse(self.genuine, self.connection, NOW + late)

    @pytest.mark.parametrize(
        "given", [None, "", "-1", "1e9", "0x1", " ", f"{TIMESTAMP}.0", f" {TIMESTAMP}", "٥" * 10, "9" * 13]
    )
    def test_what_is_no_timestamp_is_refused(self, given: str | None) -> None:
        headers = {name: value for name, value in self.genuine.headers.items() if name != "x-counterline-timestamp"}
        timed = headers if given is None else {**headers, "x-counterline-timestamp": given}
        self.assert_refused(replace(self.genuine, headers=timed))

    @pytest.mark.parametrize("given", [str(NOW // 1000 + 1), f"0{TIMESTAMP}", TIMESTAMP[:-1]])
    def test_a_timestamp_that_was_not_signed_is_refused(self, given: str) -> None:
        self.assert_refused(replace(self.genuine, headers={**self.genuine.headers, "x-counterline-timestamp": given}))

    @pytest.mark.parametrize(
        "stored", [f"{NEXT_SECRET},{SECRET}", f"{SECRET},{NEXT_SECRET}", f" {NEXT_SECRET} , {SECRET} "]
    )
    @pytest.mark.parametrize("used", [SECRET, NEXT_SECRET])
    def test_the_old_and_the_new_secret_are_both_good_for_a_while(self, stored: str, used: str) -> None:
        signature = self.signed(self.genuine.body, used)
        Generic().verify(self.with_signature(self.genuine, signature), self.connection, {"webhook_secret": stored})

    @pytest.mark.parametrize("stored", [f",{SECRET}", f"{SECRET},", ",", f"{SECRET}, ,{NEXT_SECRET}"])
    def test_a_blank_secret_among_two_fails_closed(self, stored: str) -> None:
        for used in ("", " ", SECRET):
            request = self.with_signature(self.genuine, self.signed(self.genuine.body, used))
            with pytest.raises(BadSignature):
                Generic().verify(request, self.connection, {"webhook_secret": stored})

    def test_a_third_secret_is_not_read(self) -> None:
        with pytest.raises(BadSignature):
            Generic().verify(self.genuine, self.connection, {"webhook_secret": f"a,b,{SECRET}"})

    def test_a_secret_that_was_taken_away_is_good_no_longer(self) -> None:
        with pytest.raises(BadSignature):
            Generic().verify(self.genuine, self.connection, {"webhook_secret": NEXT_SECRET})

    @pytest.mark.parametrize(("count", "good"), [(MOST_LINES, True), (MOST_LINES + 1, False)])
    def test_lines_are_bounded(self, count: int, good: bool) -> None:
        line = '{"title": "Tea", "quantity": 1, "price": 1}'
        row = Incoming("order_placed", HEADERS, [], "", {'"lines": [': f'"lines": [{(line + ",") * (count - 2)}'})
        assert (len(self.parsed(row)) == 1) is good

    @pytest.mark.parametrize(("late", "good"), [(TOLERANCE * 1000, True), (TOLERANCE * 1000 + 1, False)])
    def test_a_change_of_the_future_would_outdo_every_later_one_and_is_refused(self, late: int, good: bool) -> None:
        request = self.genuine
        stamp = HALF_PAST + 1_000 - late
        headers = {**request.headers, "x-counterline-timestamp": str(stamp // 1000)}
        timed = replace(request, headers=headers)
        if good:
            assert Generic().parse(timed, self.connection, stamp) == [ORDER]
        else:
            with pytest.raises(InvalidInput, match="form") as refused:
                Generic().parse(timed, self.connection, stamp)
            assert refused.value.details["field"] == "order.updated_at"

    def test_it_says_by_which_link_the_customer_came(self) -> None:
        told = {'"lines": [': '"landing_page": "https://a.example/?cl=AbCdEfGh12", "lines": ['}
        row = Incoming("order_placed", HEADERS, [], "", told)
        [event] = self.parsed(row)
        assert event.link == "AbCdEfGh12"

    # --- how -------------------------------------------------------------------------------------------------

    @property
    def genuine(self) -> WebhookRequest:
        return self.request(self.incoming[0])

    def parsed(self, row: Incoming) -> list[Any]:
        try:
            return Generic().parse(self.request(row), self.connection, NOW)
        except InvalidInput:
            return []
