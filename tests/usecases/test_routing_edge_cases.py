"""What must not go wrong with routes, by the numbers of docs/requirements.md, Routes. One test or more for each.

5 is in test_transfer_contacts.py, 8 in test_change_proxy.py and test_continue_elsewhere.py; of those about mail, 9 in
test_address_mail.py and 12 in test_follow_reply_token.py.
"""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationKind, ConversationState
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.errors import OptedOut
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.messages import Direction, MessageStatus
from chalicelib.usecases.close_conversation import close_conversation
from tests.support.pools import ADAS_OWN, POOL, own, pool_of
from tests.support.world import (
    ADA,
    CARLA,
    DEAN,
    FOREIGN_NUMBER,
    MIA,
    OTHER_TWILIO,
    SEATTLE,
    SEATTLE_NUMBER,
    TWILIO,
    VONAGE,
    VONAGE_NUMBER,
    World,
)

MAYBE_SECOND_PHONE = Address("+12065550166")


def with_pool(world: World, count: int = 2) -> None:
    for proxy in pool_of(count):
        world.setup.put_proxy(proxy)


def started(world: World, associate: str, number: int = 1, **fields: object) -> str:
    return world.start(world.order(external_id=str(number), number=f"#{number}", **fields), associate_id=associate)


@pytest.mark.parametrize("ending", ["closed", "expired"])
@pytest.mark.parametrize("cooled", [False, True])
def test_edge_01_who_writes_to_an_ended_conversation_never_lands_with_another_customer(
    world: World, ending: str, *, cooled: bool
) -> None:
    with_pool(world, 1)
    mine = started(world, ADA)
    world.deliver()
    if ending == "closed":
        close_conversation(mine, MIA, world)
    else:
        world.clock.advance(LIFETIME)
    if cooled:
        world.clock.advance(COOL_DOWN)
        dean = ShopCustomer(external_id="c-2", first_name="Dean", phone=DEAN)
        theirs = started(world, MIA, 2, customer=dean)
        assert world.conversation(theirs).proxy == POOL[0], "the number is at work again"
    before = {each: world.bodies(each) for each in world.table.conversations if each != mine}
    world.text("canary, are you there?", recipient=POOL[0])
    assert {each: world.bodies(each) for each in before} == before
    found = world.conversation_of(number=POOL[0])
    assert found.customer_address == CARLA
    assert (found.id == mine) is not cooled


def test_edge_02_a_stranger_becomes_a_visitor_and_hears_nothing_of_what_they_wrote(world: World) -> None:
    with_pool(world, 1)
    world.text("STOP canary of mine? Hello!", recipient=POOL[0], sender=DEAN)
    world.deliver()
    found = world.conversation_of(DEAN, POOL[0])
    assert (found.kind, found.associate_id, found.unread) == (ConversationKind.SHOP, None, 1)
    assert world.table.customers[found.customer_id].kind is CustomerKind.VISITOR
    assert world.channel.to(DEAN) == []


def test_edge_03_one_customer_talks_with_two_associates_in_two_threads(world: World) -> None:
    with_pool(world)
    with_ada, with_mia = started(world, ADA, 1), started(world, MIA, 2)
    world.text("for Ada", recipient=POOL[0])
    world.text("for Mia", recipient=POOL[1])
    assert world.bodies(with_ada)[-1] == "for Ada"
    assert world.bodies(with_mia)[-1] == "for Mia"
    assert len({world.conversation(each).customer_id for each in (with_ada, with_mia)}) == 1


def test_edge_03_what_comes_to_an_associates_own_number_is_theirs(world: World) -> None:
    world.setup.put_proxy(own(ADAS_OWN, ADA))
    world.text("Is Ada there?", recipient=ADAS_OWN)
    assert world.conversation_of(number=ADAS_OWN).associate_id == ADA


