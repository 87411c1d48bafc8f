"""The order's page says what its customer was told, how that fared, and why not (X10)."""

import pytest

from chalicelib.domain.automatic_texts import NotSent
from chalicelib.domain.errors import NotFound
from chalicelib.domain.messages import FailureReason
from chalicelib.domain.orders import Fulfilment, OrderEvent
from chalicelib.usecases.browse_automatic_texts import show_automatic_texts
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.send_automatic_texts import send_automatic_texts
from tests.support.world import ADA, BOB, World


def strike(world: World) -> None:
    now = world.clock.advance(60_000)
    send_automatic_texts(now, now + 60_000, world)


def test_what_was_told_how_it_fared_and_why_not(world: World) -> None:
    world.change_store(automatic_texts=True)
    order = world.order()
    assert [(each.text.settled_at, each.message) for each in show_automatic_texts(order.id, ADA, world)[1]] == [
        (None, None)
    ]
    strike(world)
    world.channel.answers = [SendError(FailureReason.LANDLINE)]
    world.deliver()
    world.text("STOP")
    world.order(fulfilment=Fulfilment.FULFILLED)
    strike(world)
    store, (first, second) = show_automatic_texts(order.id, ADA, world)
    assert store.automatic_texts
    assert first.message is not None
    assert (first.text.event, first.message.failure) == (OrderEvent.PLACED, FailureReason.LANDLINE)
    assert (second.text.event, second.text.not_sent, second.message) == (OrderEvent.SENT, NotSent.OPTED_OUT, None)


def test_strangers_see_nothing(world: World) -> None:
    order = world.order()
    store, found = show_automatic_texts(order.id, ADA, world)
    assert (store.automatic_texts, found) == (False, [])
    with pytest.raises(NotFound):
        show_automatic_texts(order.id, BOB, world)
