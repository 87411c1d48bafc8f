"""Browsers that are woken for reminders, and who wakes them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from chalicelib.domain.devices import Device


class DeviceStore(Protocol):
    def of_associate(self, associate_id: str) -> Sequence[Device]:
        """In no order; strongly consistent."""
        ...

    def put(self, device: Device) -> None:
        """The same address is the same device."""
        ...

    def remove(self, associate_id: str, endpoint: str) -> None:
        """Safe to repeat."""
        ...


class Woken(StrEnum):
    TAKEN = "taken"
    """Its push service has taken it over."""
    GONE = "gone"
    """There is no such browser any more."""
    FAILED = "failed"
    """The service refused, or did not answer in time; or we have no key to sign with."""


class PushServices(Protocol):
    """The push services of browsers."""

    @property
    def public_key(self) -> str:
        """By which browsers know us; empty: this installation wakes no browsers."""
        ...

    @property
    def local_service(self) -> str:
        """Where a push service of one's own is, no slash at the end; empty: nowhere."""
        ...

    def wake(self, endpoint: str, now: int) -> Woken:
        """Has a browser say that something is due; nothing goes with it. Takes seconds at most, raises nothing."""
        ...
