"""Managers say that a number is lost or can no longer send (docs/requirements.md, Routes 8)."""

import pytest

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.errors import NotFound, PermissionDenied, ProxyUnusable
from chalicelib.domain.merchants import ProxyChange, ProxyState
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.browse_proxies import show_proxies
from chalicelib.usecases.change_proxy import ChangeCommand, change_proxy
from tests.support.pools import pool_of
from tests.support.world import (
    ADA,
    CARLA,
    FOREIGN_NUMBER,
    MIA,
    OTHER_MERCHANT,
    SEATTLE,
    SEATTLE_NUMBER,
    TACOMA_NUMBER,
    World,
)


def mark(world: World, state: ProxyState, address: str = SEATTLE_NUMBER, associate: str = MIA) -> None:
    command = ChangeCommand(store_id=SEATTLE, associate_id=associate, channel=Channel.SMS, address=address, state=state)
    change_proxy(command, world)


@pytest.mark.parametrize("state", [ProxyState.LOST, ProxyState.RECEIVES])
def test_edge_08_nothing_is_sent_over_a_number_that_cannot_and_people_are_told(world: World, state: ProxyState) -> None:
    conversation_id = world.talk()
    mark(world, state)
    with pytest.raises(ProxyUnusable):
        world.send(conversation_id)
    mark(world, ProxyState.WORKS)
    assert world.send(conversation_id)


def test_edge_08_what_waits_for_a_lost_number_fails_with_the_reason(world: World) -> None:
    conversation_id = world.talk()
    waiting = world.send(conversation_id)
    sent = len(world.channel.sent)
    mark(world, ProxyState.LOST)
    world.deliver()
    stored = world.message(waiting)
    assert (stored.status, stored.failure) == (MessageStatus.FAILED, FailureReason.SENDER_UNUSABLE)
    assert len(world.channel.sent) == sent


def test_settings_show_a_change_at_once_and_managers_of_the_store_only_make_it(world: World) -> None:
    mark(world, ProxyState.LOST)
    states = {line.proxy.address: line.proxy.state for line in show_proxies(SEATTLE, MIA, world).lines}
    assert states[SEATTLE_NUMBER] is ProxyState.LOST
    with pytest.raises(PermissionDenied):
        mark(world, ProxyState.WORKS, associate=ADA)
    for foreign in (FOREIGN_NUMBER, TACOMA_NUMBER, CARLA):
        with pytest.raises(NotFound):
            mark(world, ProxyState.LOST, foreign)


def test_what_is_said_of_another_merchants_number_is_nothing() -> None:
    change = ProxyChange(
        channel="sms", address=Address(SEATTLE_NUMBER), merchant_id=OTHER_MERCHANT, state=ProxyState.LOST
    )
    from chalicelib.store.directory import _changed

    proxy = pool_of(1)[0]
    assert _changed([proxy], [change]) == {("sms", proxy.address): proxy}
