"""One way for every event, from the webhook and from the queue."""

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Ignored
from chalicelib.domain.messages import MessageStatus
from chalicelib.usecases.take_event import take_event
from tests.support.world import SHOP, World
from tests.usecases.test_apply_delivery_status import report, sent


def test_each_kind_of_event_finds_its_use_case(world: World) -> None:
    take_event(world.text_event("Hello"), world)
    take_event(world.order_event(), world)
    assert world.bodies(world.conversation_of().id) == ["Hello"]
    assert world.orders.find_external(SHOP, "1001") is not None


def test_a_delivery_report_finds_its_message(world: World) -> None:
    message = sent(world)
    take_event(report(message, MessageStatus.DELIVERED), world)
    assert world.message(message).status is MessageStatus.DELIVERED


def test_what_we_do_not_handle_is_logged_and_nothing_else(world: World) -> None:
    take_event(Ignored(kind="call"), world)
    assert world.table.requests == 0
    assert world.log.events() == ["event_ignored"]


def test_a_refusing_table_is_told(world: World) -> None:
    world.table.refuse()
    with pytest.raises(Unavailable):
        take_event(world.text_event("Hello"), world)
