"""A shop has one of its customers forgotten (X13)."""

import pytest

from chalicelib.domain.erasures import ErasurePhase
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import CustomerRedacted, ShopCustomer
from chalicelib.domain.privacy_requests import PrivacyRequest
from chalicelib.usecases.erase_customer import erase_customer
from chalicelib.usecases.merge_customers import Other
from chalicelib.usecases.redact_customer import redact_customer
from chalicelib.usecases.settle_privacy_requests import Whom, list_privacy_requests, settle_privacy_request
from chalicelib.usecases.take_event import take_event
from tests.support.world import CARLA, DEAN, MIA, SEATTLE, SHOP, World
from tests.usecases.test_carry_out_erasures import finish, left_of, run
from tests.usecases.test_settle_privacy_requests import ask

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


def test_the_shops_number_goes_from_what_it_asked_for_before_they_were_known(world: World) -> None:
    """Of the request stay its id, its kind and its date, and that they have been erased."""
    ask(world)
    settle_privacy_request(SEATTLE, ask(world, "2"), MIA, world, done=True)
    before = requests_of(world)
    conversation_id = world.talk()
    other = ask(world, "3", "c-9")
    erase_customer(Other(conversation_id=conversation_id), MIA, world)
    finish(world)
    after = [each for each in requests_of(world) if each.id != other]
    kept = [(each.id, each.kind, each.requested_at, each.done_at) for each in before]
    assert [(each.id, each.kind, each.requested_at, each.done_at) for each in after] == kept
    assert {each.external_id for each in after} == {""}
    assert world.table.privacy_requests[SEATTLE, other].external_id == "c-9"
    listed = list_privacy_requests(SEATTLE, MIA, world)
    assert [each.whom for each in listed] == [Whom.ERASED, Whom.UNKNOWN, None]


def test_the_number_goes_also_where_nobody_knows_them(world: World) -> None:
    ask(world)
    ask(world, "2", "c-9")
    redact_customer(ASKED, world)
    assert sorted(each.external_id for each in requests_of(world)) == ["", "c-9"]
    whom = {each.request.external_id: each.whom for each in list_privacy_requests(SEATTLE, MIA, world)}
    assert whom == {"": Whom.ERASED, "c-9": Whom.UNKNOWN}


def test_a_number_that_comes_as_they_are_erased_goes_with_the_last_look(world: World) -> None:
    world.talk()
    redact_customer(ASKED, world)
    run(world)
    ask(world)
    assert [each.external_id for each in requests_of(world)] == ["c-1"]
    finish(world)
    assert [each.external_id for each in requests_of(world)] == [""]


def test_while_somebody_settles_the_request_its_number_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(world)
    with monkeypatch.context() as patch:
        patch.setattr(world.privacy_requests, "change", lambda *_: False)
        with pytest.raises(Unavailable):
            redact_customer(ASKED, world)
        conversation_id = world.talk()
        erase_customer(Other(conversation_id=conversation_id), MIA, world)
        run(world)
        assert [each.phase for each in world.table.erasures.values()] == [ErasurePhase.CUTTING_OFF]
    finish(world)
    assert [each.external_id for each in requests_of(world)] == [""]


def requests_of(world: World) -> list[PrivacyRequest]:
    return [*world.table.privacy_requests.values()]
