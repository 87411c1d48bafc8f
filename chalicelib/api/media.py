"""What comes and goes with messages: addresses for those who may see the conversation, and pictures to be sent."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases import upload_for_start as starting
from chalicelib.usecases import upload_picture as uploading
from chalicelib.usecases.access import own_conversation
from chalicelib.usecases.send_pictures import open_page
from chalicelib.usecases.show_media import show_media

from . import media_schemas, present_media
from .routing import Call, CustomerCall, Route, customer_endpoint, endpoint

blueprint = Blueprint(__name__)
PICTURE_ERRORS = (errors.PictureNotReady, errors.PictureMissing, errors.TooManyPictures)
"""Refusals of a message with pictures."""
_PICTURES = "/conversations/{conversation_id}/pictures"
_START = "/stores/{store_id}/orders/{order_id}/pictures"


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
    return present_media.media_links(show_media(conversation_id, message_id, media_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=_PICTURES,
        summary="Where a picture may be put that is to be sent in this conversation (N20).",
        request=media_schemas.OfferPicture,
        answer=media_schemas.PictureOffer,
        status=201,
        errors=(errors.MessagingDisabled, errors.ConversationEnded),
    ),
)
def offer_picture_upload(call: Call, conversation_id: str) -> media_schemas.PictureOffer:
    conversation, associate, _ = own_conversation(conversation_id, call.associate_id, call.deps)
    return present_media.picture_offer(uploading.offer_upload(conversation, associate.id, call.body.size, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_PICTURES}/{{picture_id}}/check",
        summary="A picture has been put there: it is checked from now on, and made anew (X23).",
        answer=media_schemas.PictureView,
        errors=(errors.MessagingDisabled,),
    ),
)
def check_picture_upload(call: Call, conversation_id: str, picture_id: str) -> media_schemas.PictureView:
    conversation, associate, _ = own_conversation(conversation_id, call.associate_id, call.deps)
    return present_media.picture(uploading.check_upload(conversation, associate.id, picture_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path=f"{_PICTURES}/{{picture_id}}",
        summary="How far a picture has come that is to be sent.",
        answer=media_schemas.PictureView,
        errors=(errors.MessagingDisabled,),
    ),
)
def show_picture_upload(call: Call, conversation_id: str, picture_id: str) -> media_schemas.PictureView:
    conversation, associate, _ = own_conversation(conversation_id, call.associate_id, call.deps)
    return present_media.picture(uploading.show_upload(conversation, associate.id, picture_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=_START,
        summary="Where a picture may be put for the first text about an order (D1, N20).",
        request=media_schemas.OfferPicture,
        answer=media_schemas.PictureOffer,
        status=201,
        errors=(errors.MessagingDisabled, errors.OrderNotStartable),
    ),
)
def offer_start_picture(call: Call, store_id: str, order_id: str) -> media_schemas.PictureOffer:
    offer = starting.offer_for_start(store_id, order_id, call.associate_id, call.body.size, call.deps)
    return present_media.picture_offer(offer)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_START}/{{start_picture_id}}/check",
        summary="A picture for a first text has been put there: it is checked from now on, and made anew (X23).",
        answer=media_schemas.PictureView,
        errors=(errors.MessagingDisabled,),
    ),
)
def check_start_picture(call: Call, store_id: str, order_id: str, start_picture_id: str) -> media_schemas.PictureView:
    shown = starting.check_for_start(store_id, order_id, call.associate_id, start_picture_id, call.deps)
    return present_media.picture(shown)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path=f"{_START}/{{start_picture_id}}",
        summary="How far a picture for a first text has come.",
        answer=media_schemas.PictureView,
        errors=(errors.MessagingDisabled,),
    ),
)
def show_start_picture(call: Call, store_id: str, order_id: str, start_picture_id: str) -> media_schemas.PictureView:
    shown = starting.show_for_start(store_id, order_id, call.associate_id, start_picture_id, call.deps)
    return present_media.picture(shown)


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path="/chat-pictures",
        summary="The pictures behind the link in a text (N19).",
        request=media_schemas.OpenPictures,
        answer=media_schemas.PicturePage,
        errors=(errors.ChatUnavailable,),
    ),
)
def open_picture_page(call: CustomerCall) -> media_schemas.PicturePage:
    """Below `/chat`, so that the site's own address leads here too (infra/resources.yaml)."""
    return present_media.picture_page(open_page(call.body.token, call.deps))
