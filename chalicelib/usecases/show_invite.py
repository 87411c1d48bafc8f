"""What has become of an invitation, for its associate and for the customer who opens its link (H5, H6).

It is worked out from what is stored anyway: the consent, the message that asked, the conversation. Nothing is written
when the customer's yes comes.
"""

from msgspec import Struct

from chalicelib.domain import chat_links
from chalicelib.domain.addresses import Channel
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChatUnavailable
from chalicelib.domain.invites import Invite, InviteState
from chalicelib.domain.merchants import Proxy, ProxyOwner, ProxyState, Store
from chalicelib.domain.messages import MessageStatus

from .access import MESSAGING
from .allocate_proxy import candidates
from .attempts import guessing
from .ports import Deps


class InviteStatus(Struct, frozen=True):
    """`conversation`: where the address was asked, if it was."""

    invite: Invite
    state: InviteState
    conversation: Conversation | None = None


class InvitePage(Struct, frozen=True):
    """What the customer is shown. `ways`: the addresses of ours on the channels to choose from."""

    status: InviteStatus
    store: Store
    ways: dict[Channel, tuple[Proxy, ...]]


def open_invite(token: str, caller: str, deps: Deps) -> InvitePage:
    """`caller`: where the request comes from, as far as is known. Raises ChatUnavailable for what is no link."""
    invite = invite_behind(token, caller, deps)
    return page_of(invite, deps)


def page_of(invite: Invite, deps: Deps) -> InvitePage:
    store = deps.directory.store(invite.store_id)
    if store is None or not store.messaging:
        raise ChatUnavailable
    return InvitePage(status_of(valid(invite, deps), deps), store, ways_of(store, invite.associate_id, deps))


def valid(invite: Invite, deps: Deps) -> Invite:
    """An invitation ends with its associate's work in the store: then it is as if it had been revoked."""
    associate = deps.directory.associate(invite.associate_id)
    works_here = associate is not None and associate.may(MESSAGING, invite.store_id)
    return invite if works_here else invite.revoked(deps.clock.now())


def invite_behind(token: str, caller: str, deps: Deps) -> Invite:
    """Raises ChatUnavailable, also where too much was guessed."""
    return guessing("invite-link", caller, lambda: _behind(token, deps), deps)


def _behind(token: str, deps: Deps) -> Invite:
    invite = deps.invites.find(chat_links.link_id(token)) if chat_links.is_token(token) else None
    if invite is None:
        raise ChatUnavailable
    return invite


def ways_of(store: Store, associate_id: str, deps: Deps) -> dict[Channel, tuple[Proxy, ...]]:
    """Our addresses by channel, those that the associate writes from first (H8)."""
    found: dict[Channel, tuple[Proxy, ...]] = {}
    for channel in (Channel.SMS, Channel.WHATSAPP, Channel.EMAIL):
        ours = candidates(store, associate_id, channel, deps) or tuple(
            proxy
            for proxy in deps.directory.proxies_of(store.id, channel)
            if proxy.state is ProxyState.WORKS and proxy.owner is ProxyOwner.STORE
        )
        if ours:
            found[channel] = ours
    return found


def status_of(invite: Invite, deps: Deps) -> InviteStatus:
    conversation = deps.conversations.find(invite.conversation_id) if invite.conversation_id else None
    if conversation is not None and _agreed(invite, conversation, deps):
        return InviteStatus(invite, InviteState.DONE, conversation)
    if invite.revoked_at is not None:
        return InviteStatus(invite, InviteState.REVOKED, conversation)
    if deps.clock.now() >= invite.expires_at:
        return InviteStatus(invite, InviteState.EXPIRED, conversation)
    if conversation is None:
        return InviteStatus(invite, InviteState.OPEN if invite.write_to is None else InviteState.SENT)
    asked = deps.conversations.find_message(conversation.id, invite.asked_id or "")
    failed = asked is not None and asked.status is MessageStatus.FAILED
    return InviteStatus(invite, InviteState.FAILED if failed else InviteState.SENT, conversation)


def _agreed(invite: Invite, conversation: Conversation, deps: Deps) -> bool:
    """They are opted in, and have written since they were asked."""
    consent = deps.consents.state(conversation.consent_key)
    if consent is None or consent.state is not ConsentState.OPTED_IN:
        return False
    return deps.conversations.count_inbound_after(conversation.id, invite.asked_id or "") > 0
