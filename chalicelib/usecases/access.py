"""Who may touch what. Another store's objects do not exist for you (404); your own may be out of bounds (403)."""

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.errors import (
    ContactsDisabled,
    ConversationEnded,
    MessagingDisabled,
    NotFound,
    OptedOut,
    OptInPending,
    PermissionDenied,
)
from chalicelib.domain.merchants import Associate, Permission, Store
from chalicelib.domain.messages import MessageKind

from .ports import Deps

MESSAGING = Permission.ORDERS
"""The permission that opens messaging (D5, D6)."""


def signed_in(associate_id: str, deps: Deps) -> Associate:
    """The associate behind a valid token. Raises PermissionDenied for a token without a person in our table."""
    associate = deps.directory.associate(associate_id)
    if associate is None:
        raise PermissionDenied("This sign-in belongs to no associate.")
    return associate


def orders_store(associate: Associate, store_id: str, deps: Deps) -> Store:
    """The store, if this associate may see its orders; messaging may be off. Raises NotFound, PermissionDenied."""
    store = deps.directory.store(store_id) if associate.belongs_to(store_id) else None
    if store is None or store.merchant_id != associate.merchant_id:
        raise NotFound
    if not associate.may(Permission.ORDERS, store_id):
        raise PermissionDenied
    return store


def managed_store(associate: Associate, store_id: str, deps: Deps) -> Store:
    """The store, if this associate may set it up; messaging may be off. Raises NotFound, PermissionDenied."""
    store = deps.directory.store(store_id) if associate.belongs_to(store_id) else None
    if store is None or store.merchant_id != associate.merchant_id:
        raise NotFound
    if not associate.may(Permission.MANAGE, store_id):
        raise PermissionDenied
    return store


def messaging_store(associate: Associate, store_id: str, deps: Deps) -> Store:
    """The store, if this associate may use messaging there. Raises as above, and MessagingDisabled."""
    store = orders_store(associate, store_id, deps)
    if not store.messaging:
        raise MessagingDisabled
    return store


def contacts_store(associate: Associate, store_id: str, deps: Deps) -> Store:
    """The store, if this associate may use messaging there and it has contacts (H15). Raises as above, and
    ContactsDisabled."""
    store = messaging_store(associate, store_id, deps)
    if not store.contacts:
        raise ContactsDisabled
    return store


def own_conversation(conversation_id: str, associate_id: str, deps: Deps) -> tuple[Conversation, Associate, Store]:
    """The conversation, read together with the associate. Raises as above; a deleted one is NotFound."""
    conversation, associate = deps.conversations.find_with_associate(conversation_id, associate_id)
    if associate is None:
        raise PermissionDenied("This sign-in belongs to no associate.")
    if conversation is None or conversation.state is ConversationState.DELETED:
        raise NotFound
    return conversation, associate, messaging_store(associate, conversation.store_id, deps)


def require_open(conversation: Conversation, now: int, kind: MessageKind = MessageKind.TEXT) -> None:
    """Raises ConversationEnded, and OptInPending where a request waits for its answer (N7)."""
    if conversation.takes(kind, now):
        return
    raise OptInPending if conversation.lives(now) else ConversationEnded


def require_no_opt_out(conversation: Conversation, deps: Deps) -> None:
    """Raises OptedOut. A flag that is out of date (another store of the scope heard START) is put right on the way."""
    if not conversation.opted_out:
        return
    consent = deps.consents.state(conversation.consent_key)
    if consent is not None and consent.state is ConsentState.OPTED_OUT:
        raise OptedOut
    deps.conversations.flag_opted_out(conversation.id, False)
