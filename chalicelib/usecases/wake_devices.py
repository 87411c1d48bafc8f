"""Browsers of associates who have something due are woken, while the app is closed there (H20)."""

from collections.abc import Sequence

from chalicelib.domain.devices import Device

from .ports import Deps, Woken


class Waking:
    """Of one run of the clock: each associate's browsers once, and no push service that has failed again.

    Nothing is said but that something is due, so a run that repeats another one does no harm: a browser shows one
    notice, whoever wakes it how often.
    """

    def __init__(self, stop_at: int, deps: Deps) -> None:
        """Wakes nobody from `stop_at` (on the clock) on."""
        self._stop_at, self._deps = stop_at, deps
        self._done: set[str] = set()
        self._failing: set[str] = set()
        self._late = False
        self.woken = 0

    def wake(self, associate_ids: Sequence[str]) -> None:
        """Raises Unavailable, but for nothing that a push service does."""
        if not self._deps.push_services.public_key:
            return
        for associate_id in sorted(set(associate_ids) - self._done):
            if self._is_late():
                return
            self._done.add(associate_id)
            devices = self._deps.devices.of_associate(associate_id)
            if devices and self._deps.directory.associate(associate_id) is not None:
                for device in devices:
                    self._wake(device)

    def _wake(self, device: Device) -> None:
        service = device.service
        if service in self._failing or self._is_late():
            return
        match self._deps.push_services.wake(device.endpoint, self._deps.clock.now()):
            case Woken.TAKEN:
                self.woken += 1
            case Woken.GONE:
                self._deps.devices.remove(device.associate_id, device.endpoint)
            case Woken.FAILED:
                self._failing.add(service)

    def _is_late(self) -> bool:
        if not self._late and self._deps.clock.now() >= self._stop_at:
            self._late = True
            self._deps.log.warning("devices_not_woken")
        return self._late
