"""Sockets open with a ticket that works once and for half a minute."""

import pytest

from chalicelib.domain.errors import BadSignature, ChatUnavailable, PermissionDenied
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.open_socket import TICKET_LIFE, close_socket, issue_chat_ticket, issue_ticket, open_socket
from tests.support.world import ADA, EVE, MIA, NOBODY, SEATTLE, TACOMA, World


def test_a_ticket_opens_a_socket_for_the_owners_stores(world: World) -> None:
    open_socket(issue_ticket(MIA, world).token, "socket-1", world)
    socket = world.table.sockets["socket-1"]
    assert (socket.associate_id, socket.store_ids) == (MIA, (SEATTLE, TACOMA))


def test_a_ticket_works_once(world: World) -> None:
    token = issue_ticket(ADA, world).token
    open_socket(token, "socket-1", world)
    with pytest.raises(BadSignature):
        open_socket(token, "socket-2", world)
    close_socket("socket-1", world)
    with pytest.raises(BadSignature):
        open_socket(token, "socket-1", world)


def test_a_ticket_lives_half_a_minute_to_the_millisecond(world: World) -> None:
    old, ticket = issue_ticket(ADA, world), issue_ticket(ADA, world)
    assert ticket.expires_at == world.clock.now() + TICKET_LIFE
    world.clock.advance(TICKET_LIFE)
    open_socket(ticket.token, "socket-1", world)
    world.clock.advance(1)
    with pytest.raises(BadSignature):
        open_socket(old.token, "socket-2", world)


def test_two_tickets_differ(world: World) -> None:
    assert issue_ticket(ADA, world).token != issue_ticket(ADA, world).token


def test_a_delivery_reference_is_no_ticket(world: World) -> None:
    token = world.references.sign("delivery", [ADA, "x"], now=world.clock.now())
    with pytest.raises(BadSignature):
        open_socket(token, "socket-1", world)


@pytest.mark.parametrize("value", [None, "ada", [], [ADA], [ADA, "x", "y"], {"ada": "x"}])
def test_a_ticket_of_another_shape_is_refused(world: World, value: object) -> None:
    token = world.references.sign("socket", value, now=world.clock.now())
    with pytest.raises(BadSignature):
        open_socket(token, "socket-1", world)


def test_stores_without_the_permission_are_left_out(world: World) -> None:
    open_socket(issue_ticket(EVE, world).token, "socket-1", world)
    assert world.table.sockets["socket-1"].store_ids == ()


def test_access_counts_when_the_socket_opens_and_not_when_the_ticket_was_made(world: World) -> None:
    token = issue_ticket(MIA, world).token
    world.permit(MIA, {TACOMA: frozenset({Permission.ORDERS})})
    open_socket(token, "socket-1", world)
    assert world.table.sockets["socket-1"].store_ids == (TACOMA,)


def test_nobody_gets_no_ticket(world: World) -> None:
    with pytest.raises(PermissionDenied):
        issue_ticket(NOBODY, world)


def test_who_was_removed_meanwhile_opens_nothing(world: World) -> None:
    token = issue_ticket(ADA, world).token
    del world.table.associates[ADA]
    with pytest.raises(PermissionDenied):
        open_socket(token, "socket-1", world)
    assert not world.table.sockets


def test_closing_twice_is_no_error(world: World) -> None:
    open_socket(issue_ticket(ADA, world).token, "socket-1", world)
    close_socket("socket-1", world)
    close_socket("socket-1", world)
    assert not world.table.sockets


def test_a_customers_ticket_opens_a_socket_for_their_conversation_only(world: World) -> None:
    link = world.open_chat(world.start_chat())
    open_socket(issue_chat_ticket(link, world).token, "socket-1", world)
    socket = world.table.sockets["socket-1"]
    assert (socket.associate_id, socket.store_ids, socket.conversation_id) == ("", (), link.conversation_id)


def test_a_customers_ticket_works_once_and_ends_with_the_link(world: World) -> None:
    link = world.open_chat(world.start_chat())
    token, late = issue_chat_ticket(link, world).token, issue_chat_ticket(link, world).token
    open_socket(token, "socket-1", world)
    with pytest.raises(BadSignature):
        open_socket(token, "socket-2", world)
    world.clock.advance(TICKET_LIFE + 1)
    with pytest.raises(BadSignature):
        open_socket(late, "socket-2", world)
    delete_conversation(link.conversation_id, ADA, world)
    with pytest.raises(ChatUnavailable):
        issue_chat_ticket(link, world)
