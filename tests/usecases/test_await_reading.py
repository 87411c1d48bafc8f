"""Whether the clock is to look after an answer on the chat page, and when (S15, S16)."""

import pytest

from chalicelib.domain.unread_replies import PAUSE
from chalicelib.usecases.release_held import release_held
from tests.support.mail import mail_world
from tests.support.member_chats import chat_of_member
from tests.support.world import HOUR, World


@pytest.fixture
def world() -> World:
    return mail_world()


def test_an_answer_on_the_page_is_looked_after_and_the_first_keeps_its_time(world: World) -> None:
    talk = chat_of_member(world)
    assert world.table.unread_replies == {}, "what the customer writes is none"
    first = world.send(talk, "We do!")
    noted = world.table.unread_replies[talk]
    assert (noted.last_message_id, noted.due_at) == (first.id, first.created_at + PAUSE)
    world.clock.advance(60_000)
    second = world.send(talk, "In blue, too.")
    noted = world.table.unread_replies[talk]
    assert (noted.last_message_id, noted.due_at) == (second.id, first.created_at + PAUSE)


def test_a_held_answer_is_looked_after_from_when_it_goes_out(world: World) -> None:
    talk = chat_of_member(world)
    held = world.hold(talk, world.clock.now() + HOUR)
    assert world.table.unread_replies == {}
    world.clock.advance(HOUR)
    release_held(world.clock.now(), world.clock.now() + 1, world)
    assert world.table.unread_replies[talk].due_at == held.release_at + PAUSE


def test_by_text_or_without_a_mailbox_nothing_is_noted(world: World) -> None:
    world.send(world.talk(), "Hello")
    assert world.table.unread_replies == {}
    without = World()
    without.send(chat_of_member(without), "We do!")
    assert without.table.unread_replies == {}
