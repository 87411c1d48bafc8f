"""Contacts and reminders as they go over HTTP: as present.py."""

from chalicelib.domain.addresses import Channel, masked
from chalicelib.domain.wall_clock import reading_of, shown_at
from chalicelib.usecases.browse_contacts import Contact
from chalicelib.usecases.browse_reminders import ShownReminder

from . import reminder_schemas as schemas


def reminder(of: ShownReminder, now: int) -> schemas.ReminderView:
    own, talk = of.reminder, of.conversation
    return schemas.ReminderView(
        id=own.id,
        store_id=own.store_id,
        conversation_id=None if talk is None else talk.id,
        customer_id=own.customer_id,
        customer_name="" if talk is None else talk.customer_name,
        note=own.note,
        due_at=own.due_at,
        state=schemas.ReminderState.DUE if own.is_due(now) else schemas.ReminderState.WAITING,
        wall=own.wall,
        zone=own.zone,
        reading=reading_of(own.moment),
        shown=shown_at(own.moment),
        created_at=own.created_at,
    )


def contact(of: Contact) -> schemas.ContactView:
    return schemas.ContactView(
        customer_id=of.customer_id,
        customer_name=of.customer_name,
        customer_address="" if of.channel == Channel.CHAT else masked(of.customer_address),
        channel=Channel(of.channel),
        conversation_id=of.conversation_id,
        conversation_ids=list(of.conversation_ids),
        last_activity_at=of.last_activity_at,
        last_preview=of.last_preview,
        unread=of.unread,
    )
