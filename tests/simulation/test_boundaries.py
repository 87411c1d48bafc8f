"""Every call of every function is broken in every way; the list of calls is committed."""

import pytest

from . import exhaustive
from .faults import KINDS, Fault

PARTS = 8


def test_the_list_of_boundaries_is_as_committed() -> None:
    """Otherwise: look at what changed, then `make simulation-boundaries`."""
    assert exhaustive.current().splitlines() == exhaustive.LIST.read_text("utf-8").splitlines()


_SCENES_OF = {
    "webhooks": (
        "webhook text",
        "webhook order",
        "webhook status",
        "webhook click",
        "webhook member",
        "webhook privacy",
    ),
    "send_conversation_message": ("send",),
    "send_conversation_template": ("send",),  # the same use case
    "start_store_conversation": ("start",),
    "offer_picture_upload": ("upload",),
    "check_picture_upload": ("check",),
    "change_settings_of_store": ("change store",),
    "offer_start_picture": ("upload for start",),
    "check_start_picture": ("check for start",),
    "offer_chat_picture": ("upload in chat",),
    "check_chat_picture": ("check in chat",),
    "open_picture_page": (),  # signs, writes nothing
    "retry_conversation_message": ("retry",),
    "mark_conversation_read": ("read",),
    "mark_conversation_unread": ("unread",),
    "unmask_conversation_customer": ("unmask",),
    "export_conversation_customer": ("export",),
    "export_order_customer": ("export",),
    "export_requested_customer": ("export",),
    "settle_store_privacy_request": ("settle request",),
    "set_right_conversation_opt_out": ("set right",),
    "unmask_store_consent": ("unmask ledger",),
    "begin_absence": ("away",),
    "end_absence": ("back",),
    "save_store_template": ("save template",),
    "delete_store_template": ("delete template",),
    "preview_store_template": (),  # writes nothing
    "change_store_proxy": ("change proxy",),
    "continue_conversation_elsewhere": ("continue",),
    "start_store_transfer": ("transfer",),
    "continue_store_transfer": ("transfer more",),
    "undo_store_transfer": ("transfer back",),
    "assign_one_conversation": ("assign",),
    "change_held_message": ("change",),
    "cancel_held_message": ("cancel",),
    "release_held_message": ("release",),
    "tag_one_customer": ("tag",),
    "write_customer_note": ("note",),
    "write_order_note": ("note",),
    "remove_customer_note": ("remove note",),
    "remove_order_note": ("remove note",),
    "set_one_reminder": ("remind",),
    "change_one_reminder": ("change reminder",),
    "snooze_one_reminder": ("snooze reminder",),
    "end_one_reminder": ("end reminder",),
    "add_own_device": ("add device",),
    "forget_own_device": ("forget device",),
    "restore_one_reminder": ("restore reminder",),
    "close_one_conversation": ("close",),
    "reopen_one_conversation": ("reopen",),
    "delete_one_conversation": ("delete",),
    "websocket_connect": ("connect",),
    "websocket_disconnect": ("disconnect",),
    "websocket_message": ("view",),
    "keep_favourite_product": ("favourite",),
    "drop_favourite_product": ("no favourite",),
    "offer_store_product": ("offer",),
    "link_store_product": ("link product",),
    "change_store_merchant_phone": ("change merchant phone",),
    "begin_conversation_cart": ("begin cart",),
    "change_conversation_cart": ("change cart",),
    "share_conversation_cart": ("share cart",),
    "cancel_conversation_cart": ("cancel cart",),
    "read_store_orders": (),  # begins nothing here: the simulated shop hands out no orders
    "read_store_catalogue": ("read catalogue",),
    "buy_store_credits": (),  # no scene yet: purchases and thresholds are tested at the table (tests/store)
    "settle_store_credits": (),  # likewise
    "choose_store_threshold": (),  # likewise
    "erase_conversation_customer": ("erase",),
    "erase_order_customer": ("erase",),
    "start_one_bulk": ("start bulk",),
    "pause_one_bulk": ("pause bulk",),
    "resume_one_bulk": ("resume bulk",),
    "cancel_one_bulk": ("cancel bulk",),
    "make_ticket": (),  # signs, writes nothing
    "make_chat_ticket": (),  # likewise
    "merge_two_customers": ("merge",),
    "undo_one_merge": ("part",),
    "invite_one_customer": ("invite",),
    "revoke_one_invite": ("revoke",),
    "accept_one_invite": ("accept",),
    "open_chat": ("open chat",),
    "write_chat_message": ("write",),
    "mark_chat_seen": ("seen",),
    "renew_conversation_chat_link": ("renew",),
}


def test_every_handler_that_writes_has_its_scenes() -> None:
    from app import app

    writing = [name for name in app.handler_map if not name.startswith(("show_", "list_"))]
    assert writing, "chalice names them differently"
    missing = [name for name in writing if not set(_SCENES_OF.get(name, (name,))) <= set(exhaustive.SCENES)]
    assert missing == []


@pytest.mark.simulation
@pytest.mark.parametrize("fault", [*KINDS, Fault.REPEATED])
@pytest.mark.parametrize("part", range(PARTS))
def test_one_fault_at_any_boundary_breaks_no_invariant(part: int, fault: Fault) -> None:
    violations = []
    for name, scene, place, call in list(exhaustive.boundaries())[part::PARTS]:
        result = exhaustive.break_at(name, scene, place, fault)
        assert result.faults == 1, exhaustive.line(name, scene, place, call)
        violations += [f"{exhaustive.line(name, scene, place, call)}: {what}" for what in result.violations]
    assert violations == []
