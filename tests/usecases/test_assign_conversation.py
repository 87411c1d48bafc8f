"""Who looks after a conversation: whoever started or answered first, takes it, or is given it (N28, N29)."""

import pytest

from chalicelib.domain.assignments import HandoverKind
from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    ConversationEnded,
    MessagingDisabled,
    NotAssignable,
    NotFound,
    PermissionDenied,
)
from chalicelib.domain.messages import MessageStatus
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation, colleagues
from chalicelib.usecases.browse_conversations import InboxQuery, list_conversations, show_handovers, show_thread
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation, reopen_conversation
from tests.support.world import ADA, BOB, CARLA, DEAN, EVE, MIA, NOBODY, SEATTLE, TACOMA, ZOE, World


def assign(world: World, conversation_id: str, to: str | None, was: str | None, by: str = ADA) -> str | None:
    command = AssignCommand(conversation_id=conversation_id, associate_id=by, to=to, was=was)
    return assign_conversation(command, world).assignee_id


def assignee(world: World, conversation_id: str) -> str | None:
    return world.conversation(conversation_id).assignee_id


def unassigned(world: World, phone: str = CARLA) -> str:
    world.text("Hello", sender=phone)
    return world.conversation_of(phone).id


def history(world: World, conversation_id: str) -> list[tuple[HandoverKind, str | None, str | None]]:
    thread = show_thread(conversation_id, ADA, 50, None, world)
    return [(each.kind, each.by_name, each.to_name) for each in show_handovers(thread, world)]


def mine(world: World, associate_id: str, search: str = "") -> list[str]:
    query = InboxQuery(
        store_id=SEATTLE,
        associate_id=associate_id,
        state=ConversationState.OPEN,
        limit=25,
        mine=True,
        search=search,
    )
    return [row.id for row in list_conversations(query, world).page.rows]


def test_whoever_starts_a_conversation_looks_after_it(world: World) -> None:
    assert assignee(world, world.start(associate_id=MIA)) == MIA


def test_what_a_customer_begins_is_the_stores_until_somebody_answers_and_then_the_first_ones(world: World) -> None:
    conversation_id = unassigned(world)
    assert assignee(world, conversation_id) is None
    world.send(conversation_id, associate_id=MIA)
    world.send(conversation_id, associate_id=ADA)
    assert assignee(world, conversation_id) == MIA
    assert history(world, conversation_id) == [], "the thread says it already"


def test_automatic_answers_look_after_nothing(world: World) -> None:
    world.text("HELP")
    assert assignee(world, world.conversation_of().id) is None


def test_taking_handing_over_and_giving_back_are_history_of_the_thread(world: World) -> None:
    conversation_id = unassigned(world)
    assert assign(world, conversation_id, ADA, None) == ADA
    world.clock.advance(1)
    assert assign(world, conversation_id, MIA, ADA) == MIA
    world.clock.advance(1)
    assert assign(world, conversation_id, ADA, MIA) == ADA
    world.clock.advance(1)
    assert assign(world, conversation_id, None, ADA) is None
    assert history(world, conversation_id) == [
        (HandoverKind.TAKEN, "Ada", "Ada"),
        (HandoverKind.HANDED_OVER, "Ada", "Mia"),
        (HandoverKind.TAKEN, "Ada", "Ada"),
        (HandoverKind.RELEASED, "Ada", None),
    ]
    world.send(conversation_id, associate_id=MIA)
    assert assignee(world, conversation_id) == MIA, "it was the store's: whoever answers, looks after it"


def test_history_is_never_sent_nor_counted_nor_activity(world: World) -> None:
    conversation_id = unassigned(world)
    before = world.conversation(conversation_id)
    world.clock.advance(1000)
    assign(world, conversation_id, MIA, None)
    world.deliver()
    assert world.channel.sent == []
    assert [message.status for message in world.thread(conversation_id)] == [MessageStatus.RECEIVED]
    after = world.conversation(conversation_id)
    assert (after.unread, after.last_preview, after.expires_at) == (1, before.last_preview, before.expires_at)


