"""An associate answers in a conversation (N9, D21, I12): accepted here, delivered by `deliver_message`."""

from msgspec import Struct

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    ConversationEnded,
    IdempotencyConflict,
    InvalidInput,
    NotFound,
    WindowClosed,
)
from chalicelib.domain.merchants import Associate
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import Message

from . import compose
from .access import own_conversation, require_no_opt_out
from .list_templates import templates_of
from .once import request_once
from .ports import Append, Appended, Conflict, Deps, Duplicate, Once

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
    """Empty with a template."""
    idempotency_key: str
    template: TemplateChoice | None = None


def send_message(command: SendCommand, deps: Deps) -> Message:
    """The message as accepted: queued.

    Raises NotFound, PermissionDenied, MessagingDisabled, OptedOut, ConversationEnded, WindowClosed,
    IdempotencyConflict, InvalidInput.
    """
    conversation, associate, _ = own_conversation(command.conversation_id, command.associate_id, deps)
    for _attempt in range(_ATTEMPTS):
        outcome = _accept(command, conversation, associate, deps)
        if isinstance(outcome, Message):
            return outcome
        if outcome.conversation is None:
            raise NotFound
        conversation = outcome.conversation
    raise ChangedMeanwhile


def _accept(command: SendCommand, conversation: Conversation, associate: Associate, deps: Deps) -> Message | Conflict:
    now = deps.clock.now()
    body, template = _content(command, conversation, deps)
    message = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        body,
        now,
        author_id=associate.id,
        author_name=associate.name,
        template=template,
    )
    once = request_once(
        command.associate_id,
        command.idempotency_key,
        (command.conversation_id, body, *(() if template is None else (template.name, template.language))),
        message.id,
    )
    closed = template is None and conversation.takes_templates_only(now)
    if conversation.opted_out or closed or not conversation.is_open(now):
        earlier = deps.conversations.find_once(once)
        if earlier is not None:  # what was accepted before the end still gets its answer
            return _repeated(once, earlier, conversation.id, deps)
        require_no_opt_out(conversation, deps)
    if not conversation.is_open(now):
        raise ConversationEnded
    if closed:
        raise WindowClosed
    outcome = deps.conversations.append(Append(once=once, messages=(message,)))
    if isinstance(outcome, Appended):
        return message
    if isinstance(outcome, Duplicate):
        return _repeated(once, outcome.once, conversation.id, deps)
    return outcome


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


def _repeated(once: Once, earlier: Once, conversation_id: str, deps: Deps) -> Message:
    if earlier.digest != once.digest:
        raise IdempotencyConflict
    message = deps.conversations.find_message(conversation_id, earlier.result)
    if message is None:
        raise NotFound
    return message
