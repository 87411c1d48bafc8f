"""Who a conversation or an order is with (S14, N12, N31, X11)."""

import pytest

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.errors import MessagingDisabled, NotFound, PermissionDenied
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.show_customer import show_buyer, show_customer
from tests.support.world import ADA, BOB, DEAN, EVE, NOBODY, ZOE, World


def test_a_customers_sheet_shows_consent_and_this_stores_orders(world: World) -> None:
    conversation_id = world.talk()
    world.order(external_id="2", number="#2", location="77")
    world.text("STOP")
    sheet = show_customer(conversation_id, ADA, world)
    assert sheet.customer.name == "Carla Diaz"
    assert sheet.consent is not None
    assert sheet.consent.state is ConsentState.OPTED_OUT
    assert [order.number for order in sheet.orders] == ["#1001"]


def test_a_visitors_sheet_has_no_orders_and_no_consent(world: World) -> None:
    world.text("Hello")
    sheet = show_customer(world.conversation_of().id, ADA, world)
    assert (sheet.orders, sheet.consent) == ((), None)


@pytest.mark.parametrize(
    ("associate", "refusal"),
    [(BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)],
)
def test_only_the_stores_permitted_people_read(world: World, associate: str, refusal: type[Exception]) -> None:
    conversation_id = world.talk()
    (order,) = world.table.orders.values()
    with pytest.raises(refusal):
        show_customer(conversation_id, associate, world)
    with pytest.raises(refusal):
        show_buyer(order.id, associate, world)


def test_where_messaging_is_off_nothing_is_shown(world: World) -> None:
    conversation_id = world.talk()
    (order,) = world.table.orders.values()
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        show_customer(conversation_id, ADA, world)
    with pytest.raises(MessagingDisabled):
        show_buyer(order.id, ADA, world)


def test_a_name_that_no_route_leads_to_is_put_right_by_opening_also_after_an_undo(world: World) -> None:
    carlas = world.talk()
    world.text("Hello", sender=DEAN)
    deans = world.conversation_of(DEAN)
    merge_customers(carlas, Other(conversation_id=deans.id), ADA, world)
    world.clock.advance(1000)
    undo_merge(carlas, deans.customer_id, ADA, world)
    kept = world.conversation(carlas).customer_name
    for conversation_id, right in ((carlas, kept), (deans.id, "")):
        stored = world.conversation(conversation_id)
        world.conversations.rename(stored, "Somebody Else")
        show_customer(conversation_id, ADA, world)
        assert world.conversation(conversation_id).customer_name == right
