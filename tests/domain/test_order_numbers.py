"""A mail names an order by the number that people see; a year or a price is none."""

from time import process_time

import pytest

from chalicelib.domain.order_numbers import may_name_one, order_named
from tests.support.samples import order

MINE = (order(id="o-2", number="#1042"), order(id="o-1", number="JP-2026"), order(id="o-0", number="77"))


def named(subject: str, body: str = "") -> str | None:
    found = order_named(subject, body, MINE)
    return None if found is None else found.id


@pytest.mark.parametrize(
    ("subject", "body", "found"),
    [
        ("Order #1042", "", "o-2"),
        ("Re: Your order 1042 is on its way", "", "o-2"),
        ("1042", "", "o-2"),
        ("A question", "Where is #1042?", "o-2"),
        ("A question", "where is my order no. 1042, please", "o-2"),
        ("Frage", "meine Bestellung Nr. 1042 ist nicht da", "o-2"),
        ("Question", "ma commande n° 77", "o-0"),
        ("Question", "about jp-2026.", "o-1"),
        ("質問", "注文 1042 について", "o-2"),
        ("#77", "and #1042", "o-0"),
    ],
)
def test_these_name_an_order(subject: str, body: str, found: str) -> None:
    assert named(subject, body) == found


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Hello", "It cost 1042 dollars"),
        ("77 questions", ""),
        ("Hello", "I am 77 and have no order"),
        ("Order #10420", "#104"),
        ("", ""),
        ("Order #9999", "not mine"),
        ("Hello", "order" + " word" * 5 + " 1042"),
    ],
)
def test_these_name_none(subject: str, body: str) -> None:
    assert named(subject, body) is None


def test_nothing_is_looked_up_for_a_mail_without_any_number() -> None:
    assert may_name_one("Order #9999", "")
    assert may_name_one("Hello", "order 12")
    assert not may_name_one("Hello", "What do 1042 boots cost?")


def test_time_is_linear_whatever_it_looks_like() -> None:
    began = process_time()
    for hostile in ("#" * 100_000, "1-" * 50_000, "a" * 100_000, "order " * 20_000):
        named(hostile[:998], hostile)
    assert process_time() - began < 2
