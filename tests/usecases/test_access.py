"""Who may touch what (D4-D6, N31, I10)."""

import pytest

from chalicelib.domain.errors import MessagingDisabled, NotFound, PermissionDenied
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.access import messaging_store, orders_store, own_conversation, signed_in
from tests.support.world import ADA, EVE, FOREIGN, MIA, NOBODY, SEATTLE, TACOMA, World


def test_a_sign_in_without_a_person_is_refused(world: World) -> None:
    with pytest.raises(PermissionDenied):
        signed_in(NOBODY, world)
    with pytest.raises(PermissionDenied):
        own_conversation(world.talk(), NOBODY, world)


@pytest.mark.parametrize("gate", [messaging_store, orders_store])
def test_another_store_does_not_exist_and_the_own_may_be_out_of_bounds(world: World, gate: object) -> None:
    assert callable(gate)
    assert gate(signed_in(ADA, world), SEATTLE, world).id == SEATTLE
    for store in (TACOMA, FOREIGN, "sto-gone", ""):
        with pytest.raises(NotFound):
            gate(signed_in(ADA, world), store, world)
    with pytest.raises(PermissionDenied):
        gate(signed_in(EVE, world), SEATTLE, world)


@pytest.mark.parametrize("gate", [messaging_store, orders_store])
def test_a_membership_across_merchants_opens_nothing(world: World, gate: object) -> None:
    """Even if the set-up were wrong."""
    assert callable(gate)
    world.permit(ADA, {FOREIGN: frozenset(Permission)})
    with pytest.raises(NotFound):
        gate(signed_in(ADA, world), FOREIGN, world)


def test_a_missing_permission_is_told_before_a_missing_feature(world: World) -> None:
    world.change_store(messaging=False)
    with pytest.raises(PermissionDenied):
        messaging_store(signed_in(EVE, world), SEATTLE, world)
    with pytest.raises(MessagingDisabled):
        messaging_store(signed_in(ADA, world), SEATTLE, world)
    assert orders_store(signed_in(ADA, world), SEATTLE, world).id == SEATTLE


def test_a_conversation_is_read_with_its_reader_in_one_request(world: World) -> None:
    conversation_id = world.talk()
    before = world.table.requests
    conversation, associate, store = own_conversation(conversation_id, MIA, world)
    assert world.table.requests - before == 1
    assert (conversation.id, associate.id, store.id) == (conversation_id, MIA, SEATTLE)
