"""An associate answers in a conversation (N9, D21, I12): accepted here, delivered by `deliver_message`."""

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    IdempotencyConflict,
    InvalidInput,
    NotFound,
    PictureMissing,
    PictureNotReady,
    ProductGone,
    WindowClosed,
)
from chalicelib.domain.held import Held, HeldReason, chosen_time
from chalicelib.domain.media import Media
from chalicelib.domain.merchants import Associate
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import Message, require_length
from chalicelib.domain.products import Card

from . import compose
from .access import own_conversation, require_no_opt_out, require_open
from .attach_pictures import attached
from .await_reading import to_be_read
from .change_proxy import require_usable_proxy
from .charge_credits import charged
from .held_messages import accepted, answers, hold, new_held, when_allowed
from .list_templates import templates_of
from .once import request_once
from .ports import Append, Appended, Conflict, Deps, Duplicate, Once
from .share_product import card_to_send, remember_shared
from .shared_numbers import brought_first

_ATTEMPTS = 5


class TemplateChoice(Struct, frozen=True, kw_only=True):
    """One of the templates of the conversation's connection, and the words for its placeholders."""

    name: str
    language: str
    values: tuple[str, ...]


class SendCommand(Struct, frozen=True, kw_only=True):
    """`idempotency_key` is the client's: the same key and body again gets the same message."""

    conversation_id: str
    associate_id: str
    body: str
    """May be empty with a template, with pictures, or with a product."""
    idempotency_key: str
    template: TemplateChoice | None = None
    pictures: tuple[str, ...] = ()
    """Ids of uploads of this associate's in this conversation."""
    product_id: str = ""
    """The product that is shared (N18); its picture, if it has one, is among `pictures`."""
    send_at: int | None = None
    """When it is to go out (X3), epoch milliseconds; None: now."""


def send_message(command: SendCommand, deps: Deps) -> Message | Held:
    """The message as accepted, queued; or as it waits for its time.

    Raises NotFound, PermissionDenied, MessagingDisabled, OptedOut, OptInPending, ConversationEnded, WindowClosed,
    IdempotencyConflict, InvalidInput, ProxyUnusable, TooManyHeld, PictureMissing, PictureNotReady, TooManyPictures,
    ProductGone, TooFewCredits.
    """
    conversation, associate, _ = own_conversation(command.conversation_id, command.associate_id, deps)
    for _attempt in range(_ATTEMPTS):
        outcome = _accept(command, conversation, associate, deps)
        if not isinstance(outcome, Conflict):
            if command.product_id:
                remember_shared(associate, command.product_id, deps)
            return outcome
        if outcome.conversation is None:
            raise NotFound
        conversation = outcome.conversation
    raise ChangedMeanwhile


def _accept(
    command: SendCommand, conversation: Conversation, associate: Associate, deps: Deps
) -> Message | Held | Conflict:
    now = deps.clock.now()
    body, template = _content(command, conversation, deps)
    once = _once(command, body, template)
    closed = template is None and conversation.takes_templates_only(command.send_at or now)
    past = command.send_at is not None and command.send_at < now
    if conversation.opted_out or closed or past or not conversation.is_open(now):
        earlier = deps.conversations.find_once(once)
        if earlier is not None:  # what was accepted before the end still gets its answer
            return _repeated(once, earlier, conversation.id, deps)
        require_no_opt_out(conversation, deps)
    require_open(conversation, now)
    if closed:
        raise WindowClosed
    require_usable_proxy(conversation, deps)
    try:
        card = card_to_send(command.product_id, conversation, associate, deps) if command.product_id else None
        body = body if card is None else card.below(body)
        require_length(body)
        media = attached(command.pictures, body, conversation, associate.id, deps)
    except (PictureMissing, PictureNotReady, ProductGone):
        earlier = deps.conversations.find_once(once)
        if earlier is None:
            raise
        return _repeated(once, earlier, conversation.id, deps)
    extras = _Extras(template, media, None if card is None else card.with_picture_of(media))
    return _stored(_text(command, body, extras, conversation, associate, deps), conversation, once, deps)


def _stored(text: Message | Held, conversation: Conversation, once: Once, deps: Deps) -> Message | Held | Conflict:
    """On a number that stores share, this conversation comes first from then on (H19)."""
    once = replace(once, result=text.id)
    if isinstance(text, Held):
        outcome = hold(text, once, deps)
    else:
        rerouting = brought_first(conversation, text.created_at, deps)
        command = Append(once=once, messages=(text,), rerouting=rerouting, unread_reply=to_be_read(text, deps))
        outcome = deps.conversations.append(command)
    if isinstance(outcome, Appended):
        return text
    if isinstance(outcome, Duplicate):
        return _repeated(once, outcome.once, text.conversation_id, deps)
    return outcome


class _Extras(NamedTuple):
    """What goes along with the words."""

    template: TemplateUse | None
    media: tuple[Media, ...]
    card: Card | None


def _text(
    command: SendCommand,
    body: str,
    extras: _Extras,
    conversation: Conversation,
    associate: Associate,
    deps: Deps,
) -> Message | Held:
    """As it is to be stored: to go out now, or to wait."""
    now = deps.clock.now()
    chosen = None if command.send_at is None else chosen_time(command.send_at, now, conversation.expires_at)
    allowed = when_allowed(conversation, now if chosen is None else chosen, deps)
    if chosen is not None and allowed == chosen:
        return new_held(conversation, associate, body, chosen, HeldReason.LATER, deps, *extras)
    if allowed > now and (chosen is not None or not answers(conversation, now)):
        return new_held(conversation, associate, body, allowed, HeldReason.QUIET_HOURS, deps, *extras)
    message = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        body,
        now,
        author_id=associate.id,
        author_name=associate.name,
        template=extras.template,
        media=extras.media,
        card=extras.card,
    )
    return charged(message, deps)


def _once(command: SendCommand, body: str, template: TemplateUse | None) -> Once:
    chosen = () if template is None else (template.name, template.language)
    time = () if command.send_at is None else (str(command.send_at),)
    pictures = ("pictures", *command.pictures) if command.pictures else ()
    product = ("product", command.product_id) if command.product_id else ()
    content = (command.conversation_id, body, *chosen, *time, *pictures, *product)
    return request_once(command.associate_id, command.idempotency_key, content, "")


def _content(command: SendCommand, conversation: Conversation, deps: Deps) -> tuple[str, TemplateUse | None]:
    """What the customer is to read, and which template that is. Raises InvalidInput for a template nobody has."""
    choice = command.template
    if choice is None:
        return command.body, None
    for each in templates_of(conversation, deps):
        if (each.name, each.language) == (choice.name, choice.language):
            use = TemplateUse(name=each.name, language=each.language, values=choice.values, content_id=each.content_id)
            return each.filled(choice.values), use
    raise InvalidInput(field="template")


def _repeated(once: Once, earlier: Once, conversation_id: str, deps: Deps) -> Message | Held:
    if earlier.digest != once.digest:
        raise IdempotencyConflict
    found = deps.conversations.find_message(conversation_id, earlier.result)
    if found is not None:
        return found
    waiting = accepted(conversation_id, earlier.result, deps)
    if waiting is None:
        raise NotFound
    return waiting
