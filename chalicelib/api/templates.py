"""Templates and quick replies (L8, L15, N15): managers set them up, associates pick them."""

from chalice.app import Blueprint

from chalicelib.domain.errors import ChangedMeanwhile, MessagingDisabled
from chalicelib.usecases.browse_automatic_texts import show_automatic_texts
from chalicelib.usecases.browse_templates import show_templates
from chalicelib.usecases.fill_templates import preview_template, texts_for_conversation, texts_for_order
from chalicelib.usecases.save_template import SaveCommand, delete_template, save_template

from . import present_templates, template_schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/templates",
        summary="The store's templates and quick replies, with the tokens that they may have.",
        answer=template_schemas.StoreTemplateList,
        errors=(MessagingDisabled,),
    ),
)
def list_store_templates(call: Call, store_id: str) -> template_schemas.StoreTemplateList:
    store, found = show_templates(store_id, call.associate_id, call.deps)
    return present_templates.template_list(found, store)


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path="/stores/{store_id}/templates/{template_id}",
        summary="Make a template or quick reply, change it, or switch it off and on; for managers.",
        request=template_schemas.SaveTemplate,
        answer=template_schemas.StoreTemplate,
        errors=(ChangedMeanwhile,),
    ),
)
def save_store_template(call: Call, store_id: str, template_id: str) -> template_schemas.StoreTemplate:
    body = call.body
    command = SaveCommand(
        store_id=store_id,
        associate_id=call.associate_id,
        template_id=template_id,
        kind=body.kind,
        name=body.name or "",
        texts=body.texts,
        active=body.active,
        transactional=body.transactional,
        delay_days=body.delay_days,
        revision=body.revision,
    )
    return present_templates.template(save_template(command, call.deps))


@endpoint(
    blueprint,
    Route(
        method="DELETE",
        path="/stores/{store_id}/templates/{template_id}",
        summary="Delete one; a standard template goes back to the words that it came with.",
        errors=(ChangedMeanwhile,),
    ),
)
def delete_store_template(call: Call, store_id: str, template_id: str) -> None:
    delete_template(store_id, template_id, call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/template-preview",
        summary="What a text comes to for the store's newest order, and what is wrong with it.",
        request=template_schemas.PreviewTemplate,
        answer=template_schemas.TemplatePreview,
        errors=(MessagingDisabled,),
    ),
)
def preview_store_template(call: Call, store_id: str) -> template_schemas.TemplatePreview:
    body = call.body
    return present_templates.preview(preview_template(store_id, call.associate_id, body.text, body.language, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/conversations/{conversation_id}/texts",
        summary="Custom templates and quick replies, filled in for this conversation.",
        answer=template_schemas.ReadyTextList,
        errors=(MessagingDisabled,),
    ),
)
def list_conversation_texts(call: Call, conversation_id: str) -> template_schemas.ReadyTextList:
    return present_templates.ready_texts(texts_for_conversation(conversation_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/orders/{order_id}/automatic-texts",
        summary="What the order's customer was told by itself, or why not.",
        answer=template_schemas.AutomaticTextList,
        errors=(MessagingDisabled,),
    ),
)
def list_order_automatic_texts(call: Call, order_id: str) -> template_schemas.AutomaticTextList:
    store, found = show_automatic_texts(order_id, call.associate_id, call.deps)
    return present_templates.automatic_texts(found, store)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/orders/{order_id}/texts",
        summary="Custom templates and quick replies, filled in for this order.",
        answer=template_schemas.ReadyTextList,
        errors=(MessagingDisabled,),
    ),
)
def list_order_texts(call: Call, order_id: str) -> template_schemas.ReadyTextList:
    return present_templates.ready_texts(texts_for_order(order_id, call.associate_id, call.deps))
