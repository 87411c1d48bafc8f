"""Invitations of customers: made by associates, taken up on a page without sign-in (H3-H7, H11)."""

from chalice.app import Blueprint

from chalicelib.domain import errors, invites
from chalicelib.domain.addresses import Channel
from chalicelib.domain.invites import InviteState
from chalicelib.usecases import invite_customer as inviting
from chalicelib.usecases import show_invite as showing
from chalicelib.usecases.accept_invite import AcceptCommand, accept_invite
from chalicelib.usecases.follow_invite_word import word_of
from chalicelib.wiring import Dependencies

from . import invite_schemas as schemas
from .routing import Call, CustomerCall, Route, customer_endpoint, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/invites",
        summary="Invite a customer, in a conversation or in the shop (H3, H4): makes a link for one of them.",
        request=schemas.InviteCustomer,
        answer=schemas.InviteView,
        status=201,
        idempotent=True,
        errors=(errors.MessagingDisabled, errors.IdempotencyConflict),
    ),
)
def invite_one_customer(call: Call, store_id: str) -> schemas.InviteView:
    command = inviting.InviteCommand(
        store_id=store_id,
        associate_id=call.associate_id,
        idempotency_key=call.idempotency_key,
        conversation_id=call.body.conversation_id,
    )
    made = inviting.invite_customer(command, call.deps)
    return _view(showing.status_of(made, call.deps), call.deps)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/invites",
        summary="My invitations of this store that still count.",
        answer=schemas.InviteList,
        errors=(errors.MessagingDisabled,),
    ),
)
def list_store_invites(call: Call, store_id: str) -> schemas.InviteList:
    found = inviting.list_invites(store_id, call.associate_id, call.deps)
    return schemas.InviteList(rows=[_view(each, call.deps) for each in found])


@endpoint(
    blueprint,
    Route(
        method="DELETE",
        path="/stores/{store_id}/invites/{invite_id}",
        summary="Revoke an invitation: its link opens nothing any more.",
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def revoke_one_invite(call: Call, store_id: str, invite_id: str) -> None:
    inviting.revoke_invite(store_id, invite_id, call.associate_id, call.deps)


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path="/chat-invites",
        summary="What the link of an invitation shows to whoever opens it. It changes nothing.",
        request=schemas.OpenInvite,
        answer=schemas.InvitePage,
        errors=(errors.ChatUnavailable,),
    ),
)
def show_invite(call: CustomerCall) -> schemas.InvitePage:
    return _page(showing.open_invite(call.body.token, call.caller, call.deps), call.deps)


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path="/chat-invites/accept",
        summary="The customer chooses a channel, gives an address and agrees (H5); it is asked for its yes (H6).",
        request=schemas.AcceptInvite,
        answer=schemas.InvitePage,
        errors=(
            errors.ChatUnavailable,
            errors.InviteUnusable,
            errors.AddressNotServed,
            errors.OptedOut,
            errors.NoFreeProxy,
            errors.ChangedMeanwhile,
            errors.TooManyAttempts,
        ),
    ),
)
def accept_one_invite(call: CustomerCall) -> schemas.InvitePage:
    given = call.body
    command = AcceptCommand(
        token=given.token,
        channel=given.channel,
        address=given.address,
        name=given.name or "",
        wording=given.wording,
        caller=call.caller,
    )
    return _page(accept_invite(command, call.deps), call.deps)


def _view(of: showing.InviteStatus, deps: Dependencies) -> schemas.InviteView:
    invite, talk = of.invite, of.conversation
    colleague = talk.assignee_id if talk is not None and talk.assignee_id != invite.associate_id else None
    keeper = deps.directory.associate(colleague) if colleague is not None else None
    return schemas.InviteView(
        id=invite.id,
        link=inviting.link_of(invite, deps),
        state=of.state,
        created_at=invite.created_at,
        expires_at=invite.expires_at,
        from_conversation_id=invite.from_conversation_id,
        conversation_id=invite.conversation_id,
        channel=None if invite.asked_channel is None else Channel(invite.asked_channel),
        customer_name="" if talk is None else talk.customer_name,
        with_name="" if keeper is None else keeper.name,
    )


def _page(of: showing.InvitePage, deps: Dependencies) -> schemas.InvitePage:
    """Of people the first names only. Who looks after a contact is said once the customer has proven who they are."""
    invite, state, talk = of.status.invite, of.status.state, of.status.conversation
    name = invite.associate_name
    if state is InviteState.DONE and talk is not None and talk.assignee_id not in (None, invite.associate_id):
        keeper = deps.directory.associate(talk.assignee_id or "")
        name = name if keeper is None else keeper.name
    writes_first = state is InviteState.SENT and invite.write_to is not None
    return schemas.InvitePage(
        state=state,
        store=of.store.name,
        phone=of.store.phone,
        associate=name.partition(" ")[0],
        ways=[schemas.Way(channel=channel, agreement=invites.agreement(of.store.name, channel)) for channel in of.ways],
        wording=invites.INVITE_WORDING,
        can_ask=state is not InviteState.DONE and invite.can_ask(deps.clock.now()),
        asked_channel=None if invite.asked_channel is None else Channel(invite.asked_channel),
        write_to=invite.write_to or "" if writes_first else "",
        word=word_of(invite, deps) if writes_first else "",
    )
