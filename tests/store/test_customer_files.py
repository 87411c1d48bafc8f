"""A customer's file over the real table: everything once, in pages of any size, and the same as the fakes say (X13)."""

import pytest
from msgspec import json
from msgspec.structs import replace

from chalicelib.usecases import export_customer as module
from chalicelib.usecases.merge_customers import Other
from chalicelib.usecases.ports import Once
from tests.store.test_erasure_leaves_nothing import everything, world  # noqa: F401 - a fixture
from tests.support.carts import CART
from tests.support.exporting import pages, whole
from tests.support.reminding import remind
from tests.support.world import DEAN, MERCHANT, SEATTLE, World


def test_everything_is_in_it_once_whatever_the_size_of_its_pages(
    world: World,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whose = Other(conversation_id=everything(world))
    remind(world, str(whose.conversation_id), note="canary reminder")
    found = whole(world, whose)
    assert [len(each) for each in (found.customers, found.conversations, found.orders)] == [2, 2, 2]
    assert [each.body for each in found.held] == ["canary later"]
    assert sorted(each.body for each in found.notes) == ["canary note", "canary note", "canary remark"]
    assert [each.asked_name for each in found.invites] == ["Canaryname"]
    assert [each.note for each in found.reminders] == ["canary reminder"]
    assert {each.key.address for each in found.consent_lines} == {DEAN}
    assert all(each.order.lines for each in found.orders)
    assert len({each.id for each in found.messages}) == len(found.messages) == 6
    monkeypatch.setattr(module, "PAGE_PIECES", 1)
    monkeypatch.setattr("chalicelib.usecases.customer_pieces.MESSAGES", 1)
    monkeypatch.setattr("chalicelib.usecases.customer_pieces.NOTES", 1)
    assert json.encode(whole(world, whose)) == json.encode(found)
    assert len(pages(world, whose)) > 20


def test_it_is_the_same_with_the_cart_of_a_conversation(world: World) -> None:  # noqa: F811 - the fixture
    conversation_id = everything(world)
    mine = replace(CART, conversation_id=conversation_id, merchant_id=MERCHANT, store_id=SEATTLE)
    world.carts.add(mine, Once("request#ada", "key-cart", "digest", mine.id))
    assert whole(world, Other(conversation_id=conversation_id)).carts == [mine]
