"""Texts that wait for their time, for other use cases: how one is accepted, and how it becomes a message (X3, X4)."""

from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.errors import QuietHours, TooFewCredits, TooManyHeld
from chalicelib.domain.held import MOST_HELD, Held, HeldReason
from chalicelib.domain.media import Media
from chalicelib.domain.merchants import Associate, Store
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import Direction, FailureReason, Message
from chalicelib.domain.products import Card
from chalicelib.domain.quiet_hours import ANSWER_WITHIN, local_time, next_allowed, places_of

from . import compose
from .await_reading import to_be_read
from .charge_credits import charged
from .ports import Append, Appended, Conflict, Deps, Duplicate, Once
from .shared_numbers import brought_first

_ATTEMPTS = 5


def new_held(
    conversation: Conversation,
    associate: Associate,
    body: str,
    release_at: int,
    reason: HeldReason,
    deps: Deps,
    template: TemplateUse | None = None,
    media: tuple[Media, ...] = (),
    card: Card | None = None,
) -> Held:
    now = deps.clock.now()
    return Held(
        id=deps.ids.ulid(now),
        conversation_id=conversation.id,
        merchant_id=conversation.merchant_id,
        store_id=conversation.store_id,
        body=body,
        author_id=associate.id,
        author_name=associate.name,
        created_at=now,
        release_at=release_at,
        reason=reason,
        template=template,
        media=media,
        card=card,
    )


def when_allowed(conversation: Conversation, at: int, deps: Deps) -> int:
    """The first instant from `at` on at which quiet hours let a text of this conversation out (X4)."""
    store = deps.directory.store(conversation.store_id)
    if store is None:
        return at
    return daytime(store, conversation.channel, conversation.customer_address, at)


def daytime(store: Store, channel: str, address: Address, at: int) -> int:
    """The first instant from `at` on that the store's hours, and the law where this address is, allow."""
    if not store.quiet_hours.active:
        return at
    return next_allowed(at, places_of(channel, address, store.timezone), store.quiet_hours)


def answers_until(conversation: Conversation) -> int | None:
    """Before then, a text answers what the customer has just written: they are awake. None: we have the last word."""
    said_last = conversation.last_direction is Direction.INBOUND
    return conversation.last_activity_at + ANSWER_WITHIN if said_last else None


def answers(conversation: Conversation, now: int) -> bool:
    """Whether a text now is such an answer."""
    return now < (answers_until(conversation) or 0)


def require_daytime(conversation: Conversation, now: int, deps: Deps) -> None:
    """Raises QuietHours, unless it answers the customer."""
    until = when_allowed(conversation, now, deps)
    if until > now and not answers(conversation, now):
        store = deps.directory.store(conversation.store_id)
        raise night(until, conversation.channel, conversation.customer_address, store.timezone if store else "UTC")


def night(until: int, channel: str, address: Address, store_zone: str) -> QuietHours:
    """The refusal, with the time that it waits for and the clock to read that on."""
    _, zone = local_time(until, places_of(channel, address, store_zone))
    return QuietHours(until=until, zone=zone)


def hold(held: Held, once: Once, deps: Deps) -> Appended | Duplicate | Conflict:
    """Stores it. Raises TooManyHeld; a request that was made before gets its answer all the same."""
    if len(deps.held.of_conversation(held.conversation_id, MOST_HELD)) >= MOST_HELD:
        earlier = deps.conversations.find_once(once)
        if earlier is None:
            raise TooManyHeld
        return Duplicate(earlier)
    return deps.held.hold(held, once, held.created_at)


def accepted(conversation_id: str, held_id: str, deps: Deps) -> Message | Held | None:
    """What has become of a held text: it waits, or it is a message. None: it was cancelled, or erased."""
    held = deps.held.find(conversation_id, held_id)
    if held is not None:
        return held
    released = deps.conversations.find_once(released_once(conversation_id, held_id))
    return None if released is None else deps.conversations.find_message(conversation_id, released.result)


def released_once(conversation_id: str, held_id: str, message_id: str = "") -> Once:
    """Stored with the message that a held text becomes; its result is that message's id."""
    return Once(f"held#{conversation_id}", held_id, result=message_id)


def release(held: Held, deps: Deps) -> Message | None:
    """The message that `held` is from now on: queued, or failed with the reason why it may not go out any more.

    None: somebody else released, changed or cancelled it first, or its conversation was deleted. Consent is asked by
    the worker that takes the message, as always.
    """
    for _attempt in range(_ATTEMPTS):
        conversation = deps.conversations.find(held.conversation_id)
        if conversation is None or conversation.state is ConversationState.DELETED:
            deps.held.cancel(held)
            return None
        now = deps.clock.now()
        until = when_allowed(conversation, now, deps)
        if until > now and conversation.is_open(now):  # the rules, or the clocks, are others than when it was written
            deps.held.change(held.changed(held.words, until, HeldReason.QUIET_HOURS), held)
            return None
        command = _released(held, conversation, deps)
        try:
            outcome = deps.conversations.append(command)
        except TooFewCredits:
            command = _released(held, conversation, deps, FailureReason.TOO_FEW_CREDITS)
            outcome = deps.conversations.append(command)
        if isinstance(outcome, Appended):
            return command.messages[0]
        if isinstance(outcome, Duplicate) or deps.held.find(held.conversation_id, held.id) != held:
            return None
    return None


def _released(held: Held, conversation: Conversation, deps: Deps, found: FailureReason | None = None) -> Append:
    """`found`: why it cannot go out, if that is known."""
    now = deps.clock.now()
    message = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        held.body,
        now,
        author_id=held.author_id,
        author_name=held.author_name,
        template=held.template,
        media=held.media,
        card=held.card,
    )
    failure = found or _obstacle(held, conversation, now, deps)
    released = charged(message, deps) if failure is None else message.failed(failure, now)
    return Append(
        once=released_once(held.conversation_id, held.id, message.id),
        messages=(released,),
        expected=None if failure is None else conversation,
        held=held,
        rerouting=brought_first(conversation, now, deps) if failure is None else None,
        unread_reply=to_be_read(released, deps),
    )


def _obstacle(held: Held, conversation: Conversation, now: int, deps: Deps) -> FailureReason | None:
    if not conversation.is_open(now):
        return FailureReason.CONVERSATION_ENDED
    if held.template is None and conversation.takes_templates_only(now):
        return FailureReason.OUTSIDE_WINDOW
    store = deps.directory.store(conversation.store_id)
    return None if store is not None and store.messaging else FailureReason.SWITCHED_OFF
