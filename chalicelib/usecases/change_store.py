"""Managers see and change how customers learn of conversations that their store starts (D15, D16)."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import ChangedMeanwhile, MailNotConnected
from chalicelib.domain.merchants import ChatLinkSetting, ProxyState, Store, StoreChange

from .access import managed_store, signed_in
from .audit_entry import audited_in_store
from .ports import Deps

WITH_MAIL = (ChatLinkSetting.IN_MAIL, ChatLinkSetting.BOTH)
"""What needs a mailbox."""


class StoreSettings(Struct, frozen=True, kw_only=True):
    """`store`: as it is by now, not a minute ago. `has_mail`: whether one of its mailboxes can send."""

    store: Store
    has_mail: bool


def show_store_settings(store_id: str, associate_id: str, deps: Deps) -> StoreSettings:
    """Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    return _settings(store, deps.store_changes.find(store.id), deps)


def change_chat_link(
    store_id: str, associate_id: str, to: ChatLinkSetting, was: ChatLinkSetting, deps: Deps
) -> StoreSettings:
    """Every process knows within a minute; a new merchant's file leaves it as it is. What is so already is no change.

    Raises NotFound, PermissionDenied, MailNotConnected, ChangedMeanwhile where it is not as it `was`.
    """
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    known = deps.store_changes.find(store.id)
    before = _settings(store, known, deps)
    if before.store.chat_link is to:
        return before
    if before.store.chat_link is not was:
        raise ChangedMeanwhile
    if to in WITH_MAIL and not before.has_mail:
        raise MailNotConnected
    change = replace(known or StoreChange(store_id=store.id, merchant_id=store.merchant_id), chat_link=to)
    audit = audited_in_store(AuditAct.CHAT_LINK_CHANGED, store, associate_id, deps)
    if not deps.store_changes.put(change, known, audit):
        raise ChangedMeanwhile
    deps.log.info("store_changed", store_id=store.id, chat_link=to, by=associate_id)
    return _settings(store, change, deps)


def _settings(store: Store, change: StoreChange | None, deps: Deps) -> StoreSettings:
    mailboxes = deps.directory.proxies_of(store.id, Channel.EMAIL)
    return StoreSettings(
        store=store if change is None else store.changed(change),
        has_mail=any(each.state is ProxyState.WORKS for each in mailboxes),
    )
