"""Inviting customers: what tests of it have in common."""

from typing import Any

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.invites import INVITE_WORDING, Invite, InviteState
from chalicelib.usecases.accept_invite import AcceptCommand, accept_invite
from chalicelib.usecases.invite_customer import (
    InviteCommand,
    invite_customer,
    token_of,
)
from chalicelib.usecases.show_invite import InvitePage, open_invite
from tests.support.world import (
    ADA,
    CARLA,
    MERCHANT,
    SEATTLE,
    World,
)

CALLER = "198.51.100.7"
TYPED = "(206) 555-0177"


def invite(world: World, **fields: Any) -> Invite:
    given = {"store_id": SEATTLE, "associate_id": ADA, "idempotency_key": world.key()}
    return invite_customer(InviteCommand(**{**given, **fields}), world)


def accept(
    world: World, made: Invite, address: str = TYPED, channel: Channel = Channel.SMS, **fields: Any
) -> InvitePage:
    given = {"token": token_of(made.seed, world), "name": "Carla", "wording": INVITE_WORDING, "caller": CALLER}
    return accept_invite(AcceptCommand(**{**given, "channel": channel, "address": address, **fields}), world)


def look(world: World, made: Invite, caller: str = CALLER) -> InvitePage:
    return open_invite(token_of(made.seed, world), caller, world)


def state(world: World, made: Invite) -> InviteState:
    return look(world, made).status.state


def consent(world: World, channel: str = "sms", address: str = CARLA) -> ConsentState:
    found = world.table.consents.get(ConsentKey(MERCHANT, channel, Address(address), SEATTLE))
    return ConsentState.NONE if found is None else found.state
