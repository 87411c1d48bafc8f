"""Who may have a customer erased, and what is written down about it (X13)."""

import pytest

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.erasures import ErasurePhase
from chalicelib.domain.errors import InvalidInput, NotFound, PermissionDenied
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.erase_customer import erase_customer, list_erasures
from chalicelib.usecases.merge_customers import Other
from tests.support.world import CARLA, EVE, MIA, SEATTLE, TACOMA, ZOE, World


def test_it_is_begun_and_written_down_without_what_it_is_about(world: World) -> None:
    conversation_id = world.talk()
    begun = erase_customer(Other(conversation_id=conversation_id), MIA, world)
    assert (begun.phase, begun.by_id, begun.store_id) == (ErasurePhase.ORDERS, MIA, SEATTLE)
    (entry,) = [each for each in world.table.audit if each.act is AuditAct.CUSTOMER_ERASED]
    assert (entry.associate_id, entry.store_id, entry.conversation_id) == (MIA, SEATTLE, "")
    assert list(list_erasures(SEATTLE, MIA, world)) == [begun]
    assert list(list_erasures(TACOMA, MIA, world)) == []


def test_asked_for_twice_it_is_one_with_one_entry(world: World) -> None:
    order = world.order()
    first = erase_customer(Other(order_id=order.id), MIA, world)
    world.clock.advance(5000)
    assert erase_customer(Other(order_id=order.id), MIA, world) == first
    assert len([each for each in world.table.audit if each.act is AuditAct.CUSTOMER_ERASED]) == 1


def test_it_takes_a_permission_of_its_own(world: World) -> None:
    conversation_id = world.talk()
    world.permit(MIA, {SEATTLE: frozenset(Permission) - {Permission.ERASE}})
    for associate_id in (MIA, EVE):
        with pytest.raises(PermissionDenied):
            erase_customer(Other(conversation_id=conversation_id), associate_id, world)
        with pytest.raises(PermissionDenied):
            list_erasures(SEATTLE, associate_id, world)
    with pytest.raises(NotFound):
        erase_customer(Other(conversation_id=conversation_id), ZOE, world)
    with pytest.raises(NotFound):
        list_erasures(SEATTLE, ZOE, world)
    assert world.table.erasures == {}


@pytest.mark.parametrize("whose", [Other(), Other(conversation_id="c", order_id="o")])
def test_one_thing_of_theirs_is_named(world: World, whose: Other) -> None:
    with pytest.raises(InvalidInput):
        erase_customer(whose, MIA, world)


def test_it_knows_all_that_leads_to_them(world: World) -> None:
    order = world.order()
    begun = erase_customer(Other(order_id=order.id), MIA, world)
    assert {("sms", CARLA), ("external", f"{order.connection_id}:c-1")} <= {*begun.look_ups}
    assert {place.address for place in begun.places} == {CARLA, order.customer_id}


def test_who_is_gone_cannot_be_erased(world: World) -> None:
    conversation_id = world.talk()
    customer_id = world.conversation(conversation_id).customer_id
    del world.table.customers[customer_id]
    with pytest.raises(NotFound):
        erase_customer(Other(conversation_id=conversation_id), MIA, world)
