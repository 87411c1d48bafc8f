"""An associate changes a text that waits for its time, takes it back, or sends it now (X3)."""

from msgspec import Struct

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NoLongerHeld, NotFound
from chalicelib.domain.held import Held, HeldReason, chosen_time
from chalicelib.domain.messages import Message, require_length

from .access import own_conversation, require_no_opt_out, require_open
from .held_messages import accepted, release, require_daytime, when_allowed
from .ports import Deps

_ATTEMPTS = 5


class ChangeHeld(Struct, frozen=True, kw_only=True):
    """`body`, `send_at`: as they are to be from now on. `body` None: its words stay."""

    conversation_id: str
    held_id: str
    associate_id: str
    body: str | None
    send_at: int


def change_held(command: ChangeHeld, deps: Deps) -> Held:
    """Raises NotFound, PermissionDenied, MessagingDisabled, OptedOut, ConversationEnded, InvalidInput, NoLongerHeld,
    ChangedMeanwhile."""
    conversation, _, _ = own_conversation(command.conversation_id, command.associate_id, deps)
    require_no_opt_out(conversation, deps)
    for _attempt in range(_ATTEMPTS):
        was, now = _waiting(conversation, command.held_id, deps), deps.clock.now()
        require_open(conversation, now)
        words = was.words if command.body is None else command.body
        if was.template is not None and words != was.words:
            raise InvalidInput("The words of a template cannot be changed.")
        release_at = chosen_time(command.send_at, now, conversation.expires_at)
        allowed = when_allowed(conversation, release_at, deps)
        reason = HeldReason.LATER if allowed == release_at else HeldReason.QUIET_HOURS
        held = was.changed(words, allowed, reason)
        require_length(held.body)
        if deps.held.change(held, was):
            return held
    raise ChangedMeanwhile


def cancel_held(conversation_id: str, held_id: str, associate_id: str, deps: Deps) -> None:
    """It will not go out. Raises NotFound, PermissionDenied, MessagingDisabled, NoLongerHeld, ChangedMeanwhile."""
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    for _attempt in range(_ATTEMPTS):
        if deps.held.cancel(_waiting(conversation, held_id, deps)):
            return
    raise ChangedMeanwhile


def send_held_now(conversation_id: str, held_id: str, associate_id: str, deps: Deps) -> Message:
    """The message that it is from now on. Raises as `change_held`, and QuietHours: no permission overrides the law."""
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    require_no_opt_out(conversation, deps)
    require_open(conversation, deps.clock.now())
    require_daytime(conversation, deps.clock.now(), deps)
    for _attempt in range(_ATTEMPTS):
        message = release(_waiting(conversation, held_id, deps), deps)
        if message is not None:
            return message
    raise ChangedMeanwhile


def _waiting(conversation: Conversation, held_id: str, deps: Deps) -> Held:
    found = accepted(conversation.id, held_id, deps)
    if isinstance(found, Message):
        raise NoLongerHeld
    if found is None:
        raise NotFound
    return found
