"""Texts that wait for their time: changed, taken back, sent now (X3)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases import change_held as changing

from . import present, schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)
_PATH = "/conversations/{conversation_id}/held/{held_id}"


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path=_PATH,
        summary="Change a text that is to go out later: its words, and when (X3).",
        request=schemas.ChangeHeld,
        answer=schemas.MessageView,
        errors=(
            errors.MessagingDisabled,
            errors.OptedOut,
            errors.OptInPending,
            errors.ConversationEnded,
            errors.NoLongerHeld,
            errors.ChangedMeanwhile,
        ),
    ),
)
def change_held_message(call: Call, conversation_id: str, held_id: str) -> schemas.MessageView:
    command = changing.ChangeHeld(
        conversation_id=conversation_id,
        held_id=held_id,
        associate_id=call.associate_id,
        body=call.body.body,
        send_at=call.body.send_at,
    )
    return present.held(changing.change_held(command, call.deps))


@endpoint(
    blueprint,
    Route(
        method="DELETE",
        path=_PATH,
        summary="Take back a text that is to go out later (X3).",
        errors=(errors.MessagingDisabled, errors.NoLongerHeld, errors.ChangedMeanwhile),
    ),
)
def cancel_held_message(call: Call, conversation_id: str, held_id: str) -> None:
    changing.cancel_held(conversation_id, held_id, call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_PATH}/release",
        summary="Send a text now that was to go out later (X3).",
        answer=schemas.MessageView,
        errors=(
            errors.MessagingDisabled,
            errors.OptedOut,
            errors.OptInPending,
            errors.ConversationEnded,
            errors.QuietHours,
            errors.NoLongerHeld,
            errors.ChangedMeanwhile,
        ),
    ),
)
def release_held_message(call: Call, conversation_id: str, held_id: str) -> schemas.MessageView:
    return present.message(changing.send_held_now(conversation_id, held_id, call.associate_id, call.deps))
