"""Customers: who an order's is, which of them are one person (X11), and their tags (S13)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.show_customer import show_buyer
from chalicelib.usecases.tag_customer import TagChange, tag_customer

from . import note_schemas, present, schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/orders/{order_id}/customer",
        summary="Whose an order is; `consent` says nothing here.",
        answer=schemas.CustomerView,
        errors=(errors.MessagingDisabled,),
    ),
)
def show_order_customer(call: Call, order_id: str) -> schemas.CustomerView:
    return present.customer(show_buyer(order_id, call.associate_id, call.deps), call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/customer/merges",
        summary="Its customer and another one are the same person: one is kept and has what was the other's (X11).",
        request=schemas.MergeCustomers,
        answer=schemas.CustomerView,
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def merge_two_customers(call: Call, conversation_id: str) -> schemas.CustomerView:
    other = Other(call.body.conversation_id, call.body.order_id)
    keep_other = call.body.keep_other
    sheet = merge_customers(conversation_id, other, call.associate_id, call.deps, keep_other=keep_other)
    return present.customer(sheet, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/customer/merges/{merged_id}/undo",
        summary="They are two again; what came after the merge stays where it is.",
        answer=schemas.CustomerView,
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def undo_one_merge(call: Call, conversation_id: str, merged_id: str) -> schemas.CustomerView:
    sheet = undo_merge(conversation_id, merged_id, call.associate_id, call.deps)
    return present.customer(sheet, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path="/conversations/{conversation_id}/tags",
        summary="Give a conversation's customer tags, or take some away (S13). All stores of the merchant see them.",
        request=note_schemas.ChangeTags,
        answer=note_schemas.CustomerTags,
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def tag_one_customer(call: Call, conversation_id: str) -> note_schemas.CustomerTags:
    change = TagChange(conversation_id, call.associate_id, call.body.add, call.body.remove)
    return note_schemas.CustomerTags(list(tag_customer(change, call.deps)))