def test_the_same_once_more_changes_nothing(world: World) -> None:
    conversation_id = unassigned(world)
    assign(world, conversation_id, ADA, None)
    assert assign(world, conversation_id, ADA, None) == ADA
    assert len(history(world, conversation_id)) == 1


def test_of_two_who_take_it_one_gets_it_and_the_other_is_told(world: World) -> None:
    conversation_id = unassigned(world)
    assign(world, conversation_id, MIA, None, by=MIA)
    with pytest.raises(ChangedMeanwhile):
        assign(world, conversation_id, ADA, None)
    assert assignee(world, conversation_id) == MIA


def test_an_answer_in_between_is_noticed(world: World) -> None:
    conversation_id = unassigned(world)
    stale = world.conversation(conversation_id)
    world.send(conversation_id, associate_id=MIA)
    world.conversations.find_with_associate = lambda *_: (stale, world.table.associates[ADA])  # type: ignore[method-assign]  # an old read
    with pytest.raises(ChangedMeanwhile):
        assign(world, conversation_id, ADA, None)
    assert assignee(world, conversation_id) == MIA


@pytest.mark.parametrize("to", [BOB, EVE, ZOE, NOBODY])
def test_only_who_may_message_in_the_store_can_be_given_it(world: World, to: str) -> None:
    conversation_id = unassigned(world)
    with pytest.raises(NotAssignable):
        assign(world, conversation_id, to, None)
    assert assignee(world, conversation_id) is None


@pytest.mark.parametrize(("by", "refusal"), [(BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied)])
def test_strangers_take_nothing(world: World, by: str, refusal: type[Exception]) -> None:
    conversation_id = unassigned(world)
    with pytest.raises(refusal):
        assign(world, conversation_id, by, None, by=by)


def test_what_has_ended_changes_hands_no_more(world: World) -> None:
    conversation_id = unassigned(world)
    close_conversation(conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        assign(world, conversation_id, ADA, None)
    reopen_conversation(conversation_id, ADA, world)
    assert assign(world, conversation_id, ADA, None) == ADA
    delete_conversation(conversation_id, ADA, world)
    with pytest.raises(NotFound):
        assign(world, conversation_id, MIA, ADA)


def test_what_is_started_anew_is_whose_starts_it(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order, associate_id=ADA)
    close_conversation(conversation_id, ADA, world)
    assert world.start(order, "Hello again", associate_id=MIA) == conversation_id
    assert assignee(world, conversation_id) == MIA


def test_starting_about_another_order_takes_it_from_nobody(world: World) -> None:
    conversation_id = world.start(world.order(), associate_id=ADA)
    world.start(world.order(external_id="1002", number="#1002"), "Hello again", associate_id=MIA)
    assert assignee(world, conversation_id) == ADA


def test_my_inbox_is_what_i_look_after_and_the_stores_is_everything(world: World) -> None:
    hers, theirs = unassigned(world), unassigned(world, DEAN)
    assign(world, hers, ADA, None)
    assign(world, theirs, MIA, None, by=MIA)
    assert (mine(world, ADA), mine(world, MIA)) == ([hers], [theirs])
    assert mine(world, ADA, search="hello") == [hers]
    assert mine(world, ADA, search="nothing") == []


def test_deleting_takes_its_history_along(world: World) -> None:
    conversation_id = unassigned(world)
    assign(world, conversation_id, ADA, None)
    delete_conversation(conversation_id, ADA, world)
    world.fan_out()
    assert world.table.handovers == []


def test_colleagues_are_those_who_may_message_in_the_store(world: World) -> None:
    assert [each.id for each in colleagues(SEATTLE, ADA, world)] == [ADA, MIA]
    assert [each.id for each in colleagues(TACOMA, BOB, world)] == [BOB, MIA]
    with pytest.raises(NotFound):
        colleagues(SEATTLE, ZOE, world)
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        colleagues(SEATTLE, ADA, world)
