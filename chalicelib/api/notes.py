"""Notes about the customer of a conversation, and remarks about an order (S13, S24): for colleagues only."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.domain.notes import MOST_SHOWN, Note
from chalicelib.usecases import write_note as notes

from . import note_schemas as schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)
_OFF = (errors.MessagingDisabled,)
_OF_CUSTOMER, _OF_ORDER = "/conversations/{conversation_id}/notes", "/orders/{order_id}/notes"


def _list(path: str, summary: str) -> Route:
    return Route(method="GET", path=path, summary=summary, answer=schemas.NoteList, errors=_OFF)


def _write(path: str, summary: str) -> Route:
    return Route(
        method="POST",
        path=path,
        summary=summary,
        request=schemas.WriteNote,
        answer=schemas.NoteView,
        status=201,
        idempotent=True,
        errors=(*_OFF, errors.IdempotencyConflict),
    )


def _remove(path: str, summary: str) -> Route:
    return Route(method="DELETE", path=path, summary=summary, errors=_OFF)


@endpoint(blueprint, _list(_OF_CUSTOMER, "What this store's colleagues wrote down of a conversation's customer (S13)."))
def list_customer_notes(call: Call, conversation_id: str) -> schemas.NoteList:
    return _shown(notes.customer_of(conversation_id, call.associate_id, call.deps), call)


@endpoint(blueprint, _write(_OF_CUSTOMER, "Write down something of a conversation's customer (S13)."))
def write_customer_note(call: Call, conversation_id: str) -> schemas.NoteView:
    return _written(notes.customer_of(conversation_id, call.associate_id, call.deps), call)


@endpoint(blueprint, _remove(f"{_OF_CUSTOMER}/{{note_id}}", "Take away a note of mine."))
def remove_customer_note(call: Call, conversation_id: str, note_id: str) -> None:
    notes.remove_note(notes.customer_of(conversation_id, call.associate_id, call.deps), note_id, call.deps)


@endpoint(blueprint, _list(_OF_ORDER, "Colleagues' remarks about an order (S24)."))
def list_order_notes(call: Call, order_id: str) -> schemas.NoteList:
    return _shown(notes.order_of(order_id, call.associate_id, call.deps), call)


@endpoint(blueprint, _write(_OF_ORDER, "Write a remark about an order (S24)."))
def write_order_note(call: Call, order_id: str) -> schemas.NoteView:
    return _written(notes.order_of(order_id, call.associate_id, call.deps), call)


@endpoint(blueprint, _remove(f"{_OF_ORDER}/{{remark_id}}", "Take away a remark of mine."))
def remove_order_note(call: Call, order_id: str, remark_id: str) -> None:
    notes.remove_note(notes.order_of(order_id, call.associate_id, call.deps), remark_id, call.deps)


def _shown(subject: notes.Subject, call: Call) -> schemas.NoteList:
    found = notes.list_notes(subject, call.deps)
    return schemas.NoteList(rows=[_view(each, call) for each in found], truncated=len(found) == MOST_SHOWN)


def _written(subject: notes.Subject, call: Call) -> schemas.NoteView:
    return _view(notes.write_note(subject, call.body.body, call.idempotency_key, call.deps), call)


def _view(note: Note, call: Call) -> schemas.NoteView:
    return schemas.NoteView(
        id=note.id,
        body=note.body,
        author_name=note.author_name,
        mine=note.author_id == call.associate_id,
        created_at=note.created_at,
    )
