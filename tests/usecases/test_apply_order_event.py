"""Orders from shops converge, whatever the order of arrival (X1, X11)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import OrderChanged, ShopCustomer
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.usecases.apply_order_event import LONGEST_TITLE, MOST_LINES, apply_order_event
from chalicelib.usecases.ports import Raced
from tests.fakes.outside import START
from tests.support.world import CARLA, DEAN, HOUR, OTHER_SHOP, SEATTLE, SHOP, TACOMA, World


def test_an_order_arrives_with_its_customer(world: World) -> None:
    order = world.order()
    customer = world.table.customers[order.customer_id]
    assert (order.store_id, order.number, order.customer_name, order.total) == (SEATTLE, "#1001", "Carla Diaz", 4200)
    assert (customer.kind, customer.phones, customer.external_ids) == (
        CustomerKind.MEMBER,
        (CARLA,),
        ("con-shop:c-1",),
    )


def test_the_shops_location_says_which_store(world: World) -> None:
    assert world.order(location="77").store_id == TACOMA
    assert world.order(external_id="2", location="somewhere new").store_id == SEATTLE


def test_the_same_event_twice_changes_nothing(world: World) -> None:
    event = world.order_event()
    apply_order_event(event, world)
    before = len(world.table.changes)
    apply_order_event(event, world)
    assert len(world.table.changes) == before


def test_a_late_older_event_does_not_undo_a_newer_one(world: World) -> None:
    created = world.order_event()
    world.order(updated_at=created.updated_at + 1000, payment=Payment.PAID)
    apply_order_event(created, world)
    order = world.orders.find_external(SHOP, "1001")
    assert order is not None
    assert order.payment is Payment.PAID


def test_an_update_before_its_create_is_enough(world: World) -> None:
    assert world.order(fulfilment=Fulfilment.FULFILLED).fulfilment is Fulfilment.FULFILLED


EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "updated_at": st.integers(0, 3).map(lambda second: START + 1000 * second),
            "payment": st.sampled_from(list(Payment)),
            "fulfilment": st.sampled_from(list(Fulfilment)),
            "closed_at": st.sampled_from([None, START, START + 1000]),
            "cancelled_at": st.sampled_from([None, START, START + 1000]),
            "total": st.integers(0, 3),
        }
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(events=EVENTS, data=st.data())
def test_any_order_and_repetition_of_events_ends_in_the_same_order(
    events: list[dict[str, Any]], data: st.DataObject
) -> None:
    told = [World().order_event(event_id=f"event-{place}", **fields) for place, fields in enumerate(events)]
    shuffled = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told), max_size=4))]))
    assert _outcome(told) == _outcome(shuffled)


def _outcome(events: list[OrderChanged]) -> object:
    world = World()
    for event in events:
        world.clock.advance(10)
        apply_order_event(event, world)
    order = world.orders.find_external(SHOP, "1001")
    assert order is not None
    assert len(world.table.customers) == 1
    return replace(order, customer_id="")


def test_an_older_report_that_comes_late_does_not_bring_the_old_number_back(world: World) -> None:
    first = world.order_event()
    moved = ShopCustomer(external_id="c-1", first_name="Carla", last_name="Diaz-Ruiz", phone=DEAN)
    order = world.order(updated_at=first.updated_at + 1000, customer=moved)
    apply_order_event(first, world)
    customer = world.table.customers[order.customer_id]
    assert (customer.phones, customer.name) == ((DEAN, CARLA), "Carla Diaz-Ruiz")


def test_a_customer_who_changed_phone_is_the_same_customer(world: World) -> None:
    order = world.order()
    moved = ShopCustomer(external_id="c-1", first_name="Carla", last_name="Diaz", phone=DEAN)
    later = world.order(external_id="2", customer=moved)
    customer = world.table.customers[order.customer_id]
    assert later.customer_id == order.customer_id
    assert customer.phones == (DEAN, CARLA)
    world.text("It is me, from the new phone", sender=DEAN)
    assert world.conversation_of(DEAN).customer_id == order.customer_id


def test_a_visitor_with_the_same_number_becomes_the_customer(world: World) -> None:
    world.text("Do you have size 9?")
    visitor = world.conversation_of().customer_id
    order = world.order()
    assert order.customer_id == visitor
    assert world.table.customers[visitor].kind is CustomerKind.MEMBER


def test_two_customers_of_the_shop_with_one_phone_stay_two(world: World) -> None:
    """A family shares a phone: no merge on a guess; texts from it stay with the one who had it first."""
    first = world.order()
    second = world.order(external_id="2", customer=ShopCustomer(external_id="c-2", first_name="Ben", phone=CARLA))
    assert first.customer_id != second.customer_id
    world.text("Hello")
    assert world.conversation_of().customer_id == first.customer_id


def test_an_email_alone_merges_nobody(world: World) -> None:
    first = world.order(customer=ShopCustomer(external_id="c-1", email="carla@example.test"))
    second = world.order(external_id="2", customer=ShopCustomer(first_name="X", email="Carla@example.test"))
    assert first.customer_id != second.customer_id


def test_a_guest_without_any_address_is_a_visitor(world: World) -> None:
    order = world.order(customer=ShopCustomer(first_name="Guest"))
    assert world.table.customers[order.customer_id].kind is CustomerKind.VISITOR
    assert not world.table.lookups


def test_a_guests_second_event_is_about_the_same_guest(world: World) -> None:
    guest = ShopCustomer(first_name="Guest")
    first = world.order(customer=guest)
    second = world.order(customer=guest, updated_at=first.updated_at + 1000)
    assert first.customer_id == second.customer_id


def test_an_order_given_to_another_customer_merges_nobody(world: World) -> None:
    first = world.order()
    other = ShopCustomer(external_id="c-2", first_name="Ben", phone=DEAN)
    second = world.order(customer=other, updated_at=first.updated_at + 1000)
    assert second.customer_id != first.customer_id
    assert world.table.customers[first.customer_id].external_ids == ("con-shop:c-1",)
    assert second.customer_name == "Ben"


def test_a_late_report_that_names_the_former_buyer_is_no_poison(world: World) -> None:
    world.order(external_id="0")
    first = world.order_event()
    second = world.order(customer=ShopCustomer(external_id="c-2", first_name="Ben"), updated_at=first.updated_at + 1000)
    apply_order_event(first, world)
    stored = world.orders.find(second.id)
    assert stored is not None
    assert (stored.customer_id, stored.customer_name) == (second.customer_id, "Ben")


def test_a_phone_is_read_with_the_stores_country(world: World) -> None:
    world.change_store(country="DE")
    order = world.order(customer=ShopCustomer(external_id="c-1", phone="030 901820"))
    assert world.table.customers[order.customer_id].phones == ("+4930901820",)


def test_a_number_that_is_none_is_left_out(world: World) -> None:
    order = world.order(customer=ShopCustomer(external_id="c-1", phone="call me maybe"))
    assert world.table.customers[order.customer_id].phones == ()


def test_an_order_keeps_its_conversation_through_updates(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    assert world.order(updated_at=order.updated_at + HOUR).conversation_id == conversation_id


def test_one_order_number_in_two_shops_is_two_orders(world: World) -> None:
    assert world.order().id != world.order(connection_id=OTHER_SHOP).id


def test_customers_of_two_merchants_never_meet(world: World) -> None:
    assert world.order().customer_id != world.order(connection_id=OTHER_SHOP).customer_id


def test_an_unknown_connection_is_rejected_on_record_once(world: World) -> None:
    event = world.order_event(connection_id="con-gone")
    apply_order_event(event, world)
    apply_order_event(event, world)
    assert world.reasons() == ["unknown_store"]


def test_a_race_is_read_again(world: World) -> None:
    upsert = world.orders.upsert

    def overtaken(command: object) -> object:
        world.orders.upsert = upsert  # type: ignore[method-assign]  # once only
        world.order(payment=Payment.PAID, updated_at=world.clock.now() + 1000)
        return upsert(command)  # type: ignore[arg-type]  # passes on what it got

    world.orders.upsert = overtaken  # type: ignore[assignment,method-assign]  # interleaves two webhooks
    assert world.order().payment is Payment.PAID
    assert len(world.table.customers) == 1


def test_endless_races_are_left_to_the_queue(world: World) -> None:
    world.orders.upsert = lambda command: Raced()  # type: ignore[method-assign]  # always beaten
    with pytest.raises(Unavailable):
        apply_order_event(world.order_event(), world)


def test_a_phone_that_anybody_could_type_renames_nobody(world: World) -> None:
    """A check-out with another guest's number is linked to them, and changes nothing they are known by (X11)."""
    known = world.order(customer=ShopCustomer(first_name="Carla", last_name="Diaz", phone=CARLA, email="c@example.com"))
    guest = ShopCustomer(first_name="Mallory", last_name="M", phone=CARLA, email="mallory@example.com")
    for later in (0, 1):
        linked = world.order(external_id="666", number="#666", customer=guest, updated_at=world.clock.now() + later)
    carla = world.table.customers[known.customer_id]
    assert linked.customer_id == carla.id
    assert (carla.name, carla.emails[0]) == ("Carla Diaz", "c@example.com")
    assert linked.customer_name == "Mallory M"


def test_a_very_long_order_is_kept_in_part(world: World) -> None:
    lines = tuple(OrderLine(title="漢" * 255, quantity=1, price=1) for _ in range(520))
    stored = world.order(lines=lines, total=520)
    assert (len(stored.lines), len(stored.lines[0].title), stored.total) == (MOST_LINES, LONGEST_TITLE, 520)
