"""Consent: what associates may set right of it (X6)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases.set_right_opt_out import set_right_opt_out

from . import present, schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/opt-out/set-right",
        summary="The customer did not mean to opt out: what held before their sentence holds again (X6).",
        answer=schemas.ConversationView,
        errors=(errors.MessagingDisabled, errors.OptOutStands, errors.ChangedMeanwhile),
    ),
)
def set_right_conversation_opt_out(call: Call, conversation_id: str) -> schemas.ConversationView:
    conversation = set_right_opt_out(conversation_id, call.associate_id, call.deps)
    return present.conversation(conversation, call.deps.clock.now())
