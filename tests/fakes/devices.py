"""ports.DeviceStore and ports.PushServices over plain memory."""

from collections.abc import Callable, Sequence

from chalicelib.domain.devices import Device
from chalicelib.usecases.ports import Woken

from .table import FakeTable


class FakeDevices:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def of_associate(self, associate_id: str) -> Sequence[Device]:
        self._table.request()
        return [each for (owner, _), each in self._table.devices.items() if owner == associate_id]

    def put(self, device: Device) -> None:
        self._table.request()
        self._table.devices[device.associate_id, device.endpoint] = device

    def remove(self, associate_id: str, endpoint: str) -> None:
        self._table.request()
        self._table.devices.pop((associate_id, endpoint), None)


class FakePushServices:
    """`answers`: what becomes of a push, by endpoint; taken unless said. `on_wake`: what happens meanwhile."""

    public_key, local_service = "BPublic", ""

    def __init__(self) -> None:
        self.woken: list[str] = []
        self.answers: dict[str, Woken] = {}
        self.on_wake: Callable[[], object] = bool

    def wake(self, endpoint: str, now: int) -> Woken:
        self.on_wake()
        self.woken.append(endpoint)
        return self.answers.get(endpoint, Woken.TAKEN)
