"""Orders of WooCommerce and of shops that speak our own contract, through the door (X1)."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.orders import Fulfilment, Order, Payment
from chalicelib.shops.generic import TOLERANCE
from tests.api.client import Answer, call
from tests.api.shop_senders import NOW, from_generic, from_woocommerce, generic_event, generic_order, woo_order
from tests.api.webhook_senders import FORM
from tests.support.merchant import GENERIC, OTHER_GENERIC, OTHER_WOO, WOO
from tests.support.world import SEATTLE, TACOMA, World

Post = Callable[[], Answer]
HOUR_LATER, TWO_LATER, THREE_LATER = ("2026-09-21T12:00:00", "2026-09-21T13:00:00", "2026-09-21T14:00:00")


def woo(topic: str = "order.updated", **fields: Any) -> Post:
    return lambda: from_woocommerce(woo_order(**fields), topic=topic)


def generic(event_id: str, **fields: Any) -> Post:
    return lambda: from_generic(generic_event(generic_order(**fields), event_id))


LIVES: dict[str, tuple[str, str, list[Post]]] = {
    "woocommerce": (
        WOO,
        "2001",
        [
            woo("order.created"),
            woo(status="processing", total="40.00"),  # within the same second
            woo(status="completed", total="40.00", date_modified_gmt=HOUR_LATER),
            woo(status="refunded", total="40.00", date_modified_gmt=TWO_LATER, date_completed_gmt=HOUR_LATER),
        ],
    ),
    "generic": (
        GENERIC,
        "3001",
        [
            generic("e1"),
            generic("e2", payment="paid"),
            generic("e3", payment="paid", fulfilment="fulfilled", updated_at=f"{HOUR_LATER}Z"),
            generic(
                "e4",
                payment="refunded",
                fulfilment="fulfilled",
                updated_at=f"{TWO_LATER}Z",
                closed_at=f"{TWO_LATER}Z",
                total=4000,
            ),
        ],
    ),
}


def stored(world: World, connection: str, external_id: str) -> Order:
    order = world.orders.find_external(connection, external_id)
    assert order is not None
    return order


@pytest.mark.parametrize("platform", LIVES)
def test_an_order_comes_to_the_same_in_whatever_order_and_however_often_it_is_told(
    platform: str, new_world: Callable[[], World]
) -> None:
    connection, external_id, life = LIVES[platform]
    ends: set[tuple[Any, ...]] = set()
    for told in itertools.permutations(life):
        world = new_world()
        assert [post().status for post in (*told, told[0], told[-1], *told)] == [200] * 10
        order = stored(world, connection, external_id)
        ends.add(
            (order.updated_at, order.payment, order.fulfilment, order.closed_at, order.total, len(world.table.orders))
        )
    assert len(ends) == 1
    [(_, payment, fulfilment, closed_at, total, orders)] = ends
    assert (payment, fulfilment, closed_at is not None) == (Payment.REFUNDED, Fulfilment.FULFILLED, True)
    assert (total, orders) == (4000, 1)


@pytest.mark.parametrize("platform", LIVES)
def test_changes_of_one_second_add_up_in_either_order(platform: str, new_world: Callable[[], World]) -> None:
    connection, external_id, life = LIVES[platform]
    for told in itertools.permutations(life[:2]):
        world = new_world()
        for post in told:
            post()
        assert stored(world, connection, external_id).payment is Payment.PAID


def test_a_ping_is_answered_and_touches_nothing(world: World) -> None:
    answer = call("POST", f"/webhooks/woocommerce/{WOO}", body=b"webhook_id=4", headers=FORM)
    assert (answer.status, world.table.requests, world.inbound.events) == (200, 0, [])


@pytest.mark.parametrize("address", ["woocommerce/nowhere", f"generic/{GENERIC}", f"woocommerce/{GENERIC}"])
def test_a_ping_elsewhere_is_refused(world: World, address: str) -> None:
    assert call("POST", f"/webhooks/{address}", body=b"webhook_id=4", headers=FORM).status in {401, 404}


@pytest.mark.parametrize("late", [-TOLERANCE - 1, TOLERANCE + 1])
def test_a_replay_outside_the_window_is_401_and_touches_nothing(world: World, late: int) -> None:
    answer = from_generic(generic_event(generic_order()), at=NOW - late)
    assert (answer.status, answer.code, world.table.requests) == (401, "bad_signature", 0)


@pytest.mark.parametrize("late", [-TOLERANCE, TOLERANCE])
def test_a_repeat_that_is_signed_anew_is_good_and_counts_once(world: World, late: int) -> None:
    assert from_generic(generic_event(generic_order()), at=NOW - late).status == 200
    assert from_generic(generic_event(generic_order(total=1))).status == 200
    assert stored(world, GENERIC, "3001").total == 4200


def test_a_mistake_is_400_and_names_its_field_but_not_its_value(world: World) -> None:
    answer = from_generic(generic_event(generic_order(total="canary")))
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert '"field":"order.total"' in answer.text.replace(" ", "")
    assert "canary" not in answer.text


@pytest.mark.parametrize(("size", "status"), [(1 << 20, 400), ((1 << 20) + 1, 413)])
@pytest.mark.parametrize("send", [from_woocommerce, from_generic])
def test_a_megabyte_is_read_and_no_more(world: World, send: Callable[..., Answer], size: int, status: int) -> None:
    assert send(b'{"x":"' + b"x" * (size - 8) + b'"}').status == status
    assert world.table.requests == 0


def test_secrets_and_addresses_of_others_open_nothing(world: World) -> None:
    event = generic_event(generic_order())
    for answer in (
        from_woocommerce(woo_order(), secret="woo-secret-2"),
        from_woocommerce(woo_order(), path=f"/webhooks/woocommerce/{OTHER_WOO}"),
        from_woocommerce(woo_order(), path=f"/webhooks/woocommerce/{OTHER_WOO}", secret="woo-secret-2"),
        from_generic(event, secret="generic-secret-2"),
        from_generic(event, path=f"/webhooks/generic/{OTHER_GENERIC}"),
    ):
        assert (answer.status, answer.code) == (401, "bad_signature")
    assert from_generic(event, path=f"/webhooks/generic/{OTHER_GENERIC}", secret="generic-secret-2").status == 400
    assert world.table.requests == 0


def test_a_location_leads_to_its_store_and_any_other_to_the_connections(world: World) -> None:
    for number, (location, store) in enumerate([("77", TACOMA), ("", SEATTLE), ("nowhere", SEATTLE)]):
        given = generic_order(id=str(number), location=location)
        assert from_generic(generic_event(given, f"event-{number}")).status == 200
        assert stored(world, GENERIC, str(number)).store_id == store


def test_orders_of_two_shops_with_the_same_id_are_two_orders(world: World) -> None:
    assert from_woocommerce(woo_order(id=5)).status == from_generic(generic_event(generic_order(id="5"))).status == 200
    assert stored(world, WOO, "5").id != stored(world, GENERIC, "5").id
