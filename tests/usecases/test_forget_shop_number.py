"""The shop's number of somebody goes from what it asked for, and nobody else's does (X13)."""

from chalicelib.usecases.forget_shop_number import forget_shop_number
from tests.support.world import MERCHANT, SHOP, World
from tests.usecases.test_settle_privacy_requests import ask


def test_only_requests_that_name_them_are_changed(world: World) -> None:
    ask(world)
    ask(world, "2", "c-9")
    ask(world, "3", "", "shop")
    before = dict(world.table.privacy_requests)
    assert forget_shop_number(MERCHANT, [f"{SHOP}:c-1"], "us", world)
    changed = [(each.external_id, each.customer_id) for each in world.table.privacy_requests.values()]
    assert changed == [("", "us"), ("c-9", ""), ("", "")]
    revisions = [each.revision - before[key].revision for key, each in world.table.privacy_requests.items()]
    assert revisions == [1, 0, 0]


def test_the_same_number_at_another_shop_or_merchant_is_somebody_elses(world: World) -> None:
    ask(world)
    before = dict(world.table.privacy_requests)
    assert forget_shop_number(MERCHANT, ["another:c-1"], "", world)
    assert forget_shop_number("another", [f"{SHOP}:c-1"], "", world)
    assert world.table.privacy_requests == before


def test_whoever_has_no_number_costs_no_request(world: World) -> None:
    before = world.table.requests
    assert forget_shop_number(MERCHANT, [], "us", world)
    assert world.table.requests == before
