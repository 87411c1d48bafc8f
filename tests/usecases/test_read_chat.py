"""The customer's page: what has gone out there, what came after a position, and what was seen (D16, D19)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import ChatUnavailable, InvalidInput
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.read_chat import PAGE, Chat, mark_seen, newer_in_chat, show_chat, show_picture
from tests.support.world import ADA, World


def bodies(chat: Chat) -> list[str]:
    return [message.body for message in chat.messages]


def test_invitations_are_none_of_the_pages_business(world: World) -> None:
    link = world.open_chat(world.start_chat(body="One"))
    world.write(link, "Two")
    chat = show_chat(link, None, world)
    assert (bodies(chat), chat.store.name, chat.ended) == (["One", "Two"], "Pine Street Shoes", False)


def test_what_is_still_on_its_way_comes_later_and_is_not_missed(world: World) -> None:
    link = world.open_chat(world.start_chat(body="One"))
    position = show_chat(link, None, world).position
    world.clock.advance(1)
    world.send(link.conversation_id, "Two")
    world.clock.advance(1)
    world.write(link, "Three")
    early = newer_in_chat(link, position, world)
    assert (bodies(early), early.position) == (["Three"], position)
    world.deliver()
    late = newer_in_chat(link, early.position, world)
    assert bodies(late) == ["Two", "Three"]
    assert newer_in_chat(link, late.position, world).messages == ()


def test_a_message_that_failed_never_shows(world: World) -> None:
    link = world.open_chat(world.start_chat(body="One"))
    world.channel.answers = [SendError(FailureReason.REJECTED)]
    world.send(link.conversation_id, "Two")
    world.deliver()
    assert bodies(show_chat(link, None, world)) == ["One"]


def test_more_than_a_page_is_said(world: World) -> None:
    link = world.open_chat(world.start_chat())
    position = show_chat(link, None, world).position
    for number in range(PAGE + 1):
        world.clock.advance(1)
        world.write(link, f"{number}")
    newer = newer_in_chat(link, position, world)
    assert (len(newer.messages), newer.more) == (PAGE, True)
    newest = show_chat(link, None, world)
    assert (len(newest.messages), bodies(newest)[-1]) == (PAGE, f"{PAGE}")
    older = show_chat(link, newest.older, world)
    assert (bodies(older), older.older) == (["Your boots are here.", "0"], None)


def test_it_names_the_order_that_it_is_about(world: World) -> None:
    link = world.open_chat(world.start_chat(body="One"))
    position = show_chat(link, None, world).position
    assert (show_chat(link, None, world).order, newer_in_chat(link, position, world).order) == ("#1001", "#1001")


def test_it_says_when_the_store_has_ended_it(world: World) -> None:
    link = world.open_chat(world.start_chat())
    position = show_chat(link, None, world).position
    close_conversation(link.conversation_id, ADA, world)
    assert newer_in_chat(link, position, world).ended


def test_the_associate_sees_what_was_read_and_only_that(world: World) -> None:
    link = world.open_chat(world.start_chat(body="One"))
    world.clock.advance(1)
    world.send(link.conversation_id, "Two")
    world.deliver()
    first, invitation, second = world.thread(link.conversation_id)
    mark_seen(link, first.id, world)
    assert [world.message(each).status for each in (first, invitation, second)] == [
        MessageStatus.READ, MessageStatus.SENT, MessageStatus.SENT,
    ]  # fmt: skip
    mark_seen(link, second.id, world)
    assert world.message(second).status is MessageStatus.READ


def test_seeing_again_writes_nothing(world: World) -> None:
    link = world.open_chat(world.start_chat(body="One"))
    message = world.thread(link.conversation_id)[0]
    mark_seen(link, message.id, world)
    changes = len(world.table.changes)
    mark_seen(link, message.id, world)
    assert len(world.table.changes) == changes


def test_a_message_on_its_way_cannot_be_seen(world: World) -> None:
    link = world.open_chat(world.start_chat())
    world.clock.advance(1)
    waiting = world.send(link.conversation_id, "Two")
    mark_seen(link, waiting.id, world)
    assert world.message(waiting).status is MessageStatus.QUEUED


@pytest.mark.parametrize("place", ["", "x", "01M3250V00000000000000000é", "0" * 27])
def test_a_position_that_is_none_is_refused(world: World, place: str) -> None:
    link = world.open_chat(world.start_chat())
    with pytest.raises(InvalidInput):
        newer_in_chat(link, place, world)
    with pytest.raises(InvalidInput):
        mark_seen(link, place, world)


def test_a_link_of_another_merchant_opens_nothing(world: World) -> None:
    """However it came to be: the conversation's own merchant decides (I10)."""
    link = replace(world.open_chat(world.start_chat()), merchant_id="other")
    with pytest.raises(Exception, match="does not open"):
        show_chat(link, None, world)


def test_a_picture_is_shown_with_its_message_and_nowhere_else(world: World) -> None:
    link = world.open_chat(world.start_chat())
    picture = world.upload(link.conversation_id)
    message = world.send(link.conversation_id, "Look", pictures=(picture,))
    with pytest.raises(ChatUnavailable):
        show_picture(link, message.id, picture, world)
    world.deliver()
    links = show_picture(link, message.id, picture, world)
    assert f"/conversations/{link.conversation_id}/{picture}/picture?" in links.url
    for message_id, media_id in ((message.id, "another"), ("another", picture)):
        with pytest.raises(ChatUnavailable):
            show_picture(link, message_id, media_id, world)
    delete_conversation(link.conversation_id, ADA, world)
    with pytest.raises(ChatUnavailable):
        show_picture(link, message.id, picture, world)
