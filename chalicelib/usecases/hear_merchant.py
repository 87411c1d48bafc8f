"""The merchant's own phone writes to the store's number: STOP, START and HELP count, the rest is nobody's (L7).

Only where that phone is in no conversation: a merchant who is a customer as well is heard there.
"""

from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.merchant_texts import thread_of_phone
from chalicelib.domain.merchants import Connection, Proxy, Store

from . import compose
from .ports import Append, Deps, Once
from .reply_automatically import reply_to_words

_HOUR = 3_600_000
_ANSWERS_PER_HOUR = 4


def merchant_at(event: MessageReceived, proxy: Proxy, deps: Deps) -> Store | None:
    """The store of this number whose merchant's phone it is."""
    if event.channel != Channel.SMS:
        return None
    stores = (deps.directory.store(each) for each in proxy.store_ids)
    return next((each for each in stores if each is not None and each.merchant_phone == event.sender), None)


def hear_merchant(event: MessageReceived, connection: Connection, store: Store, deps: Deps) -> None:
    """Once for each event. Raises Unavailable when the table refuses."""
    now = event.received_at
    message = compose.inbound(event, store, thread_of_phone(store.id), deps.ids.ulid(now), now)
    reply = reply_to_words(event, message, connection, store, deps)
    answers = [] if reply.answer is None else [reply.answer]
    if answers:  # two machines must not keep each other awake (X14)
        recent = [each for each in deps.messages.texts_beside(message) if now - each.created_at < _HOUR]
        answers = answers if len(recent) < _ANSWERS_PER_HOUR else []
    once = Once(f"in#{event.connection_id}", event.provider_id, result=message.id)
    if not answers and reply.consent is None:
        deps.rejections.record(replace(once, result=""), "merchants_phone", deps.clock.now())
        return
    deps.automatic_texts.hear(
        Append(
            once=once,
            messages=(message, *answers),
            consent=None if reply.consent is None else replace(reply.consent, conversation_id=""),
            consent_beside=tuple(replace(each, conversation_id="") for each in reply.consent_beside),
        )
    )
