"""The word of an invitation that is taken up at WhatsApp, where nothing of ours may go out first (H6).

Whoever has the link can type any number on its page, so a bare YES from there proves nothing: it may be the answer to
somebody else's question. Only who has read the page knows the word, and only from the typed number does it count.
"""

from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.conversations import Conversation, ConversationKind, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.invites import MOST_WORDS, Invite, InviteState, digits_in, digits_of
from chalicelib.domain.merchants import Connection, Proxy, ProxyOwner
from chalicelib.domain.routing import Route, RouteKey

from .attempts import failed, worn_out
from .ports import Deps, Once
from .shared_numbers import is_shared
from .show_invite import status_of, valid

_DAY = 86_400_000
_PURPOSE, _FOUND_BY = "invite-word", "invite-word-from"


def word_of(invite: Invite, deps: Deps) -> str:
    """What the customer is to write; another one for each address that was given. Nothing stored tells it."""
    return f"YES {_digits(invite, deps)}"


def found_by(invite: Invite, theirs: Address, deps: Deps) -> Once:
    """What leads from the word to the invitation; neither the word nor the address can be read from it."""
    ours = invite.write_to or Address("")
    return Once(_FOUND_BY, _key(ours, theirs, _digits(invite, deps), deps), result=invite.id)


def follow_invite_word(
    event: MessageReceived, connection: Connection, deps: Deps
) -> tuple[MessageReceived, Invite | None]:
    """The text as the YES to that invitation; as it is where it is no such word. Other texts cost nothing for it."""
    digits = digits_in(event.body) if event.channel is Channel.WHATSAPP else None
    if digits is None or event.automatic:
        return event, None
    pair = f"{event.recipient} {event.sender}"
    if worn_out(_PURPOSE, pair, MOST_WORDS, _DAY, deps):
        return event, None
    invite = _invite(event, digits, connection, deps)
    if invite is None:
        failed(_PURPOSE, pair, _DAY, deps)
        deps.log.info("invite_word_refused", connection_id=connection.id)
        return event, None
    return replace(event, invite_id=invite.id, sender_name=invite.asked_name or event.sender_name), invite


def note_answer(invite: Invite, key: RouteKey, deps: Deps) -> None:
    """From now on it says where its contact is. Whoever changed it meanwhile asks for another word."""
    route = deps.conversations.routes(key).of_store(invite.store_id)
    if route is not None:
        deps.invites.change(invite.answered(route.conversation_id), invite)


def contact_of(conversation: Conversation, invite: Invite, proxy: Proxy) -> Conversation:
    """Of the associate who invited (H12)."""
    own = None if proxy.owner is ProxyOwner.STORE else invite.associate_id
    return replace(conversation, kind=ConversationKind.CONTACT, assignee_id=invite.associate_id, associate_id=own)


def taken_by_another(
    ended: Conversation | None, others: Route | None, customer: Customer | None, now: int, deps: Deps
) -> bool:
    """Since the page asked: by another store, on a number of one; or `ended` is under the name of who mistyped it."""
    if ended is not None:
        of_another = customer is not None and ended.customer_id not in customer.ids
        return of_another and ended.state is not ConversationState.DELETED
    held = others is not None and not others.free(now)
    return held and others is not None and not is_shared(others.key.channel, others.key.proxy, deps)


def _invite(event: MessageReceived, digits: str, connection: Connection, deps: Deps) -> Invite | None:
    """One that still counts, has no answer yet, and asked this address last."""
    key = _key(event.recipient, event.sender, digits, deps)
    once = deps.conversations.find_once(Once(_FOUND_BY, key))
    invite = deps.invites.find(once.result) if once is not None else None
    if invite is None or invite.merchant_id != connection.merchant_id or invite.conversation_id is not None:
        return None
    proxy = deps.directory.proxy(event.channel, event.recipient)
    if proxy is None or invite.store_id not in proxy.store_ids or invite.write_to != event.recipient:
        return None
    asks = _digits(invite, deps) == digits and status_of(valid(invite, deps), deps).state is InviteState.SENT
    return invite if asks else None


def _digits(invite: Invite, deps: Deps) -> str:
    return digits_of(deps.references.secret(_PURPOSE, f"{invite.seed} {invite.asks}"))


def _key(ours: Address, theirs: Address, digits: str, deps: Deps) -> str:
    return deps.references.secret(_FOUND_BY, f"{ours} {theirs} {digits}").hex()[:32]
