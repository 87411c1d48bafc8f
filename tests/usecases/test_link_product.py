"""Links to products: one for each share, counted as it is followed, and found again in an order (H22, X21)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import NotFound, PermissionDenied, ProductGone
from chalicelib.domain.product_links import ProductLink
from chalicelib.domain.products import ProductState
from chalicelib.domain.sales import Sale
from chalicelib.usecases.link_product import MadeLink, follow_link, link_product
from chalicelib.usecases.report_sales import SalesQuery, report_links
from tests.support.world import ADA, MIA, SEATTLE, World
from tests.usecases.test_share_product import offer, sell, share

HOUR = 3_600_000
FOREVER = 10**13 - 1


def made(world: World, by: str = ADA) -> MadeLink:
    return link_product(SEATTLE, sell(world).id, by, world)


def code(world: World) -> str:
    [link] = world.table.product_links.values()
    return link.id


def sales(world: World) -> list[Sale]:
    world.fan_out()
    return list(world.sales.of_store(SEATTLE, 0, FOREVER, 99, None).rows)


def own_domain(world: World) -> None:
    world.table.stores[SEATTLE] = replace(world.table.stores[SEATTLE], link_domain="go.pine.example")


def test_a_card_carries_a_link_of_its_own(world: World) -> None:
    sent = share(world)
    [link] = world.table.product_links.values()
    assert sent.card is not None
    assert sent.card.url == f"{link.url}?cl={link.id}"
    assert sent.card.url in sent.body
    assert (link.associate_id, link.store_id, link.in_person) == (ADA, SEATTLE, False)


def test_what_is_offered_says_what_is_sent(world: World) -> None:
    """Segments and credits are counted before Send (X12)."""
    own_domain(world)
    offered = offer(world, world.talk(), sell(world).id)
    sent = share(world)
    assert sent.card is not None
    assert offered.card.text == sent.card.text
    assert sent.card.url == f"https://go.pine.example/l/{code(world)}"


def test_a_product_without_a_page_has_no_link(world: World) -> None:
    sold = sell(world, url="")
    assert offer(world, world.talk(), sold.id).card.url == ""
    assert world.table.product_links == {}
    with pytest.raises(ProductGone):
        link_product(SEATTLE, sold.id, ADA, world)


def test_each_code_for_somebody_in_the_shop_is_new(world: World) -> None:
    first, second = made(world), made(world)
    assert first.url != second.url
    assert {each.in_person for each in world.table.product_links.values()} == {True}


def test_no_code_for_what_is_not_sold_any_more(world: World) -> None:
    hidden = sell(world, state=ProductState.HIDDEN)
    with pytest.raises(ProductGone):
        link_product(SEATTLE, hidden.id, ADA, world)
    foreign = sell(world, external_id="9", merchant_id="somebody-else")
    with pytest.raises(NotFound):
        link_product(SEATTLE, foreign.id, ADA, world)


def test_it_leads_to_the_page_and_is_counted(world: World) -> None:
    link = made(world).link
    assert follow_link(link.id, world, counted=True) == f"{link.url}?cl={link.id}"
    follow_link(link.id, world, counted=False)
    found = world.product_links.find(link.id)
    assert found is not None
    assert (found.clicks, found.clicked_at) == (1, world.clock.now())


def test_whoever_cannot_be_counted_gets_there_all_the_same(world: World) -> None:
    link = made(world).link
    world.table.refuse_after(1)
    assert follow_link(link.id, world, counted=True) == link.target


@pytest.mark.parametrize("text", ["AbCdEfGhIj", "short", "AbCdEfGhIjK", "AbCdEfGh-j"])
def test_what_is_no_link_leads_nowhere(world: World, text: str) -> None:
    made(world)
    with pytest.raises(NotFound):
        follow_link(text, world, counted=True)


def test_an_order_that_came_by_it_is_its_makers(world: World) -> None:
    made(world, MIA)
    world.order(external_id="2", placed_at=world.clock.now(), link=code(world))
    [sale] = sales(world)
    assert ([each.id for each in sale.sellers], sale.by_link) == ([MIA], True)


def test_it_is_split_with_who_wrote_and_nobody_counts_twice(world: World) -> None:
    conversation_id = world.talk()
    world.send(conversation_id, associate_id=ADA)
    made(world, MIA)
    world.clock.advance(HOUR)
    world.order(external_id="2", placed_at=world.clock.now(), link=code(world))
    world.table.product_links = {
        name: replace(each, associate_id=ADA) for name, each in world.table.product_links.items()
    }
    world.order(external_id="3", placed_at=world.clock.now() + 1, link="")
    assert sorted([seller.id for seller in sale.sellers] for sale in sales(world)) == [[ADA], [ADA]]


@pytest.mark.parametrize(
    "change",
    [{"merchant_id": "somebody-else"}, {"created_at": 0}, {"id": "ZZZZZZZZZZ"}],
    ids=["foreign", "old", "none"],
)
def test_a_link_that_does_not_count_gives_no_part(world: World, change: dict[str, object]) -> None:
    name = made(world).link.id
    link: ProductLink = replace(world.table.product_links.pop(name), **change)
    world.table.product_links[name if link.id == name else link.id] = link
    world.order(external_id="2", placed_at=world.clock.now(), link=name)
    assert sales(world) == []


def test_a_later_report_without_it_takes_nothing_back(world: World) -> None:
    made(world)
    placed = world.clock.now()
    world.order(external_id="2", placed_at=placed, link=code(world))
    order = world.order(external_id="2", placed_at=placed, updated_at=placed + HOUR, link="")
    assert order.link == code(world)


def test_managers_see_them_newest_first(world: World) -> None:
    first = made(world).link
    world.clock.advance(HOUR)
    second = made(world).link
    query = SalesQuery(store_id=SEATTLE, associate_id=MIA, since=0, until=FOREVER, limit=9)
    assert [each.id for each in report_links(query, world).rows] == [second.id, first.id]
    with pytest.raises(PermissionDenied):
        report_links(replace(query, associate_id=ADA), world)
