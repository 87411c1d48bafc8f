"""An associate sets a reminder about the customer of a conversation, changes it, or puts it off (H20)."""

from msgspec import Struct

from chalicelib.domain.errors import ChangedMeanwhile, IdempotencyConflict, NotFound, TooManyReminders
from chalicelib.domain.reminders import MOST_REMINDERS, Reminder, Snooze, chosen, snoozed
from chalicelib.domain.wall_clock import Moment, moment_of

from .access import contacts_store, own_conversation, signed_in
from .once import request_once
from .ports import Deps

ATTEMPTS = 5


class When(Struct, frozen=True, kw_only=True):
    """`wall`: on the clock of `zone`; None: the store's. `later`: of a time that comes twice, the second."""

    wall: str
    zone: str | None = None
    later: bool = False

    def moment(self, store_zone: str) -> Moment:
        """Raises InvalidInput."""
        return moment_of(self.wall, store_zone if self.zone is None else self.zone, later=self.later)


class SetCommand(Struct, frozen=True, kw_only=True):
    conversation_id: str
    associate_id: str
    idempotency_key: str
    note: str
    when: When


def set_reminder(command: SetCommand, deps: Deps) -> Reminder:
    """The same request again gets the same reminder, as it is by then.

    Raises NotFound, PermissionDenied, MessagingDisabled, ContactsDisabled, InvalidInput, TooManyReminders,
    IdempotencyConflict.
    """
    conversation, associate, store = own_conversation(command.conversation_id, command.associate_id, deps)
    contacts_store(associate, store.id, deps)
    now, when = deps.clock.now(), command.when.moment(store.timezone)
    reminder_id = deps.ids.ulid(now)
    content = (conversation.id, command.note, when.wall, when.zone, str(command.when.later))
    once = request_once(associate.id, command.idempotency_key, content, reminder_id)
    if earlier := deps.conversations.find_once(once):
        return _made_before(associate.id, earlier.digest == once.digest, earlier.result, deps)
    when = chosen(when, now)
    require_room(associate.id, now, deps)
    reminder = Reminder(
        id=reminder_id,
        associate_id=associate.id,
        merchant_id=conversation.merchant_id,
        store_id=store.id,
        conversation_id=conversation.id,
        customer_id=conversation.customer_id,
        note=command.note,
        due_at=when.at,
        wall=when.wall,
        zone=when.zone,
        created_at=now,
    )
    beaten_by = deps.reminders.add(reminder, once)
    if beaten_by is None:
        return reminder
    return _made_before(associate.id, beaten_by.digest == once.digest, beaten_by.result, deps)


def change_reminder(reminder_id: str, associate_id: str, note: str, when: When, deps: Deps) -> Reminder:
    """It is told anew at its new time; what is over already keeps its time, if that stays.

    Raises NotFound (a colleague's, too), PermissionDenied, MessagingDisabled, ContactsDisabled, InvalidInput,
    ChangedMeanwhile.
    """
    for _attempt in range(ATTEMPTS):
        was = own_reminder(reminder_id, associate_id, deps)
        moment = when.moment(was.zone)
        if moment.at != was.due_at:
            moment = chosen(moment, deps.clock.now())
        reminder = was.changed(note, moment)
        if deps.reminders.change(reminder, was):
            return reminder
    raise ChangedMeanwhile


def snooze_reminder(reminder_id: str, associate_id: str, how: Snooze, deps: Deps) -> Reminder:
    """Put off from now on, on its own clock. Raises as `change_reminder`."""
    for _attempt in range(ATTEMPTS):
        was = own_reminder(reminder_id, associate_id, deps)
        reminder = was.changed(was.note, snoozed(how, was.zone, deps.clock.now()))
        if deps.reminders.change(reminder, was):
            return reminder
    raise ChangedMeanwhile


def own_reminder(reminder_id: str, associate_id: str, deps: Deps) -> Reminder:
    """One that has not ended, if the associate may still see the contacts of its store. Raises as `change_reminder`."""
    associate = signed_in(associate_id, deps)
    found = deps.reminders.find(associate_id, reminder_id)
    if found is None or not found.is_kept(deps.clock.now()):
        raise NotFound
    contacts_store(associate, found.store_id, deps)
    return found


def require_room(associate_id: str, now: int, deps: Deps) -> None:
    """Raises TooManyReminders. Two requests at once may both find the last place."""
    if sum(each.is_kept(now) for each in deps.reminders.of_associate(associate_id)) >= MOST_REMINDERS:
        raise TooManyReminders


def _made_before(associate_id: str, same: bool, reminder_id: str, deps: Deps) -> Reminder:
    if not same:
        raise IdempotencyConflict
    found = deps.reminders.find(associate_id, reminder_id) or deps.reminders.find_ended(associate_id, reminder_id)
    if found is None:
        raise NotFound
    return found
