"""One text of a bulk (L13), to a contact: into their conversation, where it is open, from the address that they know.

Whoever finds a reason against it gives it. The once item is that of every bulk: it names the number.
"""

from msgspec import Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.bulk import Bulk, Result, Unsent
from chalicelib.domain.conversations import LISTED, Conversation
from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.domain.merchants import Store
from chalicelib.domain.template_tokens import fill, parse
from chalicelib.domain.template_values import values

from .held_messages import daytime
from .ports import Append, Appended, Deps, Duplicate
from .shared_numbers import brought_first
from .text_about_order import Postponed, refused
from .text_in_bulk import found_before, message_in, once_of, result_of

_ATTEMPTS = 5


class _To(Struct, frozen=True):
    bulk: Bulk
    conversation: Conversation
    body: str


def text_contact_in_bulk(bulk: Bulk, store: Store, conversation_id: str, deps: Deps) -> Result | Postponed:
    """What became of it. Raises TooFewCredits, and Unavailable where nothing can be said yet."""
    for _attempt in range(_ATTEMPTS):
        to = _prepared(bulk, store, conversation_id, deps)
        if isinstance(to, Unsent):
            return Result(conversation_id, unsent=to)
        address = to.conversation.customer_address
        earlier = deps.conversations.find_once(once_of(bulk, address, ""))
        if earlier is not None:
            return found_before(earlier, conversation_id)
        obstacle = refused(store, address, deps)
        if obstacle is not None:
            return Result(conversation_id, unsent=Unsent(obstacle.value))
        now = deps.clock.now()
        if not to.conversation.is_open(now):
            return Result(conversation_id, unsent=Unsent.NOT_OPEN)
        if (until := daytime(store, "sms", address, now)) > now:
            return Postponed(until)
        outcome = _queued(to, now, deps)
        if outcome is not None:
            return outcome
    raise Unavailable


def _prepared(bulk: Bulk, store: Store, conversation_id: str, deps: Deps) -> _To | Unsent:
    conversation = deps.conversations.find(conversation_id)
    if conversation is None or conversation.store_id != store.id or conversation.state not in LISTED:
        return Unsent.NO_CONTACT
    if conversation.channel != Channel.SMS:
        return Unsent.OTHER_CHANNEL
    customer = deps.customers.find(conversation.customer_id)
    if customer is None:
        return Unsent.NO_CONTACT
    order = deps.orders.find(conversation.order_id) if conversation.order_id else None
    known = values(store, store.language, customer=customer, order=order, associate=bulk.sender_name)
    filled = fill(parse(bulk.text), known)
    return Unsent.MISSING_VALUE if filled.missing else _To(bulk, conversation, filled.text)


def _queued(to: _To, now: int, deps: Deps) -> Result | None:
    """None: something changed meanwhile; try again."""
    conversation = to.conversation
    try:
        message = message_in(conversation, to.body, now, deps)
    except InvalidInput:
        return Result(conversation.id, unsent=Unsent.TOO_LONG)
    once = once_of(to.bulk, conversation.customer_address, result_of(message, conversation.id))
    rerouting = brought_first(conversation, now, deps)
    outcome = deps.conversations.append(Append(once=once, messages=(message,), rerouting=rerouting))
    if isinstance(outcome, Appended):
        return Result(conversation.id, conversation.id, message.id)
    return found_before(outcome.once, conversation.id) if isinstance(outcome, Duplicate) else None
