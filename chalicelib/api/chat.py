"""The chat page of customers: no sign-in, but a link whose token is exchanged for a cookie (docs/decisions/0015)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.domain.chat_links import ChatLink
from chalicelib.usecases import read_chat
from chalicelib.usecases import upload_in_chat as uploading
from chalicelib.usecases.open_chat_link import open_chat_link, session_of
from chalicelib.usecases.open_socket import issue_chat_ticket
from chalicelib.usecases.write_in_chat import ChatCommand, write_in_chat

from . import chat_schemas, media_schemas, present, present_media, schemas
from .media import PICTURE_ERRORS
from .routing import CustomerCall, Query, Route, WithCookie, customer_endpoint

blueprint = Blueprint(__name__)
COOKIE = "chat"
_UPLOADS = "/chat/{chat_id}/pictures"
_LIFE = 400 * 86_400
"""Seconds: the longest that browsers keep a cookie. The session itself ends with its conversation."""


def _session(call: CustomerCall, chat_id: str) -> ChatLink:
    return session_of(chat_id, call.cookies.get(COOKIE, ""), call.deps)


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path="/chat",
        summary="Exchange the token of a chat link for a session of this browser.",
        request=chat_schemas.OpenChat,
        answer=chat_schemas.ChatSession,
        status=201,
        errors=(errors.ChatUnavailable,),
    ),
)
def open_chat(call: CustomerCall) -> WithCookie:
    """The cookie goes to this chat's routes only: a browser may have several chats."""
    session = open_chat_link(call.body.token, call.caller, call.deps)
    attributes = f"Path=/api/chat/{session.link.id}; Max-Age={_LIFE}; HttpOnly; Secure; SameSite=Strict"
    return WithCookie(chat_schemas.ChatSession(chat_id=session.link.id), f"{COOKIE}={session.token}; {attributes}")


@customer_endpoint(
    blueprint,
    Route(
        method="GET",
        path="/chat/{chat_id}",
        summary="The conversation as the customer sees it: the newest messages, older ones, or those after a position.",
        query={
            "cursor": Query("Of the page before.", maximum=1024),
            "after": Query("A position: only what came later.", maximum=64),
        },
        answer=chat_schemas.ChatView,
        errors=(errors.ChatUnavailable,),
    ),
)
def show_chat(call: CustomerCall, chat_id: str) -> chat_schemas.ChatView:
    link = _session(call, chat_id)
    if "after" in call.query:
        return present.chat(read_chat.newer_in_chat(link, call.query["after"], call.deps))
    return present.chat(read_chat.show_chat(link, call.query.get("cursor"), call.deps))


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path="/chat/{chat_id}/messages",
        summary="The customer writes.",
        request=chat_schemas.WriteInChat,
        answer=chat_schemas.ChatMessage,
        status=201,
        idempotent=True,
        errors=(errors.ChatUnavailable, errors.ConversationEnded, errors.IdempotencyConflict, *PICTURE_ERRORS),
    ),
)
def write_chat_message(call: CustomerCall, chat_id: str) -> chat_schemas.ChatMessage:
    command = ChatCommand(
        link=_session(call, chat_id),
        body=call.body.body,
        idempotency_key=call.idempotency_key,
        pictures=tuple(call.body.pictures),
    )
    return present.chat_message(write_in_chat(command, call.deps))


@customer_endpoint(
    blueprint,
    Route(
        method="GET",
        path="/chat/{chat_id}/messages/{message_id}/pictures/{picture_id}",
        summary="Where a picture of a message can be fetched, for some minutes.",
        answer=media_schemas.MediaLinks,
        errors=(errors.ChatUnavailable,),
    ),
)
def show_chat_picture(call: CustomerCall, chat_id: str, message_id: str, picture_id: str) -> media_schemas.MediaLinks:
    links = read_chat.show_picture(_session(call, chat_id), message_id, picture_id, call.deps)
    return present_media.media_links(links)


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path=_UPLOADS,
        summary="Where a picture may be put that the customer is about to send.",
        request=media_schemas.OfferPicture,
        answer=media_schemas.PictureOffer,
        status=201,
        errors=(errors.ChatUnavailable, errors.ConversationEnded, errors.TooManyAttempts),
    ),
)
def offer_chat_picture(call: CustomerCall, chat_id: str) -> media_schemas.PictureOffer:
    return present_media.picture_offer(uploading.offer_in_chat(_session(call, chat_id), call.body.size, call.deps))


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_UPLOADS}/{{upload_id}}/check",
        summary="The customer's picture has been put there: it is checked from now on, and made anew (X23).",
        answer=media_schemas.PictureView,
        errors=(errors.ChatUnavailable,),
    ),
)
def check_chat_picture(call: CustomerCall, chat_id: str, upload_id: str) -> media_schemas.PictureView:
    return present_media.picture(uploading.check_in_chat(_session(call, chat_id), upload_id, call.deps))


@customer_endpoint(
    blueprint,
    Route(
        method="GET",
        path=f"{_UPLOADS}/{{upload_id}}",
        summary="How far a picture has come that the customer is about to send.",
        answer=media_schemas.PictureView,
        errors=(errors.ChatUnavailable,),
    ),
)
def show_chat_upload(call: CustomerCall, chat_id: str, upload_id: str) -> media_schemas.PictureView:
    return present_media.picture(uploading.show_in_chat(_session(call, chat_id), upload_id, call.deps))


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path="/chat/{chat_id}/seen",
        summary="Everything up to a message was on the customer's screen.",
        request=chat_schemas.MarkSeen,
        errors=(errors.ChatUnavailable,),
    ),
)
def mark_chat_seen(call: CustomerCall, chat_id: str) -> None:
    read_chat.mark_seen(_session(call, chat_id), call.body.up_to, call.deps)


@customer_endpoint(
    blueprint,
    Route(
        method="POST",
        path="/chat/{chat_id}/ticket",
        summary="A ticket for one WebSocket that says when there is something new.",
        answer=schemas.Ticket,
        errors=(errors.ChatUnavailable,),
    ),
)
def make_chat_ticket(call: CustomerCall, chat_id: str) -> schemas.Ticket:
    ticket = issue_chat_ticket(_session(call, chat_id), call.deps)
    url = f"{call.deps.websocket_url}?ticket={ticket.token}"
    return schemas.Ticket(url=url, expires_at=ticket.expires_at)
