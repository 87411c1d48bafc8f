"""Contacts and reminders of the signed-in associate (H14, H15, H20)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.domain.reminders import Reminder
from chalicelib.usecases import set_reminder as setting
from chalicelib.usecases.browse_contacts import list_contacts
from chalicelib.usecases.browse_reminders import list_reminders, show_reminders
from chalicelib.usecases.end_reminder import end_reminder, restore_reminder
from chalicelib.wiring import Dependencies

from . import present_reminders as present
from . import reminder_schemas as schemas
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)
_PATH = "/reminders/{reminder_id}"
_OFF = (errors.MessagingDisabled, errors.ContactsDisabled)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/contacts",
        summary="The customers I look after in a store, each once (H14).",
        answer=schemas.ContactList,
        query={
            "q": Query(
                "Part of name, order number or last message; a whole phone number; `tag:` and a tag.", maximum=100
            )
        },
        errors=_OFF,
    ),
)
def list_own_contacts(call: Call, store_id: str) -> schemas.ContactList:
    found = list_contacts(store_id, call.associate_id, call.query.get("q", ""), call.deps)
    return schemas.ContactList(rows=[present.contact(each) for each in found.rows], truncated=found.truncated)


@endpoint(
    blueprint,
    Route(method="GET", path="/reminders", summary="My reminders, in all stores (H20).", answer=schemas.ReminderList),
)
def list_own_reminders(call: Call) -> schemas.ReminderList:
    now = call.deps.clock.now()
    return schemas.ReminderList(
        rows=[present.reminder(each, now) for each in list_reminders(call.associate_id, call.deps)]
    )


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/reminders",
        summary="Remind me of this customer at a time (H20).",
        request=schemas.SetReminder,
        answer=schemas.ReminderView,
        status=201,
        idempotent=True,
        errors=(*_OFF, errors.TooManyReminders, errors.IdempotencyConflict),
    ),
)
def set_one_reminder(call: Call, conversation_id: str) -> schemas.ReminderView:
    command = setting.SetCommand(
        conversation_id=conversation_id,
        associate_id=call.associate_id,
        idempotency_key=call.idempotency_key,
        note=call.body.note or "",
        when=_when(call.body),
    )
    return _shown(setting.set_reminder(command, call.deps), call.deps)


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path=_PATH,
        summary="Change a reminder of mine: its note, and when (H20).",
        request=schemas.SetReminder,
        answer=schemas.ReminderView,
        errors=(*_OFF, errors.ChangedMeanwhile),
    ),
)
def change_one_reminder(call: Call, reminder_id: str) -> schemas.ReminderView:
    when = _when(call.body)
    changed = setting.change_reminder(reminder_id, call.associate_id, call.body.note or "", when, call.deps)
    return _shown(changed, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_PATH}/snooze",
        summary="Remind me of it again later: so long from now, or tomorrow morning (H20).",
        request=schemas.SnoozeReminder,
        answer=schemas.ReminderView,
        errors=(*_OFF, errors.ChangedMeanwhile),
    ),
)
def snooze_one_reminder(call: Call, reminder_id: str) -> schemas.ReminderView:
    return _shown(setting.snooze_reminder(reminder_id, call.associate_id, call.body.until, call.deps), call.deps)


@endpoint(
    blueprint,
    Route(
        method="DELETE",
        path=_PATH,
        summary="Done, or not wanted any more: I am not reminded of it (again). For a day it can be restored (H20).",
        errors=(*_OFF, errors.ChangedMeanwhile),
    ),
)
def end_one_reminder(call: Call, reminder_id: str) -> None:
    end_reminder(reminder_id, call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_PATH}/restore",
        summary="Not done after all: a reminder of mine that ended within a day (H20).",
        answer=schemas.ReminderView,
        errors=(*_OFF, errors.TooManyReminders, errors.ChangedMeanwhile),
    ),
)
def restore_one_reminder(call: Call, reminder_id: str) -> schemas.ReminderView:
    return _shown(restore_reminder(reminder_id, call.associate_id, call.deps), call.deps)


def _when(given: schemas.SetReminder) -> setting.When:
    return setting.When(wall=given.wall, zone=given.zone, later=given.later)


def _shown(reminder: Reminder, deps: Dependencies) -> schemas.ReminderView:
    (shown,) = show_reminders([reminder], deps)
    return present.reminder(shown, deps.clock.now())
