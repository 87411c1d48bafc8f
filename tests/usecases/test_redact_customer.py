"""A shop has one of its customers forgotten (X13)."""

from chalicelib.domain.erasures import ErasurePhase
from chalicelib.domain.events import CustomerRedacted, ShopCustomer
from chalicelib.usecases.redact_customer import redact_customer
from chalicelib.usecases.take_event import take_event
from tests.support.world import CARLA, DEAN, SEATTLE, SHOP, World
from tests.usecases.test_carry_out_erasures import finish, left_of

ASKED = CustomerRedacted(connection_id=SHOP, external_id="c-1")


def test_the_shops_customer_is_erased(world: World) -> None:
    world.talk()
    take_event(ASKED, world)
    (erasure,) = world.table.erasures.values()
    assert (erasure.by_id, erasure.store_id, erasure.phase) == ("", SEATTLE, ErasurePhase.ORDERS)
    finish(world)
    assert left_of(world, CARLA, "Carla", "#1001") == []


def test_told_again_it_is_one(world: World) -> None:
    world.talk()
    redact_customer(ASKED, world)
    world.clock.advance(1000)
    redact_customer(ASKED, world)
    assert len(world.table.erasures) == 1
    finish(world)
    redact_customer(ASKED, world)
    assert len(world.table.erasures) == 1


def test_orders_that_it_names_go_whoever_they_are_of_here(world: World) -> None:
    dean = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cole", phone=DEAN)
    order = world.order(external_id="1002", number="#1002", customer=dean)
    redact_customer(CustomerRedacted(connection_id=SHOP, external_id="c-9", order_ids=("1002", "7")), world)
    done = finish(world)
    assert (done.orders, done.order_ids) == (1, ())
    stored = world.orders.find(order.id)
    assert stored is not None
    assert stored.erased_at is not None
    assert world.customers.find(order.customer_id) is not None


def test_whom_nobody_knows_is_no_work(world: World) -> None:
    redact_customer(CustomerRedacted(connection_id=SHOP, external_id="c-9", order_ids=("7",)), world)
    redact_customer(CustomerRedacted(connection_id="nowhere", external_id="c-1"), world)
    assert world.table.erasures == {}
    assert world.log.events() == ["redaction_of_nobody", "redaction_rejected"]


def test_orders_that_it_names_later_go_as_well(world: World) -> None:
    dean = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cole", phone=DEAN)
    orders = [
        world.order(external_id=number, number=f"#{number}", customer=dean) for number in ("2001", "2002", "2003")
    ]
    redact_customer(CustomerRedacted(connection_id=SHOP, external_id="c-9", order_ids=("2001",)), world)
    redact_customer(CustomerRedacted(connection_id=SHOP, external_id="c-9", order_ids=("2002",)), world)
    finish(world)
    redact_customer(CustomerRedacted(connection_id=SHOP, external_id="c-9", order_ids=("2003",)), world)
    finish(world)
    assert [world.table.orders[each.id].erased_at is not None for each in orders] == [True] * 3
