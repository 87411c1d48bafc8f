"""One click in a mail program ends a store's mails (RFC 8058; docs/consent.md, One click)."""

from msgspec import Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.consent import ConsentKey, ConsentSource
from chalicelib.domain.errors import BadSignature, NotFound, Unavailable
from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import Message
from chalicelib.domain.unsubscribing import sealed, unsealed

from .ports import Deps
from .record_opt_out import OptOutAct, record_opt_out

_PURPOSE = "unsubscribe"
_CIPHER = "unsubscribe-address"


class StoppableMail(Struct, frozen=True, kw_only=True):
    """What a link was made for."""

    key: ConsentKey
    store: Store
    conversation_id: str
    message_id: str


def unsubscribe_url(message: Message, deps: Deps) -> str:
    """Where one request ends mails like this one. Raises Unavailable while our own address cannot be read."""
    address = sealed(message.customer_address, lambda number: _block(message.id, number, deps))
    value = [message.store_id, message.consent_scope, message.conversation_id, message.id, address]
    token = deps.references.sign(_PURPOSE, value, now=message.created_at)
    return f"{deps.webhook_url}/unsubscribe/{token}"


def stoppable_mail(token: str, deps: Deps) -> StoppableMail:
    """Reads no more than the set-up. Raises NotFound for what is none of our links, Unavailable."""
    try:
        value = deps.references.read(_PURPOSE, token, now=deps.clock.now())
    except BadSignature:
        deps.log.info("unsubscribe_link_refused")
        raise NotFound from None
    match value:
        case [str(store_id), str(scope), str(conversation_id), str(message_id), str(cipher)]:
            store = deps.directory.store(store_id)
            if store is not None:
                address = unsealed(cipher, lambda number: _block(message_id, number, deps))
                key = ConsentKey(store.merchant_id, Channel.EMAIL, address, scope)
                return StoppableMail(key=key, store=store, conversation_id=conversation_id, message_id=message_id)
    raise NotFound


def unsubscribe(mail: StoppableMail, deps: Deps) -> None:
    """Their address has opted out in the mail's scope, at once and without a further question. Safe to repeat.

    Raises Unavailable, also where they did something else in the same moment: whoever asks again is heard.
    """
    act = OptOutAct(
        source=ConsentSource.UNSUBSCRIBE,
        evidence=mail.message_id,
        at=deps.clock.now(),
        store_id=mail.store.id,
        conversation_id=mail.conversation_id,
    )
    if not record_opt_out(mail.key, act, deps):
        raise Unavailable
    conversation = deps.conversations.find(mail.conversation_id)
    if conversation is not None and conversation.consent_key == mail.key and not conversation.opted_out:
        deps.conversations.flag_opted_out(conversation.id, True)


def _block(message_id: str, number: int, deps: Deps) -> bytes:
    return deps.references.secret(_CIPHER, f"{message_id}.{number}")
