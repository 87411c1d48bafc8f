"""Managers say which phone is the merchant's own, that is told of orders (L7)."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel, phone_from_shop
from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput
from chalicelib.domain.merchants import Store, StoreChange

from .access import managed_store, signed_in
from .audit_entry import audited_in_store
from .ports import Deps
from .text_merchant import opted_out


class MerchantPhone(Struct, frozen=True, kw_only=True):
    """`phone`: None, nobody is told. `opted_out`: it has sent STOP, and gets nothing until it sends START."""

    phone: Address | None
    opted_out: bool


def show_merchant_phone(store_id: str, associate_id: str, deps: Deps) -> MerchantPhone:
    """As it is by now, not a minute ago. Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    return _as_it_is(store, deps.store_changes.find(store.id), deps)


def change_merchant_phone(store_id: str, associate_id: str, to: str, was: str, deps: Deps) -> MerchantPhone:
    """Every process knows within a minute; a new merchant's file leaves it as it is. Empty: nobody is told.

    Raises NotFound, PermissionDenied, InvalidInput, ChangedMeanwhile where it is not as it `was`.
    """
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    wanted = _checked(to, store, deps) if to.strip() else None
    known = deps.store_changes.find(store.id)
    before = None if known is None else known.merchant_phone
    if before == wanted:
        return _as_it_is(store, known, deps)
    if (before or "") != was:
        raise ChangedMeanwhile
    change = replace(known or StoreChange(store_id=store.id, merchant_id=store.merchant_id), merchant_phone=wanted)
    audit = audited_in_store(AuditAct.MERCHANT_PHONE_CHANGED, store, associate_id, deps)
    if not deps.store_changes.put(change, known, audit):
        raise ChangedMeanwhile
    deps.log.info("merchant_phone_changed", store_id=store.id, by=associate_id)
    return _as_it_is(store, change, deps)


def _checked(typed: str, store: Store, deps: Deps) -> Address:
    """A number that is somebody's: one of ours would answer itself."""
    phone = phone_from_shop(typed, store.country)
    if phone is None:
        raise InvalidInput("This is no phone number that takes texts.", field="phone", problem="number")
    if deps.directory.proxy(Channel.SMS, phone) is not None:
        raise InvalidInput("This number is one that customers write to.", field="phone", problem="ours")
    return phone


def _as_it_is(store: Store, change: StoreChange | None, deps: Deps) -> MerchantPhone:
    phone = None if change is None else change.merchant_phone
    return MerchantPhone(phone=phone, opted_out=phone is not None and opted_out(store, phone, deps))
