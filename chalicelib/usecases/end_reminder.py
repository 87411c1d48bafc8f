"""An associate is done with a reminder, or does not want it any more; for a day that can be taken back (H20)."""

from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.reminders import Reminder

from .access import contacts_store, signed_in
from .ports import Deps
from .set_reminder import ATTEMPTS, own_reminder, require_room


def end_reminder(reminder_id: str, associate_id: str, deps: Deps) -> None:
    """Of one that has ended, nothing. Raises NotFound (a colleague's, too), PermissionDenied, MessagingDisabled,
    ContactsDisabled, ChangedMeanwhile."""
    for _attempt in range(ATTEMPTS):
        try:
            was = own_reminder(reminder_id, associate_id, deps)
        except NotFound:
            _own_ended(reminder_id, associate_id, deps)
            return
        if deps.reminders.end(was.ended(deps.clock.now()), was):
            return
    raise ChangedMeanwhile


def restore_reminder(reminder_id: str, associate_id: str, deps: Deps) -> Reminder:
    """As it was; of one that has not ended, as it is. Raises as `end_reminder`, and TooManyReminders."""
    for _attempt in range(ATTEMPTS):
        try:
            was = _own_ended(reminder_id, associate_id, deps)
        except NotFound:
            return own_reminder(reminder_id, associate_id, deps)
        require_room(associate_id, deps.clock.now(), deps)
        restored = was.restored()
        if deps.reminders.restore(restored, was):
            return restored
    raise ChangedMeanwhile


def _own_ended(reminder_id: str, associate_id: str, deps: Deps) -> Reminder:
    associate = signed_in(associate_id, deps)
    found = deps.reminders.find_ended(associate_id, reminder_id)
    if found is None or not found.is_kept(deps.clock.now()):
        raise NotFound
    contacts_store(associate, found.store_id, deps)
    return found
