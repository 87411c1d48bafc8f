"""Which orders a conversation can be started about (D2, D3), and how reports of one order converge."""

from itertools import permutations

import pytest

from chalicelib.domain.orders import Fulfilment, Payment, order_id

from .build import T0, order

HOUR = 3_600_000
MINUTE = 60_000


@pytest.mark.parametrize(
    ("age", "startable"),
    [
        (0, True),
        (71 * HOUR + 59 * MINUTE, True),
        (72 * HOUR, True),
        (72 * HOUR + 1, False),
        (72 * HOUR + 1 * MINUTE, False),
        (-HOUR, True),  # the shop's clock is ahead of ours
    ],
)
def test_orders_of_the_past_72_hours_can_be_started_with(age: int, startable: bool) -> None:
    assert order().startable(T0 + age) is startable


@pytest.mark.parametrize("ended", [{"closed_at": T0}, {"cancelled_at": T0}, {"closed_at": T0, "cancelled_at": T0}])
def test_closed_and_cancelled_orders_are_not_active(ended: dict[str, int]) -> None:
    assert not order(**ended).active
    assert not order(**ended).startable(T0)


def test_the_later_report_wins_in_whichever_order_they_come() -> None:
    early, late = order(payment=Payment.PAID), order(updated_at=T0 + 1)
    assert early.newest(late) == late.newest(early) == late


def test_reports_of_the_same_instant_add_up_in_whichever_order_they_come() -> None:
    reports = [
        order(),
        order(payment=Payment.PAID),
        order(fulfilment=Fulfilment.FULFILLED),
        order(cancelled_at=T0, closed_at=T0),
    ]
    for first, *others in permutations(reports):
        known = first
        for report in others:
            known = report.newest(known)
        assert (known.payment, known.fulfilment) == (Payment.PAID, Fulfilment.FULFILLED)
        assert (known.cancelled_at, known.closed_at) == (T0, T0)


def test_an_order_has_one_id_per_connection_and_number_of_the_shop() -> None:
    assert order_id("c2", "1") == order_id("c2", "1")
    assert len({order_id("c2", "1"), order_id("c", "21"), order_id("c2", "11"), order_id("c21", "1")}) == 4
