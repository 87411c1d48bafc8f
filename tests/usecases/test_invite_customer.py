"""Associates make, list and revoke invitations of customers (H3, H4, H11)."""

import pytest

from chalicelib.domain.addresses import Channel
from chalicelib.domain.errors import (
    ChatUnavailable,
    IdempotencyConflict,
    InvalidInput,
    InviteUnusable,
    MessagingDisabled,
    NotFound,
    PermissionDenied,
)
from chalicelib.domain.invites import INVITE_LIFE, InviteState
from chalicelib.usecases.invite_customer import (
    link_of,
    list_invites,
    revoke_invite,
    token_of,
)
from tests.support.invites import accept, invite, look, state
from tests.support.mail import CARLAS_MAIL, mail_world
from tests.support.world import (
    ADA,
    BOB,
    EVE,
    MIA,
    NOBODY,
    SEATTLE,
    TACOMA,
    ZOE,
    World,
)

OPEN, SENT, DONE = InviteState.OPEN, InviteState.SENT, InviteState.DONE


@pytest.fixture
def world() -> World:
    return mail_world()


def test_a_link_shows_who_invites_and_the_stores_channels(world: World) -> None:
    page = look(world, invite(world))
    assert (page.status.state, page.store.name) == (OPEN, "Pine Street Shoes")
    assert list(page.ways) == [Channel.SMS, Channel.WHATSAPP, Channel.EMAIL]


def test_a_store_offers_only_what_it_has(world: World) -> None:
    for key in [key for key in world.table.proxies if key[0] != "sms"]:
        del world.table.proxies[key]
    page = look(world, made := invite(world))
    assert list(page.ways) == [Channel.SMS]
    with pytest.raises(InvalidInput):
        accept(world, made, CARLAS_MAIL, Channel.EMAIL)


def test_the_token_is_in_the_fragment_and_stored_nowhere(world: World) -> None:
    made = invite(world)
    token = token_of(made.seed, world)
    assert link_of(made, world) == f"https://talk.example.test/invite#{token}"
    assert token not in repr(world.table.invites)


def test_the_same_request_makes_one_invitation(world: World) -> None:
    first = invite(world, idempotency_key="key-1")
    assert invite(world, idempotency_key="key-1") == first
    with pytest.raises(IdempotencyConflict):
        invite(world, idempotency_key="key-1", conversation_id=world.talk())
    assert len(world.table.invites) == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [(BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)],
)
def test_only_the_stores_associates_invite(world: World, who: str, refusal: type[Exception]) -> None:
    made = invite(world)
    for act in (
        lambda: invite(world, associate_id=who),
        lambda: list_invites(SEATTLE, who, world),
        lambda: revoke_invite(SEATTLE, made.id, who, world),
    ):
        with pytest.raises(refusal):
            act()


def test_not_from_a_conversation_of_another_store(world: World) -> None:
    elsewhere = world.start(world.order(location="77"), associate_id=BOB)
    with pytest.raises(NotFound):
        invite(world, associate_id=MIA, conversation_id=elsewhere)


def test_with_messaging_off_there_is_nothing(world: World) -> None:
    made = invite(world)
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        invite(world)
    with pytest.raises(ChatUnavailable):
        look(world, made)


def test_my_invitations_are_listed_until_they_are_over(world: World) -> None:
    first, second = invite(world), invite(world)
    invite(world, associate_id=MIA)
    assert [each.invite.id for each in list_invites(SEATTLE, ADA, world)] == [second.id, first.id]
    revoke_invite(SEATTLE, first.id, ADA, world)
    assert [each.invite.id for each in list_invites(SEATTLE, ADA, world)] == [second.id]
    world.clock.advance(INVITE_LIFE)
    assert list_invites(SEATTLE, ADA, world) == []


def test_a_revoked_one_takes_nothing_and_says_so(world: World) -> None:
    made = invite(world)
    revoke_invite(SEATTLE, made.id, MIA, world)
    revoke_invite(SEATTLE, made.id, ADA, world)
    assert state(world, made) is InviteState.REVOKED
    with pytest.raises(InviteUnusable):
        accept(world, made)
    with pytest.raises(NotFound):
        revoke_invite(TACOMA, made.id, MIA, world)


def test_one_expires_to_the_millisecond(world: World) -> None:
    made = invite(world)
    world.clock.advance(INVITE_LIFE - 1)
    assert state(world, made) is OPEN
    world.clock.advance(1)
    assert state(world, made) is InviteState.EXPIRED
    with pytest.raises(InviteUnusable):
        accept(world, made)
