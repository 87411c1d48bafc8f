"""Conversations: lists, threads, and everything an associate does in them."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.domain.conversations import ConversationState
from chalicelib.usecases import close_conversation as ends
from chalicelib.usecases import mark_read as reading
from chalicelib.usecases.browse_conversations import InboxQuery, list_conversations, show_handovers, show_thread
from chalicelib.usecases.change_proxy import proxy_state
from chalicelib.usecases.continue_elsewhere import continue_elsewhere
from chalicelib.usecases.list_templates import list_templates
from chalicelib.usecases.renew_chat_link import renew_chat_link
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.send_message import SendCommand, TemplateChoice, send_message
from chalicelib.usecases.set_right_opt_out import opt_out_of
from chalicelib.usecases.show_customer import show_customer
from chalicelib.usecases.show_quiet_hours import customer_clock
from chalicelib.usecases.start_conversation import StartCommand, start_conversation
from chalicelib.usecases.unmask_customer import unmask_customer

from . import audit_schemas, present, schemas
from .media import PICTURE_ERRORS
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)
_PAGE = 50
"""Messages in a thread by default."""
_SENDING = (
    errors.MessagingDisabled,
    errors.OptedOut,
    errors.OptInPending,
    errors.ConversationEnded,
    errors.TooFewCredits,
)
"""Refusals of whatever sends."""


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/conversations",
        summary="Conversations of a store, last activity first.",
        query={
            "state": Query("`open` by default.", choices=("open", "closed")),
            "cursor": Query("Of the next page.", maximum=1024),
            "limit": Query("Rows, 25 by default.", "integer", maximum=100),
            "assigned": Query("`me`: only those that I look after (N28).", choices=("me",)),
            "q": Query(
                "Part of name, order number or last message; a whole phone number; `tag:` and a tag.", maximum=100
            ),
            "newer_than": Query("Only with activity after this instant.", "integer", maximum=10**14),
        },
        answer=schemas.ConversationPage,
        errors=(errors.MessagingDisabled,),
    ),
)
def list_store_conversations(call: Call, store_id: str) -> schemas.ConversationPage:
    found = list_conversations(
        InboxQuery(
            store_id=store_id,
            associate_id=call.associate_id,
            state=ConversationState(call.query.get("state", "open")),
            limit=call.query.get("limit", 25),
            cursor=call.query.get("cursor"),
            search=call.query.get("q", ""),
            newer_than=call.query.get("newer_than"),
            mine=call.query.get("assigned") == "me",
        ),
        call.deps,
    )
    return present.conversation_page(found, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/conversations",
        summary="Start the conversation about a fresh order, or take it up again (D1, D2).",
        request=schemas.StartConversation,
        answer=schemas.Thread,
        status=201,
        idempotent=True,
        errors=(
            errors.MessagingDisabled,
            errors.OrderNotStartable,
            errors.CustomerUnreachable,
            errors.OptedOut,
            errors.OptInPending,
            errors.QuietHours,
            *PICTURE_ERRORS,
            errors.RequestHasNoPictures,
            errors.IdempotencyConflict,
            errors.ChangedMeanwhile,
        ),
    ),
)
def start_store_conversation(call: Call, store_id: str) -> schemas.Thread:
    command = StartCommand(
        store_id=store_id,
        associate_id=call.associate_id,
        order_id=call.body.order_id,
        body=call.body.body,
        idempotency_key=call.idempotency_key,
        chat_link=call.body.chat_link,
        pictures=tuple(call.body.pictures),
    )
    return _thread(call, start_conversation(command, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/conversations/{conversation_id}",
        summary="A conversation with its newest messages, or a page of older ones.",
        query={
            "cursor": Query("Of the page before.", maximum=1024),
            "limit": Query("Messages, 50 by default.", "integer", maximum=100),
        },
        answer=schemas.Thread,
        errors=(errors.MessagingDisabled,),
    ),
)
def show_conversation(call: Call, conversation_id: str) -> schemas.Thread:
    return _thread(call, conversation_id)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/conversations/{conversation_id}/customer",
        summary="Who a conversation is with: consent and orders in this store.",
        answer=schemas.CustomerView,
        errors=(errors.MessagingDisabled,),
    ),
)
def show_conversation_customer(call: Call, conversation_id: str) -> schemas.CustomerView:
    sheet = show_customer(conversation_id, call.associate_id, call.deps)
    return present.customer(sheet, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/messages",
        summary="Send a text, now or later (X3). It is accepted here and delivered in order.",
        request=schemas.SendMessage,
        answer=schemas.MessageView,
        status=201,
        idempotent=True,
        errors=(
            *_SENDING,
            errors.WindowClosed,
            errors.TooManyHeld,
            *PICTURE_ERRORS,
            errors.ProductGone,
            errors.ProxyUnusable,
            errors.IdempotencyConflict,
            errors.ChangedMeanwhile,
        ),
    ),
)
def send_conversation_message(call: Call, conversation_id: str) -> schemas.MessageView:
    command = SendCommand(
        conversation_id=conversation_id,
        associate_id=call.associate_id,
        body=call.body.body,
        idempotency_key=call.idempotency_key,
        send_at=call.body.send_at,
        pictures=tuple(call.body.pictures),
        product_id=call.body.product_id or "",
    )
    return present.accepted(send_message(command, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/conversations/{conversation_id}/templates",
        summary="The approved templates that its customer can be sent at any time (X9).",
        answer=schemas.TemplateList,
        errors=(errors.MessagingDisabled,),
    ),
)
def list_conversation_templates(call: Call, conversation_id: str) -> schemas.TemplateList:
    return present.templates(list_templates(conversation_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/templates",
        summary="Send an approved template, filled in. It is accepted here and delivered in order.",
        request=schemas.SendTemplate,
        answer=schemas.MessageView,
        status=201,
        idempotent=True,
        errors=(
            *_SENDING,
            errors.IdempotencyConflict,
            errors.ChangedMeanwhile,
        ),
    ),
)
def send_conversation_template(call: Call, conversation_id: str) -> schemas.MessageView:
    given = call.body
    command = SendCommand(
        conversation_id=conversation_id,
        associate_id=call.associate_id,
        body="",
        template=TemplateChoice(name=given.name, language=given.language, values=tuple(given.values)),
        idempotency_key=call.idempotency_key,
    )
    return present.accepted(send_message(command, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/messages/{message_id}/retry",
        summary="Send a failed message, or one whose delivery is unknown, again (X10).",
        answer=schemas.MessageView,
        errors=(
            errors.MessagingDisabled,
            errors.NotRetryable,
            errors.OptedOut,
            errors.OptInPending,
            errors.ConversationEnded,
            errors.QuietHours,
            errors.WindowClosed,
            errors.ProxyUnusable,
            errors.ChangedMeanwhile,
        ),
    ),
)
def retry_conversation_message(call: Call, conversation_id: str, message_id: str) -> schemas.MessageView:
    return present.message(retry_message(conversation_id, message_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/read",
        summary="Everything up to a message has been seen.",
        request=schemas.MarkRead,
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def mark_conversation_read(call: Call, conversation_id: str) -> None:
    reading.mark_read(conversation_id, call.associate_id, call.body.up_to, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/unread",
        summary="Mark as unread (X19).",
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def mark_conversation_unread(call: Call, conversation_id: str) -> None:
    reading.mark_unread(conversation_id, call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/unmask",
        summary="The customer's real addresses, for those with the permission; it is written down (X7, X24).",
        answer=audit_schemas.RealAddresses,
        errors=(errors.MessagingDisabled,),
    ),
)
def unmask_conversation_customer(call: Call, conversation_id: str) -> audit_schemas.RealAddresses:
    return present.unmasked(unmask_customer(conversation_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/close",
        summary="Close (D18).",
        answer=schemas.ConversationView,
        errors=(errors.MessagingDisabled, errors.ConversationEnded, errors.ChangedMeanwhile),
    ),
)
def close_one_conversation(call: Call, conversation_id: str) -> schemas.ConversationView:
    closed = ends.close_conversation(conversation_id, call.associate_id, call.deps)
    return present.conversation(closed, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/reopen",
        summary="Undo of closing.",
        answer=schemas.ConversationView,
        errors=(errors.MessagingDisabled, errors.ConversationEnded, errors.ChangedMeanwhile),
    ),
)
def reopen_one_conversation(call: Call, conversation_id: str) -> schemas.ConversationView:
    opened = ends.reopen_conversation(conversation_id, call.associate_id, call.deps)
    return present.conversation(opened, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/continue",
        summary="Go on over another number of ours, where this one can no longer send.",
        answer=schemas.ConversationView,
        errors=(
            errors.MessagingDisabled,
            errors.ConversationEnded,
            errors.NoFreeProxy,
            errors.ChangedMeanwhile,
        ),
    ),
)
def continue_conversation_elsewhere(call: Call, conversation_id: str) -> schemas.ConversationView:
    moved = continue_elsewhere(conversation_id, call.associate_id, call.deps)
    return present.conversation(moved, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="DELETE",
        path="/conversations/{conversation_id}",
        summary="Delete for everybody; cannot be undone (D18).",
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def delete_one_conversation(call: Call, conversation_id: str) -> None:
    ends.delete_conversation(conversation_id, call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/chat-link",
        summary="Send the customer a fresh chat link; the links and sessions from before end.",
        answer=schemas.MessageView,
        status=201,
        idempotent=True,
        errors=(
            errors.MessagingDisabled,
            errors.ConversationEnded,
            errors.OptedOut,
            errors.CustomerUnreachable,
            errors.IdempotencyConflict,
            errors.ChangedMeanwhile,
        ),
    ),
)
def renew_conversation_chat_link(call: Call, conversation_id: str) -> schemas.MessageView:
    sent = renew_chat_link(conversation_id, call.associate_id, call.idempotency_key, call.deps)
    return present.message(sent)


def _thread(call: Call, conversation_id: str) -> schemas.Thread:
    limit = call.query.get("limit", _PAGE)
    thread = show_thread(conversation_id, call.associate_id, limit, call.query.get("cursor"), call.deps)
    return present.thread(
        thread,
        show_handovers(thread, call.deps),
        call.deps.clock.now(),
        proxy_state(thread.conversation, call.deps),
        customer_clock(thread.conversation, call.deps),
        opt_out_of(thread.conversation, call.deps),
    )
