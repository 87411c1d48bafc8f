"""A link opens one conversation as long as that lives; whatever does not gets one answer."""

from collections.abc import Callable

import pytest

from chalicelib.domain.chat_links import link_id
from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import ChatUnavailable
from chalicelib.usecases.attempts import GUESSES, WINDOW
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.open_chat_link import open_chat_link, session_of
from chalicelib.usecases.read_chat import show_chat
from chalicelib.usecases.renew_chat_link import renew_chat_link
from tests.support.world import ADA, World

PLACE = "198.51.100.7"
GUESS = "0123456789ABCDEFabcdef"


def refused(world: World, act: Callable[[], object]) -> str:
    """What is said then."""
    before = len(world.table.changes)
    with pytest.raises(ChatUnavailable) as told:
        act()
    assert len(world.table.changes) == before
    return f"{told.value.code} {told.value} {told.value.details}"


def test_any_number_of_browsers_may_open_it(world: World) -> None:
    token = world.start_chat()
    one, two = open_chat_link(token, PLACE, world), open_chat_link(token, "203.0.113.1", world)
    assert one.link == two.link
    assert session_of(one.link.id, one.token, world) == one.link


def test_what_opens_nothing_is_told_apart_by_nobody(world: World) -> None:
    token = world.start_chat()
    said = {
        refused(world, lambda text=text: open_chat_link(text, PLACE, world))
        for text in ("", GUESS, token[:-1], "ü" * 22)
    }
    said.add(refused(world, lambda: session_of("nothing-here", "", world)))
    world.clock.advance(LIFETIME)
    said.add(refused(world, lambda: open_chat_link(token, PLACE, world)))
    assert len(said) == 1


def test_it_lives_exactly_as_long_as_its_conversation(world: World) -> None:
    token = world.start_chat()
    link = world.open_chat(token)
    world.clock.advance(LIFETIME - 1)
    assert world.open_chat(token) == link
    assert show_chat(link, None, world).messages
    world.clock.advance(1)
    refused(world, lambda: world.open_chat(token))
    refused(world, lambda: show_chat(link, None, world))


def test_a_closed_conversation_is_still_shown_and_a_deleted_one_is_not(world: World) -> None:
    token = world.start_chat()
    link = world.open_chat(token)
    close_conversation(link.conversation_id, ADA, world)
    assert show_chat(world.open_chat(token), None, world).ended
    delete_conversation(link.conversation_id, ADA, world)
    refused(world, lambda: world.open_chat(token))
    refused(world, lambda: show_chat(link, None, world))


def test_the_session_of_one_conversation_opens_no_other(world: World) -> None:
    one = open_chat_link(world.start_chat(), PLACE, world)
    two = open_chat_link(world.start_chat(world.order(external_id="1002", number="#1002")), PLACE, world)
    refused(world, lambda: session_of(two.link.id, one.token, world))
    refused(world, lambda: session_of(one.link.id, f"{one.token}x", world))
    ticket = world.references.sign("socket", [one.link.id, one.link.conversation_id, "m", 0], now=world.clock.now())
    refused(world, lambda: session_of(one.link.id, ticket, world))


def test_links_that_were_taken_back_open_nothing_and_end_their_sessions(world: World) -> None:
    token = world.start_chat()
    link = world.open_chat(token)
    world.clock.advance(1)
    renew_chat_link(link.conversation_id, ADA, world.key(), world)
    refused(world, lambda: world.open_chat(token))
    refused(world, lambda: show_chat(link, None, world))
    refused(world, lambda: world.write(link))


def test_no_link_opens_anything_while_messaging_is_off(world: World) -> None:
    token = world.start_chat()
    link = world.open_chat(token)
    world.change_store(messaging=False)
    refused(world, lambda: world.open_chat(token))
    refused(world, lambda: show_chat(link, None, world))
    refused(world, lambda: world.write(link))


def test_guessing_too_often_closes_the_door_for_that_place(world: World) -> None:
    token = world.start_chat()
    for _ in range(GUESSES):
        refused(world, lambda: open_chat_link(GUESS, PLACE, world))
    said = refused(world, lambda: open_chat_link(token, PLACE, world))
    assert said == refused(world, lambda: open_chat_link(GUESS, "203.0.113.1", world))
    assert open_chat_link(token, "203.0.113.1", world)
    world.clock.advance(WINDOW)
    assert open_chat_link(token, PLACE, world)


def test_nobodys_address_is_stored_for_it(world: World) -> None:
    refused(world, lambda: open_chat_link(GUESS, PLACE, world))
    assert world.table.attempts
    assert PLACE not in repr(world.table.attempts)
    assert link_id(GUESS) not in repr(world.table.attempts)
