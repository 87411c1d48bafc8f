"""Read and unread (D13, X19)."""

import pytest

from chalicelib.domain.errors import ChangedMeanwhile, MessagingDisabled, NotFound, PermissionDenied
from chalicelib.usecases.mark_read import mark_read, mark_unread
from tests.support.world import ADA, BOB, EVE, World


def unread(world: World, conversation_id: str) -> int:
    return world.conversation(conversation_id).unread


def test_reading_up_to_the_last_message_clears_the_circle(world: World) -> None:
    conversation_id = world.talk()
    world.text("One")
    world.text("Two")
    mark_read(conversation_id, ADA, world.thread(conversation_id)[-1].id, world)
    assert unread(world, conversation_id) == 0


def test_what_came_after_the_last_one_seen_stays_unread(world: World) -> None:
    conversation_id = world.talk()
    for body in ("One", "Two", "Three"):
        world.text(body)
    mark_read(conversation_id, ADA, world.thread(conversation_id)[1].id, world)
    assert unread(world, conversation_id) == 2


def test_our_own_messages_do_not_count(world: World) -> None:
    conversation_id = world.talk()
    world.text("One")
    seen = world.thread(conversation_id)[-1].id
    world.send(conversation_id)
    mark_read(conversation_id, ADA, seen, world)
    assert unread(world, conversation_id) == 0


def test_a_text_that_arrives_meanwhile_is_not_swallowed(world: World) -> None:
    conversation_id = world.talk()
    world.text("One")
    seen = world.thread(conversation_id)[-1].id
    store = world.conversations.mark_read

    def overtaken(conversation: object, count: int) -> bool:
        world.conversations.mark_read = store  # type: ignore[method-assign]  # once only
        world.text("Two")
        return store(conversation, count)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.mark_read = overtaken  # type: ignore[assignment,method-assign]  # interleaves a text
    mark_read(conversation_id, ADA, seen, world)
    assert unread(world, conversation_id) == 1


def test_reading_an_older_part_never_adds_unread_messages(world: World) -> None:
    conversation_id = world.talk()
    world.text("One")
    world.text("Two")
    thread = world.thread(conversation_id)
    mark_read(conversation_id, ADA, thread[-1].id, world)
    mark_read(conversation_id, ADA, thread[0].id, world)
    assert unread(world, conversation_id) == 0


def test_a_conversation_can_be_marked_as_unread(world: World) -> None:
    conversation_id = world.talk()
    mark_unread(conversation_id, ADA, world)
    mark_unread(conversation_id, ADA, world)
    assert unread(world, conversation_id) == 1


def test_marking_as_unread_keeps_the_true_count(world: World) -> None:
    conversation_id = world.talk()
    world.text("One")
    world.text("Two")
    mark_unread(conversation_id, ADA, world)
    assert unread(world, conversation_id) == 2


@pytest.mark.parametrize("up_to", ["", "nonsense", "#", "8" * 26])
def test_a_message_id_that_is_none_is_not_found(world: World, up_to: str) -> None:
    conversation_id = world.talk()
    with pytest.raises(NotFound):
        mark_read(conversation_id, ADA, up_to, world)


def test_endless_races_end_as_an_error(world: World) -> None:
    conversation_id = world.talk()
    world.text("One")
    world.conversations.mark_read = lambda conversation, count: False  # type: ignore[method-assign]  # always beaten
    with pytest.raises(ChangedMeanwhile):
        mark_read(conversation_id, ADA, world.thread(conversation_id)[-1].id, world)


def test_reading_what_is_read_writes_nothing(world: World) -> None:
    conversation_id = world.talk()
    before = len(world.table.changes)
    mark_read(conversation_id, ADA, world.thread(conversation_id)[-1].id, world)
    assert len(world.table.changes) == before


@pytest.mark.parametrize(("associate", "refusal"), [(BOB, NotFound), (EVE, PermissionDenied)])
def test_only_the_stores_permitted_people_mark(world: World, associate: str, refusal: type[Exception]) -> None:
    conversation_id = world.talk()
    with pytest.raises(refusal):
        mark_unread(conversation_id, associate, world)
    with pytest.raises(refusal):
        mark_read(conversation_id, associate, world.thread(conversation_id)[-1].id, world)


def test_nothing_is_marked_where_messaging_is_off(world: World) -> None:
    conversation_id = world.talk()
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        mark_unread(conversation_id, ADA, world)
