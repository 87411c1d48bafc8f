"""What managers see and set up of a store (permission `manage`)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases.browse_proxies import show_proxies
from chalicelib.usecases.change_merchant_phone import change_merchant_phone, show_merchant_phone
from chalicelib.usecases.change_proxy import ChangeCommand, change_proxy
from chalicelib.usecases.change_store import change_chat_link, show_store_settings
from chalicelib.usecases.show_quiet_hours import show_quiet_hours
from chalicelib.usecases.transfer_contacts import continue_transfer, show_transfers, start_transfer, undo_transfer

from . import present_settings, present_times, settings_schemas, time_schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/proxies",
        summary="The store's numbers and mailboxes, and how far its pools are used.",
        answer=settings_schemas.ProxyList,
    ),
)
def list_store_proxies(call: Call, store_id: str) -> settings_schemas.ProxyList:
    return present_settings.proxy_list(show_proxies(store_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/proxies",
        summary="Say what one of our numbers or mailboxes can do: it works, it receives only, it is lost.",
        request=settings_schemas.ChangeProxy,
    ),
)
def change_store_proxy(call: Call, store_id: str) -> None:
    change_proxy(
        ChangeCommand(
            store_id=store_id,
            associate_id=call.associate_id,
            channel=call.body.channel,
            address=call.body.address,
            state=call.body.state,
        ),
        call.deps,
    )


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/quiet-hours",
        summary="When the store texts, the rules it keeps by place, and what they say now (X4).",
        answer=time_schemas.QuietTable,
    ),
)
def show_store_quiet_hours(call: Call, store_id: str) -> time_schemas.QuietTable:
    return present_times.quiet_table(show_quiet_hours(store_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/transfers",
        summary="Who has how many contacts in the store, and the latest transfers.",
        answer=settings_schemas.TransferList,
    ),
)
def list_store_transfers(call: Call, store_id: str) -> settings_schemas.TransferList:
    return present_settings.transfer_list(show_transfers(store_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/transfers",
        summary="Give an associate's contacts to a colleague. One that is under way goes on; repeat until finished.",
        request=settings_schemas.StartTransfer,
        answer=settings_schemas.TransferView,
        status=201,
    ),
)
def start_store_transfer(call: Call, store_id: str) -> settings_schemas.TransferView:
    body = call.body
    return present_settings.transfer(start_transfer(store_id, call.associate_id, body.from_id, body.to_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/transfers/{transfer_id}/continue",
        summary="Move what is left, as far as time allows; repeat until finished.",
        answer=settings_schemas.TransferView,
    ),
)
def continue_store_transfer(call: Call, store_id: str, transfer_id: str) -> settings_schemas.TransferView:
    return present_settings.transfer(continue_transfer(store_id, transfer_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/transfers/{transfer_id}/undo",
        summary="Give back what a transfer moved; repeat `continue` until finished.",
        answer=settings_schemas.TransferView,
    ),
)
def undo_store_transfer(call: Call, store_id: str, transfer_id: str) -> settings_schemas.TransferView:
    return present_settings.transfer(undo_transfer(store_id, transfer_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/settings",
        summary="How customers learn of conversations that the store starts (D15, D16).",
        answer=settings_schemas.StoreSettingsView,
    ),
)
def show_settings_of_store(call: Call, store_id: str) -> settings_schemas.StoreSettingsView:
    return present_settings.store_settings(show_store_settings(store_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path="/stores/{store_id}/settings",
        summary="Change how customers learn of conversations that the store starts; it takes effect within a minute.",
        request=settings_schemas.ChangeStore,
        answer=settings_schemas.StoreSettingsView,
        errors=(errors.MailNotConnected, errors.ChangedMeanwhile),
    ),
)
def change_settings_of_store(call: Call, store_id: str) -> settings_schemas.StoreSettingsView:
    body = call.body
    changed = change_chat_link(store_id, call.associate_id, body.chat_link, body.chat_link_was, call.deps)
    return present_settings.store_settings(changed)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/merchant-phone",
        summary="The merchant's own phone, which is told of new orders and payments (L7).",
        answer=settings_schemas.MerchantPhoneView,
    ),
)
def show_store_merchant_phone(call: Call, store_id: str) -> settings_schemas.MerchantPhoneView:
    return present_settings.merchant_phone(show_merchant_phone(store_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path="/stores/{store_id}/merchant-phone",
        summary="Change the merchant's own phone, or take it away; it takes effect within a minute.",
        request=settings_schemas.ChangeMerchantPhone,
        answer=settings_schemas.MerchantPhoneView,
        errors=(errors.ChangedMeanwhile,),
    ),
)
def change_store_merchant_phone(call: Call, store_id: str) -> settings_schemas.MerchantPhoneView:
    body = call.body
    changed = change_merchant_phone(store_id, call.associate_id, body.phone or "", body.phone_was or "", call.deps)
    return present_settings.merchant_phone(changed)
