"""Managers set the merchant's own phone (L7)."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound, PermissionDenied
from chalicelib.domain.merchants import ChatLinkSetting
from chalicelib.usecases.change_merchant_phone import MerchantPhone, change_merchant_phone, show_merchant_phone
from chalicelib.usecases.change_store import change_chat_link, show_store_settings
from tests.support.world import ADA, BOB, MIA, SEATTLE, SEATTLE_NUMBER, TACOMA, World

PHONE, OTHER = Address("+12065550177"), Address("+12065550188")


def phone(world: World, store_id: str = SEATTLE) -> Address | None:
    return show_merchant_phone(store_id, MIA, world).phone


def test_what_is_typed_becomes_a_number_of_this_store(world: World) -> None:
    assert phone(world) is None
    changed = change_merchant_phone(SEATTLE, MIA, " (206) 555-0177 ", "", world)
    assert changed == MerchantPhone(phone=PHONE, opted_out=False)
    assert (phone(world), phone(world, TACOMA)) == (PHONE, None)
    store = world.directory.store(SEATTLE)
    assert store is not None
    assert store.merchant_phone == PHONE


def test_it_can_be_taken_away(world: World) -> None:
    change_merchant_phone(SEATTLE, MIA, PHONE, "", world)
    assert change_merchant_phone(SEATTLE, MIA, " ", PHONE, world).phone is None
    assert phone(world) is None


def test_it_is_written_down_once_and_the_log_has_no_number(world: World) -> None:
    for _ in range(2):
        change_merchant_phone(SEATTLE, MIA, PHONE, "", world)
    (entry,) = world.audit.entries(SEATTLE, 10, None).rows
    assert (entry.act, entry.associate_id) == (AuditAct.MERCHANT_PHONE_CHANGED, MIA)
    assert PHONE not in repr(world.log.lines)


@pytest.mark.parametrize(
    ("typed", "problem"), [("nonsense", "number"), ("555", "number"), ("40404", "number"), (SEATTLE_NUMBER, "ours")]
)
def test_what_is_no_phone_of_theirs_is_refused(world: World, typed: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        change_merchant_phone(SEATTLE, MIA, typed, "", world)
    assert refused.value.details == {"field": "phone", "problem": problem}
    assert phone(world) is None


def test_who_saw_something_else_changes_nothing(world: World) -> None:
    change_merchant_phone(SEATTLE, MIA, PHONE, "", world)
    with pytest.raises(ChangedMeanwhile):
        change_merchant_phone(SEATTLE, MIA, OTHER, "", world)
    assert phone(world) == PHONE


def test_of_two_at_the_same_moment_one_wins(world: World) -> None:
    world.store_changes.put = lambda *_: False  # type: ignore[method-assign]  # somebody else is faster
    with pytest.raises(ChangedMeanwhile):
        change_merchant_phone(SEATTLE, MIA, PHONE, "", world)
    assert phone(world) is None


def test_it_and_the_stores_other_setting_leave_each_other_alone(world: World) -> None:
    change_merchant_phone(SEATTLE, MIA, PHONE, "", world)
    change_chat_link(SEATTLE, MIA, ChatLinkSetting.IN_TEXT, ChatLinkSetting.OFF, world)
    assert phone(world) == PHONE
    change_merchant_phone(SEATTLE, MIA, OTHER, PHONE, world)
    assert show_store_settings(SEATTLE, MIA, world).store.chat_link is ChatLinkSetting.IN_TEXT


def test_the_settings_say_that_it_has_opted_out(world: World) -> None:
    change_merchant_phone(SEATTLE, MIA, PHONE, "", world)
    world.text("STOP", sender=PHONE)
    assert show_merchant_phone(SEATTLE, MIA, world).opted_out
    world.clock.advance(1000)
    world.text("START", sender=PHONE)
    assert not show_merchant_phone(SEATTLE, MIA, world).opted_out


@pytest.mark.parametrize(("by", "expected"), [(ADA, PermissionDenied), (BOB, NotFound)])
def test_managers_of_the_store_only(world: World, by: str, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        show_merchant_phone(SEATTLE, by, world)
    with pytest.raises(expected):
        change_merchant_phone(SEATTLE, by, PHONE, "", world)
    assert phone(world) is None
