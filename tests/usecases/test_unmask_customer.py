"""Real addresses: for the permission only, written down before they are shown (X7, X24)."""

import pytest

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import NotFound, PermissionDenied, Unavailable
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.unmask_customer import unmask_customer
from tests.support.world import ADA, BOB, CARLA, EVE, MIA, SEATTLE, ZOE, World


def test_who_has_the_permission_sees_the_addresses_and_it_is_written_down(world: World) -> None:
    conversation_id = world.start()
    shown = unmask_customer(conversation_id, MIA, world)
    assert (shown.address, shown.phones) == (CARLA, (CARLA,))
    (entry,) = world.table.audit
    assert (entry.act, entry.associate_id, entry.conversation_id) == (AuditAct.UNMASKED, MIA, conversation_id)
    assert CARLA not in str(entry)


def test_each_look_is_an_entry_of_its_own(world: World) -> None:
    conversation_id = world.start()
    unmask_customer(conversation_id, MIA, world)
    unmask_customer(conversation_id, MIA, world)
    assert len(world.table.audit) == 2


@pytest.mark.parametrize(
    ("who", "refusal"), [(ADA, PermissionDenied), (EVE, PermissionDenied), (BOB, NotFound), (ZOE, NotFound)]
)
def test_nobody_else_sees_them_and_nothing_is_written(world: World, who: str, refusal: type[Exception]) -> None:
    conversation_id = world.start()
    with pytest.raises(refusal):
        unmask_customer(conversation_id, who, world)
    assert world.table.audit == []


def test_to_manage_a_store_is_not_to_unmask(world: World) -> None:
    conversation_id = world.start()
    world.permit(ADA, {SEATTLE: frozenset(Permission) - {Permission.UNMASK}})
    with pytest.raises(PermissionDenied):
        unmask_customer(conversation_id, ADA, world)


def test_what_cannot_be_written_down_is_not_shown(world: World) -> None:
    conversation_id = world.start()
    record = world.audit.record

    def refuses(entry: object) -> None:
        world.table.refuse()
        record(entry)  # type: ignore[arg-type]  # it never gets so far

    world.audit.record = refuses  # type: ignore[method-assign]  # the table is busy just then
    with pytest.raises(Unavailable):
        unmask_customer(conversation_id, MIA, world)


def test_what_was_deleted_shows_nothing(world: World) -> None:
    conversation_id = world.start()
    delete_conversation(conversation_id, MIA, world)
    with pytest.raises(NotFound):
        unmask_customer(conversation_id, MIA, world)
