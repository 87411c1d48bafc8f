"""What tokens stand for (X20)."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.merchants import Store
from chalicelib.domain.orders import Fulfilment, Order, OrderLine, Payment
from chalicelib.domain.template_tokens import LONGEST_VALUE, NAMES
from chalicelib.domain.template_values import amount, items, values

from .build import T0, order

STORE = Store(id="s1", merchant_id="m1", name="Vogt", timezone="UTC", phone=Address("+15550001000"))


def customer(**names: str) -> Customer:
    return Customer(id="u1", merchant_id="m1", kind=CustomerKind.MEMBER, created_at=T0, updated_at=T0, **names)


def lines(*named: tuple[int, str]) -> tuple[OrderLine, ...]:
    return tuple(OrderLine(title=title, quantity=quantity, price=1) for quantity, title in named)


def test_every_token_has_a_value_where_all_is_known() -> None:
    known = customer(first_name="Ann", last_name="Bo")
    found = values(STORE, "en", customer=known, order=order(lines=lines((1, "Belt"))), associate="Jo")
    assert set(found) == set(NAMES)
    assert (found["fullname"], found["order.number"], found["order.total"]) == ("Ann Bo", "#1042", "59.90 USD")
    assert (found["order.items"], found["store.phone"], found["associate.name"]) == ("Belt", "+15550001000", "Jo")


def test_what_is_not_known_is_missing() -> None:
    assert set(values(STORE, "en", customer=customer(last_name="Bo"))) == {
        "lastname", "fullname", "store.name", "store.phone"
    }  # fmt: skip


def test_a_name_has_no_address_in_it() -> None:
    assert "firstname" not in values(STORE, "en", customer=customer(first_name="+1 555 765 4321"))


@pytest.mark.parametrize(
    ("total", "currency", "expected"),
    [(5990, "USD", "59.90 USD"), (5, "EUR", "0.05 EUR"), (700, "JPY", "700 JPY"), (1, "KWD", "0.001 KWD"),
     (-250, "USD", "-2.50 USD")],
)  # fmt: skip
def test_amounts(total: int, currency: str, expected: str) -> None:
    assert amount(total, currency) == expected


def test_items_are_as_many_as_there_is_room_for() -> None:
    assert items(()) == ""
    assert items(lines((2, "Shirt"), (1, "Belt"))) == "2 x Shirt, Belt"
    many = items(lines(*((1, f"Thing number {number}") for number in range(20))))
    assert many.startswith("Thing number 0, ")
    assert many.endswith(", +14")
    assert len(many) <= LONGEST_VALUE


@pytest.mark.parametrize(
    ("changed", "language", "expected"),
    [
        (order(), "en", "placed"),
        (order(payment=Payment.PAID), "de", "bezahlt"),
        (order(payment=Payment.PAID, fulfilment=Fulfilment.FULFILLED), "fr", "expédiée"),
        (order(fulfilment=Fulfilment.FULFILLED, cancelled_at=T0), "en", "cancelled"),
        (order(), "xx", "placed"),
    ],
)
def test_the_status_in_words(changed: Order, language: str, expected: str) -> None:
    assert values(STORE, language, order=changed)["order.status"] == expected
