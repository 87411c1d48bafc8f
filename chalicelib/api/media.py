"""What came with messages: addresses for those who may see the conversation."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases.show_media import show_media

from . import media_schemas, present
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/conversations/{conversation_id}/messages/{message_id}/media/{media_id}",
        summary="Where an attachment can be fetched, for some minutes (X23).",
        answer=media_schemas.MediaLinks,
        errors=(errors.MessagingDisabled,),
    ),
)
def show_message_media(call: Call, conversation_id: str, message_id: str, media_id: str) -> media_schemas.MediaLinks:
    return present.media_links(show_media(conversation_id, message_id, media_id, call.associate_id, call.deps))
