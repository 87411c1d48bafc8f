"""The audit log as managers read it; what goes into it, and with what (X24)."""

import pytest

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound, PermissionDenied
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation
from chalicelib.usecases.browse_audit import AuditQuery, browse_audit
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation, reopen_conversation
from tests.support.world import ADA, BOB, EVE, MIA, SEATTLE, TACOMA, ZOE, World


def acts(world: World, **fields: object) -> list[tuple[AuditAct, str]]:
    query = AuditQuery(**{"store_id": SEATTLE, "associate_id": MIA, "limit": 50, **fields})  # type: ignore[arg-type]  # fields
    return [(entry.act, entry.associate_id) for entry in browse_audit(query, world).found.page.rows]


def busy(world: World) -> str:
    """Each act once, by two people."""
    conversation_id = world.start()
    steps = (
        lambda: close_conversation(conversation_id, ADA, world),
        lambda: reopen_conversation(conversation_id, MIA, world),
        lambda: _assign(world, conversation_id, MIA, ADA),
        lambda: delete_conversation(conversation_id, ADA, world),
    )
    for step in steps:
        world.clock.advance(1000)
        step()
    return conversation_id


def _assign(world: World, conversation_id: str, to: str, was: str) -> None:
    assign_conversation(AssignCommand(conversation_id=conversation_id, associate_id=ADA, to=to, was=was), world)


def test_every_act_is_there_newest_first(world: World) -> None:
    busy(world)
    assert acts(world) == [
        (AuditAct.DELETED, ADA),
        (AuditAct.HANDED_OVER, ADA),
        (AuditAct.REOPENED, MIA),
        (AuditAct.CLOSED, ADA),
    ]


def test_it_can_be_narrowed_to_a_person_and_to_a_kind_of_act(world: World) -> None:
    busy(world)
    assert acts(world, who=MIA) == [(AuditAct.REOPENED, MIA)]
    assert acts(world, act=AuditAct.CLOSED) == [(AuditAct.CLOSED, ADA)]
    assert acts(world, act=AuditAct.CLOSED, who=MIA) == []


def test_pages_follow_each_other(world: World) -> None:
    busy(world)
    query = AuditQuery(store_id=SEATTLE, associate_id=MIA, limit=3)
    first = browse_audit(query, world).found.page
    assert first.cursor is not None
    assert [entry.act for entry in first.rows][-1] is AuditAct.REOPENED
    assert acts(world, limit=3, cursor=first.cursor) == [(AuditAct.CLOSED, ADA)]
    with pytest.raises(InvalidInput):
        acts(world, cursor="nonsense")


def test_what_did_not_happen_is_not_in_it(world: World) -> None:
    conversation_id = world.start()
    close_conversation(conversation_id, ADA, world)
    close_conversation(conversation_id, ADA, world)
    reopen_conversation(conversation_id, ADA, world)
    with pytest.raises(ChangedMeanwhile):
        _assign(world, conversation_id, MIA, MIA)
    assert [act for act, _ in acts(world)] == [AuditAct.REOPENED, AuditAct.CLOSED]


def test_it_holds_ids_only(world: World) -> None:
    conversation_id = busy(world)
    texts = " ".join(str(entry) for entry in world.table.audit)
    assert conversation_id in texts
    assert not any(word in texts for word in ("Carla", "+1206", "example.test", "boots"))


@pytest.mark.parametrize(
    ("who", "refusal"), [(ADA, PermissionDenied), (EVE, PermissionDenied), (BOB, NotFound), (ZOE, NotFound)]
)
def test_managers_of_the_store_alone_read_it(world: World, who: str, refusal: type[Exception]) -> None:
    busy(world)
    with pytest.raises(refusal):
        acts(world, associate_id=who)


def test_another_stores_acts_are_in_its_own_log(world: World) -> None:
    busy(world)
    assert acts(world, store_id=TACOMA) == []
