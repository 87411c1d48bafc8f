"""An associate invites a customer, from a conversation or in the shop (H3, H4, H11): makes the link, lists, revokes."""

from hashlib import sha256

from msgspec import Struct

from chalicelib.domain import chat_links
from chalicelib.domain.errors import ChangedMeanwhile, IdempotencyConflict, NotFound
from chalicelib.domain.invites import INVITE_LIFE, Invite, InviteState, link

from .access import messaging_store, own_conversation, signed_in
from .ports import Deps
from .show_invite import InviteStatus, status_of

MOST_LISTED = 50
_ATTEMPTS = 5
_PURPOSE = "invite-link"


class InviteCommand(Struct, frozen=True, kw_only=True):
    """`conversation_id`: in which the customer is invited; None: in the shop."""

    store_id: str
    associate_id: str
    idempotency_key: str
    conversation_id: str | None = None


def invite_customer(command: InviteCommand, deps: Deps) -> Invite:
    """The same request again gets the same invitation.

    Raises NotFound, PermissionDenied, MessagingDisabled, IdempotencyConflict.
    """
    associate = signed_in(command.associate_id, deps)
    store = messaging_store(associate, command.store_id, deps)
    if command.conversation_id is not None:
        conversation, _, _ = own_conversation(command.conversation_id, associate.id, deps)
        if conversation.store_id != store.id:
            raise NotFound
    now, seed = deps.clock.now(), _seed(command)
    wanted = Invite(
        id=chat_links.link_id(token_of(seed, deps)),
        merchant_id=store.merchant_id,
        store_id=store.id,
        associate_id=associate.id,
        associate_name=associate.name,
        seed=seed,
        created_at=now,
        expires_at=now + INVITE_LIFE,
        from_conversation_id=command.conversation_id,
    )
    stored = deps.invites.add(wanted)
    if (stored.store_id, stored.from_conversation_id) != (store.id, command.conversation_id):
        raise IdempotencyConflict
    return stored


def list_invites(store_id: str, associate_id: str, deps: Deps) -> list[InviteStatus]:
    """The associate's own in this store that still count, the newest first."""
    messaging_store(signed_in(associate_id, deps), store_id, deps)
    now = deps.clock.now()
    own = [each for each in deps.invites.of_associate(associate_id, now, MOST_LISTED) if each.store_id == store_id]
    found = [status_of(each, deps) for each in own]
    return [each for each in reversed(found) if each.state not in (InviteState.REVOKED, InviteState.EXPIRED)]


def revoke_invite(store_id: str, invite_id: str, associate_id: str, deps: Deps) -> None:
    """Its link opens nothing from now on; a colleague's too. Raises NotFound, and as `list_invites`."""
    messaging_store(signed_in(associate_id, deps), store_id, deps)
    for _attempt in range(_ATTEMPTS):
        invite = deps.invites.find(invite_id)
        if invite is None or invite.store_id != store_id:
            raise NotFound
        if invite.revoked_at is not None or deps.invites.change(invite.revoked(deps.clock.now()), invite):
            return
    raise ChangedMeanwhile


def link_of(invite: Invite, deps: Deps) -> str:
    """What the customer opens. Raises Unavailable while the address of the pages cannot be read."""
    return link(deps.site_url, token_of(invite.seed, deps))


def token_of(seed: str, deps: Deps) -> str:
    return chat_links.token_of(deps.references.secret(_PURPOSE, seed))


def _seed(command: InviteCommand) -> str:
    """Of the request, so that its repeat makes the same link. It is as secret as the signing key makes it."""
    return sha256(f"{command.associate_id} {command.idempotency_key}".encode()).hexdigest()[:32]
