"""Texts that events of orders bring about: made with the order's change, due until they are settled, settled once."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.automatic_texts import AutomaticText, NotSent, telling
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.orders import OrderEvent
from chalicelib.usecases.ports import DueText, Raced, Stored
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import order, upsert

TOLD, TEXT = telling(order(), OrderEvent.PLACED, START)
NAME = DueText(TEXT.order_id, TEXT.event)


def test_it_comes_with_the_order_and_is_due(stores: Stores) -> None:
    assert stores.orders.upsert(upsert(TOLD, texts=(TEXT,))) == Stored()
    assert stores.orders.find(TOLD.id) == TOLD
    assert stores.automatic_texts.find(NAME) == TEXT
    assert list(stores.automatic_texts.of_order(TOLD.id)) == [TEXT]
    assert stores.automatic_texts.due(START - 1, 25, None).rows == ()
    assert stores.automatic_texts.due(START, 25, None).rows == (NAME,)


def test_an_order_that_was_told_already_is_not_told_again(stores: Stores) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    again = replace(TOLD, updated_at=START + 9)
    assert stores.orders.upsert(upsert(again, order_was=TOLD, customer_was=upsert().customer, texts=(TEXT,))) == Raced()
    assert stores.orders.find(TOLD.id) == TOLD


def test_pages_come_in_the_order_of_their_times(stores: Stores) -> None:
    stores.setup.put_customer(upsert().customer)
    named = []
    for number in range(5):
        told, text = telling(order(f"7{number:04d}"), OrderEvent.PLACED, START + number)
        stores.orders.upsert(upsert(told, texts=(text,), customer_was=upsert().customer))
        named.append(DueText(text.order_id, text.event))
    first = stores.automatic_texts.due(START + 9, 3, None)
    rest = stores.automatic_texts.due(START + 9, 3, first.cursor)
    assert [*first.rows, *rest.rows] == named
    with pytest.raises(InvalidInput):
        stores.automatic_texts.due(START + 9, 3, "nonsense")


@pytest.mark.parametrize("settled", [TEXT.sent("v1", "m1", START + 5), TEXT.given_up(NotSent.OPTED_OUT, START + 5)])
def test_it_is_settled_once(stores: Stores, settled: AutomaticText) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    assert stores.automatic_texts.settle(settled)
    assert stores.automatic_texts.find(NAME) == settled
    assert stores.automatic_texts.due(START + 99, 25, None).rows == ()
    assert not stores.automatic_texts.settle(TEXT.given_up(NotSent.NO_PHONE, START + 6))
    assert stores.automatic_texts.find(NAME) == settled
    stores.automatic_texts.postpone(NAME, START + 50)
    assert stores.automatic_texts.due(START + 99, 25, None).rows == ()


def test_it_waits_for_another_time(stores: Stores) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    stores.automatic_texts.postpone(NAME, START + 50)
    assert stores.automatic_texts.due(START + 49, 25, None).rows == ()
    assert stores.automatic_texts.due(START + 50, 25, None).rows == (NAME,)
    assert stores.automatic_texts.find(NAME) == replace(TEXT, due_at=START + 50)


def test_what_is_not_there_is_neither_settled_nor_made(stores: Stores) -> None:
    assert not stores.automatic_texts.settle(TEXT.sent("v1", "m1", START))
    stores.automatic_texts.postpone(NAME, START)
    assert stores.automatic_texts.find(NAME) is None


def test_another_merchants_is_not_settled(stores: Stores) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    assert not stores.automatic_texts.settle(replace(TEXT, merchant_id="other").given_up(NotSent.NO_PHONE, START))


def test_a_text_about_another_order_is_a_mistake_of_ours(stores: Stores) -> None:
    with pytest.raises(ValueError, match="about the order"):
        stores.orders.upsert(upsert(TOLD, texts=(replace(TEXT, order_id="other"),)))
    with pytest.raises(ValueError, match="not settled"):
        stores.automatic_texts.settle(TEXT)
