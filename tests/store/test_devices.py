"""Contract of ports.DeviceStore."""

from chalicelib.domain.devices import LONGEST_ENDPOINT, Device
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT

LONG = "https://fcm.googleapis.com/" + "x" * (LONGEST_ENDPOINT - 30)


def device(endpoint: str, associate_id: str = "ada", created_at: int = 5) -> Device:
    return Device(associate_id=associate_id, merchant_id=MERCHANT, endpoint=endpoint, created_at=created_at)


def test_devices_are_their_associates_and_the_same_address_is_the_same_one(stores: Stores) -> None:
    assert stores.devices.of_associate("ada") == []
    for each in (
        device("https://a/1"),
        device("https://a/1", created_at=6),
        device(LONG),
        device("https://a/1", "mia"),
    ):
        stores.devices.put(each)
    found = sorted(stores.devices.of_associate("ada"), key=lambda each: len(each.endpoint))
    assert found == [device("https://a/1", created_at=6), device(LONG)]


def test_one_is_removed_and_safely_again(stores: Stores) -> None:
    stores.devices.put(device(LONG))
    stores.devices.put(device(f"{LONG}y"))
    for _ in range(2):
        stores.devices.remove("ada", LONG)
        assert stores.devices.of_associate("ada") == [device(f"{LONG}y")]
