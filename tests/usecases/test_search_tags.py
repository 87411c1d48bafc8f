"""Lists are searched by what customers are filed under (S13)."""

import pytest

from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.events import ShopCustomer
from chalicelib.usecases.browse_contacts import list_contacts
from chalicelib.usecases.browse_conversations import InboxQuery, list_conversations
from chalicelib.usecases.browse_orders import OrdersQuery, list_orders
from chalicelib.usecases.tag_customer import TagChange, tag_customer
from tests.support.world import ADA, DEAN, SEATTLE, World


@pytest.fixture(autouse=True)
def _tagged(world: World) -> None:
    """Carla is a VIP, Dean buys boots; each has an order and a conversation."""
    for tag, talk in (("VIP", world.start()), ("Boots, large", world.start(_deans_order(world)))):
        tag_customer(TagChange(talk, ADA, (tag,), ()), world)


def _deans_order(world: World) -> str:
    dean = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cho", phone=DEAN)
    return world.order(external_id="1002", number="#1002", customer=dean)


def in_conversations(world: World, search: str, *, mine: bool = False) -> list[str]:
    query = InboxQuery(
        store_id=SEATTLE, associate_id=ADA, state=ConversationState.OPEN, limit=25, search=search, mine=mine
    )
    return [row.customer_name for row in list_conversations(query, world).page.rows]


def in_orders(world: World, search: str) -> list[str]:
    query = OrdersQuery(store_id=SEATTLE, associate_id=ADA, limit=25, search=search)
    return [order.customer_name for order in list_orders(query, world).page.rows]


def in_contacts(world: World, search: str) -> list[str]:
    return [each.customer_name for each in list_contacts(SEATTLE, ADA, search, world).rows]


@pytest.mark.parametrize("found", [in_conversations, in_orders, in_contacts])
@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("tag:vip", ["Carla Diaz"]),
        (" Tag:  boots,  LARGE ", ["Dean Cho"]),
        ("tag:vi", []),
        ("tag:", []),
        ("vip", []),
        ("carla", ["Carla Diaz"]),
    ],
)
def test_whoever_has_the_tag_is_found(world: World, found, search: str, names: list[str]) -> None:  # type: ignore[no-untyped-def]  # one of three
    assert found(world, search) == names


def test_a_tag_and_mine_are_both_asked_for(world: World) -> None:
    assert in_conversations(world, "tag:vip", mine=True) == ["Carla Diaz"]
