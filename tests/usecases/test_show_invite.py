"""What a link of an invitation opens, and what guesses meet (H5)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import ChatUnavailable, InviteUnusable
from chalicelib.domain.invites import InviteState
from chalicelib.usecases.attempts import GUESSES
from chalicelib.usecases.show_invite import open_invite
from tests.support.invites import CALLER, accept, invite, look
from tests.support.mail import mail_world
from tests.support.world import ADA, World

OPEN, SENT, DONE = InviteState.OPEN, InviteState.SENT, InviteState.DONE


@pytest.fixture
def world() -> World:
    return mail_world()


@pytest.mark.parametrize("token", ["", "x", "0" * 22, "0" * 200, "ü" * 22, "a#b" * 7])
def test_a_guess_opens_nothing(world: World, token: str) -> None:
    with pytest.raises(ChatUnavailable):
        open_invite(token, CALLER, world)


def test_who_guesses_too_often_is_shut_out_with_right_links_too(world: World) -> None:
    made = invite(world)
    for _ in range(GUESSES):
        with pytest.raises(ChatUnavailable):
            open_invite("0" * 22, CALLER, world)
    with pytest.raises(ChatUnavailable):
        look(world, made)
    assert look(world, made, "203.0.113.9").status.state is OPEN


def test_looking_changes_nothing(world: World) -> None:
    made = invite(world)
    before = repr(world.table.invites)
    assert [look(world, made).status.state for _ in range(3)] == [OPEN] * 3
    assert repr(world.table.invites) == before
    assert not world.table.attempts


def test_with_its_associate_gone_it_is_over(world: World) -> None:
    made = invite(world)
    world.table.associates[ADA] = replace(world.table.associates[ADA], stores={})
    assert look(world, made).status.state is InviteState.REVOKED
    with pytest.raises(InviteUnusable):
        accept(world, made)
    del world.table.associates[ADA]
    assert look(world, made).status.state is InviteState.REVOKED
