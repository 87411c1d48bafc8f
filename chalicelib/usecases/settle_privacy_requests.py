"""Managers see what shops ask for, hand it over, and say that it is done (X13)."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from chalicelib.domain.errors import ChangedMeanwhile, NotFound, PermissionDenied
from chalicelib.domain.merchants import Permission, Store
from chalicelib.domain.privacy_requests import MOST_SHOWN, PrivacyRequest, RequestKind

from .access import managed_store, signed_in
from .export_customer import ExportPage, Subject, export_page
from .ports import Deps

_ATTEMPTS = 3


class Whom(StrEnum):
    """Of whom there is something to hand over."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    """Nobody knows them here."""
    ERASED = "erased"
    """They have been erased since."""


class Asked(Struct, frozen=True):
    """A request as managers see it."""

    request: PrivacyRequest
    shop: str
    """By its account; empty where it is no longer connected."""
    whom: Whom | None
    """None: it is about no customer, or done."""
    name: str = ""


def list_privacy_requests(store_id: str, associate_id: str, deps: Deps) -> Sequence[Asked]:
    """The open ones first, by their date; then what was done, the latest first. Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    found = deps.privacy_requests.of_store(store.id)
    still_open = sorted((each for each in found if each.done_at is None), key=lambda each: (each.due_at, each.id))
    done = sorted((each for each in found if each.done_at is not None), key=lambda each: -(each.done_at or 0))
    return [_asked(each, deps) for each in (*still_open, *done)[:MOST_SHOWN]]


def settle_privacy_request(store_id: str, request_id: str, associate_id: str, deps: Deps, *, done: bool) -> Asked:
    """Said twice, it is so once. Raises NotFound, PermissionDenied, ChangedMeanwhile."""
    for _ in range(_ATTEMPTS):
        _, request = _own(store_id, request_id, associate_id, deps)
        if (request.done_at is not None) is done:
            return _asked(request, deps)
        after = request.settled(associate_id, deps.clock.now()) if done else request.reopened()
        if deps.privacy_requests.change(after, request):
            return _asked(after, deps)
    raise ChangedMeanwhile


def export_requested(store_id: str, request_id: str, associate_id: str, cursor: str | None, deps: Deps) -> ExportPage:
    """As `export_customer`. Raises NotFound where there is nobody, too."""
    store, request = _own(store_id, request_id, associate_id, deps)
    if not signed_in(associate_id, deps).may(Permission.UNMASK, store.id):
        raise PermissionDenied
    customer_id = _customer_of(request, deps)
    customer = deps.customers.find(customer_id) if customer_id else None
    if customer is None:
        raise NotFound
    return export_page(Subject(customer, store, about_id=request.id), associate_id, cursor, deps)


def _own(store_id: str, request_id: str, associate_id: str, deps: Deps) -> tuple[Store, PrivacyRequest]:
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    request = deps.privacy_requests.find(store.id, request_id)
    if request is None:
        raise NotFound
    return store, request


def _asked(request: PrivacyRequest, deps: Deps) -> Asked:
    connection = deps.directory.connection(request.connection_id)
    shop = "" if connection is None else connection.account
    if request.kind is RequestKind.SHOP or request.done_at is not None:
        return Asked(request, shop, None)
    customer_id = _customer_of(request, deps)
    if not customer_id:
        return Asked(request, shop, Whom.UNKNOWN if request.external_id else Whom.ERASED)
    customer = deps.customers.find(customer_id)
    return Asked(request, shop, Whom.ERASED) if customer is None else Asked(request, shop, Whom.KNOWN, customer.name)


def _customer_of(request: PrivacyRequest, deps: Deps) -> str:
    """Empty: nobody. Whom nobody knew when the shop asked may be known by now: it told us of them afterwards."""
    if request.customer_id or not request.external_id:
        return request.customer_id
    theirs = f"{request.connection_id}:{request.external_id}"
    return deps.customers.find_by(request.merchant_id, "external", theirs) or ""
