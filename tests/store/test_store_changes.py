"""What managers changed about a store: as it was read or not at all, written down with it, and no file's to undo."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.merchants import ChatLinkSetting, StoreChange
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.store.test_directory import SHOP
from tests.support.samples import MERCHANT, STORE, id_at

CHANGE = StoreChange(store_id=STORE, merchant_id=MERCHANT, chat_link=ChatLinkSetting.IN_TEXT)


def entry(number: int) -> AuditEntry:
    return AuditEntry(
        id=id_at(START + number),
        merchant_id=MERCHANT,
        store_id=STORE,
        associate_id="mia",
        act=AuditAct.CHAT_LINK_CHANGED,
        conversation_id="",
        at=START,
    )


def test_it_is_kept_and_written_down(stores: Stores) -> None:
    assert stores.store_changes.find(STORE) is None
    assert stores.store_changes.put(CHANGE, None, entry(1))
    assert stores.store_changes.find(STORE) == CHANGE
    assert [row.id for row in stores.audit.entries(STORE, 5, None).rows] == [entry(1).id]


def test_what_is_no_longer_as_it_was_read_is_left_alone(stores: Stores) -> None:
    later = replace(CHANGE, chat_link=ChatLinkSetting.BOTH)
    assert stores.store_changes.put(CHANGE, None, entry(1))
    assert not stores.store_changes.put(later, None, entry(2))
    assert stores.store_changes.put(later, CHANGE, entry(3))
    assert not stores.store_changes.put(CHANGE, CHANGE, entry(4))
    assert stores.store_changes.find(STORE) == later
    assert [row.id for row in stores.audit.entries(STORE, 5, None).rows] == [entry(3).id, entry(1).id]


@pytest.mark.parametrize(
    ("merchant", "shown"), [(MERCHANT, ChatLinkSetting.IN_TEXT), ("another", ChatLinkSetting.OFF)], ids=["ours", "not"]
)
def test_the_directory_tells_it_of_the_merchants_own_store(
    stores: Stores, merchant: str, shown: ChatLinkSetting
) -> None:
    stores.setup.put_store(replace(SHOP, chat_link=ChatLinkSetting.OFF))
    assert stores.store_changes.put(replace(CHANGE, merchant_id=merchant), None, entry(1))
    found = stores.directory.store(STORE)
    assert found is not None
    assert found.chat_link is shown