def test_edge_04_a_number_is_used_again_after_45_days_and_not_a_millisecond_sooner(world: World) -> None:
    with_pool(world)
    for number, associate in enumerate((ADA, MIA)):
        close_conversation(started(world, associate, number), MIA, world)
        world.text("STOP", recipient=POOL[number])
        world.text("START", recipient=POOL[number])
    first = world.conversation_of(number=POOL[0])
    close_conversation(started(world, ADA, 3), MIA, world)  # goes on over the first, which ends anew
    assert world.conversation_of(number=POOL[0]).id == first.id
    ended = world.conversation(first.id).ended_at
    assert ended is not None
    key = next(key for key in world.table.routes if key.proxy == POOL[0])
    assert not world.table.routes[key].free(ended + COOL_DOWN - 1)
    assert world.table.routes[key].free(ended + COOL_DOWN)


def test_edge_06_a_new_phone_is_a_new_thread_and_the_old_one_stays_what_it_was(world: World) -> None:
    first = world.start()
    moved = ShopCustomer(external_id="c-1", first_name="Carla", last_name="Diaz", phone=MAYBE_SECOND_PHONE)
    order = world.order(external_id="2", number="#1002", customer=moved)
    second = world.start(order)
    assert second != first
    assert world.conversation(second).customer_address == MAYBE_SECOND_PHONE
    assert world.conversation(second).customer_id == world.conversation(first).customer_id
    world.text("still me", sender=MAYBE_SECOND_PHONE)
    world.text("somebody else has my old number now")
    assert world.bodies(second)[-1] == "still me"
    assert world.bodies(first)[-1] == "somebody else has my old number now"


def test_edge_07_stop_to_one_number_blocks_all_of_the_scope(world: World) -> None:
    with_pool(world)
    first, second = started(world, ADA, 1), started(world, MIA, 2)
    world.text("Hello", recipient=VONAGE_NUMBER, connection_id=VONAGE)
    waiting = world.send(second, "canary", associate_id=MIA)
    world.text("STOP", recipient=POOL[0])
    world.deliver()
    assert world.message(waiting).status is MessageStatus.FAILED
    assert world.consent() is ConsentState.OPTED_OUT
    sent = len(world.channel.sent)
    for conversation_id in (first, second, world.conversation_of(number=VONAGE_NUMBER).id):
        try:
            world.send(conversation_id, "canary", associate_id=MIA)
        except OptedOut:
            continue
        world.deliver()
    assert len(world.channel.sent) == sent
    with pytest.raises(OptedOut):
        started(world, MIA, 3)


def test_edge_10_long_texts_in_parts_and_nul_are_one_message_as_it_was_written(world: World) -> None:
    conversation_id = world.start()
    text = "a long story " * 120 + "\x00" + "🌲" * 100
    world.text(text)
    message = world.thread(conversation_id)[-1]
    assert (message.direction, message.body) == (Direction.INBOUND, text)


def test_edge_11_what_was_written_before_the_end_and_comes_after_it_is_kept_and_opens_nothing(world: World) -> None:
    conversation_id = world.start()
    late = world.text_event("canary, written before you closed")
    close_conversation(conversation_id, ADA, world)
    world.clock.advance(1000)
    from chalicelib.usecases.receive_message import receive_message

    receive_message(late, world)
    receive_message(late, world)
    assert world.bodies(conversation_id).count("canary, written before you closed") == 1
    assert world.conversation(conversation_id).state is ConversationState.CLOSED
    assert [each.id for each in world.table.conversations.values()] == [conversation_id]


def test_edge_13_a_number_of_another_merchant_cannot_be_reached(world: World) -> None:
    world.text("canary", recipient=FOREIGN_NUMBER, connection_id=TWILIO)
    world.text("canary", recipient=SEATTLE_NUMBER, connection_id=OTHER_TWILIO)
    assert world.table.conversations == {}
    assert world.reasons() == ["unknown_number", "unknown_number"]
    mine = world.start()
    world.text("canary", connection_id=OTHER_TWILIO)
    assert world.reasons()[-1] == "foreign_number"
    assert "canary" not in world.bodies(mine)
    assert world.conversation(mine).store_id == SEATTLE
