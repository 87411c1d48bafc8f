"""What a manager sees of a store's numbers: owners, conversations, free share of pools."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.allocation import Pool
from chalicelib.domain.errors import NotFound, PermissionDenied
from chalicelib.domain.merchants import Proxy, ProxyOwner
from chalicelib.usecases.browse_proxies import show_proxies
from tests.support.world import ADA, BOB, DEAN, MERCHANT, MIA, SEATTLE, SEATTLE_NUMBER, TWILIO, VONAGE_NUMBER, World


def pooled(world: World, count: int) -> list[Address]:
    """So many more numbers of Seattle's, in a pool."""
    numbers = [Address(f"+1206555020{each}") for each in range(count)]
    for number in numbers:
        world.setup.put_proxy(
            Proxy(
                channel="sms",
                address=number,
                merchant_id=MERCHANT,
                store_id=SEATTLE,
                connection_id=TWILIO,
                owner=ProxyOwner.POOL,
            )
        )
    return numbers


def test_every_number_of_the_store_is_there_with_its_open_conversations(world: World) -> None:
    world.text("Hello")
    world.text("Hello", sender=DEAN)
    world.text("Hello", recipient=VONAGE_NUMBER)
    lines = [line for line in show_proxies(SEATTLE, MIA, world).lines if line.proxy.channel == "sms"]
    assert [(line.proxy.address, line.provider, line.conversations) for line in lines] == [
        (SEATTLE_NUMBER, "twilio", 2),
        (VONAGE_NUMBER, "vonage", 1),
    ]


def test_the_associate_who_owns_a_number_is_named(world: World) -> None:
    number = world.table.proxies["sms", VONAGE_NUMBER]
    world.setup.put_proxy(replace(number, owner=ProxyOwner.ASSOCIATE, associate_id=ADA))
    names = {line.proxy.address: line.associate_name for line in show_proxies(SEATTLE, MIA, world).lines}
    assert (names[SEATTLE_NUMBER], names[VONAGE_NUMBER]) == ("", "Ada")


def test_closed_conversations_do_not_count_but_hold_their_pool_number(world: World) -> None:
    numbers = pooled(world, 3)
    for number in numbers[:2]:
        world.text("Hello", recipient=number)
    world.text("Hello", recipient=numbers[0], sender=DEAN)
    first = world.conversation_of(number=numbers[0])
    world.conversations.end(first, first.closed(world.clock.now()))
    overview = show_proxies(SEATTLE, MIA, world)
    assert [line.conversations for line in overview.lines if line.proxy.address in numbers] == [1, 1, 0]
    assert overview.pools == (Pool(channel="sms", size=3, most_held=2),)


@pytest.mark.parametrize(
    ("size", "held", "share", "low"), [(3, 0, 100, False), (5, 4, 20, False), (6, 5, 16, True), (3, 3, 0, True)]
)
def test_a_pool_is_low_with_less_than_a_fifth_free(size: int, held: int, share: int, *, low: bool) -> None:
    pool = Pool(channel="sms", size=size, most_held=held)
    assert (pool.free_share, pool.is_low) == (share, low)


def test_more_conversations_than_are_counted_are_said_to_be_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.text("Hello")
    assert not show_proxies(SEATTLE, MIA, world).capped
    monkeypatch.setattr("chalicelib.usecases.browse_proxies._COUNTED", 1)
    assert show_proxies(SEATTLE, MIA, world).capped


def test_only_managers_of_the_store_see_it(world: World) -> None:
    with pytest.raises(PermissionDenied):
        show_proxies(SEATTLE, ADA, world)
    with pytest.raises(NotFound):
        show_proxies(SEATTLE, BOB, world)
