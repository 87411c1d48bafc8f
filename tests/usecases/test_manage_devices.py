"""An associate's browsers that are woken (H20)."""

import pytest

from chalicelib.domain.devices import MOST_DEVICES
from chalicelib.domain.errors import InvalidInput, PermissionDenied
from chalicelib.usecases.manage_devices import add_device, forget_device, push_key
from tests.support.world import ADA, MIA, World

PHONE = "https://web.push.apple.com/phone"


def endpoints(world: World, associate_id: str = ADA) -> list[str]:
    return sorted(each.endpoint for each in world.devices.of_associate(associate_id))


def test_a_browser_is_there_once_however_often_it_says_so(world: World) -> None:
    add_device(ADA, PHONE, world)
    before = dict(world.table.devices)
    world.clock.set(world.clock.now() + 1)
    add_device(ADA, PHONE, world)
    assert world.table.devices == before
    assert endpoints(world) == [PHONE]
    assert endpoints(world, MIA) == []


def test_of_more_than_ten_the_oldest_goes(world: World) -> None:
    for number in range(MOST_DEVICES + 2):
        world.clock.set(world.clock.now() + 1)
        add_device(ADA, f"{PHONE}{number:02}", world)
    assert endpoints(world) == [f"{PHONE}{number:02}" for number in range(2, MOST_DEVICES + 2)]


def test_another_address_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput):
        add_device(ADA, "https://169.254.169.254/latest", world)
    assert world.table.devices == {}


def test_one_is_forgotten_by_its_own_associate_alone_and_safely_again(world: World) -> None:
    add_device(ADA, PHONE, world)
    forget_device(MIA, PHONE, world)
    assert endpoints(world) == [PHONE]
    forget_device(ADA, PHONE, world)
    forget_device(ADA, PHONE, world)
    assert endpoints(world) == []


def test_the_key_is_shown_where_there_is_one(world: World) -> None:
    assert push_key(ADA, world) == "BPublic"
    world.push_services.public_key = ""
    assert push_key(ADA, world) is None
    for act in (lambda: push_key("nobody", world), lambda: forget_device("nobody", PHONE, world)):
        with pytest.raises(PermissionDenied):
            act()
