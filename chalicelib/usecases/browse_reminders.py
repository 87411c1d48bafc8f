"""An associate's own reminders, with the conversations they were made in (H20)."""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.errors import ContactsDisabled, MessagingDisabled, NotFound, PermissionDenied
from chalicelib.domain.merchants import Associate
from chalicelib.domain.reminders import Reminder

from .access import contacts_store, signed_in
from .ports import Deps

_AT_ONCE = 100


class ShownReminder(Struct, frozen=True):
    """`conversation`: None where it was deleted."""

    reminder: Reminder
    conversation: Conversation | None


def list_reminders(associate_id: str, deps: Deps) -> list[ShownReminder]:
    """Of every store where the associate may see contacts, the earliest first. Raises PermissionDenied."""
    associate, now = signed_in(associate_id, deps), deps.clock.now()
    kept = [each for each in deps.reminders.of_associate(associate.id) if each.is_kept(now)]
    stores = {store_id for store_id in {each.store_id for each in kept} if _sees_contacts(associate, store_id, deps)}
    shown = sorted((each for each in kept if each.store_id in stores), key=lambda each: (each.due_at, each.id))
    return show_reminders(shown, deps)


def show_reminders(reminders: Sequence[Reminder], deps: Deps) -> list[ShownReminder]:
    """In the same order."""
    wanted = list({each.conversation_id: None for each in reminders})
    found: dict[str, Conversation] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        found |= deps.conversations.find_several(wanted[start : start + _AT_ONCE])
    there = {name: each for name, each in found.items() if each.state is not ConversationState.DELETED}
    return [ShownReminder(each, there.get(each.conversation_id)) for each in reminders]


def _sees_contacts(associate: Associate, store_id: str, deps: Deps) -> bool:
    try:
        contacts_store(associate, store_id, deps)
    except (NotFound, PermissionDenied, MessagingDisabled, ContactsDisabled):
        return False
    return True
