"""What is known of a customer, and erasing it, for those who may (X13)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.domain.erasures import LAST_LOOK, Erasure
from chalicelib.usecases import settle_privacy_requests as requests
from chalicelib.usecases.erase_customer import erase_customer, list_erasures
from chalicelib.usecases.export_customer import export_customer
from chalicelib.usecases.merge_customers import Other

from . import export_schemas, present_export, privacy_schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/customer/erasure",
        summary="Its customer is erased wherever the merchant has something of them, which cannot be undone (X13).",
        request=privacy_schemas.EraseCustomer,
        answer=privacy_schemas.ErasureView,
        status=202,
        errors=(errors.MessagingDisabled,),
    ),
)
def erase_conversation_customer(call: Call, conversation_id: str) -> privacy_schemas.ErasureView:
    return _shown(erase_customer(Other(conversation_id=conversation_id), call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/orders/{order_id}/customer/erasure",
        summary="As of a conversation's customer; messaging may be off.",
        request=privacy_schemas.EraseCustomer,
        answer=privacy_schemas.ErasureView,
        status=202,
    ),
)
def erase_order_customer(call: Call, order_id: str) -> privacy_schemas.ErasureView:
    return _shown(erase_customer(Other(order_id=order_id), call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/erasures",
        summary="Erasures that were asked for in a store, the latest first, and how far they are; 50 at most.",
        answer=privacy_schemas.Erasures,
    ),
)
def list_store_erasures(call: Call, store_id: str) -> privacy_schemas.Erasures:
    found = list_erasures(store_id, call.associate_id, call.deps)
    return privacy_schemas.Erasures(rows=[_shown(each) for each in found])


def _export(path: str, summary: str, *errors_too: type[errors.CounterlineError]) -> Route:
    return Route(
        method="POST",
        path=path,
        summary=summary,
        request=export_schemas.ExportCustomer,
        answer=export_schemas.ExportPage,
        errors=errors_too,
    )


@endpoint(
    blueprint,
    _export(
        "/conversations/{conversation_id}/customer/export",
        "A page of everything that is kept of its customer, with real addresses; the first is written down (X13, X24).",
        errors.MessagingDisabled,
    ),
)
def export_conversation_customer(call: Call, conversation_id: str) -> export_schemas.ExportPage:
    return _exported(Other(conversation_id=conversation_id), call)


@endpoint(blueprint, _export("/orders/{order_id}/customer/export", "As of a conversation's customer."))
def export_order_customer(call: Call, order_id: str) -> export_schemas.ExportPage:
    return _exported(Other(order_id=order_id), call)


_REQUESTS = "/stores/{store_id}/privacy-requests"


@endpoint(
    blueprint,
    Route(
        method="GET",
        path=_REQUESTS,
        summary="What shops ask for that takes people, the open ones first; 100 at most (X13).",
        answer=privacy_schemas.PrivacyRequestList,
    ),
)
def list_store_privacy_requests(call: Call, store_id: str) -> privacy_schemas.PrivacyRequestList:
    found = requests.list_privacy_requests(store_id, call.associate_id, call.deps)
    return privacy_schemas.PrivacyRequestList(rows=[_asked(each) for each in found])


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_REQUESTS}/{{request_id}}/done",
        summary="Say that a request of a shop is done, or that it is not after all.",
        request=privacy_schemas.SettleRequest,
        answer=privacy_schemas.PrivacyRequestView,
        errors=(errors.ChangedMeanwhile,),
    ),
)
def settle_store_privacy_request(call: Call, store_id: str, request_id: str) -> privacy_schemas.PrivacyRequestView:
    done = call.body.done
    return _asked(requests.settle_privacy_request(store_id, request_id, call.associate_id, call.deps, done=done))


@endpoint(blueprint, _export(f"{_REQUESTS}/{{request_id}}/export", "As of a conversation's, of whom a shop asks for."))
def export_requested_customer(call: Call, store_id: str, request_id: str) -> export_schemas.ExportPage:
    found = requests.export_requested(store_id, request_id, call.associate_id, call.body.cursor, call.deps)
    return present_export.page(found, call.deps.files, call.deps.clock.now())


def _asked(of: requests.Asked) -> privacy_schemas.PrivacyRequestView:
    return privacy_schemas.PrivacyRequestView(
        id=of.request.id,
        kind=of.request.kind,
        shop=of.shop,
        requested_at=of.request.requested_at,
        due_at=of.request.due_at,
        done_at=of.request.done_at,
        whom=of.whom,
        customer_name=of.name,
        shop_customer=of.request.external_id,
    )


def _exported(whose: Other, call: Call) -> export_schemas.ExportPage:
    found = export_customer(whose, call.associate_id, call.body.cursor, call.deps)
    return present_export.page(found, call.deps.files, call.deps.clock.now())


def _shown(erasure: Erasure) -> privacy_schemas.ErasureView:
    return privacy_schemas.ErasureView(
        id=erasure.id,
        requested_at=erasure.requested_at,
        phase=erasure.phase,
        conversations=erasure.conversations,
        orders=erasure.orders,
        last_look_at=erasure.requested_at + LAST_LOOK,
        finished_at=erasure.finished_at,
    )
