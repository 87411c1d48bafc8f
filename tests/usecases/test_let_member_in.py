"""A customer whom their shop signed in: the first message begins a chat, later visits come back to it (S2, S18)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.chat_links import link_id
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationKind
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.errors import BadSignature, NotFound, TooManyAttempts
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.let_member_in import (
    MOST_MESSAGES,
    WINDOW,
    Member,
    chat_link_for,
    let_member_in,
    write_as_member,
)
from chalicelib.usecases.open_chat_link import open_chat_link
from chalicelib.usecases.read_chat import show_chat
from tests.support.members import identity
from tests.support.world import ADA, OTHER_SHOP, SEATTLE, SHOP, TWILIO, World

WORDS = "Do you have these in blue?"


def enter(world: World, **claims: object) -> Member:
    return let_member_in(identity(world.clock.now(), **claims), SHOP, world)


def wrote(world: World, body: str = WORDS, nonce: str = "n-1", **claims: object) -> Member:
    write_as_member(enter(world, **claims), body, nonce, world)
    return enter(world, **claims)


def token(world: World, member: Member) -> str:
    link = chat_link_for(member, world)
    assert link is not None
    return link.partition("#")[2]


def test_who_never_wrote_begins_a_chat_in_the_stores_inbox(world: World) -> None:
    first = enter(world, email="carla@mail.example")
    assert (first.conversation, chat_link_for(first, world)) == (None, None)
    member = wrote(world)
    assert member.conversation is not None
    assert (member.conversation.kind, member.conversation.channel, member.conversation.store_id) == (
        ConversationKind.SHOP, "chat", SEATTLE,
    )  # fmt: skip
    assert (member.conversation.customer_id, member.conversation.customer_name) == (first.customer.id, "Carla")
    assert (member.customer.kind, member.customer.emails) == (CustomerKind.MEMBER, ("carla@mail.example",))
    assert world.bodies(member.conversation.id) == [WORDS]


def test_the_link_opens_that_chat_and_the_answer_stands_there(world: World) -> None:
    member = wrote(world)
    assert member.conversation is not None
    world.send(member.conversation.id, "We do!")
    world.deliver()
    link = open_chat_link(token(world, member), "198.51.100.7", world).link
    assert [message.body for message in show_chat(link, None, world).messages] == [WORDS, "We do!"]


def test_the_same_form_sent_twice_is_one_message(world: World) -> None:
    before = enter(world)
    write_as_member(before, WORDS, "n-1", world)
    write_as_member(before, WORDS, "n-1", world)
    write_as_member(before, "And in red?", "n-2", world)
    member = enter(world)
    assert member.conversation is not None
    assert world.bodies(member.conversation.id) == [WORDS, "And in red?"]


def test_a_form_that_was_shown_before_the_chat_began_elsewhere_loses_nothing(world: World) -> None:
    before = enter(world)
    wrote(world, "From the phone", "n-1")
    assert before.conversation is None
    write_as_member(before, "From the other window", "n-2", world)
    member = enter(world)
    assert member.conversation is not None
    assert world.bodies(member.conversation.id) == ["From the phone", "From the other window"]


def test_who_has_ordered_is_known_by_that_and_keeps_what_the_orders_say(world: World) -> None:
    order = world.order()
    member = wrote(world, customer="c-1", first_name="Karla", email="other@mail.example")
    assert member.customer.id == order.customer_id
    assert member.customer.first_name != "Karla"
    assert "other@mail.example" not in member.customer.emails


def test_an_address_alone_leads_to_nobody(world: World) -> None:
    known = wrote(world, customer="c-1", email="carla@mail.example").customer
    other = enter(world, customer="c-2", email="carla@mail.example").customer
    assert other.id != known.id


def test_a_chat_that_the_store_began_goes_on(world: World) -> None:
    order = world.order()
    world.start_chat(order)
    member = enter(world)
    assert member.conversation is not None
    assert member.conversation.customer_id == order.customer_id
    assert open_chat_link(token(world, member), "198.51.100.7", world).link.conversation_id == member.conversation.id


def test_coming_often_leaves_one_row_and_taking_links_back_ends_it(world: World) -> None:
    member = wrote(world)
    first = token(world, member)
    rows = len(world.table.links)
    world.clock.advance(60_000)
    assert token(world, enter(world)) == first
    assert len(world.table.links) == rows
    assert member.conversation is not None
    taken_back = replace(world.conversation(member.conversation.id), links_from=world.clock.now() + 1)
    world.table.conversations[taken_back.id] = taken_back
    world.clock.advance(1)
    fresh = token(world, enter(world))
    assert fresh != first
    assert not world.table.links[link_id(first)].opens(taken_back, world.clock.now())


def test_nothing_that_is_stored_opens_the_chat(world: World) -> None:
    said = token(world, wrote(world))
    stored = [*world.table.messages.values(), *world.table.conversations.values(), *world.table.links.values()]
    assert said not in repr([*stored, world.table.onces, world.log.lines])


def test_what_the_store_closed_is_shown_and_what_it_deleted_is_not(world: World) -> None:
    member = wrote(world)
    assert member.conversation is not None
    close_conversation(member.conversation.id, ADA, world)
    closed = enter(world)
    assert (closed.ended, chat_link_for(closed, world) is not None) == (True, True)
    delete_conversation(member.conversation.id, ADA, world)
    deleted = enter(world)
    assert (deleted.ended, chat_link_for(deleted, world)) == (True, None)


@pytest.mark.parametrize("quiet", [LIFETIME, LIFETIME + COOL_DOWN - 1])
def test_one_that_ended_begins_anew_only_when_its_rest_is_over(world: World, quiet: int) -> None:
    member = wrote(world)
    world.clock.advance(quiet)
    assert (enter(world).ended, chat_link_for(enter(world), world)) == (True, None)
    world.clock.advance(LIFETIME + COOL_DOWN - quiet)
    again = wrote(world, "Hello again", "n-2")
    assert again.conversation is not None
    assert member.conversation is not None
    assert again.conversation.id != member.conversation.id
    assert again.customer.id == member.customer.id


def test_only_a_shop_that_signs_lets_anybody_in(world: World) -> None:
    said = identity(world.clock.now())
    for elsewhere in (OTHER_SHOP, TWILIO, "nothing-here"):
        with pytest.raises(NotFound):
            let_member_in(said, elsewhere, world)
    with pytest.raises(BadSignature):
        let_member_in(identity(world.clock.now(), "another"), SHOP, world)
    assert world.table.customers == {}


def test_a_store_without_messaging_lets_nobody_in(world: World) -> None:
    world.change_store(messaging=False)
    with pytest.raises(NotFound):
        enter(world)


def test_who_writes_without_end_waits(world: World) -> None:
    member = enter(world)
    for number in range(MOST_MESSAGES):
        write_as_member(member, WORDS, f"n-{number}", world)
    with pytest.raises(TooManyAttempts):
        write_as_member(member, WORDS, "one more", world)
    world.clock.advance(WINDOW)
    write_as_member(member, WORDS, "later", world)


def test_stop_is_heard_here_too(world: World) -> None:
    member = wrote(world, "STOP")
    assert member.conversation is not None
    assert member.conversation.opted_out
