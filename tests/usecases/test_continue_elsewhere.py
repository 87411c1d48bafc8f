"""A conversation goes on over another number (docs/requirements.md, Routes 8)."""

import pytest

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import COOL_DOWN
from chalicelib.domain.errors import ConversationEnded, NoFreeProxy, ProxyUnusable
from chalicelib.domain.merchants import ProxyState
from chalicelib.domain.messages import FailureReason
from chalicelib.usecases.change_proxy import ChangeCommand, change_proxy
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.continue_elsewhere import continue_elsewhere
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.retry_message import retry_message
from tests.support.pools import ADAS_OWN, POOL, own, pool_of
from tests.support.world import (
    ADA,
    MIA,
    SEATTLE,
    SEATTLE_NUMBER,
    VONAGE,
    VONAGE_NUMBER,
    World,
)


def mark(world: World, state: ProxyState, address: str = SEATTLE_NUMBER, associate: str = MIA) -> None:
    command = ChangeCommand(store_id=SEATTLE, associate_id=associate, channel=Channel.SMS, address=address, state=state)
    change_proxy(command, world)


def test_edge_08_a_conversation_goes_on_over_another_number_with_its_history(world: World) -> None:
    conversation_id = world.talk()
    before = world.bodies(conversation_id)
    mark(world, ProxyState.LOST)
    moved = continue_elsewhere(conversation_id, ADA, world)
    assert (moved.id, moved.proxy, moved.connection_id) == (conversation_id, VONAGE_NUMBER, VONAGE)
    assert world.bodies(conversation_id) == before
    world.send(conversation_id, "Now from here")
    world.deliver()
    assert [(text.sender, text.body) for text in world.channel.sent][-1] == (VONAGE_NUMBER, "Now from here")
    world.text("to the new number", recipient=VONAGE_NUMBER, connection_id=VONAGE)
    world.text("to the old one")
    assert world.bodies(conversation_id)[-2:] == ["to the new number", "to the old one"]


def test_edge_08_the_old_number_leads_here_for_the_cool_down_and_longer_while_it_is_open(world: World) -> None:
    conversation_id = world.talk()
    mark(world, ProxyState.RECEIVES)
    continue_elsewhere(conversation_id, ADA, world)
    old = next(route for key, route in world.table.routes.items() if key.proxy == SEATTLE_NUMBER)
    assert old.cool_until == world.clock.now() + COOL_DOWN
    world.clock.advance(COOL_DOWN)
    world.text("still there?")
    assert world.bodies(conversation_id)[-1] == "still there?"


def test_a_text_that_failed_over_the_lost_number_is_sent_again_over_the_new_one(world: World) -> None:
    conversation_id = world.talk()
    world.channel.answers = [SendError(FailureReason.SENDER_UNUSABLE)]
    failed = world.send(conversation_id, "canary")
    world.deliver()
    mark(world, ProxyState.LOST)
    with pytest.raises(ProxyUnusable):
        retry_message(conversation_id, failed.id, ADA, world)
    continue_elsewhere(conversation_id, ADA, world)
    retry_message(conversation_id, failed.id, ADA, world)
    world.deliver()
    assert world.channel.sent[-1].sender == VONAGE_NUMBER


def test_a_number_that_works_is_not_left_and_going_on_twice_is_going_on_once(world: World) -> None:
    conversation_id = world.talk()
    assert continue_elsewhere(conversation_id, ADA, world).proxy == SEATTLE_NUMBER
    mark(world, ProxyState.LOST)
    first = continue_elsewhere(conversation_id, ADA, world)
    assert continue_elsewhere(conversation_id, ADA, world) == first


def test_without_another_number_or_an_open_conversation_it_cannot_go_on(world: World) -> None:
    conversation_id = world.talk()
    for address in (SEATTLE_NUMBER, VONAGE_NUMBER):
        mark(world, ProxyState.LOST, address)
    with pytest.raises(NoFreeProxy):
        continue_elsewhere(conversation_id, ADA, world)
    close_conversation(conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        continue_elsewhere(conversation_id, ADA, world)


def test_another_number_over_which_somebody_talks_with_the_customer_is_not_taken(world: World) -> None:
    for proxy in pool_of(2):
        world.setup.put_proxy(proxy)
    mine = world.start(associate_id=ADA)
    world.start(world.order(external_id="2", number="#2"), associate_id=MIA)
    mark(world, ProxyState.LOST, POOL[0])
    moved = continue_elsewhere(mine, ADA, world)
    assert moved.proxy not in POOL
    world.setup.put_proxy(own(ADAS_OWN, ADA))
    mark(world, ProxyState.LOST, moved.proxy)
    assert continue_elsewhere(mine, ADA, world).proxy == ADAS_OWN


def test_new_conversations_begin_over_a_number_that_works(world: World) -> None:
    mark(world, ProxyState.LOST)
    assert world.conversation(world.start()).proxy == VONAGE_NUMBER
