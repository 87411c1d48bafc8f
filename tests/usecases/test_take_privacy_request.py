"""A shop asks for a customer's data, or leaves: it is written down once, of whom it is (X13)."""

from chalicelib.domain.events import PrivacyAsked
from chalicelib.domain.privacy_requests import DEADLINE, RequestKind
from chalicelib.usecases.take_event import take_event
from chalicelib.usecases.take_privacy_request import take_privacy_request
from tests.support.world import OTHER_SHOP, SEATTLE, SHOP, World

ASKED = PrivacyAsked(connection_id=SHOP, kind="data", reference="99", external_id="c-1")


def test_it_is_listed_for_the_shops_store_with_its_date(world: World) -> None:
    order = world.order()
    take_event(ASKED, world)
    (request,) = world.table.privacy_requests.values()
    assert (request.store_id, request.kind, request.customer_id) == (SEATTLE, RequestKind.DATA, order.customer_id)
    assert request.due_at == world.clock.now() + DEADLINE
    assert request.external_id == "", "whom we know goes by our id, which names nobody once they are erased"


def test_told_again_it_is_one_and_stays_done(world: World) -> None:
    world.order()
    take_privacy_request(ASKED, world)
    (request,) = world.table.privacy_requests.values()
    world.privacy_requests.change(done := request.settled("mia", 5), request)
    world.clock.advance(1000)
    take_privacy_request(ASKED, world)
    assert [*world.table.privacy_requests.values()] == [done]
    take_privacy_request(PrivacyAsked(connection_id=SHOP, kind="data", reference="100", external_id="c-1"), world)
    assert len(world.table.privacy_requests) == 2


def test_of_somebody_unknown_the_shops_number_is_kept(world: World) -> None:
    world.order()
    take_privacy_request(PrivacyAsked(connection_id=SHOP, kind="data", reference="1", external_id="c-9"), world)
    take_privacy_request(PrivacyAsked(connection_id=OTHER_SHOP, kind="data", reference="1", external_id="c-1"), world)
    found = [(each.customer_id, each.external_id) for each in world.table.privacy_requests.values()]
    assert found == [("", "c-9"), ("", "c-1")], "another shop's number of somebody is another one's"


def test_a_shop_that_left_is_listed_too_and_an_unknown_one_is_not(world: World) -> None:
    take_privacy_request(PrivacyAsked(connection_id=SHOP, kind="shop", reference="e-1"), world)
    take_privacy_request(PrivacyAsked(connection_id="nowhere", kind="shop", reference="e-1"), world)
    assert [each.kind for each in world.table.privacy_requests.values()] == [RequestKind.SHOP]
    assert world.log.events() == ["privacy_requested", "request_rejected"]
