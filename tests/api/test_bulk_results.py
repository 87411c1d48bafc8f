"""What became of each order of a bulk, as the app sees it (L13)."""

import pytest

from chalicelib.api.present import message
from chalicelib.api.present_bulk import part
from chalicelib.domain.bulk import Part, Result, Unsent
from chalicelib.domain.messages import MessageKind
from chalicelib.domain.orders import OrderEvent
from chalicelib.usecases.manage_bulk import PartShown
from chalicelib.usecases.text_in_bulk import EVENT
from tests.support.samples import outbound


def test_of_a_part_that_waits_the_ones_are_settled_and_the_others_still_to_come() -> None:
    known = (Result("b", "conversation", "message"), Result("c", unsent=Unsent.NO_PHONE))
    rows = part(PartShown(Part(0, ("a", "b", "c"), known))).rows
    assert [(each.id, each.settled, each.message_id, each.unsent) for each in rows] == [
        ("a", False, None, None),
        ("b", True, "message", None),
        ("c", True, None, Unsent.NO_PHONE),
    ]


def test_of_a_part_that_is_not_begun_none_is_settled() -> None:
    assert [each.settled for each in part(PartShown(Part(0, ("a", "b")))).rows] == [False, False]


@pytest.mark.parametrize("event", [EVENT, OrderEvent.SENT.value, None])
def test_a_thread_shows_what_a_bulk_or_an_order_has_sent(event: str | None) -> None:
    assert message(outbound(1_790_000_000_000, kind=MessageKind.AUTOMATIC, event=event)).event == event
