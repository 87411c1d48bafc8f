"""Browsers that are woken for reminders. Implements ports.DeviceStore."""

from collections.abc import Sequence

from chalicelib.domain.devices import Device

from . import codec, keys
from .device_rows import DeviceRow
from .table import Table


class DynamoDeviceStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def of_associate(self, associate_id: str) -> Sequence[Device]:
        rows = self._table.query(keys.device(associate_id, "").pk, consistent=True).rows
        return [codec.restored(row, Device) for row in rows if isinstance(row, DeviceRow)]

    def put(self, device: Device) -> None:
        self._table.put(DeviceRow(*keys.device(device.associate_id, device.endpoint), **codec.values(device)))

    def remove(self, associate_id: str, endpoint: str) -> None:
        self._table.delete(keys.device(associate_id, endpoint))
