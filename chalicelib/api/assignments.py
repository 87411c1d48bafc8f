"""Who looks after a conversation, and who could."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation, colleagues

from . import present, schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/colleagues",
        summary="Who can look after conversations of a store.",
        answer=schemas.ColleagueList,
        errors=(errors.MessagingDisabled,),
    ),
)
def list_store_colleagues(call: Call, store_id: str) -> schemas.ColleagueList:
    found = colleagues(store_id, call.associate_id, call.deps)
    away = {absence.associate_id for absence in call.deps.directory.absences(store_id)}
    return present.colleagues(found, away)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/assignee",
        summary="Take a conversation, hand it over, or give it back to the store (N28).",
        request=schemas.Assign,
        answer=schemas.ConversationView,
        errors=(errors.MessagingDisabled, errors.ConversationEnded, errors.NotAssignable, errors.ChangedMeanwhile),
    ),
)
def assign_one_conversation(call: Call, conversation_id: str) -> schemas.ConversationView:
    command = AssignCommand(
        conversation_id=conversation_id, associate_id=call.associate_id, to=call.body.to, was=call.body.was
    )
    return present.conversation(assign_conversation(command, call.deps), call.deps.clock.now())
