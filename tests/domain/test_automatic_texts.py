"""Which events bring a text about, once each, and until when (L11, L19, L20)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.automatic_texts import (
    DAY,
    FRESH,
    NotSent,
    following_up,
    holds,
    telling,
    to_follow_up,
    to_tell,
    to_tell_merchant,
)
from chalicelib.domain.orders import Fulfilment, Order, OrderEvent, Payment

from .build import T0, order

PLACED, PAID, SENT, CANCELLED, FOLLOW_UP, TO_MERCHANT, PAID_TO_MERCHANT, TICKET = OrderEvent
ALL = frozenset(OrderEvent)
IS_PAID: dict[str, Any] = {"payment": Payment.PAID}
IS_SENT: dict[str, Any] = {"fulfilment": Fulfilment.FULFILLED}
IS_CANCELLED: dict[str, Any] = {"cancelled_at": T0}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, order(), PLACED),
        (None, order(**IS_PAID), PLACED),
        (None, order(**IS_PAID, **IS_SENT), SENT),
        (None, order(**IS_CANCELLED), CANCELLED),
        (order(), order(), None),
        (order(), order(**IS_PAID), PAID),
        (order(), order(**IS_PAID, **IS_SENT), SENT),
        (order(**IS_SENT), order(**IS_SENT, **IS_PAID), PAID),
        (order(**IS_PAID), order(**IS_PAID, **IS_CANCELLED), CANCELLED),
        (order(**IS_CANCELLED), order(**IS_CANCELLED, **IS_SENT), None),
        (order(fulfilment=Fulfilment.PARTIAL), order(**IS_SENT), SENT),
        (order(), order(fulfilment=Fulfilment.PARTIAL), None),
        (order(**IS_PAID), order(payment=Payment.REFUNDED), None),
    ],
)
def test_of_what_is_new_the_furthest_is_told(before: Order | None, after: Order, told: OrderEvent | None) -> None:
    assert to_tell(before, after, ALL, T0) is told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, order(), TO_MERCHANT),
        (None, order(**IS_PAID), TO_MERCHANT),
        (None, order(**IS_PAID, **IS_SENT), TO_MERCHANT),
        (None, order(**IS_CANCELLED), None),
        (order(), order(), None),
        (order(), order(**IS_SENT), None),
        (order(), order(**IS_PAID), PAID_TO_MERCHANT),
        (order(), order(**IS_PAID, **IS_CANCELLED), None),
        (order(**IS_PAID), order(**IS_PAID, **IS_SENT), None),
        (order(), order(**IS_PAID, told=(PAID_TO_MERCHANT,)), None),
        (order(), order(**IS_PAID, told=(PAID, TO_MERCHANT)), PAID_TO_MERCHANT),
    ],
)
def test_the_merchant_is_told_of_new_orders_and_of_payments(
    before: Order | None, after: Order, told: OrderEvent | None
) -> None:
    assert to_tell_merchant(before, after, ALL, T0) is told
    assert to_tell_merchant(before, after, ALL - {TO_MERCHANT, PAID_TO_MERCHANT}, T0) is None


@pytest.mark.parametrize("late", [0, 1])
def test_the_merchant_is_not_told_of_what_is_long_over_either(late: int) -> None:
    now = T0 + FRESH + late
    assert (to_tell_merchant(None, order(), ALL, now) is None) is bool(late)
    assert (to_tell_merchant(order(), order(**IS_PAID), ALL, now) is None) is bool(late)


def test_only_what_is_switched_on_is_told() -> None:
    assert to_tell(None, order(), frozenset(), T0) is None
    assert to_tell(None, order(), ALL - {PLACED}, T0) is None
    assert to_tell(None, order(**IS_PAID), ALL - {PLACED}, T0) is PAID
    assert to_tell(None, order(**IS_SENT), ALL - {SENT}, T0) is None  # "when it is on its way" would be late


def test_what_was_told_is_not_told_again() -> None:
    paid = order(**IS_PAID, told=(PAID,))
    assert to_tell(replace(paid, payment=Payment.REFUNDED), paid, ALL, T0) is None


@pytest.mark.parametrize("late", [0, 1])
def test_nobody_is_told_of_what_is_long_over(late: int) -> None:
    now = T0 + FRESH + late
    assert (to_tell(None, order(), ALL, now) is None) is bool(late)
    assert (to_tell(order(), order(**IS_SENT), ALL, now) is None) is bool(late)


def test_a_shop_that_is_connected_brings_old_orders_along_silently() -> None:
    assert to_tell(None, order(**IS_SENT, updated_at=T0 + FRESH + 1), ALL, T0 + FRESH + 1) is None


@pytest.mark.parametrize(
    ("now_is", "holding"),
    [
        (order(), {PLACED, TO_MERCHANT}),
        (order(**IS_PAID), {PLACED, PAID, TO_MERCHANT, PAID_TO_MERCHANT}),
        (order(**IS_PAID, **IS_SENT), {PAID, SENT, FOLLOW_UP, TO_MERCHANT, PAID_TO_MERCHANT}),
        (order(payment=Payment.REFUNDED, **IS_SENT), {SENT, TO_MERCHANT}),
        (order(**IS_PAID, **IS_SENT, **IS_CANCELLED), {CANCELLED}),
        (order(payment=Payment.REFUNDED), {PLACED, TO_MERCHANT}),
    ],
)
def test_a_text_still_says_what_is_so(now_is: Order, holding: set[OrderEvent]) -> None:
    assert {event for event in OrderEvent if holds(now_is, event)} == holding


def test_a_follow_up_comes_once_for_what_is_newly_sent() -> None:
    sent = order(**IS_SENT)
    assert to_follow_up(order(), sent, ALL, T0)
    assert to_follow_up(None, sent, ALL, T0)
    assert not to_follow_up(sent, sent, ALL, T0), "it was sent before"
    assert not to_follow_up(order(), order(**IS_SENT, told=(FOLLOW_UP,)), ALL, T0), "it is to come already"
    assert not to_follow_up(order(), sent, ALL - {FOLLOW_UP}, T0)
    assert not to_follow_up(order(), order(**IS_SENT, **IS_CANCELLED), ALL, T0)
    assert not to_follow_up(order(), order(**IS_SENT, updated_at=T0), ALL, T0 + FRESH + 1)


def test_a_follow_up_is_due_days_later() -> None:
    told, text = following_up(order(told=(SENT,)), 3, T0)
    assert (told.told, text.event, text.made_at, text.due_at) == (
        (SENT, FOLLOW_UP),
        FOLLOW_UP,
        T0 + 3 * DAY,
        T0 + 3 * DAY,
    )


def test_what_becomes_of_a_text() -> None:
    told, text = telling(order(told=(PLACED,)), SENT, T0)
    assert (told.told, text.event, text.due_at, text.settled_at) == ((PLACED, SENT), SENT, T0, None)
    assert text.sent("v1", "m1", T0 + 1).settled_at == T0 + 1
    assert text.given_up(NotSent.OPTED_OUT, T0 + 2).not_sent is NotSent.OPTED_OUT


STATES = st.builds(
    order,
    payment=st.sampled_from(Payment),
    fulfilment=st.sampled_from(Fulfilment),
    cancelled_at=st.sampled_from([None, T0]),
    updated_at=st.integers(T0, T0 + 5),
)


@given(st.lists(STATES, max_size=12), st.frozensets(st.sampled_from(OrderEvent)))
def test_whatever_comes_in_whatever_order_each_event_is_told_once(
    reports: list[Order], active: frozenset[OrderEvent]
) -> None:
    stored: Order | None = None
    told: list[OrderEvent] = []
    for report in reports:
        after = report if stored is None else replace(report.newest(stored), told=stored.told)
        event = to_tell(stored, after, active, T0)
        if event is not None:
            after, text = telling(after, event, T0)
            told.append(text.event)
        stored = after
    assert len(told) == len(set(told))
    assert set(told) <= active
