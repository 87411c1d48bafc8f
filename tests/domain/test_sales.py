"""Whose doing a sale is (H24, X21): who wrote to its customer in the seven days before it was placed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.messages import Direction, MessageKind, MessageStatus
from chalicelib.domain.sales import WINDOW, Sale, Seller, parts, sale_of
from tests.fakes.outside import START
from tests.support.samples import STORE, message, order, outbound

ADA, BEN = Seller("ada", "Ada"), Seller("ben", "Ben")


def written(at: int, by: Seller = ADA, **fields: Any) -> Any:
    return outbound(at, author_id=by.id, author_name=by.name, **fields)


def sellers(*messages: Any) -> tuple[Seller, ...]:
    sale = sale_of(order(), messages)
    return () if sale is None else sale.sellers


def test_it_is_of_everybody_who_wrote_in_the_order_in_which_they_did() -> None:
    texts = (written(START - 1, BEN), written(START - 9), written(START - 5, BEN), written(START - 3))
    assert sellers(*texts) == (ADA, BEN)


def test_it_says_what_the_order_came_to() -> None:
    sale = sale_of(order(total=999, currency="EUR"), [written(START)])
    assert sale == Sale(
        order_id=order().id, merchant_id=order().merchant_id, store_id=STORE, placed_at=START, total=999,
        currency="EUR", sellers=(ADA,),
    )  # fmt: skip


@pytest.mark.parametrize(("at", "counts"), [(-WINDOW - 1, False), (-WINDOW, True), (0, True), (1, False)])
def test_the_window_ends_as_the_order_is_placed(at: int, counts: bool) -> None:
    assert bool(sellers(written(START + at))) is counts


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": MessageKind.AUTOMATIC},
        {"kind": MessageKind.AWAY_ANSWER},
        {"store_id": "another"},
        {"status": MessageStatus.FAILED},
        {"author_id": None, "author_name": None},
        {"direction": Direction.INBOUND},
    ],
)
def test_what_is_no_talk_of_theirs_counts_for_nobody(fields: dict[str, Any]) -> None:
    text = message(START - 1, direction=Direction.OUTBOUND, status=MessageStatus.SENT, author_id="ada")
    assert sellers(text) == (Seller("ada", ""),)
    assert sellers(message(START - 1, **{**_fields(text), **fields})) == ()


def _fields(text: Any) -> dict[str, Any]:
    return {"direction": text.direction, "status": text.status, "author_id": text.author_id}


def test_nobody_talked_with_them() -> None:
    assert sale_of(order(), []) is None


@given(st.integers(0, 10**9), st.integers(1, 20))
def test_the_parts_add_up_and_are_even(total: int, people: int) -> None:
    split = parts(total, people)
    assert (sum(split), len(split)) == (total, people)
    assert max(split) - min(split) <= 1
    assert list(split) == sorted(split, reverse=True)
